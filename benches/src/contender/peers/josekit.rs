//! josekit on OpenSSL.

use claimproof_cast::SigningKey;
use josekit::jws::{HS256, JwsVerifier, RS256};
use secrecy::ExposeSecret;
use serde_json::Value;

use super::{Claims, Peer, prepare};
use crate::contender::Contender;

pub(super) const CONTENDER: Contender = Contender {
    name: "josekit",
    package: ("josekit", ""),
    configuration: "on OpenSSL; verifier kept",
    prepare: prepare::<Own>,
};

struct Own(Box<dyn JwsVerifier>);

impl Peer for Own {
    fn new(key: &SigningKey) -> Option<Self> {
        match key {
            SigningKey::Secret(secret) => {
                let verifier = HS256.verifier_from_bytes(secret.expose_secret().as_bytes()).ok()?;
                Some(Self(Box::new(verifier)))
            }
            SigningKey::Rsa { public, .. } => {
                Some(Self(Box::new(RS256.verifier_from_pem(public).ok()?)))
            }
        }
    }

    fn claims<C: Claims>(&self, token: &str) -> Option<C> {
        let (payload, _) = josekit::jwt::decode_with_verifier(token, self.0.as_ref()).ok()?;
        C::deserialize(&Value::Object(payload.claims_set().clone())).ok()
    }
}
