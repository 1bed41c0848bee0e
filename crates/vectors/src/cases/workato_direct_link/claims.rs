//! `iat`, `jti`, their types, the window and single use.

use claimproof_catalog::Profile;

use super::{case, member, other_vendor, team};
use crate::case::{Act, Case, Manage, Need, Turn};
use crate::change::{Change, Edit};
use crate::expect::{Answer, Expect};
use crate::scene::Scene;
use crate::sign::{Alg, Signature};

const EXPIRED: &[&str] = &["token_expired"];
const REUSED: &[&str] = &["jti_reused"];

pub(super) fn cases() -> Vec<Case> {
    [iat_type(), jti_type(), window(), replay(), spending(), identity()].concat()
}

fn iat_type() -> Vec<Case> {
    let invalid = |slug: &str, title: &str, change| {
        case(&team(), &format!("iat_invalid/{slug}"), title, &["WDL-JWT-03"], change, Expect::Refuse(&["iat_invalid"]))
    };
    let form = |slug: &str, title: &str, change| {
        let answers = vec![("literal", Answer::Refuse(&["iat_invalid"])), ("value", Answer::Refuse(EXPIRED))];
        let expect = Expect::Open("WDL-R-number-form", answers);
        case(&team(), &format!("iat_invalid/{slug}"), title, &["WDL-JWT-03"], change, expect)
    };
    let missing = |slug: &str, title: &str, scene: Scene, change| {
        case(
            &scene,
            &format!("iat_missing/{slug}"),
            title,
            &["WDL-JWT-04", "WDL-JWT-05"],
            change,
            Expect::Refuse(&["iat_missing"]),
        )
    };
    let null = vec![("invalid", Answer::Refuse(&["iat_invalid"])), ("missing", Answer::Refuse(&["iat_missing"]))];
    vec![
        invalid("string", "iat as a string of digits", Change::Claim("iat", Edit::FromNowQuoted(0))),
        invalid("fraction", "iat with a fraction", Change::claim("iat", "1700000000.5")),
        invalid("true", "iat is true", Change::claim("iat", "true")),
        invalid("list", "iat is a list", Change::claim("iat", "[]")),
        invalid("object", "iat is an object", Change::claim("iat", "{}")),
        invalid("empty", "iat is an empty string", Change::claim("iat", "\"\"")),
        invalid("date", "iat is a date", Change::claim("iat", "\"2023-11-14T22:13:20Z\"")),
        // A whole number in another form that lies far outside the window either way.
        form("point-zero", "iat as 1.0", Change::claim("iat", "1.0")),
        form("exponent", "iat as 1e9", Change::claim("iat", "1e9")),
        case(
            &team(),
            "iat_invalid/null",
            "iat is null",
            &["WDL-JWT-03", "WDL-JWT-04"],
            Change::claim("iat", "null"),
            Expect::Open("WDL-R-null-claim", null),
        ),
        missing("absent", "No iat", team(), Change::without_claim("iat")),
        missing("absent-member", "No iat on a member's link", member(), Change::without_claim("iat")),
        missing("case-variant", "IAT in place of iat", team(), Change::Claim("iat", Edit::Spelled("IAT"))),
        missing("look-alike", "A Cyrillic letter in iat", team(), Change::Claim("iat", Edit::Spelled("i\u{430}t"))),
        Case::one(
            &team(),
            "iat_missing/in-header",
            "iat in the header alone",
            &["WDL-JWT-05", "WDL-JWT-04"],
            vec![Change::without_claim("iat"), Change::Header("iat", Edit::FromNow(0))],
            Expect::Refuse(&["iat_missing"]),
        ),
    ]
}

fn jti_type() -> Vec<Case> {
    let jti =
        |id: &str, title: &str, cites: &[&'static str], change, expect| case(&team(), id, title, cites, change, expect);
    let invalid = |slug: &str, title: &str, json| {
        jti(
            &format!("jti_invalid/{slug}"),
            title,
            &["WDL-JWT-06"],
            Change::claim("jti", json),
            Expect::Refuse(&["jti_invalid"]),
        )
    };
    let missing = Expect::Refuse(&["jti_missing"]);
    let null = vec![("invalid", Answer::Refuse(&["jti_invalid"])), ("missing", Answer::Refuse(&["jti_missing"]))];
    let form = vec![("literal", Answer::Refuse(&["jti_invalid"])), ("value", Answer::Accept)];
    let empty = vec![
        ("accepted-once", Answer::Accept),
        ("jti_invalid", Answer::Refuse(&["jti_invalid"])),
        ("jti_missing", Answer::Refuse(&["jti_missing"])),
    ];
    vec![
        invalid("true", "jti is true", "true"),
        invalid("fraction", "jti with a fraction", "1.5"),
        invalid("list", "jti is a list", "[\"a\"]"),
        invalid("object", "jti is an object", "{\"a\":1}"),
        jti(
            "jti_invalid/null",
            "jti is null",
            &["WDL-JWT-06", "WDL-JWT-09"],
            Change::claim("jti", "null"),
            Expect::Open("WDL-R-null-claim", null),
        ),
        jti(
            "jti_invalid/point-zero",
            "jti as 7.0",
            &["WDL-JWT-06", "WDL-JWT-08"],
            Change::claim("jti", "7.0"),
            Expect::Open("WDL-R-number-form", form),
        ),
        jti(
            "jti_invalid/empty",
            "jti is an empty string",
            &["WDL-JWT-06", "WDL-JWT-07"],
            Change::claim("jti", "\"\""),
            Expect::Open("WDL-R-empty-jti", empty),
        ),
        jti(
            "jti_invalid/integer-accepted",
            "jti is an integer",
            &["WDL-JWT-08"],
            Change::Claim("jti", Edit::FreshDigits(15)),
            Expect::Accept,
        ),
        jti(
            "jti_invalid/huge-integer-accepted",
            "jti is an integer beyond 64 bits",
            &["WDL-JWT-08"],
            Change::Claim("jti", Edit::FreshDigits(30)),
            Expect::Accept,
        )
        .hardening(),
        jti(
            "jti_invalid/uuid-accepted",
            "jti is a string with hyphens",
            &["WDL-JWT-07"],
            Change::Claim("jti", Edit::OwnWith(|own| format!("{own}-{own}"))),
            Expect::Accept,
        ),
        jti("jti_missing/absent", "No jti", &["WDL-JWT-09"], Change::without_claim("jti"), missing.clone()),
        case(
            &member(),
            "jti_missing/absent-member",
            "No jti on a member's link",
            &["WDL-JWT-09"],
            Change::without_claim("jti"),
            missing.clone(),
        ),
        jti(
            "jti_missing/case-variant",
            "JTI in place of jti",
            &["WDL-JWT-09"],
            Change::Claim("jti", Edit::Spelled("JTI")),
            missing.clone(),
        ),
        Case::one(
            &team(),
            "jti_missing/in-header",
            "jti in the header alone",
            &["WDL-JWT-09"],
            vec![Change::without_claim("jti"), Change::header("jti", "\"elsewhere\"")],
            missing,
        ),
    ]
}

/// Exact edges need a clock; the others keep the distance a network wants.
fn window() -> Vec<Case> {
    let at = |slug: &str, by: i64, title: &str, cites: &[&'static str], expect: Expect| {
        case(&team(), &format!("token_expired/{slug}"), title, cites, Change::Claim("iat", Edit::FromNow(by)), expect)
    };
    let old = &["WDL-JWT-13", "WDL-JWT-14"];
    let ahead = &["WDL-JWT-15"];
    let inside = &["WDL-JWT-16"];
    let refused = || Expect::Refuse(EXPIRED);
    vec![
        at("29-s-old-accepted", -29, "iat 29 s in the past", inside, Expect::Accept).needing(Need::Clock),
        at("30-s-old-accepted", -30, "iat 30 s in the past", inside, Expect::Accept).needing(Need::Clock),
        at("31-s-old", -31, "iat 31 s in the past", old, refused()).needing(Need::Clock),
        at("29-s-ahead-accepted", 29, "iat 29 s in the future", inside, Expect::Accept).needing(Need::Clock),
        at("30-s-ahead-accepted", 30, "iat 30 s in the future", inside, Expect::Accept).needing(Need::Clock),
        at("31-s-ahead", 31, "iat 31 s in the future", ahead, refused()).needing(Need::Clock),
        at("25-s-old-accepted", -25, "iat 25 s in the past", inside, Expect::Accept),
        at("25-s-ahead-accepted", 25, "iat 25 s in the future", inside, Expect::Accept),
        at("40-s-old", -40, "iat 40 s in the past", old, refused()),
        at("40-s-ahead", 40, "iat 40 s in the future", ahead, refused()),
        at("an-hour-old", -3600, "iat an hour in the past", old, refused()),
        at("an-hour-ahead", 3600, "iat an hour in the future", ahead, refused()),
        case(
            &team(),
            "token_expired/milliseconds",
            "iat in milliseconds",
            ahead,
            Change::Claim("iat", Edit::FromNowMillis(0)),
            refused(),
        ),
        case(&team(), "token_expired/zero", "iat is zero", old, Change::claim("iat", "0"), refused()),
        case(&team(), "token_expired/negative", "iat is negative", old, Change::claim("iat", "-1700000000"), refused()),
        case(
            &team(),
            "token_expired/beyond-64-bits",
            "iat beyond 64 bits",
            ahead,
            Change::claim("iat", "99999999999999999999"),
            refused(),
        ),
        case(
            &team(),
            "token_expired/below-64-bits",
            "iat below 64 bits",
            old,
            Change::claim("iat", "-99999999999999999999"),
            refused(),
        ),
        case(
            &team(),
            "token_expired/9e18",
            "iat at the end of 64 bits",
            ahead,
            Change::claim("iat", "9223372036854775807"),
            refused(),
        ),
        case(
            &member(),
            "token_expired/40-s-old-member",
            "A member's link 40 s old",
            old,
            Change::Claim("iat", Edit::FromNow(-40)),
            refused(),
        ),
    ]
}

fn present(token: &'static str, scene: Scene, changes: Vec<Change>, expect: Expect) -> Turn {
    Turn { act: Act::Present { token, scene, changes }, expect }
}

fn again(token: &'static str, expect: Expect) -> Turn {
    Turn { act: Act::Again { token, change: None }, expect }
}

fn script(id: &str, title: &str, cites: &[&'static str], turns: Vec<Turn>) -> Case {
    Case::script(Profile::WorkatoDirectLink, id, title, cites, turns).twin_of(&team())
}

fn replay() -> Vec<Case> {
    let reused = || Expect::Refuse(REUSED);
    let jti = |scene: Scene| present("second", scene, vec![Change::Claim("jti", Edit::SameJti("first"))], reused());
    let first = |changes| present("first", team(), changes, Expect::Accept);
    let malleated = Change::Text("an equals sign behind", |t| format!("{t}="));
    let after = |seconds| Turn { act: Act::Advance(seconds), expect: Expect::Done };
    let memory = vec![("no-end", Answer::Refuse(REUSED)), ("window", Answer::Accept)];
    vec![
        script(
            "jti_reused/same-token",
            "One token twice",
            &["WDL-JWT-10", "WDL-JWT-11"],
            vec![first(vec![]), again("first", reused())],
        ),
        script(
            "jti_reused/three-times",
            "One token three times",
            &["WDL-JWT-10"],
            vec![first(vec![]), again("first", reused()), again("first", reused())],
        ),
        script(
            "jti_reused/same-jti",
            "Another token with a spent jti",
            &["WDL-JWT-10"],
            vec![first(vec![]), jti(team())],
        ),
        script(
            "jti_reused/same-jti-other-claims",
            "A member's token with a spent jti",
            &["WDL-JWT-10", "WDL-JWT-11"],
            vec![first(vec![]), jti(member())],
        ),
        script(
            "jti_reused/integer",
            "An integer jti twice",
            &["WDL-JWT-10", "WDL-JWT-08"],
            vec![first(vec![Change::Claim("jti", Edit::FreshDigits(15))]), again("first", reused())],
        ),
        script(
            "jti_reused/malleated",
            "A used token with padding behind it",
            &["WDL-JWT-10", "CPX-once"],
            vec![
                first(vec![]),
                Turn { act: Act::Again { token: "first", change: Some(malleated) }, expect: Expect::RefuseAny },
            ],
        ),
        script(
            "jti_reused/inside-the-window",
            "A token issued ahead, replayed 45 s later while still inside its window",
            &["WDL-JWT-10", "WDL-JWT-11"],
            vec![first(vec![Change::Claim("iat", Edit::FromNow(29))]), after(45), again("first", reused())],
        ),
        script(
            "jti_reused/last-second",
            "A token replayed in the last second of its window",
            &["WDL-JWT-10", "WDL-JWT-11"],
            vec![first(vec![]), after(30), again("first", reused())],
        ),
        script(
            "jti_reused/after-the-window",
            "A fresh token with a jti whose first token has run out",
            &["WDL-JWT-10"],
            vec![
                first(vec![]),
                after(31),
                present(
                    "second",
                    team(),
                    vec![Change::Claim("jti", Edit::SameJti("first"))],
                    Expect::Open("WDL-R-jti-memory", memory),
                ),
            ],
        )
        .hardening(),
        script(
            "jti_reused/fresh-jti-accepted",
            "Two tokens with ids of their own",
            &["WDL-JWT-11"],
            vec![first(vec![]), present("second", team(), vec![], Expect::Accept)],
        ),
    ]
}

/// A refused token spends nothing; what an account fault does is open.
fn spending() -> Vec<Case> {
    let unspent = |slug: &str, title: &str, changes, refusal| {
        script(
            &format!("jti_reused/unspent-by-{slug}"),
            title,
            &["WDL-JWT-11", "CPX-unspent"],
            vec![
                present("bad", team(), changes, refusal),
                present("good", team(), vec![Change::Claim("jti", Edit::SameJti("bad"))], Expect::Accept),
            ],
        )
    };
    let foreign = Change::Sign(Signature::By("key.foreign", Alg::Rs256));
    let open = vec![("on-render", Answer::Accept), ("on-valid-token", Answer::Refuse(REUSED))];
    vec![
        unspent("forged", "A forged token, then the genuine one with its jti", vec![foreign], Expect::RefuseAny),
        unspent(
            "wrong-alg",
            "A token of another algorithm, then the genuine one",
            vec![Change::Alg("\"RS512\"", Signature::Own(Alg::Rs512))],
            Expect::RefuseAny,
        ),
        unspent(
            "expired",
            "A token long expired, then a fresh one with its jti",
            vec![Change::Claim("iat", Edit::FromNow(-120))],
            Expect::Refuse(EXPIRED),
        ),
        script(
            "jti_reused/account-fault-first",
            "A token refused for its team, then another with its jti",
            &["WDL-JWT-10"],
            vec![
                present(
                    "bad",
                    team(),
                    vec![Change::Roles(&[("team", "team.unconfirmed")])],
                    Expect::Refuse(&["team_unconfirmed"]),
                ),
                present(
                    "good",
                    team(),
                    vec![Change::Claim("jti", Edit::SameJti("bad"))],
                    Expect::Open("WDL-R-jti-spent-when", open),
                ),
            ],
        ),
        script(
            "jti_reused/store-down",
            "A good token while the replay store does not answer",
            &["CPX-store"],
            vec![
                Turn { act: Act::Manage(Manage::Store { up: false }), expect: Expect::Done },
                present("first", team(), vec![], Expect::RefuseAny),
                Turn { act: Act::Manage(Manage::Store { up: true }), expect: Expect::Done },
                present("second", team(), vec![], Expect::Accept),
            ],
        ),
    ]
}

/// Which ids are one.
fn identity() -> Vec<Case> {
    let both = |slug: &str, title: &str, first: Edit, second: Edit, expect: Expect| {
        script(
            &format!("jti_reused/{slug}"),
            title,
            &["WDL-JWT-10", "RFC7519-4.1.7"],
            vec![
                present("first", team(), vec![Change::Claim("jti", first)], Expect::Accept),
                present("second", team(), vec![Change::Claim("jti", second)], expect),
            ],
        )
    };
    let own = |alter: fn(&str) -> String| Edit::OwnWith(alter);
    let kinds = vec![("distinct", Answer::Accept), ("same", Answer::Refuse(REUSED))];
    let quoted_first = Edit::FirstQuoted("first");
    vec![
        both(
            "case-differs-accepted",
            "Two ids that differ in case",
            own(|jti| format!("{jti}-a")),
            Edit::FirstWith("first", |jti| jti.replace("-a", "-A")),
            Expect::Accept,
        ),
        both(
            "trailing-blank-accepted",
            "Two ids that differ in a blank behind",
            own(str::to_owned),
            Edit::FirstWith("first", |jti| format!("{jti} ")),
            Expect::Accept,
        ),
        both(
            "rounding-accepted",
            "Two integers that one float would merge",
            Edit::FreshDigits(18),
            Edit::FirstNumberPlusOne("first"),
            Expect::Accept,
        ),
        both(
            "number-and-string",
            "An integer, then its digits as a string",
            Edit::FreshDigits(15),
            quoted_first,
            Expect::Open("WDL-R-jti-identity", kinds),
        ),
        script(
            "jti_reused/other-vendor-accepted",
            "One id under two partners",
            &["RFC7519-4.1.7"],
            vec![
                present("first", team(), vec![], Expect::Accept),
                present("second", other_vendor(), vec![Change::Claim("jti", Edit::SameJti("first"))], Expect::Accept),
            ],
        )
        .hardening(),
    ]
}
