//! The keys a target file names: where they are read, and whether they are of the kind their role
//! signs with.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use claimproof_cast::{SecretString, SigningKey};
use claimproof_files::{self as files, Unreadable};
use claimproof_vectors::keys::{self, KeyFault, Private};

use super::PlayerEntry;
use super::fault::TargetFault;

/// No key file is longer, and no secret.
const AT_MOST: u64 = 64 * 1024;

impl PlayerEntry {
    /// The key of an account whose role signs with one like `due`; the error names file or
    /// variable.
    pub fn key(
        &self,
        folder: &Path,
        due: Option<&SigningKey>,
    ) -> Result<Option<SigningKey>, TargetFault> {
        let sources = [
            self.secret_file.is_some(),
            self.secret_env.is_some(),
            self.private_key_file.is_some(),
        ];
        if sources.iter().filter(|given| **given).count() > 1 {
            return Err(TargetFault::new(
                "give one of secret_file, secret_env and private_key_file",
            ));
        }
        if self.public_key_file.is_some() && self.private_key_file.is_none() {
            return Err(TargetFault::new(
                "public_key_file without private_key_file: nothing could be signed",
            ));
        }
        if self.verbatim && self.secret_file.is_none() && self.secret_env.is_none() {
            return Err(TargetFault::new(
                "verbatim without secret_file or secret_env: it is said of a secret",
            ));
        }
        self.check_kind(due)?;
        match (&self.secret_file, &self.secret_env, &self.private_key_file) {
            (Some(file), ..) => self.of_file(&Source::new("secret_file", folder, file)).map(Some),
            (_, Some(name), _) => self.of_variable(name).map(Some),
            (.., Some(file)) => self.pair(folder, file).map(Some),
            (None, None, None) => Ok(None),
        }
    }

    /// The tokens of a role are signed by the method that its cases are about.
    fn check_kind(&self, due: Option<&SigningKey>) -> Result<(), TargetFault> {
        match due {
            Some(SigningKey::Secret(_)) if self.private_key_file.is_some() => {
                Err(TargetFault::new(
                    "found private_key_file; expected secret_file or secret_env: this role proves itself by a secret",
                ))
            }
            Some(SigningKey::Rsa { .. })
                if self.secret_file.is_some() || self.secret_env.is_some() =>
            {
                Err(TargetFault::new(
                    "found a secret; expected private_key_file: this role signs with an RSA key",
                ))
            }
            _ => Ok(()),
        }
    }

    fn of_file(&self, source: &Source) -> Result<SigningKey, TargetFault> {
        keys::secret(&source.read()?, self.verbatim).map(SigningKey::Secret).map_err(source.fault())
    }

    /// The same text is the same secret, whether it stands in a file or here.
    fn of_variable(&self, name: &str) -> Result<SigningKey, TargetFault> {
        let place = format!("the environment variable {name}");
        let text = std::env::var_os(name).ok_or_else(|| {
            TargetFault::new(format!("{place} is not set; export it before the run"))
        })?;
        let text = text.into_string().map_err(|_| {
            TargetFault::new("found bytes that are no UTF-8; expected text").at(&place)
        })?;
        if u64::try_from(text.len()).unwrap_or(u64::MAX) > AT_MOST {
            return Err(TargetFault::new(Unreadable::TooLong(AT_MOST)).at(place));
        }
        let secret = keys::secret(text.as_bytes(), self.verbatim);
        secret.map(SigningKey::Secret).map_err(|fault| TargetFault::new(fault.told(&place, name)))
    }

    /// What signs, and the public key as the target was given it; both are the same key. The suite
    /// makes its tokens with the private half alone.
    fn pair(&self, folder: &Path, file: &Path) -> Result<SigningKey, TargetFault> {
        let source = Source::new("private_key_file", folder, file);
        let own = keys::private(&source.read()?).map_err(source.fault())?;
        let configured = match &self.public_key_file {
            Some(file) => configured(&Source::new("public_key_file", folder, file), &own, &source)?,
            None => String::new(),
        };
        let private: SecretString = own.pem;
        Ok(SigningKey::Rsa { private, public: own.public, configured })
    }
}

/// A public key as it is configured, and the same as PEM of SubjectPublicKeyInfo.
pub fn public_key(folder: &Path, file: &Path) -> Result<(String, String), TargetFault> {
    let source = Source::new("public_key_file", folder, file);
    let public = keys::public(&source.read()?).map_err(source.fault())?;
    let pem = public
        .pem()
        .ok_or_else(|| TargetFault::new("found a key without numbers").at(source.place()))?;
    Ok((public.text, pem))
}

fn configured(source: &Source, own: &Private, private: &Source) -> Result<String, TargetFault> {
    let public = keys::public(&source.read()?).map_err(source.fault())?;
    if own.is_pair_of(&public) {
        return Ok(public.text);
    }
    let private = private.path.display();
    Err(TargetFault::new(format!(
        "{}: found the public key of another pair; expected that of {private}: name the two of one",
        source.place()
    )))
}

/// A key of the target file, and the file it names.
struct Source {
    key: &'static str,
    path: PathBuf,
}

impl Source {
    fn new(key: &'static str, folder: &Path, file: &Path) -> Self {
        Self { key, path: folder.join(file) }
    }

    fn place(&self) -> String {
        format!("{} {}", self.key, self.path.display())
    }

    fn read(&self) -> Result<Vec<u8>, TargetFault> {
        files::read(&self.path, AT_MOST).map_err(|error| {
            let what = match error {
                Unreadable::System(error) if error.kind() == ErrorKind::NotFound => {
                    format!("{error}; file names are relative to the file they stand in")
                }
                other => other.to_string(),
            };
            TargetFault::new(what).at(self.place())
        })
    }

    fn fault(&self) -> impl Fn(KeyFault) -> TargetFault {
        |fault| TargetFault::new(fault.told(&self.place(), &self.path.display().to_string()))
    }
}
