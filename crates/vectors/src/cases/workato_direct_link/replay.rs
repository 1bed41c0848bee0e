//! Single use: what spends an id, how long it is remembered, which ids are one.

use claimproof_catalog::Profile;

use super::{member, other_vendor, team};
use crate::case::{Act, Case, Manage, Turn};
use crate::change::{Change, Edit};
use crate::expect::{Answer, Expect};
use crate::scene::Scene;
use crate::sign::{Alg, Signature};

const EXPIRED: &[&str] = &["token_expired"];
const REUSED: &[&str] = &["jti_reused"];

pub(super) fn cases() -> Vec<Case> {
    [replay(), at_once(), spending(), identity()].concat()
}

/// Requests that meet: as many as one page could send, often enough to hit a gap of microseconds.
fn at_once() -> Vec<Case> {
    let meeting = |token, scene: Scene, expect| {
        Turn::new(Act::AtOnce { token, scene, changes: vec![], times: 12, rounds: 4 }, expect)
    };
    let once: &[&'static str] = &["CPX-once", "WDL-JWT-10"];
    cases! { script:
        "jti_reused/at-once", "One token a dozen times at the same moment, then once more":
            once, vec![meeting("first", team(), Expect::AtMostOne), again("first", Expect::REFUSE)];
        "jti_reused/at-once-member", "A member's token a dozen times at the same moment":
            once, vec![meeting("first", member(), Expect::AtMostOne)] => controlled_by(&member());
        // A store that cannot tell who came first may refuse all of them; its users are the worse for it.
        "jti_reused/at-once-one-accepted", "One of a dozen uses at the same moment is accepted":
            &["CPX-one-wins"], vec![meeting("first", team(), Expect::AtLeastOne)];
    }
}

fn present(token: &'static str, scene: Scene, changes: Vec<Change>, expect: Expect) -> Turn {
    Turn::new(Act::Present { token, scene, changes }, expect)
}

fn again(token: &'static str, expect: Expect) -> Turn {
    Turn::new(Act::Again { token, change: None }, expect)
}

fn script(id: &str, title: &str, cites: &[&'static str], turns: Vec<Turn>) -> Case {
    Case::script(Profile::WorkatoDirectLink, id, title, cites, turns).controlled_by(&team())
}

#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn replay() -> Vec<Case> {
    let reused = || Expect::refuse(REUSED);
    let jti = |scene: Scene| {
        present("second", scene, vec![Change::Claim("jti", Edit::SameJti("first"))], reused())
    };
    let first = |changes| present("first", team(), changes, Expect::ACCEPT);
    let malleated = Change::Text("an equals sign behind", |t| format!("{t}="));
    let after = |seconds| Turn::new(Act::Advance(seconds), Expect::Done);
    let memory = vec![("no-end", Answer::refuse(REUSED)), ("window", Answer::ACCEPT)];
    cases! { script:
        "jti_reused/same-token", "One token twice":
            &["WDL-JWT-10", "WDL-JWT-11"], vec![first(vec![]), again("first", reused())];
        "jti_reused/three-times", "One token three times":
            &["WDL-JWT-10"],
            vec![first(vec![]), again("first", reused()), again("first", reused())];
        "jti_reused/same-jti", "Another token with a spent jti":
            &["WDL-JWT-10"], vec![first(vec![]), jti(team())];
        "jti_reused/same-jti-other-claims", "A member's token with a spent jti":
            &["WDL-JWT-10", "WDL-JWT-11"], vec![first(vec![]), jti(member())];
        "jti_reused/integer", "An integer jti twice":
            &["WDL-JWT-10", "WDL-JWT-08"],
            vec![
                first(vec![Change::Claim("jti", Edit::FreshDigits(15))]),
                again("first", reused()),
            ];
        "jti_reused/malleated", "A used token with padding behind it":
            &["WDL-JWT-10", "CPX-once"],
            vec![
                first(vec![]),
                Turn::new(Act::Again { token: "first", change: Some(malleated) }, Expect::REFUSE),
            ];
        "jti_reused/inside-the-window",
            "A token issued ahead, replayed 45 s later while still inside its window":
            &["WDL-JWT-10", "WDL-JWT-11"],
            vec![
                first(vec![Change::Claim("iat", Edit::FromNow(29))]),
                after(45),
                again("first", reused()),
            ];
        "jti_reused/last-second", "A token replayed in the last second of its window":
            &["WDL-JWT-10", "WDL-JWT-11"], vec![first(vec![]), after(30), again("first", reused())];
        "jti_reused/after-the-window", "A fresh token with a jti whose first token has run out":
            &["WDL-JWT-10"],
            vec![
                first(vec![]),
                after(31),
                present(
                    "second",
                    team(),
                    vec![Change::Claim("jti", Edit::SameJti("first"))],
                    Expect::open("WDL-R-jti-memory", memory),
                ),
            ]
            => hardening("The document sets no end to how long an id counts, and what no longer matters to anybody may be forgotten.");
        "jti_reused/fresh-jti-accepted", "Two tokens with ids of their own":
            &["WDL-JWT-11"], vec![first(vec![]), present("second", team(), vec![], Expect::ACCEPT)];
    }
}

/// A refused token spends nothing; what an account fault does is open.
#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn spending() -> Vec<Case> {
    let unspent = |slug: &str, title: &str, changes, refusal| {
        script(
            &format!("jti_reused/unspent-by-{slug}"),
            title,
            &["WDL-JWT-11", "CPX-unspent"],
            vec![
                present("bad", team(), changes, refusal),
                present(
                    "good",
                    team(),
                    vec![Change::Claim("jti", Edit::SameJti("bad"))],
                    Expect::ACCEPT,
                ),
            ],
        )
    };
    let foreign = Change::Sign(Signature::By("key.foreign", Alg::Rs256));
    let open = vec![("on-render", Answer::ACCEPT), ("on-valid-token", Answer::refuse(REUSED))];
    cases! {
        unspent:
            "forged", "A forged token, then the genuine one with its jti":
                vec![foreign], Expect::REFUSE;
            "wrong-alg", "A token of another algorithm, then the genuine one":
                vec![Change::Alg("\"RS512\"", Signature::Own(Alg::Rs512))], Expect::REFUSE;
            "expired", "A token long expired, then a fresh one with its jti":
                vec![Change::Claim("iat", Edit::FromNow(-120))], Expect::refuse(EXPIRED);
        script:
            "jti_reused/account-fault-first",
                "A token refused for its team, then another with its jti":
                &["WDL-JWT-10"],
                vec![
                    present(
                        "bad",
                        team(),
                        vec![Change::Roles(&[("team", "team.unconfirmed")])],
                        Expect::refuse(&["team_unconfirmed"]),
                    ),
                    present(
                        "good",
                        team(),
                        vec![Change::Claim("jti", Edit::SameJti("bad"))],
                        Expect::open("WDL-R-jti-spent-when", open),
                    ),
                ];
            "jti_reused/store-down", "A good token while the replay store does not answer":
                &["CPX-store"],
                vec![
                    Turn::new(Act::Manage(Manage::Store { up: false }), Expect::Done),
                    present("first", team(), vec![], Expect::REFUSE),
                    Turn::new(Act::Manage(Manage::Store { up: true }), Expect::Done),
                    present("second", team(), vec![], Expect::ACCEPT),
                ];
    }
}

/// Which ids are one.
#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn identity() -> Vec<Case> {
    let both = |slug: &str, title: &str, first: Option<Edit>, second: Edit, expect: Expect| {
        let first = first.map(|edit| Change::Claim("jti", edit)).into_iter().collect();
        script(
            &format!("jti_reused/{slug}"),
            title,
            &["WDL-JWT-10", "RFC7519-4.1.7"],
            vec![
                present("first", team(), first, Expect::ACCEPT),
                present("second", team(), vec![Change::Claim("jti", second)], expect),
            ],
        )
    };
    let own = |alter: fn(&str) -> String| Some(Edit::OwnWith(alter));
    let then = |alter: fn(&str) -> String| Edit::FirstWith("first", alter);
    let kinds = vec![("distinct", Answer::ACCEPT), ("same", Answer::refuse(REUSED))];
    let quoted_first = Edit::FirstQuoted("first");
    cases! {
        both:
            "case-differs-accepted", "Two ids that differ in case":
                Some(Edit::OwnWith(|jti| format!("{jti}-a"))),
                Edit::FirstWith("first", |jti| jti.replace("-a", "-A")), Expect::ACCEPT;
            "trailing-blank-accepted", "Two ids that differ in a blank behind":
                None, Edit::FirstWith("first", |jti| format!("{jti} ")), Expect::ACCEPT;
            "trailing-nul-accepted", "Two ids that differ in a NUL behind":
                None, then(|jti| format!("{jti}\0")), Expect::ACCEPT;
            "composed-accepted", "Two ids that differ in how a letter is composed":
                own(|jti| format!("{jti}\u{e9}")), then(|jti| jti.replace('\u{e9}', "e\u{301}")),
                Expect::ACCEPT;
            "prefix-accepted", "Two ids of which one starts the other":
                None, then(|jti| jti[..31].to_owned()), Expect::ACCEPT;
            "delimiter-accepted", "Two ids that differ in a delimiter":
                own(|jti| format!("{jti}:a")), then(|jti| jti.replace(":a", "|a")), Expect::ACCEPT;
            "rounding-accepted", "Two integers that one float would merge":
                Some(Edit::FreshDigits(18)), Edit::FirstNumberPlusOne("first"), Expect::ACCEPT;
            "number-and-string", "An integer, then its digits as a string":
                Some(Edit::FreshDigits(15)), quoted_first,
                Expect::open("WDL-R-jti-identity", kinds);
        script:
            "jti_reused/other-vendor-accepted", "One id under two partners":
                &["RFC7519-4.1.7"],
                vec![
                    present("first", team(), vec![], Expect::ACCEPT),
                    present(
                        "second",
                        other_vendor(),
                        vec![Change::Claim("jti", Edit::SameJti("first"))],
                        Expect::ACCEPT,
                    ),
                ]
                => hardening("RFC 7519 section 4.1.7 wants ids that are unique by themselves, and the document does not say how far one reaches.");
    }
}
