//! Signatures a lenient reader checks, and those of the tokens it hands on.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use claimproof_cast::{ExposeSecret, SigningKey};
use jsonwebtoken::crypto::{sign, verify};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use serde_json::{Map, Value};
use spki::der::Decode;
use spki::der::asn1::{AnyRef, OctetStringRef};
use spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};

/// The algorithm the documents call for under a key of this kind.
pub(crate) const fn usual(key: &SigningKey) -> Algorithm {
    match key {
        SigningKey::Secret(_) => Algorithm::HS256,
        SigningKey::Rsa { .. } => Algorithm::RS256,
    }
}

/// Whether an encoded signature of `input` is one by this key.
pub(crate) fn holds(key: &SigningKey, alg: Algorithm, input: &str, signature: &str) -> bool {
    let key = match key {
        SigningKey::Secret(_) if alg != Algorithm::HS256 => None,
        SigningKey::Secret(secret) => {
            DecodingKey::from_secret(secret.expose_secret().as_bytes()).ok()
        }
        SigningKey::Rsa { public, .. } => rsa_public(public),
    };
    key.is_some_and(|key| verify(signature, input.as_bytes(), &key, alg).unwrap_or(false))
}

/// The encoded signature of `input` by this key, in the algorithm that goes with it.
pub(crate) fn signed(key: &SigningKey, input: &str) -> Option<String> {
    let own = match key {
        SigningKey::Secret(secret) => {
            EncodingKey::from_secret(secret.expose_secret().as_bytes()).ok()?
        }
        SigningKey::Rsa { private, .. } => rsa_private(private.expose_secret())?,
    };
    sign(input.as_bytes(), &own, usual(key)).ok()
}

/// The key inside SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7).
fn rsa_public(pem: &str) -> Option<DecodingKey> {
    let der = der(pem);
    let key = SubjectPublicKeyInfoRef::from_der(&der).ok()?.subject_public_key;
    Some(DecodingKey::from_rsa_der(key.as_bytes()?))
}

/// The key inside PrivateKeyInfo (RFC 5208 section 5).
fn rsa_private(pem: &str) -> Option<EncodingKey> {
    let der = der(pem);
    let key = AnyRef::from_der(&der).ok()?.sequence(|fields| {
        u8::decode(fields)?;
        AlgorithmIdentifierRef::decode(fields)?;
        <&OctetStringRef>::decode(fields)
    });
    Some(EncodingKey::from_rsa_der(key.ok()?.as_bytes()))
}

/// Whether the encoded signature is an HMAC of `input` under these bytes. No bytes are one zero: short keys are
/// filled up with them (RFC 2104 section 2), and the library takes none that is empty.
pub(crate) fn is_hmac(key: &[u8], input: &str, signature: &str) -> bool {
    let key = if key.is_empty() { &[0] } else { key };
    let due = EncodingKey::from_secret(key)
        .and_then(|key| sign(input.as_bytes(), &key, Algorithm::HS256));
    due.is_ok_and(|due| due == signature)
}

/// Whether the header brings this key along: in `jwk`, or in a certificate of `x5c`.
pub(crate) fn is_brought(header: &Map<String, Value>, key: &SigningKey) -> bool {
    let jwk = |member| header.get("jwk")?.get(member)?.as_str();
    let x5c = || header.get("x5c")?.get(0)?.as_str();
    let plain = |text: Option<&str>| URL_SAFE_NO_PAD.decode(text?).ok();
    match key {
        SigningKey::Secret(secret) => {
            plain(jwk("k")).is_some_and(|own| own == secret.expose_secret().as_bytes())
        }
        SigningKey::Rsa { public, .. } => {
            let public = der(public);
            let modulus = plain(jwk("n")).is_some_and(|own| holds_bytes(&public, &own));
            let certificate = x5c().and_then(|text| STANDARD.decode(text).ok());
            modulus || certificate.is_some_and(|own| holds_bytes(&own, &public))
        }
    }
}

/// What a PEM text encloses.
fn der(pem: &str) -> Vec<u8> {
    let body: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    STANDARD.decode(body).unwrap_or_default()
}

fn holds_bytes(whole: &[u8], part: &[u8]) -> bool {
    !part.is_empty() && whole.windows(part.len()).any(|window| window == part)
}
