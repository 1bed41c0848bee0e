//! jwt-simple in its pure Rust form; the other one builds BoringSSL and needs CMake.

use claimproof_cast::SigningKey;
use claimproof_vectors::FROZEN_NOW;
use jwt_simple::prelude::{
    Duration, HS256Key, JWTClaims, MACLike, RS256PublicKey, RSAPublicKeyLike, VerificationOptions,
};
use secrecy::ExposeSecret;

use super::{Claims, Peer, Registered, prepare};
use crate::contender::Contender;

pub(super) const CONTENDER: Contender = Contender {
    name: "jwt-simple",
    package: ("jwt-simple", ""),
    configuration: "feature pure-rust; key kept; its clock set to the vectors' instant",
    prepare: prepare::<Own>,
};

enum Own {
    Hmac(HS256Key),
    Rsa(RS256PublicKey),
}

impl Peer for Own {
    fn new(key: &SigningKey) -> Option<Self> {
        match key {
            SigningKey::Secret(secret) => {
                Some(Self::Hmac(HS256Key::from_bytes(secret.expose_secret().as_bytes())))
            }
            SigningKey::Rsa { public, .. } => RS256PublicKey::from_pem(public).ok().map(Self::Rsa),
        }
    }

    fn claims<C: Claims>(&self, token: &str) -> Option<C> {
        let options = VerificationOptions {
            accept_future: true,
            artificial_time: u64::try_from(FROZEN_NOW).ok().map(Duration::from_secs),
            time_tolerance: Some(Duration::from_secs(0)),
            ..Default::default()
        };
        let claims = match self {
            Self::Hmac(key) => key.verify_token::<C>(token, Some(options)),
            Self::Rsa(key) => key.verify_token::<C>(token, Some(options)),
        };
        claims.ok().map(whole)
    }
}

/// The library keeps the registered claims apart.
fn whole<C: Claims>(claims: JWTClaims<C>) -> C {
    let seconds = |time: Option<Duration>| time.and_then(|time| i64::try_from(time.as_secs()).ok());
    let mut whole = claims.custom;
    whole.set(Registered {
        sub: claims.subject,
        aud: claims.audiences.and_then(|audiences| audiences.into_string().ok()),
        iat: seconds(claims.issued_at),
        exp: seconds(claims.expires_at),
        nbf: seconds(claims.invalid_before),
        jti: claims.jwt_id,
    });
    whole
}
