//! Before grading: can this subject's accept and reject be told apart at all?
//!
//! What can be graded is graded: a deviation that shows here is a finding, and the cases of the run
//! fail by it. No verdict is left for answers that fit neither signal, for no answer, for answers
//! by chance, and for a subject that accepts none of the plain scenes.

mod accounts;
mod rounds;
mod scenes;
mod words;

use claimproof_vectors::Case;

pub use accounts::accounts;
pub use scenes::plainest;

use crate::flow;
use crate::retry::Patience;
use crate::subject::{Held, Subject};
use rounds::{Rounds, Trial};
use scenes::Candidate;

/// Accept and reject cannot be told apart, or nothing could be had.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub struct Inseparable(pub String);

/// Accept and reject can be told apart.
#[derive(Clone, Debug)]
pub struct Proof {
    /// What was accepted: its own changes make it good for this subject.
    pub accepted: Case,
    /// The deviations that show already; the cases of the run fail by them.
    pub findings: Vec<Finding>,
}

/// A deviation that shows before anything is graded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A request without a token is accepted.
    TokenUnneeded {
        /// The status of its answer.
        status: Option<u16>,
    },
    /// A token whose signature was altered is accepted.
    SignatureUnchecked {
        /// The scene whose signature it was.
        scene: String,
    },
    /// Of fresh tokens that differ in nothing that counts only the first ones are accepted.
    FreshRefused {
        /// The scene.
        scene: String,
        /// What came of a later one.
        seen: String,
    },
    /// A scene before the accepted one is not accepted.
    PlainRefused {
        /// The scene.
        scene: String,
        /// What came of it.
        seen: String,
        /// The one that is accepted.
        accepted: String,
    },
    /// What a party of the suite saw go wrong, in words.
    Witnessed(String),
}

/// Looks for a plain scene whose good tokens are accepted, and holds absent and broken ones beside
/// it.
pub async fn prove<S: Subject>(subject: &S, run: &str) -> Result<Proof, Inseparable> {
    let mut held =
        Held { now: subject.now(), tag: format!("{run}/acceptance proof"), ..Held::default() };
    let proven = if subject.profile().sheet().is_flow {
        flow::prove(subject, &mut held).await
    } else {
        presentations(subject, &mut held, run).await
    };
    subject.leave(&mut held).await;
    proven
}

async fn presentations<S: Subject>(
    subject: &S,
    held: &mut Held,
    run: &str,
) -> Result<Proof, Inseparable> {
    let candidates = scenes::candidates(subject);
    if candidates.is_empty() {
        return Err(Inseparable(scenes::nobody_plays(subject)));
    }
    let patience = Patience::default();
    let mut refused: Vec<(Candidate, Rounds)> = Vec::new();
    for candidate in candidates {
        let trial = Trial { subject, run, candidate: &candidate, patience: &patience };
        // Whether the first one is answered by chance is seen at once; of the others one refusal is
        // enough.
        let rounds = trial.rounds(held, refused.is_empty()).await?;
        if rounds.is_by_chance() {
            return Err(Inseparable(words::by_chance(&candidate, &rounds)));
        }
        if rounds.accepts() {
            let findings = findings(&refused, &candidate, &rounds);
            return Ok(Proof { accepted: candidate.case, findings });
        }
        refused.push((candidate, rounds));
    }
    Err(Inseparable(words::none_accepted(&refused)))
}

/// The worst first, since it is what a reader sees first.
fn findings(
    refused: &[(Candidate, Rounds)],
    accepted: &Candidate,
    rounds: &Rounds,
) -> Vec<Finding> {
    let scene = accepted.name.clone();
    let absent = rounds.absent.first().filter(|one| one.is_accepted());
    let mut findings = Vec::new();
    if let Some(absent) = absent {
        findings.push(Finding::TokenUnneeded { status: absent.status() });
    } else if rounds.broken.iter().any(rounds::Answer::is_accepted) {
        findings.push(Finding::SignatureUnchecked { scene: scene.clone() });
    }
    if let Some(later) = rounds.good.iter().find(|one| !one.is_accepted()) {
        findings.push(Finding::FreshRefused { scene: scene.clone(), seen: later.to_string() });
    }
    // Of those before it the plainest says enough.
    if let Some((plain, rounds)) = refused.first() {
        let seen = rounds.good.first().map(ToString::to_string).unwrap_or_default();
        findings.push(Finding::PlainRefused { scene: plain.name.clone(), seen, accepted: scene });
    }
    findings
}
