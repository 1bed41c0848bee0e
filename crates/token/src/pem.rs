//! From pasted text to the DER of one PKCS#1 `RSAPublicKey` (RFC 8017 appendix A.1.1).

use pkcs1::RsaPublicKeyRef;
use spki::SubjectPublicKeyInfoRef;
use spki::der::pem::Decoder;
use spki::der::{Decode, Error};

use crate::{KeyError, certificate};

/// How OpenSSH public keys begin, and the RFC 4716 form that `ssh-keygen -e` prints by default.
const OPEN_SSH: [&str; 4] = ["ssh-", "ecdsa-sha2-", "sk-", "---- BEGIN SSH2 PUBLIC KEY"];

pub(crate) fn rsa_public_key(text: &str) -> Result<Vec<u8>, KeyError> {
    let text = text.trim();
    refuse_other_kinds(text)?;
    let (label, der) = decode(text)?;
    let pkcs1 = match label {
        "PUBLIC KEY" => from_spki(&der)?.to_vec(),
        "RSA PUBLIC KEY" => der,
        "CERTIFICATE" => from_certificate(&der)?.to_vec(),
        other => {
            return Err(KeyError::Label { found: other.to_owned() });
        }
    };
    check_bits(&pkcs1)?;
    Ok(pkcs1)
}

fn refuse_other_kinds(text: &str) -> Result<(), KeyError> {
    if text.is_empty() {
        return Err(KeyError::Empty);
    }
    if text.contains("PRIVATE KEY-----") {
        return Err(KeyError::Private);
    }
    if OPEN_SSH.iter().any(|start| text.starts_with(start)) {
        return Err(KeyError::OpenSsh);
    }
    match text.matches("-----BEGIN ").count() {
        0 | 1 => Ok(()),
        found => Err(KeyError::Several { found }),
    }
}

/// Detects the line width, since not everyone who pastes wraps at 64.
fn decode(text: &str) -> Result<(&str, Vec<u8>), KeyError> {
    if !text.starts_with("-----BEGIN ") {
        return Err(KeyError::NotPem { detail: "the text does not begin with it".to_owned() });
    }
    let not_pem = |error: spki::der::pem::Error| KeyError::NotPem { detail: error.to_string() };
    let mut decoder = Decoder::new_detect_wrap(text.as_bytes()).map_err(not_pem)?;
    let mut der = Vec::new();
    decoder.decode_to_end(&mut der).map_err(not_pem)?;
    Ok((decoder.type_label(), der))
}

fn from_spki(der: &[u8]) -> Result<&[u8], KeyError> {
    let broken = |error: Error| not_der("SubjectPublicKeyInfo", &error);
    rsa(SubjectPublicKeyInfoRef::from_der(der).map_err(broken)?)
}

fn from_certificate(der: &[u8]) -> Result<&[u8], KeyError> {
    rsa(certificate::public_key(der).map_err(|error| not_der("certificate", &error))?)
}

fn rsa(spki: SubjectPublicKeyInfoRef<'_>) -> Result<&[u8], KeyError> {
    if spki.algorithm.oid != pkcs1::ALGORITHM_OID {
        return Err(KeyError::NotRsa { found: spki.algorithm.oid.to_string() });
    }
    spki.subject_public_key
        .as_bytes()
        .ok_or_else(|| not_der("SubjectPublicKeyInfo", &"a key of odd bits"))
}

fn check_bits(pkcs1: &[u8]) -> Result<(), KeyError> {
    let key = RsaPublicKeyRef::from_der(pkcs1).map_err(|error| not_der("RSAPublicKey", &error))?;
    let bits = bits(key.modulus.as_bytes());
    if (KeyError::MIN_BITS..=KeyError::MAX_BITS).contains(&bits) {
        Ok(())
    } else {
        Err(KeyError::Bits { bits })
    }
}

/// Counts from the first bit set; DER integers have no leading zero bytes to skip.
fn bits(big_endian: &[u8]) -> usize {
    let spare = big_endian.first().map_or(0, |first| first.leading_zeros());
    big_endian.len() * 8 - usize::try_from(spare).unwrap_or(0)
}

pub(crate) fn not_der(what: &'static str, error: &impl ToString) -> KeyError {
    KeyError::NotDer { what, detail: error.to_string() }
}
