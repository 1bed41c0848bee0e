//! A refusal counts only beside its control: the accepted case, on the same account and surface, in
//! the same run.

use std::collections::BTreeSet;

use claimproof_vectors::{Act, Case, cases};

use crate::observation::Outcome;
use crate::report::{CaseReport, Verdict};
use crate::subject::Subject;

/// The cases as this subject can play them: by another account where it has none of the one they
/// name.
pub fn staffed<S: Subject>(cases: &[Case], subject: &S) -> Vec<Case> {
    let is_played = |role: &str| subject.players().get(role).is_some();
    let staffed = |case: &Case| cases::stand_in(case, &is_played).unwrap_or_else(|| case.clone());
    cases.iter().map(staffed).collect()
}

/// The controls of these cases that are not among them.
pub fn controls<S: Subject>(selected: &[Case], subject: &S) -> Vec<Case> {
    let staffed = staffed(selected, subject);
    let known: BTreeSet<&str> = staffed.iter().map(|case| case.id.as_str()).collect();
    let controls =
        staffed.iter().filter(|case| has_control(case)).filter_map(|case| case.control.as_deref());
    let missing: BTreeSet<&str> = controls.filter(|control| !known.contains(control)).collect();
    let all = cases::of(subject.profile()).iter();
    all.filter(|case| missing.contains(case.id.as_str())).cloned().collect()
}

/// Leaves of the controls that were not selected only those that were not accepted: they are told
/// of.
pub fn without_good_controls(reports: &mut Vec<CaseReport>, selected: &[Case]) {
    let selected: BTreeSet<&str> = selected.iter().map(|case| case.id.as_str()).collect();
    let is_told =
        |one: &CaseReport| one.verdict != Verdict::Skip && one.outcome != Some(Outcome::Accepted);
    reports.retain(|one| selected.contains(one.id.as_str()) || is_told(one));
}

/// Whether what comes of a case is held against a control.
pub(crate) fn has_control(case: &Case) -> bool {
    let presents = || {
        case.script
            .iter()
            .any(|turn| matches!(turn.act, Act::Present { .. } | Act::KeptAlive { .. }))
    };
    case.control.is_some() && presents()
}
