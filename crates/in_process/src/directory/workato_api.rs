//! Access profiles of one's own.

use std::path::PathBuf;

use claimproof_cast::workato_api::{self as cast, SigningMethod};
use claimproof_catalog::Profile;
use serde::{Deserialize, Serialize};

use super::intake::{Intake, Source, plain};
use super::mistake::{Mistake, all_differ, is_given};
use super::written::{Roles, Tables, is_false, is_true, yes};
use claimproof_files::Keys;

/// A directory file of the API platform. Unknown keys are errors.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "WorkatoApi"))]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// The system it is for.
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("const" = "workato-api")))]
    #[serde(rename = "profile")]
    _profile: Profile,
    /// The access profiles, also called API clients.
    #[serde(default)]
    access_profile: Vec<AccessProfile>,
}

/// An access profile: its tokens are signed with a secret (HS256) or belong to a public key (RS256).
#[derive(Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct AccessProfile {
    /// The API key its tokens carry.
    api_key: String,
    /// A file with the HMAC secret, relative to this file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    secret_file: Option<PathBuf>,
    /// An environment variable with the HMAC secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    secret_env: Option<String>,
    /// Whether the secret is all there is, byte for byte, with the line end behind it and whatever stands around it.
    #[serde(default, skip_serializing_if = "is_false")]
    verbatim: bool,
    /// A file with the public key or certificate as it is configured, relative to this file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    public_key_file: Option<PathBuf>,
    /// Whether it is enabled; it is unless said.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    active: bool,
}

impl File {
    pub(super) fn taken(self, intake: &Intake<'_>) -> Result<cast::Directory, Mistake> {
        if self.access_profile.is_empty() {
            return Err(Mistake::of_file("no [[access_profile]]: nobody could present a token"));
        }
        let keys = self.access_profile.iter().map(|profile| profile.api_key.as_str());
        all_differ(keys, |n| format!("access_profile.{n}.api_key"))?;
        let all = self.access_profile.into_iter().enumerate();
        let access_profiles = all.map(|(n, one)| one.taken(n, intake)).collect::<Result<_, _>>()?;
        Ok(cast::Directory { access_profiles })
    }
}

impl AccessProfile {
    fn taken(self, n: usize, intake: &Intake<'_>) -> Result<cast::AccessProfile, Mistake> {
        let at = format!("access_profile.{n}");
        let Self { api_key, active, .. } = &self;
        is_given(api_key, || format!("{at}.api_key"))?;
        let source =
            Source { file: &self.secret_file, variable: &self.secret_env, verbatim: self.verbatim };
        let secret = intake.secret(&source, &at)?;
        let (method, verification_key, kept_as) = match (secret, &self.public_key_file) {
            (Some(secret), None) => (SigningMethod::Hmac, plain(&secret), None),
            (None, Some(file)) => {
                let key = intake.public_key(file, &at)?;
                (SigningMethod::Rsa, key.pem, key.kept_as)
            }
            _ => {
                return Err(Mistake::at(
                    at,
                    "give one of secret_file, secret_env and public_key_file",
                ));
            }
        };
        Ok(cast::AccessProfile {
            api_key: api_key.clone(),
            method,
            verification_key,
            kept_as,
            active: *active,
        })
    }
}

pub(super) fn written(directory: &cast::Directory, roles: &Roles, keys: &Keys) -> Tables {
    let mut tables = Tables::default();
    for own in &directory.access_profiles {
        let role = roles.of_id(&own.api_key);
        let mut entry = AccessProfile {
            api_key: own.api_key.clone(),
            active: own.active,
            ..AccessProfile::default()
        };
        match own.method {
            SigningMethod::Hmac => {
                entry.secret_file = Some(keys.put(&format!("{role}.secret"), &own.verification_key))
            }
            SigningMethod::Rsa => {
                let text = own.kept_as.as_ref().unwrap_or(&own.verification_key);
                entry.public_key_file = Some(keys.put(&format!("{role}.public.pem"), text));
            }
        }
        tables.push("access_profile", role, &entry);
    }
    tables
}
