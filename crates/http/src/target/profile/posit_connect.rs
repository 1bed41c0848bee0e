//! What target files of Connect say.

use claimproof_catalog::Profile;
use claimproof_vectors::Surface as Name;

use super::TargetProfile;
use crate::target::placeholders::{Placeholder, SURFACE, row};

const OWN: Option<Profile> = Some(Profile::PositConnect);

/// The methods that send an integration's configuration.
const INTEGRATION: &[&str] = &["integration-create", "integration-update"];
/// The methods that name content.
const OF_CONTENT: &[&str] =
    &["associate", "dissociate", "associations", "visit", "visit-solo", "dashboard"];

pub(super) static TARGET: TargetProfile =
    TargetProfile { surfaces: &[Name::Exchange, Name::Login], placeholders: &PLACEHOLDERS };

static PLACEHOLDERS: [Placeholder; 17] = [
    row(OWN, &["*"], "admin_key", "the API key of `admin`"),
    row(OWN, &["*"], "publisher_key", "the API key of `publisher`, or of whom a case has call"),
    row(OWN, &["*"], "integration", "the identifier that `made` of integration-create read"),
    row(
        OWN,
        SURFACE,
        "scheme",
        "the authentication scheme: `scheme` under [fields], or what a case makes of it",
    ),
    row(OWN, SURFACE, "subject_token", "the subject token that is exchanged"),
    row(OWN, INTEGRATION, "name", "the integration's name"),
    row(
        OWN,
        INTEGRATION,
        "authorization_uri",
        "where the suite's provider is asked for authorization",
    ),
    row(OWN, INTEGRATION, "token_uri", "where it is asked for tokens"),
    row(OWN, INTEGRATION, "client_id", "the client ID at it"),
    row(OWN, INTEGRATION, "client_secret", "the client's secret"),
    row(OWN, INTEGRATION, "scopes", "the scopes, separated by blanks"),
    row(OWN, INTEGRATION, "auth_method", "`client_secret_basic` or `client_secret_post`"),
    row(OWN, INTEGRATION, "pkce", "`true` or `false`"),
    row(OWN, OF_CONTENT, "content", "the identifier of the content"),
    row(OWN, &["session-delete"], "session", "the identifier of the session"),
    row(OWN, &["viewer-login"], "user", "the viewer's name"),
    row(OWN, &["viewer-login"], "password", "the viewer's secret, where there is one"),
];
