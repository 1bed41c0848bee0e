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
    let rows: [(&str, &str, &'static str); 6] = [
        ("date", "is a date", "\"2099-11-14T22:13:20Z\""),
        ("words", "is a date in words", "\"Tue, 14 Nov 2099 22:13:20 GMT\""),
        ("true", "is true", "true"),
        ("object", "is an object", "{}"),
        ("list", "is a list", "[]"),
        ("empty", "is an empty string", "\"\""),
    ];
    let of = |claim: &'static str, cite: &'static str, by| {
        let refused = |slug: &str, words: &str, edit| {
            let (id, title) = (format!("10084/{claim}-{slug}"), format!("{claim} {words}"));
            let (cites, change) = (&[cite, "RFC7519-2"], Change::Claim(claim, edit));
            case(&id, &title, &embed(), cites, change, Expect::refuse(PARSE))
        };
        let digits = refused("digits", "as a string of digits", Edit::FromNowQuoted(by));
        let digits = digits.hardening("A NumericDate is a number (RFC 7519 section 2), and who reads the digits lets nobody in.");
        let mut cases =
            rows.map(|(slug, words, json)| refused(slug, words, Edit::Json(json.into()))).to_vec();
        cases.push(digits);
        cases
    };
    let null = cases! { case:
        "10084/iat-null", "iat is null":
            &embed(), &["TCA-10084-iat-format"], Change::claim("iat", "null"), Expect::refuse(PARSE)
            => hardening("The document asks for the format of iat alone, and one that is null lets nobody in.");
    };
    [of("exp", "TCA-10084-exp-format", 300), of("iat", "TCA-10084-iat-format", 0), null].concat()
}

/// Refused by more than any leeway; which code is recorded.
fn expired() -> Vec<Case> {
    let refused = |id: &str, title: &str, scene: Scene, cites: &[&'static str], change| {
        case(id, title, &scene, cites, change, Expect::REFUSE)
    };
    let past = &["TCA-exp-past", "RFC7519-4.1.4"];
    let clock = &["TCA-CLOCK-external", "TCA-CLOCK-reject", "TCA-exp-past"];
    cases! { refused:
        "undocumented/exp-660-s-past", "exp eleven minutes past": embed(), past, exp(-660);
        "undocumented/exp-660-s-past-rest", "exp eleven minutes past, on REST":
            rest(), past, exp(-660);
        "undocumented/exp-a-day-past", "exp a day past": embed(), past, exp(-DAY);
        "undocumented/exp-clock-behind", "exp of a local clock five hours behind UTC":
            embed(), clock, exp(300 - 5 * 3600);
        "undocumented/exp-absent", "No exp": embed(), past, Change::without_claim("exp");
        "undocumented/exp-null", "exp is null": embed(), past, Change::claim("exp", "null");
        "undocumented/exp-other-spelling", "Exp in place of exp":
            embed(), past, Change::Claim("exp", Edit::Spelled("Exp"));
        "undocumented/exp-look-alike", "A Cyrillic letter in exp":
            embed(), past, Change::Claim("exp", Edit::Spelled("\u{435}xp"));
        "undocumented/exp-milliseconds", "exp in milliseconds":
            embed(), &["TCA-10096-exp", "TCA-16-exp-long"],
            Change::Claim("exp", Edit::FromNowMillis(300));
        "undocumented/exp-zero", "exp is zero": embed(), past, Change::claim("exp", "0");
        "undocumented/exp-negative", "exp is minus one": embed(), past, Change::claim("exp", "-1");
        "undocumented/exp-negative-fraction", "exp is minus a half":
            embed(), past, Change::claim("exp", "-0.5");
        "undocumented/exp-least-64-bit", "exp is the least integer of 64 bits":
            embed(), past, Change::claim("exp", "-9223372036854775808");
    }
}

/// Numbers that overflow something on the way.
fn beyond_counting() -> Vec<Case> {
    let refused = |id: &str, title: &str, json: Cow<'static, str>| {
        let change = Change::Claim("exp", Edit::Json(json));
        case(id, title, &embed(), &["RFC7519-2", "CPX-bounded"], change, Expect::REFUSE)
    };
    // RFC 7519 has no sentence against such an issue time: it is a number.
    let uncountable = |id: &str, title: &str, json: Cow<'static, str>| {
        let answers = vec![("refused", Answer::REFUSE), ("accepted", Answer::ACCEPT)];
        let expect = Expect::open("TCA-R-iat-uncountable", answers);
        let change = Change::Claim("iat", Edit::Json(json));
        case(id, title, &embed(), &["RFC7519-2", "CPX-bounded"], change, expect)
    };
    let digits = || Cow::Owned("9".repeat(5000));
    cases! {
        refused:
            "undocumented/exp-9e15", "exp that overflows as milliseconds":
                "9300000000000000".into();
            "undocumented/exp-63-bits", "exp is two to the 63rd": "9223372036854775808".into();
            "undocumented/exp-64-bits", "exp is two to the 64th": "18446744073709551616".into();
            "undocumented/exp-1e400", "exp beyond every float": "1e400".into();
            "undocumented/exp-5000-digits", "exp of five thousand digits": digits();
        uncountable:
            "undocumented/iat-1e400", "iat beyond every float": "1e400".into();
            "undocumented/iat-5000-digits", "iat of five thousand digits": digits();
    }
}

fn issue_time() -> Vec<Case> {
    let ahead = |id: &str, title: &str, family, edit| {
        let answers = vec![
            ("accepted", Answer::ACCEPT),
            ("10084", Answer::refuse(PARSE)),
            ("16", Answer::refuse(&["16"])),
        ];
        let expect = Expect::open(family, answers);
        let cites = &["TCA-10084-iat-format", "TCA-CLOCK-external", "TCA-CLOCK-reject"];
        case(id, title, &embed(), cites, Change::Claim("iat", edit), expect)
    };
    let hours = "TCA-R-iat-ahead";
    let accepted = |id: &str, title: &str, change| {
        case(id, title, &embed(), &["TCA-10084-iat-format"], change, Expect::ACCEPT)
    };
    cases! {
        ahead:
            "10084/iat-an-hour-ahead", "iat an hour ahead": hours, Edit::FromNow(3600);
            "10084/iat-nine-hours-ahead", "iat of a local clock nine hours ahead of UTC":
                hours, Edit::FromNow(9 * 3600);
            "10084/iat-milliseconds", "iat in milliseconds":
                "TCA-R-iat-milliseconds", Edit::FromNowMillis(0);
        accepted:
            "10084/iat-absent-accepted", "No iat": Change::without_claim("iat");
            "10084/iat-other-spelling-accepted", "IAT in place of iat":
                Change::Claim("iat", Edit::Spelled("IAT"));
            "10084/iat-a-minute-old-accepted", "iat a minute in the past":
                Change::Claim("iat", Edit::FromNow(-60));
    }
}

/// A start that lies ahead is refused; no code is documented.
fn not_before() -> Vec<Case> {
    let ahead = |id: &str, title: &str, scene: Scene, edit| {
        case(id, title, &scene, &["RFC7519-4.1.5"], Change::Claim("nbf", edit), Expect::REFUSE)
    };
    cases! {
        ahead:
            "undocumented/nbf-an-hour-ahead", "nbf an hour ahead": embed(), Edit::FromNow(3600);
            "undocumented/nbf-an-hour-ahead-rest", "nbf an hour ahead, on REST":
                rest(), Edit::FromNow(3600);
            "undocumented/nbf-a-year-ahead", "nbf a year ahead": embed(), Edit::FromNow(365 * DAY);
            "undocumented/nbf-digits-ahead", "nbf a year ahead as a string of digits":
                embed(), Edit::FromNowQuoted(365 * DAY)
                => hardening("A string is no NumericDate, so there may be nothing to honour.");
            "undocumented/nbf-milliseconds", "nbf in milliseconds": embed(), Edit::FromNowMillis(0);
        case:
            "accepted/nbf-a-minute-old", "nbf a minute in the past":
                &embed(), &["RFC7519-4.1.5", "CPX-odd-accept"],
                Change::Claim("nbf", Edit::FromNow(-60)), Expect::ACCEPT;
    }
}
