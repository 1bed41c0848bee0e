//! `iat` and `jti`: presence, type, and the window.

use super::{case, member, team};
use crate::case::Case;
use crate::change::{Change, Edit};
use crate::expect::{Answer, Expect};
use crate::scene::Scene;

const EXPIRED: &[&str] = &["token_expired"];

pub(super) fn cases() -> Vec<Case> {
    [iat_type(), jti_type(), window()].concat()
}

#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn iat_type() -> Vec<Case> {
    let invalid = |slug: &str, title: &str, change| {
        case(
            &format!("iat_invalid/{slug}"),
            title,
            &team(),
            &["WDL-JWT-03"],
            change,
            Expect::refuse(&["iat_invalid"]),
        )
    };
    let form = |slug: &str, title: &str, change| {
        let answers =
            vec![("literal", Answer::refuse(&["iat_invalid"])), ("value", Answer::refuse(EXPIRED))];
        let expect = Expect::open("WDL-R-iat-form", answers);
        case(&format!("iat_invalid/{slug}"), title, &team(), &["WDL-JWT-03"], change, expect)
    };
    let missing = |slug: &str, title: &str, scene: Scene, change| {
        case(
            &format!("iat_missing/{slug}"),
            title,
            &scene,
            &["WDL-JWT-04", "WDL-JWT-05"],
            change,
            Expect::refuse(&["iat_missing"]),
        )
    };
    let null = vec![
        ("invalid", Answer::refuse(&["iat_invalid"])),
        ("missing", Answer::refuse(&["iat_missing"])),
    ];
    vec![
        invalid(
            "string",
            "iat as a string of digits",
            Change::Claim("iat", Edit::FromNowQuoted(0)),
        ),
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
            "iat_invalid/null",
            "iat is null",
            &team(),
            &["WDL-JWT-03", "WDL-JWT-04"],
            Change::claim("iat", "null"),
            Expect::open("WDL-R-iat-null", null),
        ),
        missing("absent", "No iat", team(), Change::without_claim("iat")),
        missing(
            "absent-member",
            "No iat on a member's link",
            member(),
            Change::without_claim("iat"),
        ),
        missing(
            "case-variant",
            "IAT in place of iat",
            team(),
            Change::Claim("iat", Edit::Spelled("IAT")),
        ),
        missing(
            "look-alike",
            "A Cyrillic letter in iat",
            team(),
            Change::Claim("iat", Edit::Spelled("i\u{430}t")),
        ),
        Case::one(
            &team(),
            "iat_missing/in-header",
            "iat in the header alone",
            &["WDL-JWT-05", "WDL-JWT-04"],
            vec![Change::without_claim("iat"), Change::Header("iat", Edit::FromNow(0))],
            Expect::refuse(&["iat_missing"]),
        ),
    ]
}

#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn jti_type() -> Vec<Case> {
    let jti = |id: &str, title: &str, cites: &[&'static str], change, expect| {
        case(id, title, &team(), cites, change, expect)
    };
    let invalid = |slug: &str, title: &str, json| {
        jti(
            &format!("jti_invalid/{slug}"),
            title,
            &["WDL-JWT-06"],
            Change::claim("jti", json),
            Expect::refuse(&["jti_invalid"]),
        )
    };
    let missing = Expect::refuse(&["jti_missing"]);
    let null = vec![
        ("invalid", Answer::refuse(&["jti_invalid"])),
        ("missing", Answer::refuse(&["jti_missing"])),
    ];
    let form = vec![("literal", Answer::refuse(&["jti_invalid"])), ("value", Answer::ACCEPT)];
    let empty = vec![
        // The empty string is the same in every run, and the document lets a used `jti` count without end: an earlier
        // run may have spent it.
        ("accepted-once", Answer::either(&["jti_reused"])),
        ("jti_invalid", Answer::refuse(&["jti_invalid"])),
        ("jti_missing", Answer::refuse(&["jti_missing"])),
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
            Expect::open("WDL-R-jti-null", null),
        ),
        jti(
            "jti_invalid/point-zero",
            "jti as 7.0",
            &["WDL-JWT-06", "WDL-JWT-08"],
            Change::claim("jti", "7.0"),
            Expect::open("WDL-R-jti-form", form),
        ),
        jti(
            "jti_invalid/empty",
            "jti is an empty string",
            &["WDL-JWT-06", "WDL-JWT-07"],
            Change::claim("jti", "\"\""),
            Expect::open("WDL-R-empty-jti", empty),
        ),
        jti(
            "jti_invalid/integer-accepted",
            "jti is an integer",
            &["WDL-JWT-08"],
            Change::Claim("jti", Edit::FreshDigits(15)),
            Expect::ACCEPT,
        ),
        jti(
            "jti_invalid/huge-integer-accepted",
            "jti is an integer beyond 64 bits",
            &["WDL-JWT-08", "CPX-odd-accept"],
            Change::Claim("jti", Edit::FreshDigits(30)),
            Expect::ACCEPT,
        )
        .hardening("RFC 8259 section 6 promises agreement up to 2^53, and the document sets no bound to an integer jti."),
        jti(
            "jti_invalid/uuid-accepted",
            "jti is a string with hyphens",
            &["WDL-JWT-07"],
            Change::Claim("jti", Edit::OwnWith(|own| format!("{own}-{own}"))),
            Expect::ACCEPT,
        ),
        jti(
            "jti_missing/absent",
            "No jti",
            &["WDL-JWT-09"],
            Change::without_claim("jti"),
            missing.clone(),
        ),
        case("jti_missing/absent-member", "No jti on a member's link", &member(), &["WDL-JWT-09"], Change::without_claim("jti"), missing.clone()),
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
#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn window() -> Vec<Case> {
    let at = |slug: &str, title: &str, by: i64, cites: &[&'static str], expect: Expect| {
        case(
            &format!("token_expired/{slug}"),
            title,
            &team(),
            cites,
            Change::Claim("iat", Edit::FromNow(by)),
            expect,
        )
    };
    let old = &["WDL-JWT-13", "WDL-JWT-14"];
    let ahead = &["WDL-JWT-15"];
    let inside = &["WDL-JWT-16"];
    let refused = || Expect::refuse(EXPIRED);
    vec![
        at("29-s-old-accepted", "iat 29 s in the past", -29, inside, Expect::ACCEPT).exact(),
        at("30-s-old-accepted", "iat 30 s in the past", -30, inside, Expect::ACCEPT).exact(),
        at("31-s-old", "iat 31 s in the past", -31, old, refused()).exact(),
        at("29-s-ahead-accepted", "iat 29 s in the future", 29, inside, Expect::ACCEPT).exact(),
        at("30-s-ahead-accepted", "iat 30 s in the future", 30, inside, Expect::ACCEPT).exact(),
        at("31-s-ahead", "iat 31 s in the future", 31, ahead, refused()).exact(),
        at("25-s-old-accepted", "iat 25 s in the past", -25, inside, Expect::ACCEPT),
        at("25-s-ahead-accepted", "iat 25 s in the future", 25, inside, Expect::ACCEPT),
        at("40-s-old", "iat 40 s in the past", -40, old, refused()),
        at("40-s-ahead", "iat 40 s in the future", 40, ahead, refused()),
        at("an-hour-old", "iat an hour in the past", -3600, old, refused()),
        at("an-hour-ahead", "iat an hour in the future", 3600, ahead, refused()),
        case(
            "token_expired/milliseconds",
            "iat in milliseconds",
            &team(),
            ahead,
            Change::Claim("iat", Edit::FromNowMillis(0)),
            refused(),
        ),
        case(
            "token_expired/zero",
            "iat is zero",
            &team(),
            old,
            Change::claim("iat", "0"),
            refused(),
        ),
        case(
            "token_expired/negative",
            "iat is negative",
            &team(),
            old,
            Change::claim("iat", "-1700000000"),
            refused(),
        ),
        case(
            "token_expired/beyond-64-bits",
            "iat beyond 64 bits",
            &team(),
            ahead,
            Change::claim("iat", "99999999999999999999"),
            refused(),
        ),
        case(
            "token_expired/below-64-bits",
            "iat below 64 bits",
            &team(),
            old,
            Change::claim("iat", "-99999999999999999999"),
            refused(),
        ),
        case(
            "token_expired/9e18",
            "iat at the end of 64 bits",
            &team(),
            ahead,
            Change::claim("iat", "9223372036854775807"),
            refused(),
        ),
        case(
            "token_expired/40-s-old-member",
            "A member's link 40 s old",
            &member(),
            old,
            Change::Claim("iat", Edit::FromNow(-40)),
            refused(),
        ),
    ]
}
