//! `INDEX.tsv`: one line a vector, so that a change of the golden files can be reviewed.

use std::collections::BTreeMap;

use claimproof_vectors::Expect;

use super::{Step, Vector};

/// The head line.
pub(super) const HEAD: &str = "id\tlevel\texpectation\tchange\n";

/// The rows of these vectors, in their order.
pub(super) fn rows(vectors: &[Vector]) -> String {
    let row = |vector: &Vector| {
        let (expect, change) = (expectation(vector), changes(vector));
        format!("{}\t{}\t{expect}\t{change}\n", vector.id, vector.level)
    };
    vectors.iter().map(row).collect()
}

/// What must come of the last act, which is what the vector is about.
fn expectation(vector: &Vector) -> String {
    vector.script.last().map_or_else(String::new, |step| told(step.expect()))
}

/// What differs from the accepted scene, act by act.
fn changes(vector: &Vector) -> String {
    let acts: Vec<String> = vector.script.iter().map(Step::describe).collect();
    let text = acts.join("; ");
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

impl Step {
    /// What must come of it.
    const fn expect(&self) -> &Expect {
        match self {
            Self::Present { expect, .. }
            | Self::AtOnce { expect, .. }
            | Self::Raw { expect, .. }
            | Self::Manage { expect, .. }
            | Self::Move { expect, .. }
            | Self::Verify { expect, .. }
            | Self::Answer { expect, .. } => expect,
        }
    }

    fn describe(&self) -> String {
        match self {
            Self::Present { change, kept_alive, .. } => {
                let scene = if change.is_empty() {
                    "the accepted scene".to_owned()
                } else {
                    change.join(", ")
                };
                if *kept_alive { format!("{scene}, on the one connection") } else { scene }
            }
            Self::AtOnce { change, times, .. } => {
                let scene = if change.is_empty() {
                    "the accepted scene".to_owned()
                } else {
                    change.join(", ")
                };
                format!("{scene}, {times} times at the same moment")
            }
            Self::Raw { .. } => "bytes that are no HTTP request".to_owned(),
            Self::Manage { call, .. } | Self::Move { call, .. } => call.clone(),
            Self::Verify { .. } => "verify".to_owned(),
            Self::Answer { .. } => "answer".to_owned(),
        }
    }
}

/// Outcome and codes; an open expectation names its family and each answer.
fn told(expect: &Expect) -> String {
    let Expect::Open { question, answers } = expect else { return format!("{expect:#}") };
    let answers: BTreeMap<_, _> = answers.iter().map(|(name, answer)| (name, answer)).collect();
    let answers: Vec<String> =
        answers.iter().map(|(name, answer)| format!("{name}: {answer:#}")).collect();
    format!("open {question} ({})", answers.join(", "))
}
