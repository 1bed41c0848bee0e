//! Signatures for the forge: the only file that calls `jsonwebtoken`.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_cast::{ExposeSecret, SigningKey};
use jsonwebtoken::crypto::sign;
use jsonwebtoken::{Algorithm, EncodingKey};
use sha2::{Digest, Sha256};

/// An algorithm the forge can sign with; all of them give the same bytes every time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alg {
    /// HMAC with SHA-256.
    Hs256,
    /// HMAC with SHA-384.
    Hs384,
    /// HMAC with SHA-512.
    Hs512,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    Rs384,
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    Rs512,
    /// RSASSA-PSS with SHA-256.
    Ps256,
    /// RSASSA-PSS with SHA-384.
    Ps384,
    /// RSASSA-PSS with SHA-512.
    Ps512,
}

impl Alg {
    /// The one the documents call for under a key of this kind.
    pub const fn usual(key: &SigningKey) -> Self {
        match key {
            SigningKey::Secret(_) => Self::Hs256,
            SigningKey::Rsa { .. } => Self::Rs256,
        }
    }
}

/// How the signature of a token is made.
#[derive(Clone, Copy, Debug)]
pub enum Signature {
    /// By the scene's signer.
    Own(Alg),
    /// By the key of another role.
    By(&'static str, Alg),
    /// An HMAC keyed with these bytes.
    HmacKeyed(&'static [u8]),
    /// An HMAC keyed with bytes made of the signer's secret: what, and how.
    SecretAs(&'static str, fn(&str) -> Vec<u8>),
    /// An HMAC keyed with bytes made of the signer's public key: what, and how.
    PublicKeyAs(&'static str, fn(&str) -> Vec<u8>),
    /// An HMAC keyed with the text of the signer's public key exactly as its server was given it.
    Configured,
    /// The good signature's bytes, altered: what, and how.
    Altered(&'static str, fn(Vec<u8>) -> Vec<u8>),
    /// Over the decoded parts instead of the encoded text.
    OverDecoded,
    /// The empty string.
    Empty,
}

impl Signature {
    pub(crate) fn describe(self) -> String {
        match self {
            Self::Own(alg) => format!("signed with {alg:?} by its signer"),
            Self::By(role, alg) => format!("signed with {alg:?} by {role}"),
            Self::HmacKeyed(key) => format!("HMAC keyed with {} fixed bytes", key.len()),
            Self::SecretAs(what, _) => format!("HMAC keyed with {what}"),
            Self::PublicKeyAs(what, _) => format!("HMAC keyed with {what}"),
            Self::Configured => "HMAC keyed with the public key's text as it is configured".to_owned(),
            Self::Altered(what, _) => format!("signature {what}"),
            Self::OverDecoded => "signature over the decoded parts".to_owned(),
            Self::Empty => "signature empty".to_owned(),
        }
    }
}

/// Why a signature could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The role has no key, or one of another kind than the recipe needs.
    #[error("no {0} to sign with; give the role a key of that kind")]
    NoKey(&'static str),
    /// The key is none.
    #[error("the signing key cannot be used: {0}")]
    BadKey(#[from] jsonwebtoken::errors::Error),
}

/// Signatures made before: RSA signs the same input to the same bytes, and takes a third of a
/// millisecond for it, which the kill matrix would pay for every mutant.
static MADE: Mutex<BTreeMap<[u8; 32], String>> = Mutex::new(BTreeMap::new());
const MADE_AT_MOST: usize = 50_000;

/// The encoded signature of `input` by `key`.
pub(crate) fn encoded(key: &SigningKey, alg: Alg, input: &[u8]) -> Result<String, SignError> {
    let SigningKey::Rsa { private, .. } = key else { return sign_anew(key, alg, input) };
    let mut hash = Sha256::new();
    hash.update(private.expose_secret().as_bytes());
    hash.update(format!("{alg:?}\0"));
    hash.update(input);
    let place: [u8; 32] = hash.finalize().into();
    let known = || MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(signature) = known().get(&place) {
        return Ok(signature.clone());
    }
    let signature = sign_anew(key, alg, input)?;
    let mut known = known();
    if known.len() < MADE_AT_MOST {
        known.insert(place, signature.clone());
    }
    Ok(signature)
}

fn sign_anew(key: &SigningKey, alg: Alg, input: &[u8]) -> Result<String, SignError> {
    let (algorithm, hmac) = match alg {
        Alg::Hs256 => (Algorithm::HS256, true),
        Alg::Hs384 => (Algorithm::HS384, true),
        Alg::Hs512 => (Algorithm::HS512, true),
        Alg::Rs256 => (Algorithm::RS256, false),
        Alg::Rs384 => (Algorithm::RS384, false),
        Alg::Rs512 => (Algorithm::RS512, false),
        Alg::Ps256 => (Algorithm::PS256, false),
        Alg::Ps384 => (Algorithm::PS384, false),
        Alg::Ps512 => (Algorithm::PS512, false),
    };
    let key = match key {
        SigningKey::Secret(secret) if hmac => EncodingKey::from_secret(secret.expose_secret().as_bytes()),
        SigningKey::Rsa { private, .. } if !hmac => EncodingKey::from_rsa_pem(private.expose_secret().as_bytes())?,
        SigningKey::Secret(_) => return Err(SignError::NoKey("RSA pair")),
        SigningKey::Rsa { .. } => return Err(SignError::NoKey("HMAC secret")),
    };
    Ok(sign(input, &key, algorithm)?)
}

/// The encoded HS256 signature of `input` under raw key bytes.
pub(crate) fn hmac(key: &[u8], input: &[u8]) -> Result<String, SignError> {
    Ok(sign(input, &EncodingKey::from_secret(key), Algorithm::HS256)?)
}

/// The encoded form of an altered signature.
pub(crate) fn altered(encoded: &str, alter: fn(Vec<u8>) -> Vec<u8>) -> String {
    let bytes = URL_SAFE_NO_PAD.decode(encoded).unwrap_or_default();
    URL_SAFE_NO_PAD.encode(alter(bytes))
}
