//! The reference with one named fault each, applied from outside as an edit: no switch in the
//! verifier, the store or the server exists for a mutant's sake.

#[macro_use]
mod mutant;
mod edit;
mod fronts;
mod lenient;
mod loose;
mod posit_connect;
mod shared;
mod signature;
mod stores;
mod tableau_connected_app;
mod workato_api;
mod workato_direct_link;

pub use edit::{steps, without};
pub use mutant::{Breaks, Mutant, Planted};

use claimproof_catalog::Profile;

/// Every mutant of a profile.
pub fn of(profile: Profile) -> Vec<Mutant> {
    match profile {
        Profile::WorkatoDirectLink => workato_direct_link::mutants(),
        Profile::WorkatoApi => workato_api::mutants(),
        Profile::TableauConnectedApp => tableau_connected_app::mutants(),
        Profile::PositConnect => posit_connect::mutants(),
    }
}

/// Every mutant.
pub fn all() -> Vec<Mutant> {
    Profile::ALL.into_iter().flat_map(of).collect()
}

/// The mutant of a name.
pub fn find(name: &str) -> Option<Mutant> {
    all().into_iter().find(|mutant| mutant.name == name)
}
