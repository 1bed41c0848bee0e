//! What target files of the API platform say.

use claimproof_catalog::Profile;
use claimproof_vectors::Surface as Name;

use super::TargetProfile;
use crate::target::placeholders::{Placeholder, SURFACE, row};

const OWN: Option<Profile> = Some(Profile::WorkatoApi);

pub(super) static TARGET: TargetProfile =
    TargetProfile { surfaces: &[Name::Api], placeholders: &PLACEHOLDERS };

static PLACEHOLDERS: [Placeholder; 2] = [
    row(OWN, SURFACE, "token", "the token"),
    row(
        OWN,
        SURFACE,
        "scheme",
        "the authentication scheme: `scheme` under [fields], or what a case makes of it",
    ),
];
