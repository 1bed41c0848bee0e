//! jwt, with OpenSSL for RS256.

use claimproof_cast::SigningKey;
use hmac_12::{Hmac, Mac};
use jwt::{PKeyWithDigest, VerifyWithKey};
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Public};
use secrecy::ExposeSecret;
use sha2_10::Sha256;

use super::{Claims, Peer, prepare};
use crate::contender::Contender;

pub(super) const CONTENDER: Contender = Contender {
    name: "jwt",
    package: ("jwt", ""),
    configuration: "feature openssl; key kept; it checks no claim",
    prepare: prepare::<Own>,
};

enum Own {
    Hmac(Hmac<Sha256>),
    Rsa(PKeyWithDigest<Public>),
}

impl Peer for Own {
    fn new(key: &SigningKey) -> Option<Self> {
        match key {
            SigningKey::Secret(secret) => {
                Hmac::new_from_slice(secret.expose_secret().as_bytes()).ok().map(Self::Hmac)
            }
            SigningKey::Rsa { public, .. } => {
                let key = PKey::public_key_from_pem(public.as_bytes()).ok()?;
                Some(Self::Rsa(PKeyWithDigest { digest: MessageDigest::sha256(), key }))
            }
        }
    }

    fn claims<C: Claims>(&self, token: &str) -> Option<C> {
        match self {
            Self::Hmac(key) => token.verify_with_key(key).ok(),
            Self::Rsa(key) => token.verify_with_key(key).ok(),
        }
    }
}
