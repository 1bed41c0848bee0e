//! What target files of direct links say.

use claimproof_catalog::Profile;
use claimproof_vectors::Surface as Name;

use super::TargetProfile;
use crate::target::placeholders::{Placeholder, SURFACE, row};

const OWN: Option<Profile> = Some(Profile::WorkatoDirectLink);

pub(super) static TARGET: TargetProfile =
    TargetProfile { surfaces: &[Name::DirectLink], placeholders: &PLACEHOLDERS };

static PLACEHOLDERS: [Placeholder; 4] = [
    row(OWN, SURFACE, "token", "the token"),
    row(
        OWN,
        SURFACE,
        "path",
        "the page the link leads to: `path` under [fields], or what a case makes of it",
    ),
    row(OWN, &["origin"], "team", "the id of the team"),
    row(OWN, &["origin"], "origin", "the origin that may frame its pages"),
];
