//! What to look at first: the requirements that the failing cases break, those first by which
//! somebody comes in who must stay out.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

use claimproof_catalog::requirements::Level;

use super::terminal::{BAD, sentence};
use crate::report::{CaseReport, Report, Verdict};

/// How many requirements are named.
const MOST: usize = 3;

/// Each requirement with its sentence, one case that shows it, and how to play that case alone.
pub(super) fn render(text: &mut String, report: &Report) {
    let failing = |case: &&CaseReport| case.verdict == Verdict::Fail && case.repeats.is_none();
    let failing: Vec<_> = report.cases.iter().filter(failing).collect();
    let let_in: Vec<_> = failing.iter().copied().filter(|case| case.lets_in).collect();
    let (cases, what) = match let_in.as_slice() {
        [] => (failing.as_slice(), "not answered as documented"),
        some => (some, "accepted where a refusal is due"),
    };
    for (id, broken) in broken(cases) {
        let (count, all) = (broken.len(), failing.len());
        let _ =
            writeln!(text, "{BAD}FIRST{BAD:#} {what}, in {count} of {all} failing cases ({id})");
        let _ = writeln!(text, "    {}", sentence(id));
        // What takes several steps shows less at a glance.
        if let Some(case) = broken.iter().min_by_key(|case| !case.step.is_empty()) {
            let _ = writeln!(text, "    such as: {}", case.title);
            if !case.step.is_empty() {
                let _ = writeln!(text, "        at step {}", case.step);
            }
            let _ =
                writeln!(text, "        expected {}, observed {}", case.expected, case.observed);
            let _ =
                writeln!(text, "    to try it alone: the same command with --exact {}", case.id);
        }
    }
}

/// The requirement most cases break, then the one most others break, and so on.
fn broken<'r>(cases: &[&'r CaseReport]) -> Vec<(&'static str, Vec<&'r CaseReport>)> {
    let (mut left, mut found) = (cases.to_vec(), Vec::new());
    while let Some(id) = commonest(&left).filter(|_| found.len() < MOST) {
        let (own, others) =
            left.into_iter().partition(|case: &&CaseReport| case.requirements.contains(&id));
        found.push((id, own));
        left = others;
    }
    found
}

/// Of equals the one that is cited before the others, and of those the one that is met first.
fn commonest(cases: &[&CaseReport]) -> Option<&'static str> {
    let mut counts: BTreeMap<&'static str, (usize, Reverse<usize>, Reverse<usize>)> =
        BTreeMap::new();
    let cited = cases.iter().flat_map(|case| case.requirements.iter().copied().enumerate());
    for (met, (place, id)) in cited.enumerate() {
        if claimproof_catalog::level(id) == Some(Level::Must) {
            let (count, places, _) = counts.entry(id).or_insert((0, Reverse(0), Reverse(met)));
            (*count, places.0) = (*count + 1, places.0 + place);
        }
    }
    counts.into_iter().max_by_key(|(_, counted)| *counted).map(|(id, _)| id)
}
