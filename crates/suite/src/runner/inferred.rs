//! Which interpretation of each open question the answers of a run fit.

use std::collections::BTreeMap;

use claimproof_catalog::{Graded, readings as catalog};
use claimproof_vectors::Expect;

use super::Options;
use super::played::{Opening, Played};
use crate::observation::Outcome;
use crate::readings::{self, Inferred, OpenCase};
use crate::report::ReadingReport;

/// What the answers to open cases say, question by question.
pub(super) fn infer(played: &[Played<'_>], options: &Options) -> BTreeMap<&'static str, Inferred> {
    // A probe says what its original said, or contradicts it; neither is one more vote.
    let votes = played.iter().filter(|one| one.case.repeats.is_none());
    let of_case = |one: &Played<'_>| {
        let open = |open: &Opening| OpenCase {
            case: one.case.id.clone(),
            family: open.family,
            fits: open.fits.clone(),
            observed: Outcome::told(open.seen.outcome.as_ref()),
            wants: wants(&one.case.script[open.at - 1].expect),
        };
        one.open.iter().map(open).collect::<Vec<_>>()
    };
    let open: Vec<_> = votes.flat_map(of_case).collect();
    readings::infer(&open, &options.fixed)
}

/// What each reading asks for.
fn wants(expect: &Expect) -> Vec<(&'static str, String)> {
    match expect {
        Expect::Open { answers, .. } => {
            answers.iter().map(|(reading, answer)| (*reading, answer.to_string())).collect()
        }
        _ => Vec::new(),
    }
}

/// The same for the report.
pub(super) fn reading(family: &'static str, inferred: &Inferred) -> ReadingReport {
    let (chosen, state) = match inferred.left.as_slice() {
        _ if inferred.fitting == 0 => (None, "mixture"),
        // Judged one by one, and not asked to agree.
        [] if catalog::find(family).is_some_and(|family| family.graded != Graded::Family) => {
            (None, "recorded")
        }
        [] => (None, "mixture"),
        [one] => (Some(*one), "chosen"),
        [_, _, ..] => (None, "undetermined"),
    };
    let fits = if inferred.fitting == 0 { Vec::new() } else { inferred.left.clone() };
    ReadingReport { id: family, chosen, state, fits }
}
