//! Access profiles by API key, with verification keys parsed once.

use claimproof_cast::workato_api::{Directory, SigningMethod};
use claimproof_token::Key;

use crate::accounts::{BadKey, ById};

/// An access profile with its key.
#[derive(Debug)]
pub struct ProfileAccount {
    /// What its tokens are verified with; the algorithm is the key's.
    pub key: Key,
    /// Whether it is enabled.
    pub active: bool,
}

/// Every access profile the server knows.
#[derive(Debug)]
pub struct Accounts(ById<ProfileAccount>);

impl Accounts {
    /// Indexes a directory; a verification key that is none names its API key.
    pub fn new(directory: &Directory) -> Result<Self, BadKey> {
        let entry = |profile: &claimproof_cast::workato_api::AccessProfile| {
            let key = match profile.method {
                SigningMethod::Hmac => Key::hmac(&profile.verification_key),
                SigningMethod::Rsa => Key::rsa(&profile.verification_key),
            };
            let key = key.map_err(BadKey::of(&profile.api_key))?;
            Ok((profile.api_key.clone(), ProfileAccount { key, active: profile.active }))
        };
        directory.access_profiles.iter().map(entry).collect::<Result<_, _>>().map(Self)
    }

    pub(super) fn get(&self, api_key: &str) -> Option<&ProfileAccount> {
        self.0.get(api_key)
    }
}
