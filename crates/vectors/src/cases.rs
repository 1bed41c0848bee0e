//! Every case, one file a profile, expectations by hand from the documents.

pub mod common;
pub mod posit_connect;
pub mod tableau_connected_app;
#[cfg(test)]
mod tests;
pub mod workato_api;
pub mod workato_direct_link;

use claimproof_catalog::Profile;

use crate::case::Case;
use crate::precedence;

/// The cases of a profile, in the document's order of codes; the pairs whose order is forced last.
pub fn of(profile: Profile) -> Vec<Case> {
    let single = match profile {
        Profile::WorkatoDirectLink => workato_direct_link::cases(),
        Profile::WorkatoApi => workato_api::cases(),
        Profile::TableauConnectedApp => tableau_connected_app::cases(),
        Profile::PositConnect => posit_connect::cases(),
    };
    [single, precedence::forced(profile)].concat()
}

/// Every case of every profile.
pub fn all() -> Vec<Case> {
    Profile::ALL.into_iter().flat_map(of).collect()
}
