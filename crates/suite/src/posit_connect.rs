//! What a flow among several parties asks of a run in the place of a token: its proof, its control,
//! and its cases on a subject that offers less.

use claimproof_vectors::cases::posit_connect::{given, hurried, plain_exchange, set_up};
use claimproof_vectors::{Case, Need};

use crate::retry::{self, Patience};
use crate::subject::{Action, Capabilities, Clock, Held, Subject};
pub(crate) use proof::prove;

mod proof;

/// The cases with tokens handed in where nobody can set a state up, and with short-lived ones where
/// the suite waits.
pub(crate) fn as_offered(mut cases: Vec<Case>, capabilities: &Capabilities) -> Vec<Case> {
    let each = |cases: Vec<Case>, other: fn(&Case) -> Option<Case>| {
        cases.into_iter().map(|case| other(&case).unwrap_or(case)).collect()
    };
    if !capabilities.meets(Need::Administration) {
        cases = each(cases, given);
    }
    if matches!(capabilities.clock, Clock::Waits(_)) {
        cases = each(cases, hurried);
    }
    cases
}

/// Whether a plain exchange is answered with a signal.
pub(crate) async fn control_answers<S: Subject>(
    subject: &S,
    held: &mut Held,
    patience: &Patience,
) -> bool {
    for moved in set_up().into_iter().chain([plain_exchange(None)]) {
        let seen = retry::insist(subject, held, Action::Move(&moved), patience).await;
        if !retry::is_signal(&seen) {
            return false;
        }
    }
    true
}
