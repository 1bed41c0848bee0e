//! Where the two wings meet: the reference as a subject without a socket, what it decides on one
//! presentation, and the target and directory files of its server.

pub mod directory;
mod judged;
mod own;
mod posit_connect;
mod subject;
mod tableau_connected_app;
mod target;
mod workato_api;
mod workato_direct_link;

pub use judged::{Judged, RefusedBy, decide, explain};
pub use subject::InProcess;
pub use target::of_reference;

use claimproof_cast::Cast;
use claimproof_catalog::Profile;
use claimproof_reference::CastError;

use own::Own;

const fn own(profile: Profile) -> &'static Own {
    match profile {
        Profile::WorkatoDirectLink => &workato_direct_link::OWN,
        Profile::WorkatoApi => &workato_api::OWN,
        Profile::TableauConnectedApp => &tableau_connected_app::OWN,
        Profile::PositConnect => &posit_connect::OWN,
    }
}

/// The reference of the profile that the cast plays.
pub fn reference(cast: &Cast) -> Result<Box<dyn Judged>, CastError> {
    (own(cast.profile).reference)(cast)
}
