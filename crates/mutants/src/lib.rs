//! What one does with a suite that must prove itself: mutants, the kill matrix, isolation, the square.
//!
//! A mutant is the reference with one named fault, applied from outside as an edit: no switch in
//! the verifier, the store or the server exists for its sake.

mod cores;
mod edit;
mod fronts;
pub mod isolation;
mod lenient;
mod lint;
mod loose;
pub mod matrix;
mod mutant;
mod orders;
mod posit_connect;
pub mod properties;
mod shared;
mod snapshot;
pub mod square;
mod stores;
mod tableau_connected_app;
mod threads;
mod workato_api;
mod workato_direct_link;

pub use mutant::{Breaks, Fault, Mutant};
pub use snapshot::{Kills, Snapshot};

use claimproof_catalog::Profile;

/// Every mutant of a profile.
pub fn of(profile: Profile) -> Vec<Mutant> {
    let own = match profile {
        Profile::WorkatoDirectLink => workato_direct_link::mutants(),
        Profile::WorkatoApi => workato_api::mutants(),
        Profile::TableauConnectedApp => tableau_connected_app::mutants(),
        Profile::PositConnect => posit_connect::mutants(),
    };
    let lenient =
        if profile == Profile::PositConnect { Vec::new() } else { lenient::mutants(profile) };
    [own, lenient, orders::mutants(profile)].concat()
}

/// Every mutant.
pub fn all() -> Vec<Mutant> {
    Profile::ALL.into_iter().flat_map(of).collect()
}

/// The mutant of a name.
pub fn find(name: &str) -> Option<Mutant> {
    all().into_iter().find(|mutant| mutant.name == name)
}
