//! Edits of a list of steps.

use claimproof_reference::{AnyReference, Reference};
use claimproof_verifier::{Check, Rules, Step};

macro_rules! each {
    ($any:expr, $reference:ident => $do:expr) => {
        match $any {
            AnyReference::WorkatoDirectLink($reference) => $do,
            AnyReference::WorkatoApi($reference) => $do,
            AnyReference::TableauConnectedApp($reference) => $do,
        }
    };
}

/// Leaves a step out.
pub(crate) fn without(reference: &mut AnyReference, name: &str) {
    each!(reference, reference => reference.verifier.steps.retain(|step| step.name() != name));
}

/// Two steps change places.
pub(crate) fn swap(reference: &mut AnyReference, a: &str, b: &str) {
    each!(reference, reference => {
        let place = |name: &str| reference.verifier.steps.iter().position(|step| step.name() == name);
        if let (Some(a), Some(b)) = (place(a), place(b)) {
            reference.verifier.steps.swap(a, b);
        }
    });
}

/// The names of a reference's steps with what they enforce, in order.
pub(crate) fn steps(reference: &AnyReference) -> Vec<(&'static str, &'static [&'static str])> {
    each!(reference, reference => reference.verifier.steps.iter().map(|step| (step.name(), step.cites())).collect())
}

/// Another check in the place of one.
pub(crate) fn replace<R: Rules>(reference: &mut Reference<R>, name: &str, run: Check<R>) {
    for step in &mut reference.verifier.steps {
        if let Step::Check { name: own, run: old, .. } = step
            && *own == name
        {
            *old = run;
        }
    }
}

/// One more check, before the step of this name.
pub(crate) fn before<R: Rules>(reference: &mut Reference<R>, name: &str, run: Check<R>) {
    let place = reference.verifier.steps.iter().position(|step| step.name() == name).unwrap_or(0);
    reference.verifier.steps.insert(place, Step::check("one too many", &[], run));
}

/// One more check, behind all others.
pub(crate) fn last<R: Rules>(reference: &mut Reference<R>, run: Check<R>) {
    reference.verifier.steps.push(Step::check("one too many", &[], run));
}
