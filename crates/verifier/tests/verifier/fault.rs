//! The rules as they are.
//!
//! The tests of `mutants` include the property tests of this folder with another file of this name, which puts
//! a fault into what is tried: a property that stays green under it does not hold what the fault breaks.

use claimproof_verifier::posit_connect::{Effect, Entropy, Event, Flow, State};
use claimproof_verifier::{Rules, Verifier};

/// A verifier with a fault, in the place of this one.
pub(crate) const fn of<R: Rules>(_: &Verifier<R>) -> Option<Verifier<R>> {
    None
}

/// Lists and policy of a Connect server.
pub(crate) fn flow() -> Flow {
    Flow::default()
}

/// What is done about an event.
pub(crate) fn step(
    flow: &Flow,
    state: &mut State,
    event: Event,
    now: i64,
    entropy: &Entropy,
) -> Effect {
    flow.step(state, event, now, entropy)
}
