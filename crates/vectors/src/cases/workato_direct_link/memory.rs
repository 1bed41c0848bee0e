//! What is remembered of a link: refusals, parts, and how long an id.

use super::{member, team};
use crate::case::{Act, Case, Turn};
use crate::cases::{answers, memory};
use crate::change::{Change, Edit};
use crate::expect::{Answer, Expect};
use crate::sign::{Alg, Signature};

const REUSED: &[&str] = &["jti_reused"];

pub(super) fn cases() -> Vec<Case> {
    let folder = "token_signature_invalid";
    let others = memory::after_others(
        "jti_reused/after-others",
        &team(),
        &["WDL-JWT-10", "WDL-JWT-11"],
        Expect::refuse(REUSED),
    );
    let mut cases = memory::refused_again(folder, refused());
    cases.extend(memory::grafted(folder, &team(), &Change::claim("other", "true")));
    cases.push(others);
    let forged = Change::Sign(Signature::By("key.foreign", Alg::Rs256));
    cases.extend(memory::kept_alive(folder, &team(), &forged));
    cases.extend(later());
    cases.extend(answers::cases(&team()));
    cases.extend(answers::pages(&team(), &member()));
    cases
}

fn refused() -> Vec<(&'static str, &'static str, crate::scene::Scene, Change)> {
    let foreign = || Change::Sign(Signature::By("key.foreign", Alg::Rs256));
    vec![
        ("forged", "A token signed with a foreign key, four times", team(), foreign()),
        (
            "forged-member",
            "A member's token signed with a foreign key, four times",
            member(),
            foreign(),
        ),
        (
            "expired",
            "A token long expired, four times",
            team(),
            Change::Claim("iat", Edit::FromNow(-120)),
        ),
    ]
}

/// The document sets no end to how long an id counts; what no longer matters to anybody may be forgotten.
fn later() -> Vec<Case> {
    let case = |slug: &str, title: &str, seconds| {
        let memory = vec![("no-end", Answer::refuse(REUSED)), ("window", Answer::ACCEPT)];
        let jti = vec![Change::Claim("jti", Edit::SameJti("first"))];
        let present = |token, changes, expect| {
            Turn::new(Act::Present { token, scene: team(), changes }, expect)
        };
        let turns = vec![
            present("first", vec![], Expect::ACCEPT),
            Turn::new(Act::Advance(seconds), Expect::Done),
            present("second", jti, Expect::open("WDL-R-jti-memory", memory)),
        ];
        Case::script(
            claimproof_catalog::Profile::WorkatoDirectLink,
            slug,
            title,
            &["WDL-JWT-10"],
            turns,
        )
        .controlled_by(&team())
        .hardening("The document sets no end to how long an id counts, and what no longer matters to anybody may be forgotten.")
    };
    cases! { case:
        "jti_reused/after-ten-minutes", "A fresh token with a jti used ten minutes before": 600;
        "jti_reused/after-a-day", "A fresh token with a jti used a day before": 86_400;
    }
}
