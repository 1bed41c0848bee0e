//! In which order a subject looks at two faults at once, as the pairs of a run show it.

use std::collections::{BTreeMap, BTreeSet};

use claimproof_catalog::Profile;
use claimproof_vectors::precedence::{self, Pair};

use crate::observation::Outcome;
use crate::report::{CaseReport, OrderReport, PairReport};

/// What the answers to the pairs of a profile show; `None` where none was asked.
pub fn order(profile: Profile, cases: &[CaseReport]) -> Option<OrderReport> {
    let answers: BTreeMap<&str, &Outcome> =
        cases.iter().filter_map(|case| Some((case.id.as_str(), case.outcome.as_ref()?))).collect();
    let pairs: Vec<PairReport> =
        precedence::pairs(profile).iter().filter_map(|pair| asked(pair, &answers)).collect();
    if pairs.is_empty() {
        return None;
    }
    let names: Vec<&'static str> =
        precedence::faults(profile).iter().map(|fault| fault.name).collect();
    let (order, circular) = line_up(&names, &before(&pairs));
    Some(OrderReport { profile, order, circular, pairs })
}

fn asked(pair: &Pair, answers: &BTreeMap<&str, &Outcome>) -> Option<PairReport> {
    let case = pair.case().id;
    let answered = answered(pair, answers.get(case.as_str())?);
    Some(PairReport { case, faults: [pair.first.name, pair.second.name], answered })
}

/// The fault whose codes alone hold the observed one. A fault without a documented code may answer
/// with any, so an answer that could be the other's tells nothing.
fn answered(pair: &Pair, outcome: &Outcome) -> Option<&'static str> {
    let code = outcome.code()?;
    let (first, second) = (pair.first.codes, pair.second.codes);
    match (first.contains(&code), second.contains(&code)) {
        (true, false) if !second.is_empty() => Some(pair.first.name),
        (false, true) if !first.is_empty() => Some(pair.second.name),
        (false, false) if first.is_empty() && !second.is_empty() => Some(pair.first.name),
        (false, false) if second.is_empty() && !first.is_empty() => Some(pair.second.name),
        _ => None,
    }
}

type Before = BTreeSet<(&'static str, &'static str)>;

/// Which fault was answered before which.
fn before(pairs: &[PairReport]) -> Before {
    let edge = |pair: &PairReport| {
        let [first, second] = pair.faults;
        let answered = pair.answered?;
        Some((answered, if answered == first { second } else { first }))
    };
    pairs.iter().filter_map(edge).collect()
}

/// The faults in a line, each as early as it can stand; what is left stands in a circle or behind
/// one.
fn line_up(names: &[&'static str], before: &Before) -> (Vec<&'static str>, Vec<&'static str>) {
    let shown = |name: &str| before.iter().any(|(one, other)| *one == name || *other == name);
    let mut left: Vec<&'static str> = names.iter().copied().filter(|name| shown(name)).collect();
    let mut order = Vec::new();
    let waits = |name: &str, left: &[&str]| {
        before.iter().any(|(one, other)| *other == name && left.contains(one))
    };
    while let Some(place) = left.iter().position(|name| !waits(name, &left)) {
        order.push(left.remove(place));
    }
    (order, left)
}
