//! What stands in a profile's own file.

use claimproof_cast::Cast;
use claimproof_catalog::Profile;
use claimproof_http::Target;
use claimproof_reference::CastError;
use claimproof_vectors::{Need, Surface};

use crate::judged::Judged;
use crate::{posit_connect, tableau_connected_app, workato_api, workato_direct_link};

/// A profile as this crate needs it.
pub(crate) struct Own {
    /// Its reference over a cast that plays it.
    pub(crate) reference: fn(&Cast) -> Result<Box<dyn Judged>, CastError>,
    /// Where tokens are presented in process; cases that name no place go to the first.
    pub(crate) surfaces: &'static [Surface],
    /// What it offers in process beyond answering.
    pub(crate) offered: &'static [Need],
    /// How its server is reached: surfaces, methods, and whatever else is the profile's in a target file.
    pub(crate) describe: fn(&mut Target),
}

pub(crate) const fn own(profile: Profile) -> &'static Own {
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
