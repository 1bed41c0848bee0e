//! What target files of connected apps say.

use claimproof_catalog::Profile;
use claimproof_vectors::Surface as Name;

use super::TargetProfile;
use crate::target::placeholders::{Placeholder, SURFACE, row};

const OWN: Option<Profile> = Some(Profile::TableauConnectedApp);

pub(super) static TARGET: TargetProfile = TargetProfile {
    surfaces: &[Name::Rest, Name::EmbedXhr, Name::EmbedIframe],
    placeholders: &PLACEHOLDERS,
};

static PLACEHOLDERS: [Placeholder; 8] = [
    row(OWN, SURFACE, "token", "the token"),
    row(OWN, SURFACE, "site", "the site's name in URLs; nothing for the default site"),
    row(
        OWN,
        &["create-secret", "delete-secret", "secrets", "enable-app"],
        "app",
        "the app's client ID",
    ),
    row(OWN, &["delete-secret", "enable-app"], "made", "the id that `made` read last"),
    row(OWN, &["create-app", "embedding"], "list", "the domains, as one text"),
    row(OWN, &["enable-app"], "enabled", "`true` or `false`"),
    row(OWN, &["embedding"], "site", "the site's name in URLs"),
    row(OWN, &["embedding"], "unrestricted", "`true` or `false`"),
];
