//! Edits of a list of steps.

use claimproof_reference::{AnyReference, Reference};
use claimproof_verifier::{Check, Rules, Step};

/// Does something to every list of a reference: most have one, a Connect server has one a decision.
macro_rules! each_list {
    ($any:expr, $list:ident => $do:expr) => {
        match $any {
            AnyReference::WorkatoDirectLink(reference) => each_list!(@ $list => $do, *reference.verifier.edit()),
            AnyReference::WorkatoApi(reference) => each_list!(@ $list => $do, *reference.verifier.edit()),
            AnyReference::TableauConnectedApp(reference) => each_list!(@ $list => $do, *reference.verifier.edit()),
            AnyReference::PositConnect(reference) => {
                each_list!(@ $list => $do, reference.flow.login, reference.flow.callback, reference.flow.redemption,
                    reference.flow.refresh, reference.flow.visit, reference.flow.exchange);
            }
        }
    };
    (@ $list:ident => $do:expr, $($steps:expr),+) => {{
        $( let $list = &mut $steps; $do; )+
    }};
}

/// Leaves a step out.
pub fn without(reference: &mut AnyReference, name: &str) {
    each_list!(reference, list => list.retain(|step| step.name() != name));
}

/// Two steps of one list change places.
pub(crate) fn swap(reference: &mut AnyReference, a: &str, b: &str) {
    each_list!(reference, list => {
        let place = |name: &str| list.iter().position(|step| step.name() == name);
        if let (Some(a), Some(b)) = (place(a), place(b)) {
            list.swap(a, b);
        }
    });
}

/// The names of a reference's steps with what they enforce, in order.
pub fn steps(reference: &AnyReference) -> Vec<(&'static str, &'static [&'static str])> {
    fn of<R: Rules>(reference: &Reference<R>) -> Vec<(&'static str, &'static [&'static str])> {
        reference.verifier.steps().iter().map(|step| (step.name(), step.cites())).collect()
    }
    match reference {
        AnyReference::WorkatoDirectLink(reference) => of(reference),
        AnyReference::WorkatoApi(reference) => of(reference),
        AnyReference::TableauConnectedApp(reference) => of(reference),
        AnyReference::PositConnect(reference) => reference.flow.steps(),
    }
}

/// Another check in the place of one.
pub(crate) fn replace<R: Rules>(reference: &mut Reference<R>, name: &str, run: Check<R>) {
    for step in reference.verifier.edit() {
        if let Step::Check { name: own, run: old, .. } = step
            && *own == name
        {
            *old = run;
        }
    }
}

/// One more check, before the step of this name.
pub(crate) fn before<R: Rules>(reference: &mut Reference<R>, name: &str, run: Check<R>) {
    let steps = reference.verifier.edit();
    let place = steps.iter().position(|step| step.name() == name).unwrap_or(0);
    steps.insert(place, Step::check("one too many", &[], run));
}

/// One more check, behind all others.
pub(crate) fn last<R: Rules>(reference: &mut Reference<R>, run: Check<R>) {
    reference.verifier.edit().push(Step::check("one too many", &[], run));
}
