//! Secrets and public keys, from the files and variables a directory file names.

use std::path::{Path, PathBuf};

use claimproof_cast::{ExposeSecret, SecretString, SigningKey};
use claimproof_token::Key;

use super::mistake::Mistake;
use claimproof_http::target::{PlayerEntry, public_key};

/// Reads what stands beside the file.
pub(super) struct Intake<'f> {
    pub(super) folder: &'f Path,
}

/// Where the secret of an entry is.
pub(super) struct Source<'e> {
    pub(super) file: &'e Option<PathBuf>,
    pub(super) variable: &'e Option<String>,
    pub(super) verbatim: bool,
}

/// A public key as a server has it: the PEM it verifies with, and the text that was configured, where that is another.
pub(super) struct PublicKey {
    pub(super) pem: String,
    pub(super) kept_as: Option<String>,
}

impl Intake<'_> {
    /// The secret of the entry at `key`, read as that of an account is; nothing where none is named.
    pub(super) fn secret(
        &self,
        source: &Source<'_>,
        key: &str,
    ) -> Result<Option<SecretString>, Mistake> {
        let (secret_file, secret_env) = (source.file.clone(), source.variable.clone());
        let which = if secret_file.is_some() { "secret_file" } else { "secret_env" };
        if secret_file.is_some() && secret_env.is_some() {
            return Err(Mistake::at(
                format!("{key}.{which}"),
                "give one of secret_file and secret_env",
            ));
        }
        let entry = PlayerEntry {
            secret_file,
            secret_env,
            verbatim: source.verbatim,
            ..PlayerEntry::default()
        };
        let own = entry
            .key(self.folder, None)
            .map_err(|what| Mistake::of_source(format!("{key}.{which}"), what.to_string()))?;
        Ok(match own {
            Some(SigningKey::Secret(secret)) => Some(secret),
            Some(SigningKey::Rsa { .. }) | None => None,
        })
    }

    /// The same where it cannot be left out.
    pub(super) fn own_secret(
        &self,
        source: &Source<'_>,
        key: &str,
    ) -> Result<SecretString, Mistake> {
        let secret = self.secret(source, key)?;
        secret.ok_or_else(|| {
            Mistake::at(key, "has no secret: name secret_file = \"FILE\" or secret_env = \"NAME\"")
        })
    }

    /// A public key in any form people configure; what the verifier does not read is told to it as PEM.
    pub(super) fn public_key(&self, file: &Path, key: &str) -> Result<PublicKey, Mistake> {
        let at = |what: String| Mistake::of_source(format!("{key}.public_key_file"), what);
        let (text, pem) = public_key(self.folder, file).map_err(|fault| at(fault.to_string()))?;
        if Key::rsa(&text).is_ok() {
            return Ok(PublicKey { pem: text, kept_as: None });
        }
        Key::rsa(&pem).map_err(|error| {
            at(format!("public_key_file {}: {error}", self.folder.join(file).display()))
        })?;
        Ok(PublicKey { pem, kept_as: Some(text) })
    }
}

/// The text of a secret, for the directory that holds it plain.
pub(super) fn plain(secret: &SecretString) -> String {
    secret.expose_secret().to_owned()
}
