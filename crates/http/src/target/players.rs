//! Who plays, with the keys a target file names.

use std::path::{Path, PathBuf};

use claimproof_cast::{Player, Players, SecretString, SigningKey};

use super::{PlayerEntry, Target, TargetError};

impl Target {
    /// The players with their keys; the error names the player and the file or variable.
    pub(super) fn cast(&self, folder: &Path, path: &str) -> Result<Players, TargetError> {
        let mut players = Players::default();
        for entry in &self.players {
            let key = entry.key(folder).map_err(|what| TargetError::Invalid {
                path: path.to_owned(),
                what: format!("player `{}`: {what}", entry.role),
            })?;
            players.cast(&entry.role, Player { id: entry.id.clone(), key });
        }
        Ok(players)
    }
}

impl PlayerEntry {
    fn key(&self, folder: &Path) -> Result<Option<SigningKey>, String> {
        let read = |file: &PathBuf| {
            let file = folder.join(file);
            std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))
        };
        match (&self.secret_file, &self.secret_env, &self.private_key_file) {
            (None, None, None) => Ok(None),
            (Some(file), None, None) => {
                let secret = read(file)?;
                Ok(Some(SigningKey::Secret(secret.trim_end_matches(['\r', '\n']).to_owned().into())))
            }
            (None, Some(name), None) => {
                let secret = std::env::var(name).map_err(|_| format!("the environment variable {name} is not set"))?;
                Ok(Some(SigningKey::Secret(secret.into())))
            }
            (None, None, Some(file)) => {
                // The suite signs with the private half; the public one is what the server was given.
                let public = self.public_key_file.as_ref().map(read).transpose()?.unwrap_or_default();
                let private = read(file)?;
                if !private.contains("-----BEGIN PRIVATE KEY-----")
                    && !private.contains("-----BEGIN RSA PRIVATE KEY-----")
                {
                    return Err(format!("{}: no RSA private key in PEM form", folder.join(file).display()));
                }
                Ok(Some(SigningKey::Rsa { private: SecretString::from(private), configured: public.clone(), public }))
            }
            _ => Err("give one of secret_file, secret_env and private_key_file".to_owned()),
        }
    }
}
