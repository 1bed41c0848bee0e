//! The fault that this process tries its properties under: the mutant of the environment, if there
//! is one.

use std::any::Any;
use std::cell::RefCell;
use std::mem;
use std::sync::LazyLock;

use claimproof_cast::{Cast, public};
use claimproof_in_process::Judged;
use claimproof_mutants::Mutant;
use claimproof_reference::{Edits, FromCast, PositConnect, Reference};
use claimproof_verifier::posit_connect::{Effect, Entropy, Event, Flow, State};
use claimproof_verifier::{Rules, Verifier};

/// The variable that names it.
pub(crate) const FAULT: &str = "CLAIMPROOF_FAULT";

static MUTANT: LazyLock<Option<Mutant>> = LazyLock::new(|| {
    let name = std::env::var(FAULT).ok()?;
    Some(claimproof_mutants::find(&name).unwrap_or_else(|| panic!("{FAULT}: {name} is no mutant")))
});

thread_local! {
    /// What edits go in and out of.
    static REFERENCE: RefCell<Option<Box<dyn Judged>>> = RefCell::new(MUTANT.as_ref().map(|mutant| {
        claimproof_in_process::reference(&public(mutant.profile)).unwrap()
    }));
    /// Edits of what happens around a Connect server made last.
    static EDITS: RefCell<Edits> = RefCell::default();
}

/// A verifier of the same policy with the fault.
pub(crate) fn of<R: Rules>(verifier: &Verifier<R>) -> Option<Verifier<R>> {
    let mutant = MUTANT.as_ref()?;
    let mut faulty = Verifier::<R>::new(verifier.policy.clone());
    REFERENCE.with_borrow_mut(|reference| {
        let reference = &mut **reference.as_mut()?;
        exchange(reference, &mut faulty)?;
        mutant.apply(reference).unwrap();
        exchange(reference, &mut faulty)?;
        Some(faulty)
    })
}

/// Verifier and reference of one profile change verifiers.
fn exchange<R: Rules>(reference: &mut dyn Any, own: &mut Verifier<R>) -> Option<()> {
    mem::swap(&mut reference.downcast_mut::<Reference<R>>()?.verifier, own);
    Some(())
}

/// The reference of any profile with the fault, if it is of that profile.
pub(crate) fn any(cast: &Cast) -> Box<dyn Judged> {
    let mut reference = claimproof_in_process::reference(cast).unwrap();
    if let Some(mutant) = MUTANT.as_ref().filter(|mutant| mutant.profile == cast.profile) {
        mutant.apply(&mut *reference).unwrap();
    }
    reference
}

/// The same where the profile is known.
pub(crate) fn reference<R: FromCast>(cast: &Cast) -> Reference<R> {
    let own: Box<dyn Any> = any(cast);
    *own.downcast().unwrap_or_else(|_| panic!("the cast of {}", cast.profile))
}

/// Lists and policy of a Connect server with the fault, and from now on its edits.
pub(crate) fn flow() -> Flow {
    let mut connect = PositConnect::of(&public(claimproof_catalog::Profile::PositConnect)).unwrap();
    if let Some(mutant) = MUTANT.as_ref() {
        mutant.apply(&mut connect).unwrap();
    }
    EDITS.set(connect.edits);
    connect.flow
}

/// What is done about an event, between the edits.
pub(crate) fn step(
    flow: &Flow,
    state: &mut State,
    event: Event,
    now: i64,
    entropy: &Entropy,
) -> Effect {
    let edits = EDITS.with_borrow(Edits::clone);
    let event = match &edits.event {
        Some(edit) => edit(state, event),
        None => event,
    };
    let effect = flow.step(state, event, now, entropy);
    if let Some(edit) = &edits.state {
        edit(state);
    }
    match &edits.effect {
        Some(edit) => edit(state, effect),
        None => effect,
    }
}
