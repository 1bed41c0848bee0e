//! The leeway of `exp` and `nbf`: measured and shown, not failed.
//!
//! RFC 7519 sections 4.1.4 and 4.1.5 allow a small one, "usually no more than a few minutes". So up to
//! five minutes are an open question; more is advice, and more than ten minutes fails elsewhere.

use super::super::case;
use super::super::scenes::embed;
use super::times::exp;
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
    let answers = BRACKETS.iter().enumerate().map(|(n, bracket)| (*bracket, answer(n)));
    Expect::open(family, answers.collect())
}

fn after_exp() -> Vec<Case> {
    let cites = &["TCA-exp-past", "RFC7519-4.1.4"];
    let large = &["TCA-exp-past", "RFC7519-4.1.4", "CPX-small-leeway"];
    let open = |id: &str, title: &str, by, refusing| {
        let expect = open("TCA-R-leeway-exp", refusing, Answer::REFUSE);
        case(id, title, &embed(), cites, exp(by), expect)
    };
    cases! {
        case:
            "10096/1-s-accepted", "exp exactly one second ahead":
                &embed(), cites, exp(1), Expect::ACCEPT => exact();
        open:
            "undocumented/exp-now", "exp exactly now": 0, 1 => exact();
            "undocumented/exp-6-s-past", "exp exactly six seconds past": -6, 2 => exact();
            "undocumented/exp-66-s-past", "exp sixty-six seconds past": -66, 3;
        case:
            "undocumented/exp-330-s-past", "exp five and a half minutes past":
                &embed(), large, exp(-330), Expect::REFUSE => hardening(FEW_MINUTES);
    }
}

fn before_nbf() -> Vec<Case> {
    let nbf = |by| Change::Claim("nbf", Edit::FromNow(by));
    let large = &["RFC7519-4.1.5", "CPX-small-leeway"];
    let open = |id: &str, title: &str, by, refusing| {
        let expect = open("TCA-R-leeway-nbf", refusing, Answer::REFUSE);
        case(id, title, &embed(), &["RFC7519-4.1.5"], nbf(by), expect)
    };
    cases! {
        open:
            "undocumented/nbf-1-s-ahead", "nbf exactly one second ahead": 1, 1 => exact();
            "undocumented/nbf-6-s-ahead", "nbf exactly six seconds ahead": 6, 2 => exact();
            "undocumented/nbf-66-s-ahead", "nbf sixty-six seconds ahead": 66, 3;
        case:
            "undocumented/nbf-330-s-ahead", "nbf five and a half minutes ahead":
                &embed(), large, nbf(330), Expect::REFUSE => hardening(FEW_MINUTES);
    }
}
