//! Faults of a Connect server.

use std::sync::Arc;

use claimproof_catalog::Profile;
use claimproof_reference::PositConnect;
use claimproof_verifier::posit_connect::{Effect, Event, State};

use crate::mutant::{Fault, Mutant};
use crate::shared::without_each;

mod memory;
mod replies;
mod requests;
mod strict;

const PROFILE: Profile = Profile::PositConnect;

pub(crate) fn mutants() -> Vec<Mutant> {
    [left_out(), swapped(), requests::mutants(), memory::mutants(), replies::mutants(), strict::mutants()].concat()
}

fn connect(name: &str, title: &str, breaks: &[&'static str], fault: fn(&mut PositConnect)) -> Mutant {
    Mutant::new(PROFILE, name, title, breaks, Fault::Connect(fault))
}

fn left_out() -> Vec<Mutant> {
    without_each(PROFILE, INVISIBLE, &[])
}

/// Behind each of these another step refuses, and in words the documents do not tell apart; or
/// nothing a case can do over HTTP leads there.
const INVISIBLE: &[&str] = &[];

fn swapped() -> Vec<Mutant> {
    vec![Mutant::new(
        PROFILE,
        "session-before-association",
        "Content without an association is told that a session is missing",
        &["PCO-AS-01", "PCO-AS-03", "PCO-AS-06", "PCO-SE-07"],
        Fault::Swapped("associated", "session_exists"),
    )]
}

/// What happens is changed before it is looked at.
fn on_event(connect: &mut PositConnect, edit: impl Fn(&State, Event) -> Event + Send + Sync + 'static) {
    connect.edits.event = Some(Arc::new(edit));
}

/// What is done about it is changed.
fn on_effect(connect: &mut PositConnect, edit: impl Fn(&State, Effect) -> Effect + Send + Sync + 'static) {
    connect.edits.effect = Some(Arc::new(edit));
}

/// What is remembered is changed behind each step.
fn on_state(connect: &mut PositConnect, edit: impl Fn(&mut State) + Send + Sync + 'static) {
    connect.edits.state = Some(Arc::new(edit));
}
