//! Edits of a list of steps, by the names of its steps.

use claimproof_reference::{Implementation, Steps};
use claimproof_verifier::{Check, Decision, List, Step};

/// Leaves a step out, of whichever list has it.
pub fn without(reference: &mut dyn Implementation, name: &str) {
    reference.lists_mut().into_iter().for_each(|list| list.leave_out(&[name]));
}

/// Two steps of one list change places.
pub(crate) fn swap(reference: &mut dyn Implementation, a: &str, b: &str) {
    reference.lists_mut().into_iter().for_each(|list| list.swap(a, b));
}

/// The names of a reference's steps with what they enforce, in order.
pub fn steps(reference: &dyn Implementation) -> Vec<(&'static str, &'static [&'static str])> {
    reference.lists().into_iter().flat_map(Steps::names).collect()
}

/// Another check in the place of one.
pub(crate) fn replace<D: Decision>(of: &mut impl AsMut<List<D>>, name: &str, check: Check<D>) {
    for step in of.as_mut().edit().iter_mut().filter(|step| step.name == name) {
        step.check = check;
    }
}

/// One more check, before the step of this name.
pub(crate) fn before<D: Decision>(of: &mut impl AsMut<List<D>>, name: &str, check: Check<D>) {
    let steps = of.as_mut().edit();
    let place = steps.iter().position(|step| step.name == name).unwrap_or(0);
    steps.insert(place, one_too_many(check));
}

/// One more check, behind all others.
pub(crate) fn last<D: Decision>(of: &mut impl AsMut<List<D>>, check: Check<D>) {
    of.as_mut().edit().push(one_too_many(check));
}

const fn one_too_many<D: Decision>(check: Check<D>) -> Step<D> {
    Step { name: "one too many", cites: &[], check }
}
