//! A fault later in the list never changes the answer to an earlier one.

mod direct_link;
mod tableau;
mod workato_api;

use std::fmt::Debug;

use claimproof_verifier::{Rejection, Rules, Verifier};
use proptest::prelude::*;

/// One fault as an edit of an accepted scene; two of one slot would overwrite each other.
pub(crate) struct Fault<S> {
    /// The step that speaks of it.
    pub(crate) step: &'static str,
    /// The code by the document; `None` where none is named.
    pub(crate) code: Option<&'static str>,
    /// What it edits.
    pub(crate) slot: &'static str,
    /// The edit.
    pub(crate) apply: fn(&mut S),
    /// Steps that have nothing to look at any more, so they say nothing or something else.
    pub(crate) hides: &'static [&'static str],
}

/// A fault that leaves every other visible.
pub(crate) const fn fault<S>(
    step: &'static str,
    code: &'static str,
    slot: &'static str,
    apply: fn(&mut S),
) -> Fault<S> {
    Fault { step, code: Some(code), slot, apply, hides: &[] }
}

/// A fault that takes the premise of these steps away.
pub(crate) const fn hiding<S>(
    step: &'static str,
    code: &'static str,
    slot: &'static str,
    apply: fn(&mut S),
    hides: &'static [&'static str],
) -> Fault<S> {
    Fault { step, code: Some(code), slot, apply, hides }
}

/// A profile under test: an accepted scene and what can be wrong with it.
pub(crate) trait Table {
    type Rules: Rules;
    type Scene: Default;

    fn faults() -> Vec<Fault<Self::Scene>>;

    /// Everything wrong, in order; empty where the scene is accepted.
    fn ask(scene: &Self::Scene) -> Vec<Rejection<<Self::Rules as Rules>::Violation>>;
}

fn order<T: Table>(step: &str) -> usize {
    let steps = Verifier::<T::Rules>::default().steps;
    steps.iter().position(|own| own.name() == step).unwrap_or_else(|| panic!("no step {step}"))
}

/// Applies the faults and holds the answer against the table.
fn holds<T: Table>(faults: &[&Fault<T::Scene>]) {
    let mut scene = T::Scene::default();
    for fault in faults {
        (fault.apply)(&mut scene);
    }
    let all = T::ask(&scene);
    let names: Vec<_> = faults.iter().map(|fault| fault.step).collect();
    let listed: Vec<_> = all.iter().map(|rejection| rejection.step).collect();
    let places: Vec<_> = listed.iter().map(|step| order::<T>(step)).collect();
    assert!(places.is_sorted(), "{names:?}: out of order {listed:?}");
    let hides = |other: &Fault<_>, fault: &Fault<_>| other.slot != fault.slot && other.hides.contains(&fault.step);
    let is_hidden = |fault: &Fault<_>| faults.iter().any(|other| hides(other, fault));
    let visible: Vec<_> = faults.iter().filter(|fault| !is_hidden(fault)).collect();
    let Some(first) = visible.iter().min_by_key(|fault| order::<T>(fault.step)) else {
        assert!(all.is_empty(), "the scene itself is refused: {listed:?}");
        return;
    };
    assert_eq!(all.first().map(|rejection| rejection.step), Some(first.step), "{names:?}: {listed:?}");
    let code = all[0].violation.and_then(<T::Rules as Rules>::code);
    assert_eq!(code, first.code, "{names:?}: {listed:?}");
    for fault in visible {
        assert!(listed.contains(&fault.step), "{names:?}: {} is not among {listed:?}", fault.step);
    }
}

/// The scene, every fault alone, and every pair in both orders of application.
fn pairs<T: Table>() {
    let faults = T::faults();
    assert!(faults.len() >= 12);
    holds::<T>(&[]);
    for one in &faults {
        holds::<T>(&[one]);
        for other in faults.iter().filter(|other| other.slot != one.slot) {
            holds::<T>(&[one, other]);
        }
    }
}

/// Any number of faults, at most one a slot.
fn subsets<T: Table>(picks: &[prop::sample::Index]) {
    let faults = T::faults();
    let mut chosen: Vec<&Fault<T::Scene>> = Vec::new();
    for pick in picks {
        let fault = &faults[pick.index(faults.len())];
        if chosen.iter().all(|own| own.slot != fault.slot) {
            chosen.push(fault);
        }
    }
    holds::<T>(&chosen);
}

/// Every step but those named has a fault in the table, so that a new one is added to it.
fn covers<T: Table>(without: &[&str])
where
    <T::Rules as Rules>::Violation: Debug,
{
    let faults = T::faults();
    let steps = Verifier::<T::Rules>::default().steps;
    let missing: Vec<_> =
        steps.iter().map(|step| step.name()).filter(|name| faults.iter().all(|fault| fault.step != *name)).collect();
    assert_eq!(missing, without);
}

macro_rules! tests {
    ($($name:ident, $table:ty, $without:expr;)*) => { $(
        mod $name {
            use super::*;

            #[test]
            fn every_step_has_a_fault() {
                covers::<$table>($without);
            }

            #[test]
            fn the_earlier_of_two_faults_answers() {
                pairs::<$table>();
            }

            proptest! {
                #[test]
                fn the_earliest_of_many_faults_answers(picks in prop::collection::vec(any::<prop::sample::Index>(), 3..9)) {
                    subsets::<$table>(&picks);
                }
            }
        }
    )* };
}

tests! {
    direct_links, direct_link::DirectLink, &[];
    api_calls, workato_api::Api, &[];
    sign_ins, tableau::Tableau, &[];
}
