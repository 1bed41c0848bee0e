//! biscuit on ring.

use biscuit::jwa::SignatureAlgorithm;
use biscuit::jws::Secret;
use biscuit::{ClaimsSet, Empty, JWT, SingleOrMultiple};
use claimproof_cast::SigningKey;
use openssl::rsa::Rsa;
use secrecy::ExposeSecret;

use super::{Claims, Peer, Registered, prepare};
use crate::contender::Contender;

pub(super) const CONTENDER: Contender = Contender {
    name: "biscuit",
    package: ("biscuit", ""),
    configuration: "on ring; secret kept; temporal validation not asked for",
    prepare: prepare::<Own>,
};

struct Own(Secret, SignatureAlgorithm);

impl Peer for Own {
    fn new(key: &SigningKey) -> Option<Self> {
        match key {
            SigningKey::Secret(secret) => {
                let bytes = secret.expose_secret().as_bytes().to_vec();
                Some(Self(Secret::Bytes(bytes), SignatureAlgorithm::HS256))
            }
            SigningKey::Rsa { public, .. } => {
                let der = Rsa::public_key_from_pem(public.as_bytes())
                    .ok()?
                    .public_key_to_der_pkcs1()
                    .ok()?;
                Some(Self(Secret::PublicKey(der), SignatureAlgorithm::RS256))
            }
        }
    }

    fn claims<C: Claims>(&self, token: &str) -> Option<C> {
        let token = JWT::<C, Empty>::new_encoded(token).into_decoded(&self.0, self.1).ok()?;
        token.payload().ok().map(whole)
    }
}

/// The library keeps the registered claims apart.
fn whole<C: Claims>(claims: &ClaimsSet<C>) -> C {
    let own = &claims.registered;
    let aud = match &own.audience {
        Some(SingleOrMultiple::Single(aud)) => Some(aud.clone()),
        Some(SingleOrMultiple::Multiple(_)) | None => None,
    };
    let mut whole = claims.private.clone();
    whole.set(Registered {
        sub: own.subject.clone(),
        aud,
        iat: own.issued_at.map(|time| time.timestamp()),
        exp: own.expiry.map(|time| time.timestamp()),
        nbf: own.not_before.map(|time| time.timestamp()),
        jti: own.id.clone(),
    });
    whole
}
