//! jwt-compact, pure Rust.

use claimproof_cast::SigningKey;
use jwt_compact::alg::{Hs256, Hs256Key, Rsa, RsaPublicKey};
use jwt_compact::{AlgorithmExt, UntrustedToken};
use rsa::pkcs8::DecodePublicKey;
use secrecy::ExposeSecret;

use super::{Claims, Peer, Registered, prepare};
use crate::contender::Contender;

pub(super) const CONTENDER: Contender = Contender {
    name: "jwt-compact",
    package: ("jwt-compact", ""),
    configuration: "feature rsa; key kept; time options not asked for",
    prepare: prepare::<Own>,
};

enum Own {
    Hmac(Hs256Key),
    Rsa(Rsa, RsaPublicKey),
}

impl Peer for Own {
    fn new(key: &SigningKey) -> Option<Self> {
        match key {
            SigningKey::Secret(secret) => {
                Some(Self::Hmac(Hs256Key::new(secret.expose_secret().as_bytes())))
            }
            SigningKey::Rsa { public, .. } => RsaPublicKey::from_public_key_pem(public)
                .ok()
                .map(|key| Self::Rsa(Rsa::rs256(), key)),
        }
    }

    fn claims<C: Claims>(&self, token: &str) -> Option<C> {
        let token = UntrustedToken::new(token).ok()?;
        let token = match self {
            Self::Hmac(key) => Hs256.validator::<C>(key).validate(&token),
            Self::Rsa(algorithm, key) => algorithm.validator::<C>(key).validate(&token),
        };
        let (_, claims) = token.ok()?.into_parts();
        let mut whole = claims.custom;
        // The library keeps the times apart.
        whole.set(Registered {
            iat: claims.issued_at.map(|time| time.timestamp()),
            exp: claims.expiration.map(|time| time.timestamp()),
            nbf: claims.not_before.map(|time| time.timestamp()),
            ..Registered::default()
        });
        Some(whole)
    }
}
