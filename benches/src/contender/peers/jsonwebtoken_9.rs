//! jsonwebtoken 9 on ring.

use claimproof_cast::SigningKey;
use jsonwebtoken_9::{Algorithm, DecodingKey, Validation, decode};
use secrecy::ExposeSecret;

use super::{Claims, Peer, prepare};
use crate::contender::Contender;

pub(super) const CONTENDER: Contender = Contender {
    name: "jsonwebtoken 9",
    package: ("jsonwebtoken", "9"),
    configuration: "on ring; DecodingKey kept; Validation kept, without exp and aud of its own",
    prepare: prepare::<Own>,
};

struct Own {
    key: DecodingKey,
    validation: Validation,
}

impl Peer for Own {
    fn new(key: &SigningKey) -> Option<Self> {
        let (key, algorithm) = match key {
            SigningKey::Secret(secret) => {
                (DecodingKey::from_secret(secret.expose_secret().as_bytes()), Algorithm::HS256)
            }
            SigningKey::Rsa { public, .. } => (DecodingKey::from_rsa_pem(public.as_bytes()).ok()?, Algorithm::RS256),
        };
        let mut validation = Validation::new(algorithm);
        validation.required_spec_claims.clear();
        (validation.validate_exp, validation.validate_aud) = (false, false);
        Some(Self { key, validation })
    }

    fn claims(&self, token: &str) -> Option<Claims> {
        decode(token, &self.key, &self.validation).ok().map(|token| token.claims)
    }
}
