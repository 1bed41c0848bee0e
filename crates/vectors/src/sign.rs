//! Signatures for the forge: the only file that calls `jsonwebtoken`.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{LazyLock, Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_cast::{ExposeSecret, SigningKey};
use jsonwebtoken::crypto::{sign, verify};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use sha2::{Digest, Sha256};

use crate::keys;

/// An algorithm the forge can sign with; all but RSASSA-PSS, which is salted, give the same bytes every time.
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
    /// As the library calls it, and whether it is an HMAC.
    const fn named(self) -> (Algorithm, bool) {
        match self {
            Self::Hs256 => (Algorithm::HS256, true),
            Self::Hs384 => (Algorithm::HS384, true),
            Self::Hs512 => (Algorithm::HS512, true),
            Self::Rs256 => (Algorithm::RS256, false),
            Self::Rs384 => (Algorithm::RS384, false),
            Self::Rs512 => (Algorithm::RS512, false),
            Self::Ps256 => (Algorithm::PS256, false),
            Self::Ps384 => (Algorithm::PS384, false),
            Self::Ps512 => (Algorithm::PS512, false),
        }
    }

    /// As `alg` names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hs256 => "HS256",
            Self::Hs384 => "HS384",
            Self::Hs512 => "HS512",
            Self::Rs256 => "RS256",
            Self::Rs384 => "RS384",
            Self::Rs512 => "RS512",
            Self::Ps256 => "PS256",
            Self::Ps384 => "PS384",
            Self::Ps512 => "PS512",
        }
    }

    const fn is_salted(self) -> bool {
        matches!(self, Self::Ps256 | Self::Ps384 | Self::Ps512)
    }

    /// The one the documents call for under a key of this kind.
    pub const fn usual(key: &SigningKey) -> Self {
        match key {
            SigningKey::Secret(_) => Self::Hs256,
            SigningKey::Rsa { .. } => Self::Rs256,
        }
    }
}

impl fmt::Display for Alg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
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
            Self::Own(alg) => format!("signed with {alg} by its signer"),
            Self::By(role, alg) => format!("signed with {alg} by {role}"),
            Self::HmacKeyed(key) => format!("HMAC keyed with {} fixed bytes", key.len()),
            Self::SecretAs(what, _) => format!("HMAC keyed with {what}"),
            Self::PublicKeyAs(what, _) => format!("HMAC keyed with {what}"),
            Self::Configured => {
                "HMAC keyed with the public key's text as it is configured".to_owned()
            }
            Self::Altered(what, _) => format!("signature {what}"),
            Self::OverDecoded => "signature over the decoded parts".to_owned(),
            Self::Empty => "signature empty".to_owned(),
        }
    }
}

/// Why a signature could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The role has no key, or one of another kind than the signature needs.
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

/// The salted signatures of the golden files by the SHA-256 of what is signed, so that the files can be made again.
static FROZEN: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../frozen/salted.json")).unwrap_or_default()
});

/// SHA-256, hexadecimal; also the place of an input among the frozen signatures.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The encoded signature of `input` by `key`.
pub fn encoded(key: &SigningKey, alg: Alg, input: &[u8]) -> Result<String, SignError> {
    let SigningKey::Rsa { private, .. } = key else { return sign_anew(key, alg, input) };
    if let (true, Some(signature)) = (alg.is_salted(), FROZEN.get(&sha256(input))) {
        return Ok(signature.clone());
    }
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

/// Whether an encoded signature of `input` is one by this key.
pub fn holds(key: &SigningKey, alg: Alg, input: &[u8], signature: &str) -> bool {
    let (algorithm, is_hmac) = alg.named();
    let key = match key {
        SigningKey::Secret(secret) if is_hmac => {
            DecodingKey::from_secret(filled(secret.expose_secret().as_bytes())).ok()
        }
        SigningKey::Rsa { public, .. } if !is_hmac => decoding(public),
        SigningKey::Secret(_) | SigningKey::Rsa { .. } => None,
    };
    key.is_some_and(|key| verify(signature, input, &key, algorithm).unwrap_or(false))
}

fn decoding(public: &str) -> Option<DecodingKey> {
    let public = keys::public(public.as_bytes()).ok()?;
    let (modulus, exponent) = public.numbers();
    Some(DecodingKey::from_rsa_raw_components(modulus, exponent))
}

fn sign_anew(key: &SigningKey, alg: Alg, input: &[u8]) -> Result<String, SignError> {
    let (algorithm, hmac) = alg.named();
    let key = match key {
        SigningKey::Secret(secret) if hmac => {
            EncodingKey::from_secret(filled(secret.expose_secret().as_bytes()))?
        }
        SigningKey::Rsa { private, .. } if !hmac => {
            let unread = SignError::NoKey("RSA private key in PEM form");
            EncodingKey::from_rsa_der(&keys::pkcs1(private.expose_secret()).ok_or(unread)?)
        }
        SigningKey::Secret(_) => return Err(SignError::NoKey("RSA pair")),
        SigningKey::Rsa { .. } => return Err(SignError::NoKey("HMAC secret")),
    };
    Ok(sign(input, &key, algorithm)?)
}

/// The encoded HS256 signature of `input` under raw key bytes.
pub fn hmac(key: &[u8], input: &[u8]) -> Result<String, SignError> {
    Ok(sign(input, &EncodingKey::from_secret(filled(key))?, Algorithm::HS256)?)
}

/// A key that signs as this one does. The library takes no empty key; short ones are filled up with zeros
/// (RFC 2104 section 2), so one of a single zero signs the same.
const fn filled(key: &[u8]) -> &[u8] {
    if key.is_empty() { &[0] } else { key }
}

/// The encoded form of an altered signature.
pub(crate) fn altered(encoded: &str, alter: fn(Vec<u8>) -> Vec<u8>) -> String {
    let bytes = URL_SAFE_NO_PAD.decode(encoded).unwrap_or_default();
    URL_SAFE_NO_PAD.encode(alter(bytes))
}
