//! What a target file may say, profile by profile.

use claimproof_catalog::Profile;
use claimproof_vectors::Surface as Name;

use super::placeholders::Placeholder;

mod posit_connect;
mod tableau_connected_app;
mod workato_api;
mod workato_direct_link;

/// What target files of a profile may say, in the profile's own file.
#[derive(Debug)]
pub(super) struct TargetProfile {
    /// The surfaces it has.
    pub(super) surfaces: &'static [Name],
    /// The placeholders of its requests.
    pub(super) placeholders: &'static [Placeholder],
}

/// A profile in target files.
pub(super) trait InTargets {
    /// What its files may say.
    fn target(self) -> &'static TargetProfile;
}

impl InTargets for Profile {
    fn target(self) -> &'static TargetProfile {
        match self {
            Self::WorkatoDirectLink => &workato_direct_link::TARGET,
            Self::WorkatoApi => &workato_api::TARGET,
            Self::TableauConnectedApp => &tableau_connected_app::TARGET,
            Self::PositConnect => &posit_connect::TARGET,
        }
    }
}
