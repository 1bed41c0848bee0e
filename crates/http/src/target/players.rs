//! Who plays, with the keys a target file names.

use std::path::{Path, PathBuf};

use claimproof_cast::{Player, Players, SecretString, SigningKey};

use super::{PlayerEntry, Target, TargetError, keys};

impl Target {
    /// The players with their keys; the error names the account and the file or variable. Who only has to be
    /// unknown is made up where the file does not say.
    pub(super) fn cast(&self, folder: &Path, path: &str) -> Result<Players, TargetError> {
        let mut players = Players::default();
        players.state(self.terms());
        for entry in &self.players {
            let key = entry.key(folder).map_err(|what| TargetError::Invalid {
                path: path.to_owned(),
                what: format!("account `{}`: {what}", entry.role),
            })?;
            let player = Player { id: entry.id.clone(), key };
            match &entry.site {
                Some(site) => players.cast_on(&entry.role, site, player),
                None => players.cast(&entry.role, player),
            }
        }
        players.invent_strangers(self.profile);
        Ok(players)
    }
}

impl PlayerEntry {
    fn key(&self, folder: &Path) -> Result<Option<SigningKey>, String> {
        if self.public_key_file.is_some() && self.private_key_file.is_none() {
            return Err("public_key_file without private_key_file: nothing could be signed".to_owned());
        }
        match (&self.secret_file, &self.secret_env, &self.private_key_file) {
            (None, None, None) => Ok(None),
            (Some(file), None, None) => {
                let secret = read(folder, file)?;
                let secret = secret.trim_end_matches(['\r', '\n']);
                given(secret).map_err(at(folder, file)).map(Some)
            }
            (None, Some(name), None) => {
                let secret = std::env::var(name).map_err(|_| format!("the environment variable {name} is not set"))?;
                given(&secret).map_err(|what| format!("the environment variable {name} {what}")).map(Some)
            }
            (None, None, Some(file)) => self.pair(folder, file).map(Some),
            _ => Err("give one of secret_file, secret_env and private_key_file".to_owned()),
        }
    }

    /// What signs, and the public key as the target was given it; both are the same key. The suite makes its
    /// tokens with the private half alone.
    fn pair(&self, folder: &Path, private_file: &Path) -> Result<SigningKey, String> {
        let own = keys::private(&read(folder, private_file)?).map_err(at(folder, private_file))?;
        let configured = match &self.public_key_file {
            Some(file) => configured(folder, file, &own, private_file)?,
            None => String::new(),
        };
        Ok(SigningKey::Rsa { private: SecretString::from(own.pem), public: own.public, configured })
    }
}

fn configured(folder: &Path, file: &Path, own: &keys::Private, private_file: &Path) -> Result<String, String> {
    let text = read(folder, file)?;
    if keys::public(&text).map_err(at(folder, file))? == own.numbers {
        return Ok(text);
    }
    let other = folder.join(private_file);
    Err(at(folder, file)(format!("is the public key of another pair than {}; name the two of one", other.display())))
}

fn read(folder: &Path, file: &Path) -> Result<String, String> {
    let bytes = std::fs::read(folder.join(file)).map_err(|error| at(folder, file)(error.to_string()))?;
    String::from_utf8(bytes).map_err(|_| at(folder, file)("is no UTF-8 text; save it as that".to_owned()))
}

fn at(folder: &Path, file: &Path) -> impl Fn(String) -> String {
    let file: PathBuf = folder.join(file);
    move |what| format!("{}: {what}", file.display())
}

/// An HMAC under an empty key is one that anybody can make.
fn given(secret: &str) -> Result<SigningKey, String> {
    if secret.is_empty() {
        return Err("is empty; an HMAC secret has at least one byte".to_owned());
    }
    Ok(SigningKey::Secret(secret.to_owned().into()))
}
