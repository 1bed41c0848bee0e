//! What is remembered of a sign-in: refusals, parts, and a use wherever it was.

use super::scenes::{embed, iframe, rest, xhr};
use super::{present, script};
use crate::case::{Act, Case, Turn};
use crate::cases::{answers, memory};
use crate::change::{Change, Edit, RequestEdit};
use crate::expect::{Answer, Expect};
use crate::presentation::Surface;
use crate::scene::Scene;
use crate::sign::{Alg, Signature};

const REUSED: &[&str] = &["10091"];

pub(super) fn cases() -> Vec<Case> {
    let others = memory::after_others(
        "10091/after-others",
        &embed(),
        &["TCA-10091-replay", "TCA-10091-same-jti"],
        Expect::refuse(REUSED),
    );
    let mut cases = memory::refused_again("undocumented", refused());
    cases.extend(memory::grafted("undocumented", &embed(), &Change::claim("other", "true")));
    cases.push(others);
    let forged = Change::Sign(Signature::By("secret.unknown", Alg::Hs256));
    cases.extend(memory::kept_alive("undocumented", &embed(), &forged));
    cases.extend(elsewhere());
    cases.extend(later());
    cases.extend(answers::cases(&embed()));
    cases
}

fn refused() -> Vec<(&'static str, &'static str, Scene, Change)> {
    let foreign = || Change::Sign(Signature::By("secret.unknown", Alg::Hs256));
    vec![
        ("forged", "A token signed with a foreign secret, four times", embed(), foreign()),
        (
            "forged-rest",
            "A token signed with a foreign secret, four times on REST",
            rest(),
            foreign(),
        ),
        (
            "expired",
            "A token long expired, four times",
            embed(),
            Change::Claim("exp", Edit::FromNow(-3600)),
        ),
    ]
}

/// A token is good for one use of the server, not for one of each way in.
fn elsewhere() -> Vec<Case> {
    let case = |scene: Scene, slug: &str, title: &str, surface| {
        let change = Some(Change::Request(RequestEdit::Surface(surface)));
        let turns = vec![
            present("first", &scene, vec![], Expect::ACCEPT),
            Turn::new(Act::Again { token: "first", change }, Expect::refuse(REUSED)),
        ];
        let cites = &["TCA-10091-replay", "TCA-10091-same-jti", "CPX-once"];
        script(&scene, &format!("10091/{slug}"), title, cites, turns)
    };
    vec![
        case(xhr(), "embedding-then-rest", "A token used to embed, then on REST", Surface::Rest),
        case(
            rest(),
            "rest-then-embedding",
            "A token used on REST, then to embed",
            Surface::EmbedXhr,
        ),
        case(
            rest(),
            "rest-then-iframe",
            "A token used on REST, then on the iframe path",
            Surface::EmbedIframe,
        ),
        case(
            iframe(),
            "iframe-then-embedding",
            "A token used on the iframe path, then to embed",
            Surface::EmbedXhr,
        ),
    ]
}

/// The document sets no end to how long an id counts. The token itself is past by then, and a fresh one with its id is a
/// question that is only recorded.
fn later() -> Vec<Case> {
    let case = |slug: &str, title: &str, seconds| {
        let answers = vec![("window", Answer::ACCEPT), ("no-end", Answer::refuse(REUSED))];
        let jti = vec![Change::Claim("jti", Edit::SameJti("first"))];
        let turns = vec![
            present("first", &embed(), vec![], Expect::ACCEPT),
            Turn::new(Act::Advance(seconds), Expect::Done),
            present("second", &embed(), jti, Expect::open("TCA-R-jti-memory", answers)),
        ];
        script(&embed(), &format!("10091/{slug}"), title, &["TCA-10091-same-jti"], turns)
    };
    vec![
        case("after-an-hour", "A fresh token with a jti used an hour before", 3600),
        case("after-a-day", "A fresh token with a jti used a day before", 86_400),
    ]
}
