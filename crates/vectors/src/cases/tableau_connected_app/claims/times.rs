//! `exp`, `iat` and `nbf`: their form and how far they lie.

use std::borrow::Cow;

use super::super::scenes::{embed, listed, rest, second_user, xhr};
use super::super::{TOO_LONG, case, form};
use super::PARSE;
use crate::case::{Case, Need};
use crate::change::{Change, Edit};
use crate::expect::{Answer, Expect};
use crate::scene::Scene;

const DAY: i64 = 86_400;

pub(super) fn cases() -> Vec<Case> {
    [formats(), too_long(), within(), edges(), expired(), beyond_counting(), issue_time(), not_before()].concat()
}

const fn exp(by: i64) -> Change {
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
            cases.push(case(&embed(), &id, &title, cites, Change::claim(claim, json), Expect::Refuse(PARSE)));
        }
        let by = if claim == "exp" { 300 } else { 0 };
        let id = format!("10084/{claim}-digits");
        let title = format!("{claim} as a string of digits");
        let expect = form(Answer::Refuse(PARSE), Answer::Accept);
        cases.push(case(&embed(), &id, &title, cites, Change::Claim(claim, Edit::FromNowQuoted(by)), expect));
    }
    let null = Change::claim("iat", "null");
    cases.push(
        case(&embed(), "10084/iat-null", "iat is null", &["TCA-10084-iat-format"], null, Expect::Refuse(PARSE))
            .hardening(),
    );
    cases
}

/// Over the network a refused expiry breaks every measure by more than five minutes.
fn too_long() -> Vec<Case> {
    let refused = |scene: Scene, id: &str, title: &str, by| {
        let cites = &["TCA-10096-exp", "TCA-16-exp-long", "TCA-10096-configured"];
        case(&scene, id, title, cites, exp(by), Expect::Refuse(TOO_LONG))
    };
    let clock = |id: &str, title: &str, by| {
        let cites = &["TCA-CLOCK-external", "TCA-CLOCK-reject", "TCA-10096-exp"];
        case(&embed(), id, title, cites, exp(by), Expect::Refuse(TOO_LONG))
    };
    vec![
        refused(embed(), "10096/1000-s", "exp 1000 s ahead", 1000),
        refused(embed(), "10096/a-day", "exp a day ahead", DAY),
        refused(embed(), "10096/a-year", "exp a year ahead", 365 * DAY),
        refused(rest(), "10096/1000-s-rest", "exp 1000 s ahead, on REST", 1000),
        refused(listed(), "10096/an-hour-listed", "exp an hour ahead, from a listed page", 3600),
        refused(second_user(), "16/1000-s-second-user", "exp 1000 s ahead for another user", 1000),
        refused(xhr(), "16/a-day-xhr", "exp a day ahead, in the library's request", DAY),
        refused(embed(), "16/a-week", "exp a week ahead", 7 * DAY),
        clock("10096/clock-two-hours-ahead", "exp of a local clock two hours ahead of UTC", 2 * 3600 + 300),
        clock("16/clock-ten-hours-ahead", "exp of a local clock ten hours ahead of UTC", 10 * 3600 + 300),
    ]
}

fn within() -> Vec<Case> {
    let accepted = |slug: &str, title: &str, by| {
        let cites = &["TCA-10096-10min", "TCA-16-exp-10min"];
        case(&embed(), &format!("10096/{slug}"), title, cites, exp(by), Expect::Accept)
    };
    let measured = |slug: &str, title: &str, by| {
        let answers = vec![("now", Answer::Accept), ("iat", Answer::Refuse(TOO_LONG))];
        let expect = Expect::Open("TCA-R-validity-from", answers);
        let cites = &["TCA-10096-exp", "TCA-10096-10min", "TCA-16-exp-10min"];
        case(&embed(), &format!("10096/{slug}"), title, cites, Change::Claim("iat", Edit::FromNow(by)), expect)
    };
    vec![
        accepted("60-s-accepted", "exp a minute ahead", 60),
        accepted("240-s-accepted", "exp four minutes ahead", 240),
        accepted("540-s-accepted", "exp nine minutes ahead", 540),
        measured("iat-an-hour-old", "iat an hour in the past, exp five minutes ahead", -3600),
        measured("iat-a-day-old", "iat a day in the past, exp five minutes ahead", -DAY),
    ]
}

/// Exact to the second, so only where the suite sets the clock; `iat` is now.
fn edges() -> Vec<Case> {
    let at = |id: &str, title: &str, cites: &[&'static str], by, expect| {
        case(&embed(), id, title, cites, exp(by), expect).needing(Need::Clock)
    };
    let limit = &["TCA-10096-10min", "TCA-16-exp-10min"];
    let over = &["TCA-10096-exp", "TCA-10096-10min"];
    let past = &["TCA-exp-past", "RFC7519-4.1.4"];
    vec![
        at("10096/599-s-accepted", "exp exactly 599 s ahead", limit, 599, Expect::Accept),
        at("10096/600-s-accepted", "exp exactly 600 s ahead", limit, 600, Expect::Accept),
        at("10096/601-s", "exp exactly 601 s ahead", over, 601, Expect::Refuse(TOO_LONG)),
        at("10096/1-s-accepted", "exp exactly one second ahead", past, 1, Expect::Accept),
        at("undocumented/exp-now", "exp exactly now", past, 0, Expect::RefuseAny),
        at("undocumented/exp-1-s-past", "exp exactly one second past", past, -1, Expect::RefuseAny),
    ]
}

/// Refused; which code is recorded.
fn expired() -> Vec<Case> {
    let refused = |scene: Scene, slug: &str, title: &str, cites: &[&'static str], change| {
        case(&scene, &format!("undocumented/exp-{slug}"), title, cites, change, Expect::RefuseAny)
    };
    let past = &["TCA-exp-past", "RFC7519-4.1.4"];
    let clock = &["TCA-CLOCK-external", "TCA-CLOCK-reject", "TCA-exp-past"];
    vec![
        refused(embed(), "600-s-past", "exp ten minutes past", past, exp(-600)),
        refused(rest(), "600-s-past-rest", "exp ten minutes past, on REST", past, exp(-600)),
        refused(embed(), "a-day-past", "exp a day past", past, exp(-DAY)),
        refused(embed(), "clock-behind", "exp of a local clock five hours behind UTC", clock, exp(300 - 5 * 3600)),
        refused(embed(), "absent", "No exp", past, Change::without_claim("exp")),
        refused(embed(), "null", "exp is null", past, Change::claim("exp", "null")),
        refused(embed(), "other-spelling", "Exp in place of exp", past, Change::Claim("exp", Edit::Spelled("Exp"))),
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
        refused(embed(), "negative-fraction", "exp is minus a half", past, Change::claim("exp", "-0.5")),
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
        case(&embed(), &id, title, cites, Change::Claim(claim, Edit::Json(json)), Expect::RefuseAny)
    };
    let digits = || Cow::Owned("9".repeat(5000));
    vec![
        refused("9e15", "exp that overflows as milliseconds", "exp", "9300000000000000".into()),
        refused("63-bits", "exp is two to the 63rd", "exp", "9223372036854775808".into()),
        refused("64-bits", "exp is two to the 64th", "exp", "18446744073709551616".into()),
        refused("1e400", "exp beyond every float", "exp", "1e400".into()),
        refused("5000-digits", "exp of five thousand digits", "exp", digits()),
        refused("1e400", "iat beyond every float", "iat", "1e400".into()),
        refused("5000-digits", "iat of five thousand digits", "iat", digits()),
    ]
}

fn issue_time() -> Vec<Case> {
    let ahead = |slug: &str, title: &str, edit| {
        let answers =
            vec![("accepted", Answer::Accept), ("10084", Answer::Refuse(PARSE)), ("16", Answer::Refuse(&["16"]))];
        let expect = Expect::Open("TCA-R-iat-ahead", answers);
        let cites = &["TCA-10084-iat-format", "TCA-CLOCK-external", "TCA-CLOCK-reject"];
        case(&embed(), &format!("10084/{slug}"), title, cites, Change::Claim("iat", edit), expect)
    };
    let accepted = |slug: &str, title: &str, change| {
        case(&embed(), &format!("10084/{slug}"), title, &["TCA-10084-iat-format"], change, Expect::Accept)
    };
    vec![
        ahead("iat-an-hour-ahead", "iat an hour ahead", Edit::FromNow(3600)),
        ahead("iat-nine-hours-ahead", "iat of a local clock nine hours ahead of UTC", Edit::FromNow(9 * 3600)),
        ahead("iat-milliseconds", "iat in milliseconds", Edit::FromNowMillis(0)),
        accepted("iat-absent-accepted", "No iat", Change::without_claim("iat")),
        accepted("iat-other-spelling-accepted", "IAT in place of iat", Change::Claim("iat", Edit::Spelled("IAT"))),
        accepted("iat-a-minute-old-accepted", "iat a minute in the past", Change::Claim("iat", Edit::FromNow(-60))),
    ]
}

/// A start that lies ahead is refused; no code is documented.
fn not_before() -> Vec<Case> {
    let ahead = |scene: Scene, slug: &str, title: &str, edit| {
        let id = format!("undocumented/nbf-{slug}");
        case(&scene, &id, title, &["RFC7519-4.1.5"], Change::Claim("nbf", edit), Expect::RefuseAny)
    };
    vec![
        ahead(embed(), "an-hour-ahead", "nbf an hour ahead", Edit::FromNow(3600)),
        ahead(rest(), "an-hour-ahead-rest", "nbf an hour ahead, on REST", Edit::FromNow(3600)),
        ahead(embed(), "a-year-ahead", "nbf a year ahead", Edit::FromNow(365 * DAY)),
        ahead(embed(), "digits-ahead", "nbf a year ahead as a string of digits", Edit::FromNowQuoted(365 * DAY)),
        ahead(embed(), "milliseconds", "nbf in milliseconds", Edit::FromNowMillis(0)),
        case(
            &embed(),
            "accepted/nbf-a-minute-old",
            "nbf a minute in the past",
            &["RFC7519-4.1.5", "CPX-odd-accept"],
            Change::Claim("nbf", Edit::FromNow(-60)),
            Expect::Accept,
        ),
    ]
}
