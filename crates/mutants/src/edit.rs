//! Edits of a list of steps, by the names of its steps.

use claimproof_reference::AnyReference;
use claimproof_verifier::{Check, Decision, List, Step};

/// Does something to every list of a reference: most have one, a Connect server has one a decision.
macro_rules! each_list {
    ($any:expr, $list:ident => $do:expr) => {
        match $any {
            AnyReference::WorkatoDirectLink(own) => each_list!(@ $list => $do, own.verifier.list),
            AnyReference::WorkatoApi(own) => each_list!(@ $list => $do, own.verifier.list),
            AnyReference::TableauConnectedApp(own) => each_list!(@ $list => $do, own.verifier.list),
            AnyReference::PositConnect(own) => {
                each_list!(@ $list => $do, own.flow.login, own.flow.callback, own.flow.redemption,
                    own.flow.refresh, own.flow.visit, own.flow.exchange);
            }
        }
    };
    (@ $list:ident => $do:expr, $($own:expr),+) => {{
        $( let $list = &mut $own; $do; )+
    }};
}

/// Leaves a step out, of whichever list has it.
pub fn without(reference: &mut AnyReference, name: &str) {
    each_list!(reference, list => leave_out(list, &[name]));
}

/// Two steps of one list change places.
pub(crate) fn swap(reference: &mut AnyReference, a: &str, b: &str) {
    each_list!(reference, list => exchange(list, a, b));
}

/// The names of a reference's steps with what they enforce, in order.
pub fn steps(reference: &AnyReference) -> Vec<(&'static str, &'static [&'static str])> {
    match reference {
        AnyReference::WorkatoDirectLink(own) => own.verifier.list.names().collect(),
        AnyReference::WorkatoApi(own) => own.verifier.list.names().collect(),
        AnyReference::TableauConnectedApp(own) => own.verifier.list.names().collect(),
        AnyReference::PositConnect(own) => own.flow.names(),
    }
}

/// Leaves steps out.
pub(crate) fn leave_out<D: Decision>(of: &mut impl AsMut<List<D>>, names: &[&str]) {
    of.as_mut().edit().retain(|step| !names.contains(&step.name));
}

/// Two steps change places.
pub(crate) fn exchange<D: Decision>(of: &mut impl AsMut<List<D>>, a: &str, b: &str) {
    let steps = of.as_mut().edit();
    let place = |name: &str| steps.iter().position(|step| step.name == name);
    if let (Some(a), Some(b)) = (place(a), place(b)) {
        steps.swap(a, b);
    }
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
