//! `INDEX.tsv`: one line a vector, so that a change of the golden files can be reviewed.

use super::{Expected, Step, Vector};

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
    vector.script.last().map_or_else(String::new, |step| step.expect().to_string())
}

/// What differs from the accepted scene, act by act.
fn changes(vector: &Vector) -> String {
    let acts: Vec<String> = vector.script.iter().map(Step::describe).collect();
    let text = acts.join("; ");
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

impl Step {
    /// What must come of it.
    const fn expect(&self) -> &Expected {
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

/// The grammar of the reports; an open expectation names its family and each answer.
impl std::fmt::Display for Expected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Accept => f.write_str("accept"),
            Self::Refuse { codes, .. } if codes.is_empty() => f.write_str("refuse"),
            Self::Refuse { codes, .. } => write!(f, "refuse {}", codes.join("|")),
            Self::Either { codes } => write!(f, "accept or refuse {}", codes.join("|")),
            Self::AtMostOne => f.write_str("accept at most one"),
            Self::AtLeastOne => f.write_str("accept one"),
            Self::Open { family, readings } => {
                let answers: Vec<String> =
                    readings.iter().map(|(name, answer)| format!("{name}: {answer}")).collect();
                write!(f, "open {family} ({})", answers.join(", "))
            }
        }
    }
}
