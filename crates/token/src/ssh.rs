//! The conversion a refused `ssh-rsa` line needs.

use pkcs1::RsaPublicKeyRef;
use pkcs1::der::asn1::{AnyRef, BitStringRef, UintRef};
use pkcs1::der::pem::LineEnding;
use pkcs1::der::{Encode, EncodePem, Error};
use spki::SubjectPublicKeyInfo;
use ssh_key::{Mpint, PublicKey};

use crate::KeyError;
use crate::pem::not_der;

/// An OpenSSH public line (RFC 4253 section 6.6) as SubjectPublicKeyInfo PEM (RFC 7468 section 13),
/// byte for byte what `ssh-keygen -e -m pkcs8` prints.
pub fn to_pem(line: &str) -> Result<String, KeyError> {
    let line = line.trim();
    if line.is_empty() {
        return Err(KeyError::Empty);
    }
    if line.contains("PRIVATE KEY-----") {
        return Err(KeyError::Private);
    }
    if line.contains(['\r', '\n']) {
        return Err(not_ssh(&"more than one line"));
    }
    let key = PublicKey::from_openssh(line).map_err(|error| not_ssh(&error))?;
    let rsa = key
        .key_data()
        .rsa()
        .ok_or_else(|| KeyError::NotRsa { found: key.algorithm().to_string() })?;
    encode(positive(&rsa.n)?, positive(&rsa.e)?).map_err(|error| not_der("RSAPublicKey", &error))
}

fn encode(modulus: &[u8], exponent: &[u8]) -> Result<String, Error> {
    let key = RsaPublicKeyRef {
        modulus: UintRef::new(modulus)?,
        public_exponent: UintRef::new(exponent)?,
    }
    .to_der()?;
    let spki: SubjectPublicKeyInfo<AnyRef<'_>, BitStringRef<'_>> = SubjectPublicKeyInfo {
        algorithm: pkcs1::ALGORITHM_ID,
        subject_public_key: BitStringRef::from_bytes(&key)?,
    };
    spki.to_pem(LineEnding::LF)
}

fn positive(number: &Mpint) -> Result<&[u8], KeyError> {
    number.as_positive_bytes().ok_or_else(|| not_ssh(&"a negative number"))
}

fn not_ssh(error: &impl ToString) -> KeyError {
    KeyError::NotSsh { detail: error.to_string() }
}
