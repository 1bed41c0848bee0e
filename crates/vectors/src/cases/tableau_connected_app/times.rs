//! Times in every spelling of a JSON number: one instant is one instant, however it is written.

use super::scenes::embed;
use super::{TOO_LONG, after, case, good, script};
use crate::case::Case;
use crate::cases::common::times::{FRACTIONS, Spelling, WHOLE, edges, edit};
use crate::change::{Change, Edit};
use crate::expect::Expect;

pub(super) fn cases() -> Vec<Case> {
    [right(), past(), early(), far(), later()].concat()
}

fn spellings() -> impl Iterator<Item = Spelling> {
    WHOLE.into_iter().chain(FRACTIONS)
}

fn right() -> Vec<Case> {
    let rows = [
        ("exp", 300, "five minutes ahead", "TCA-10084-exp-format"),
        ("iat", 0, "now", "TCA-10084-iat-format"),
        ("nbf", -60, "a minute past", "RFC7519-4.1.5"),
    ];
    let mut cases = Vec::new();
    for spelling in spellings() {
        for (claim, by, when, cite) in rows {
            let (slug, words, _) = spelling;
            let change = Change::Claim(claim, edit(by, spelling));
            let title = format!("{claim} {when}, {words}");
            let id = format!("accepted/{claim}-{slug}");
            cases.push(case(&id, &title, &embed(), &[cite, "RFC7519-2"], change, Expect::ACCEPT));
        }
    }
    cases
}

/// Refused; which code is recorded.
fn refused(slug: &str, title: &str, cites: &[&'static str], change: Change) -> Case {
    case(&format!("undocumented/{slug}"), title, &embed(), cites, change, Expect::REFUSE)
}

fn past() -> Vec<Case> {
    let past = |slug: &str, title: &str, edit| {
        let cites = &["TCA-exp-past", "RFC7519-4.1.4", "RFC7519-2"];
        refused(&format!("exp-past-{slug}"), title, cites, Change::Claim("exp", edit))
    };
    let spelled = spellings().map(|spelling| {
        let (slug, words, _) = spelling;
        past(slug, &format!("exp an hour past, {words}"), edit(-3600, spelling))
    });
    let fixed =
        [("minus-exponent", "-1e9"), ("zero-exponent", "0e0"), ("small-exponent", "1e-300")];
    let fixed =
        fixed.map(|(slug, json)| past(slug, &format!("exp is {json}"), Edit::Json(json.into())));
    spelled.chain(fixed).collect()
}

fn early() -> Vec<Case> {
    let early = |slug: &str, title: &str, edit| {
        let cites = &["RFC7519-4.1.5", "RFC7519-2"];
        refused(&format!("nbf-{slug}"), title, cites, Change::Claim("nbf", edit))
    };
    let spelled = spellings().map(|spelling| {
        let (slug, words, _) = spelling;
        let title = format!("nbf an hour ahead, {words}");
        early(&format!("ahead-{slug}"), &title, edit(3600, spelling))
    });
    let far = edges(5000).into_iter();
    let far = far
        .map(|(slug, words, json)| early(slug, &format!("nbf {words}"), Edit::Json(json.into())));
    spelled.chain(far).collect()
}

/// Beyond the longest lifetime in another spelling.
fn far() -> Vec<Case> {
    let cites = &["TCA-10096-exp", "TCA-16-exp-long", "RFC7519-2"];
    let make = |spelling: Spelling| {
        let (slug, words, _) = spelling;
        let (id, title) = (format!("10096/a-day-{slug}"), format!("exp a day ahead, {words}"));
        let change = Change::Claim("exp", edit(86_400, spelling));
        case(&id, &title, &embed(), cites, change, Expect::refuse(TOO_LONG))
    };
    spellings().map(make).collect()
}

/// The clock beyond what 32 bits hold, with and without a sign.
fn later() -> Vec<Case> {
    let at = |id: &str, title: &str, seconds| {
        let turns = vec![after(seconds), good("later", &embed())];
        script(id, title, &embed(), &["RFC7519-2"], turns)
    };
    cases! { at:
        "accepted/clock-past-2038", "A token of the time after 2038-01-19": 500_000_000;
        "accepted/clock-past-2106", "A token of the time after 2106-02-07": 2_700_000_000;
    }
}
