//! The leeway of `exp` and `nbf`: measured and shown, not failed.
//!
//! RFC 7519 sections 4.1.4 and 4.1.5 allow a small one, "usually no more than a few minutes". So up to
//! five minutes are an open question; more is advice, and more than ten minutes fails elsewhere.

use super::super::case;
use super::super::scenes::embed;
use crate::case::Case;
use crate::change::{Change, Edit};
use crate::expect::{Answer, Expect};

pub(super) fn cases() -> Vec<Case> {
    [after_exp(), before_nbf()].concat()
}

/// The readings of a family of leeway, the smallest first.
const BRACKETS: [&str; 4] = ["none", "5-s", "60-s", "over-60-s"];

/// Why a leeway of more than five minutes is advice.
pub(super) const FEW_MINUTES: &str = "RFC 7519 allows a leeway of usually no more than a few minutes, so more than five are advice and more than ten fail.";

/// Refused under the first `refusing` brackets, accepted under the others.
pub(super) fn open(family: &'static str, refusing: usize, refused: Answer) -> Expect {
    let answer = |n| if n < refusing { refused.clone() } else { Answer::ACCEPT };
    Expect::open(
        family,
        BRACKETS.iter().enumerate().map(|(n, bracket)| (*bracket, answer(n))).collect(),
    )
}

fn at(
    claim: &'static str,
    slug: &str,
    title: &str,
    by: i64,
    cites: &[&'static str],
    expect: Expect,
) -> Case {
    let change = Change::Claim(claim, Edit::FromNow(by));
    case(&embed(), &format!("undocumented/{claim}-{slug}"), title, cites, change, expect)
}

fn after_exp() -> Vec<Case> {
    let cites = &["TCA-exp-past", "RFC7519-4.1.4"];
    let large = &["TCA-exp-past", "RFC7519-4.1.4", "CPX-small-leeway"];
    let exp = |slug: &str, title: &str, by, refusing| {
        at("exp", slug, title, by, cites, open("TCA-R-leeway-exp", refusing, Answer::REFUSE))
    };
    vec![
        case(
            &embed(),
            "10096/1-s-accepted",
            "exp exactly one second ahead",
            cites,
            Change::Claim("exp", Edit::FromNow(1)),
            Expect::ACCEPT,
        )
        .exact(),
        exp("now", "exp exactly now", 0, 1).exact(),
        exp("6-s-past", "exp exactly six seconds past", -6, 2).exact(),
        exp("66-s-past", "exp sixty-six seconds past", -66, 3),
        at("exp", "330-s-past", "exp five and a half minutes past", -330, large, Expect::REFUSE)
            .hardening(FEW_MINUTES),
    ]
}

fn before_nbf() -> Vec<Case> {
    let cites = &["RFC7519-4.1.5"];
    let large = &["RFC7519-4.1.5", "CPX-small-leeway"];
    let nbf = |slug: &str, title: &str, by, refusing| {
        at("nbf", slug, title, by, cites, open("TCA-R-leeway-nbf", refusing, Answer::REFUSE))
    };
    vec![
        nbf("1-s-ahead", "nbf exactly one second ahead", 1, 1).exact(),
        nbf("6-s-ahead", "nbf exactly six seconds ahead", 6, 2).exact(),
        nbf("66-s-ahead", "nbf sixty-six seconds ahead", 66, 3),
        at("nbf", "330-s-ahead", "nbf five and a half minutes ahead", 330, large, Expect::REFUSE)
            .hardening(FEW_MINUTES),
    ]
}
