//! RSA public keys, in any form a server may have been given.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use pkcs1::RsaPublicKeyRef;
use spki::SubjectPublicKeyInfoRef;
use spki::der::asn1::UintRef;
use spki::der::{Decode, Encode};

use super::fault::KeyFault;
use super::pem::{self, Block};
use super::text::{self, Binary};
use super::{Numbers, certificate, kind, private, ssh};

const EXPECTED: &str = "an RSA public key: PUBLIC KEY, RSA PUBLIC KEY or CERTIFICATE in PEM form, an ssh-rsa line or a JWK";
const AS_CONFIGURED: &str = "name the text that is configured at the target, or leave public_key_file out where nobody knows it";
const OTHER_KIND: &str = "name the public half of the account's RSA pair";

/// A public key.
#[derive(Clone, Debug)]
pub struct Public {
    /// Its text exactly as it is configured: what a confused server keys its HMAC with is that text.
    pub text: String,
    pub(super) numbers: Numbers,
}

impl Public {
    /// Modulus and exponent, big endian.
    pub(crate) fn numbers(&self) -> (&[u8], &[u8]) {
        (&self.numbers.modulus, &self.numbers.exponent)
    }

    /// The key as PEM of SubjectPublicKeyInfo, whatever form it is configured in.
    pub fn pem(&self) -> Option<String> {
        let number = |bytes| UintRef::new(bytes).ok();
        let (modulus, public_exponent) =
            (number(&self.numbers.modulus)?, number(&self.numbers.exponent)?);
        private::spki(&RsaPublicKeyRef { modulus, public_exponent }.to_der().ok()?)
    }
}

/// Reads a public key: PEM of SubjectPublicKeyInfo, PKCS#1 or a certificate, the same without its lines of dashes, an
/// `ssh-rsa` line, a JWK.
pub fn public(bytes: &[u8]) -> Result<Public, KeyFault> {
    if let Some(binary) = Binary::of(bytes) {
        return Err(KeyFault::new(binary.named(), EXPECTED, AS_CONFIGURED));
    }
    let text = text::of(bytes, EXPECTED)?;
    Ok(Public { numbers: numbers(text)?, text: text.to_owned() })
}

fn numbers(text: &str) -> Result<Numbers, KeyFault> {
    let bare = text.trim_start_matches('\u{feff}').trim();
    let fault = |found: &str, cure: &str| Err(KeyFault::new(found, EXPECTED, cure));
    let blocks = pem::blocks(text);
    if bare.contains("PRIVATE KEY-----") {
        return fault(
            "a private key",
            "name the public one here, as it is configured at the target",
        );
    }
    match blocks.first() {
        Some(block) => of_block(block),
        None if bare.is_empty() => fault("nothing", AS_CONFIGURED),
        None if bare.starts_with("ssh-") || bare.starts_with("ecdsa-") => of_ssh(bare),
        None if bare.starts_with("---- BEGIN") => {
            fault("a public key in SSH2 form", "convert it: ssh-keygen -i -f {file} > {file.pem}")
        }
        None if bare.starts_with('{') => of_jwk(bare),
        None if bare.contains("-----BEGIN ") => {
            fault("a PEM block without its end", "copy the file again, whole")
        }
        None => of_bare_der(bare),
    }
}

fn of_block(block: &Block<'_>) -> Result<Numbers, KeyFault> {
    let read = match block.label {
        "PUBLIC KEY" => of_spki,
        "RSA PUBLIC KEY" => of_pkcs1,
        "CERTIFICATE" => of_certificate,
        _ => return Err(block.fault(block.named(), EXPECTED, AS_CONFIGURED)),
    };
    read(&block.der(EXPECTED)?).map_err(|found| match found {
        Unread::Kind(kind) => block.fault(format!("a public key of {kind}"), EXPECTED, OTHER_KIND),
        Unread::Damaged => {
            let found = format!("{} that is damaged", block.named());
            block.fault(found, EXPECTED, "copy the file again, whole and unchanged")
        }
    })
}

/// Why bytes are no RSA public key.
pub(super) enum Unread {
    /// It is of another kind, named as people call it.
    Kind(String),
    Damaged,
}

fn of_pkcs1(der: &[u8]) -> Result<Numbers, Unread> {
    let key = RsaPublicKeyRef::from_der(der).map_err(|_| Unread::Damaged)?;
    Ok(Numbers::new(key.modulus.as_bytes(), key.public_exponent.as_bytes()))
}

fn of_spki(der: &[u8]) -> Result<Numbers, Unread> {
    of_info(&SubjectPublicKeyInfoRef::from_der(der).map_err(|_| Unread::Damaged)?)
}

fn of_certificate(der: &[u8]) -> Result<Numbers, Unread> {
    of_info(&certificate::public_key(der).map_err(|_| Unread::Damaged)?)
}

fn of_info(spki: &SubjectPublicKeyInfoRef<'_>) -> Result<Numbers, Unread> {
    if spki.algorithm.oid != pkcs1::ALGORITHM_OID {
        return Err(Unread::Kind(kind::named(spki.algorithm.oid)));
    }
    of_pkcs1(spki.subject_public_key.as_bytes().unwrap_or_default())
}

fn of_ssh(line: &str) -> Result<Numbers, KeyFault> {
    ssh::line(line).map_err(|unread| match unread {
        Unread::Kind(kind) => {
            let found = format!("an OpenSSH public key of the kind {kind}");
            KeyFault::new(found, EXPECTED, OTHER_KIND)
        }
        Unread::Damaged => {
            let cure = "copy the line again, whole and unchanged";
            KeyFault::new("a damaged OpenSSH public key", EXPECTED, cure)
        }
    })
}

fn of_jwk(text: &str) -> Result<Numbers, KeyFault> {
    let jwk: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    let number = |name: &str| URL_SAFE_NO_PAD.decode(jwk.get(name)?.as_str()?).ok();
    match (number("n"), number("e"), jwk.get("d"), jwk.get("keys")) {
        (.., Some(_), None) => {
            Err(KeyFault::new("a JWK of a private key", EXPECTED, "name the public one"))
        }
        (Some(modulus), Some(exponent), ..) => Ok(Numbers::new(&modulus, &exponent)),
        (.., Some(_)) => Err(KeyFault::new(
            "a JWK Set",
            EXPECTED,
            "name the one key of it that is the account's",
        )),
        _ => Err(KeyFault::new("JSON without `n` and `e` in base64url", EXPECTED, AS_CONFIGURED)),
    }
}

/// PEM without its lines of dashes.
fn of_bare_der(text: &str) -> Result<Numbers, KeyFault> {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '=').collect();
    let der = STANDARD_NO_PAD.decode(text).unwrap_or_default();
    let all = [of_spki(&der), of_pkcs1(&der), of_certificate(&der)];
    let none = || KeyFault::new("text that is no public key", EXPECTED, AS_CONFIGURED);
    all.into_iter().find_map(Result::ok).ok_or_else(none)
}
