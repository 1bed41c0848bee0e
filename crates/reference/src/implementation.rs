//! What is asked of an implementation without knowing which profile's it is.

use std::any::Any;
use std::sync::atomic::AtomicBool;

use claimproof_catalog::{Profile, readings};
use claimproof_replay::Store;
use claimproof_verifier::{Decision, List, Rules};

use crate::Reference;

/// The reference of some profile: its lists, its store, the readings it can be set to.
///
/// What is presented to one is its profile's own; so each crate that does has a trait above this
/// one, with an implementation a profile.
pub trait Implementation: Any + Send + Sync {
    /// The system it implements.
    fn profile(&self) -> Profile;

    /// Its lists of steps: most have one, a Connect server has one a decision.
    fn lists(&self) -> Vec<&dyn Steps>;

    /// The same, to be edited.
    fn lists_mut(&mut self) -> Vec<&mut dyn Steps>;

    /// Where spent ids are remembered; a Connect server has no such store.
    fn store(&mut self) -> Option<&mut Box<dyn Store>>;

    /// The switch of that store.
    fn store_up(&self) -> Option<&AtomicBool>;

    /// The families of readings, each with one beside its first, that it can be set to.
    fn playable(&self) -> &'static [(&'static str, &'static str)];

    /// Follows this reading of this family; `false` where no policy expresses it.
    fn follow(&mut self, family: &str, reading: &str) -> bool;
}

impl dyn Implementation {
    /// The implementation itself, where it is this one.
    pub fn downcast_mut<T: Implementation>(&mut self) -> Option<&mut T> {
        let any: &mut dyn Any = self;
        any.downcast_mut()
    }
}

/// The readings a profile's reference can be set to, beside those it follows by itself.
pub trait Follows: Rules {
    /// Families, each with a reading beside its first.
    const PLAYABLE: &'static [(&'static str, &'static str)];

    /// Follows one; `None` where the policy knows nothing of the family.
    fn follow(policy: &mut Self::Policy, family: &str, reading: &str) -> Option<bool>;
}

/// The first reading of a family is the reference's own, where no policy says otherwise.
pub(crate) fn is_own(family: &str, reading: &str) -> bool {
    readings::find(family).is_some_and(|family| family.default().name == reading)
}

impl<R: Follows> Implementation for Reference<R> {
    fn profile(&self) -> Profile {
        R::PROFILE
    }

    fn lists(&self) -> Vec<&dyn Steps> {
        vec![&self.verifier.list]
    }

    fn lists_mut(&mut self) -> Vec<&mut dyn Steps> {
        vec![&mut self.verifier.list]
    }

    fn store(&mut self) -> Option<&mut Box<dyn Store>> {
        Some(&mut self.store)
    }

    fn store_up(&self) -> Option<&AtomicBool> {
        Some(&self.store_up)
    }

    fn playable(&self) -> &'static [(&'static str, &'static str)] {
        R::PLAYABLE
    }

    fn follow(&mut self, family: &str, reading: &str) -> bool {
        let followed = R::follow(&mut self.verifier.policy, family, reading);
        followed.unwrap_or_else(|| is_own(family, reading))
    }
}

/// A list of steps, whatever it decides, by the names of its steps.
pub trait Steps {
    /// The name of each step with what it enforces, in order.
    fn names(&self) -> Vec<(&'static str, &'static [&'static str])>;

    /// Leaves these steps out, and takes those that are left one by one.
    fn leave_out(&mut self, names: &[&str]);

    /// Two steps change places, where the list has both.
    fn swap(&mut self, a: &str, b: &str);
}

impl<D: Decision> Steps for List<D> {
    fn names(&self) -> Vec<(&'static str, &'static [&'static str])> {
        Self::names(self).collect()
    }

    fn leave_out(&mut self, names: &[&str]) {
        self.edit().retain(|step| !names.contains(&step.name));
    }

    fn swap(&mut self, a: &str, b: &str) {
        let steps = self.edit();
        let place = |name: &str| steps.iter().position(|step| step.name == name);
        if let (Some(a), Some(b)) = (place(a), place(b)) {
            steps.swap(a, b);
        }
    }
}

#[cfg(test)]
mod tests {
    use claimproof_cast::public;
    use claimproof_verifier::tableau_connected_app::TableauConnectedApp;
    use claimproof_verifier::workato_api::WorkatoApi;
    use claimproof_verifier::workato_direct_link::WorkatoDirectLink;

    use super::*;
    use crate::PositConnect;

    fn all() -> [Box<dyn Implementation>; 4] {
        let cast = public;
        [
            Box::new(
                Reference::<WorkatoDirectLink>::of(&cast(Profile::WorkatoDirectLink)).unwrap(),
            ),
            Box::new(Reference::<WorkatoApi>::of(&cast(Profile::WorkatoApi)).unwrap()),
            Box::new(
                Reference::<TableauConnectedApp>::of(&cast(Profile::TableauConnectedApp)).unwrap(),
            ),
            Box::new(PositConnect::of(&cast(Profile::PositConnect)).unwrap()),
        ]
    }

    #[test]
    fn what_is_playable_is_followed_and_so_is_the_first_reading_of_a_family() {
        for mut reference in all() {
            for (family, reading) in reference.playable() {
                let known = readings::find(family).unwrap();
                assert!(
                    known.readings.iter().any(|one| one.name == *reading),
                    "{family} {reading}"
                );
                assert!(reference.follow(family, reading), "{family} {reading}");
            }
            let families = readings::of(reference.profile()).iter();
            for family in families.filter(|family| family.id != "WDL-R-jti-memory") {
                assert!(reference.follow(family.id, family.default().name), "{}", family.id);
            }
        }
    }

    #[test]
    fn what_no_policy_expresses_is_not_followed() {
        let [mut link, ..] = all();
        assert!(!link.follow("WDL-R-jti-memory", "no-end"));
        assert!(!link.follow("WAP-R-claim-order", "sub-before-kid"));
        assert!(!link.follow("no such family", "no such reading"));
    }
}
