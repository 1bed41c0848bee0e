//! Times in every spelling of a JSON number: one instant is one instant, however it is written.

use super::scenes::embed;
use super::{TOO_LONG, case, present, script};
use crate::case::{Act, Case, Turn};
use crate::cases::common::times::{FRACTIONS, Spelling, WHOLE, edges, edit};
use crate::change::{Change, Edit};
use crate::expect::Expect;

pub(super) fn cases() -> Vec<Case> {
    [good(), past(), early(), far(), later()].concat()
}

fn spellings() -> impl Iterator<Item = Spelling> {
    WHOLE.into_iter().chain(FRACTIONS)
}

fn good() -> Vec<Case> {
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
            cases.push(case(&embed(), &id, &title, &[cite, "RFC7519-2"], change, Expect::ACCEPT));
        }
    }
    cases
}

/// Refused; which code is recorded.
fn refused(
    slug: &str,
    title: &str,
    cites: &[&'static str],
    claim: &'static str,
    edit: Edit,
) -> Case {
    case(
        &embed(),
        &format!("undocumented/{slug}"),
        title,
        cites,
        Change::Claim(claim, edit),
        Expect::REFUSE,
    )
}

fn past() -> Vec<Case> {
    let cites = &["TCA-exp-past", "RFC7519-4.1.4", "RFC7519-2"];
    let spelled = spellings().map(|spelling| {
        let (slug, words, _) = spelling;
        let title = format!("exp an hour past, {words}");
        refused(&format!("exp-past-{slug}"), &title, cites, "exp", edit(-3600, spelling))
    });
    let fixed =
        [("minus-exponent", "-1e9"), ("zero-exponent", "0e0"), ("small-exponent", "1e-300")];
    let fixed = fixed.map(|(slug, json)| {
        refused(
            &format!("exp-past-{slug}"),
            &format!("exp is {json}"),
            cites,
            "exp",
            Edit::Json(json.into()),
        )
    });
    spelled.chain(fixed).collect()
}

fn early() -> Vec<Case> {
    let cites = &["RFC7519-4.1.5", "RFC7519-2"];
    let spelled = spellings().map(|spelling| {
        let (slug, words, _) = spelling;
        let title = format!("nbf an hour ahead, {words}");
        refused(&format!("nbf-ahead-{slug}"), &title, cites, "nbf", edit(3600, spelling))
    });
    let far = edges(5000).into_iter().map(|(slug, words, json)| {
        refused(
            &format!("nbf-{slug}"),
            &format!("nbf {words}"),
            cites,
            "nbf",
            Edit::Json(json.into()),
        )
    });
    spelled.chain(far).collect()
}

/// Beyond the longest lifetime in another spelling.
fn far() -> Vec<Case> {
    let cites = &["TCA-10096-exp", "TCA-16-exp-long", "RFC7519-2"];
    let make = |spelling: Spelling| {
        let (slug, words, _) = spelling;
        let change = Change::Claim("exp", edit(86_400, spelling));
        let title = format!("exp a day ahead, {words}");
        case(
            &embed(),
            &format!("10096/a-day-{slug}"),
            &title,
            cites,
            change,
            Expect::refuse(TOO_LONG),
        )
    };
    spellings().map(make).collect()
}

/// The clock beyond what 32 bits hold, with and without a sign.
fn later() -> Vec<Case> {
    let after = |seconds| Turn::new(Act::Advance(seconds), Expect::Done);
    let at = |slug: &str, title: &str, seconds| {
        let turns = vec![after(seconds), present("later", &embed(), vec![], Expect::ACCEPT)];
        script(&embed(), &format!("accepted/{slug}"), title, &["RFC7519-2"], turns)
    };
    vec![
        at("clock-past-2038", "A token of the time after 2038-01-19", 500_000_000),
        at("clock-past-2106", "A token of the time after 2106-02-07", 2_700_000_000),
    ]
}
