//! `exp`, `iat` and `nbf`: their form and how far they lie.

use std::borrow::Cow;

use super::super::case;
use super::super::scenes::{embed, rest};
use super::PARSE;
use crate::case::Case;
use crate::change::{Change, Edit};
use crate::expect::{Answer, Expect};
use crate::scene::Scene;

pub(super) const DAY: i64 = 86_400;

pub(super) fn cases() -> Vec<Case> {
    [formats(), expired(), beyond_counting(), issue_time(), not_before()].concat()
}

pub(super) const fn exp(by: i64) -> Change {
    Change::Claim("exp", Edit::FromNow(by))
}

fn formats() -> Vec<Case> {
    let rows: &[(&str, &str, &'static str)] = &[
        ("date", "is a date", "\"2099-11-14T22:13:20Z\""),
        ("words", "is a date in words", "\"Tue, 14 Nov 2099 22:13:20 GMT\""),
        ("true", "is true", "true"),
        ("object", "is an object", "{}"),
        ("list", "is a list", "[]"),
        ("empty", "is an empty string", "\"\""),
    ];
    let mut cases = Vec::new();
    for (claim, cite) in [("exp", "TCA-10084-exp-format"), ("iat", "TCA-10084-iat-format")] {
        let cites = &[cite, "RFC7519-2"];
        for (slug, words, json) in rows {
            let id = format!("10084/{claim}-{slug}");
            let title = format!("{claim} {words}");
            cases.push(case(
                &embed(),
                &id,
                &title,
                cites,
                Change::claim(claim, json),
                Expect::refuse(PARSE),
            ));
        }
        let by = if claim == "exp" { 300 } else { 0 };
        let id = format!("10084/{claim}-digits");
        let title = format!("{claim} as a string of digits");
        let change = Change::Claim(claim, Edit::FromNowQuoted(by));
        cases.push(case(&embed(), &id, &title, cites, change, Expect::refuse(PARSE)).hardening("A NumericDate is a number (RFC 7519 section 2), and who reads the digits lets nobody in."));
    }
    let null = Change::claim("iat", "null");
    cases.push(
        case(
            &embed(),
            "10084/iat-null",
            "iat is null",
            &["TCA-10084-iat-format"],
            null,
            Expect::refuse(PARSE),
        )
        .hardening(
            "The document asks for the format of iat alone, and one that is null lets nobody in.",
        ),
    );
    cases
}

/// Refused by more than any leeway; which code is recorded.
#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn expired() -> Vec<Case> {
    let refused = |scene: Scene, slug: &str, title: &str, cites: &[&'static str], change| {
        case(&scene, &format!("undocumented/exp-{slug}"), title, cites, change, Expect::REFUSE)
    };
    let past = &["TCA-exp-past", "RFC7519-4.1.4"];
    let clock = &["TCA-CLOCK-external", "TCA-CLOCK-reject", "TCA-exp-past"];
    vec![
        refused(embed(), "660-s-past", "exp eleven minutes past", past, exp(-660)),
        refused(rest(), "660-s-past-rest", "exp eleven minutes past, on REST", past, exp(-660)),
        refused(embed(), "a-day-past", "exp a day past", past, exp(-DAY)),
        refused(
            embed(),
            "clock-behind",
            "exp of a local clock five hours behind UTC",
            clock,
            exp(300 - 5 * 3600),
        ),
        refused(embed(), "absent", "No exp", past, Change::without_claim("exp")),
        refused(embed(), "null", "exp is null", past, Change::claim("exp", "null")),
        refused(
            embed(),
            "other-spelling",
            "Exp in place of exp",
            past,
            Change::Claim("exp", Edit::Spelled("Exp")),
        ),
        refused(
            embed(),
            "look-alike",
            "A Cyrillic letter in exp",
            past,
            Change::Claim("exp", Edit::Spelled("\u{435}xp")),
        ),
        refused(
            embed(),
            "milliseconds",
            "exp in milliseconds",
            &["TCA-10096-exp", "TCA-16-exp-long"],
            Change::Claim("exp", Edit::FromNowMillis(300)),
        ),
        refused(embed(), "zero", "exp is zero", past, Change::claim("exp", "0")),
        refused(embed(), "negative", "exp is minus one", past, Change::claim("exp", "-1")),
        refused(
            embed(),
            "negative-fraction",
            "exp is minus a half",
            past,
            Change::claim("exp", "-0.5"),
        ),
        refused(
            embed(),
            "least-64-bit",
            "exp is the least integer of 64 bits",
            past,
            Change::claim("exp", "-9223372036854775808"),
        ),
    ]
}

/// Numbers that overflow something on the way.
fn beyond_counting() -> Vec<Case> {
    let refused = |slug: &str, title: &str, claim, json: Cow<'static, str>| {
        let cites = &["RFC7519-2", "CPX-bounded"];
        let id = format!("undocumented/{claim}-{slug}");
        case(&embed(), &id, title, cites, Change::Claim(claim, Edit::Json(json)), Expect::REFUSE)
    };
    // RFC 7519 has no sentence against such an issue time: it is a number.
    let uncountable = |slug: &str, title: &str, json: Cow<'static, str>| {
        let answers = vec![("refused", Answer::REFUSE), ("accepted", Answer::ACCEPT)];
        let expect = Expect::open("TCA-R-iat-uncountable", answers);
        let change = Change::Claim("iat", Edit::Json(json));
        case(
            &embed(),
            &format!("undocumented/iat-{slug}"),
            title,
            &["RFC7519-2", "CPX-bounded"],
            change,
            expect,
        )
    };
    let digits = || Cow::Owned("9".repeat(5000));
    vec![
        refused("9e15", "exp that overflows as milliseconds", "exp", "9300000000000000".into()),
        refused("63-bits", "exp is two to the 63rd", "exp", "9223372036854775808".into()),
        refused("64-bits", "exp is two to the 64th", "exp", "18446744073709551616".into()),
        refused("1e400", "exp beyond every float", "exp", "1e400".into()),
        refused("5000-digits", "exp of five thousand digits", "exp", digits()),
        uncountable("1e400", "iat beyond every float", "1e400".into()),
        uncountable("5000-digits", "iat of five thousand digits", digits()),
    ]
}

fn issue_time() -> Vec<Case> {
    let ahead = |slug: &str, title: &str, family, edit| {
        let answers = vec![
            ("accepted", Answer::ACCEPT),
            ("10084", Answer::refuse(PARSE)),
            ("16", Answer::refuse(&["16"])),
        ];
        let expect = Expect::open(family, answers);
        let cites = &["TCA-10084-iat-format", "TCA-CLOCK-external", "TCA-CLOCK-reject"];
        case(&embed(), &format!("10084/{slug}"), title, cites, Change::Claim("iat", edit), expect)
    };
    let hours = "TCA-R-iat-ahead";
    let accepted = |slug: &str, title: &str, change| {
        case(
            &embed(),
            &format!("10084/{slug}"),
            title,
            &["TCA-10084-iat-format"],
            change,
            Expect::ACCEPT,
        )
    };
    vec![
        ahead("iat-an-hour-ahead", "iat an hour ahead", hours, Edit::FromNow(3600)),
        ahead(
            "iat-nine-hours-ahead",
            "iat of a local clock nine hours ahead of UTC",
            hours,
            Edit::FromNow(9 * 3600),
        ),
        ahead(
            "iat-milliseconds",
            "iat in milliseconds",
            "TCA-R-iat-milliseconds",
            Edit::FromNowMillis(0),
        ),
        accepted("iat-absent-accepted", "No iat", Change::without_claim("iat")),
        accepted(
            "iat-other-spelling-accepted",
            "IAT in place of iat",
            Change::Claim("iat", Edit::Spelled("IAT")),
        ),
        accepted(
            "iat-a-minute-old-accepted",
            "iat a minute in the past",
            Change::Claim("iat", Edit::FromNow(-60)),
        ),
    ]
}

/// A start that lies ahead is refused; no code is documented.
fn not_before() -> Vec<Case> {
    let ahead = |scene: Scene, slug: &str, title: &str, edit| {
        let id = format!("undocumented/nbf-{slug}");
        case(&scene, &id, title, &["RFC7519-4.1.5"], Change::Claim("nbf", edit), Expect::REFUSE)
    };
    vec![
        ahead(embed(), "an-hour-ahead", "nbf an hour ahead", Edit::FromNow(3600)),
        ahead(rest(), "an-hour-ahead-rest", "nbf an hour ahead, on REST", Edit::FromNow(3600)),
        ahead(embed(), "a-year-ahead", "nbf a year ahead", Edit::FromNow(365 * DAY)),
        ahead(
            embed(),
            "digits-ahead",
            "nbf a year ahead as a string of digits",
            Edit::FromNowQuoted(365 * DAY),
        )
        .hardening("A string is no NumericDate, so there may be nothing to honour."),
        ahead(embed(), "milliseconds", "nbf in milliseconds", Edit::FromNowMillis(0)),
        case(
            &embed(),
            "accepted/nbf-a-minute-old",
            "nbf a minute in the past",
            &["RFC7519-4.1.5", "CPX-odd-accept"],
            Change::Claim("nbf", Edit::FromNow(-60)),
            Expect::ACCEPT,
        ),
    ]
}
