//! The conversion a refused `ssh-rsa` line needs.

use base64_simd::STANDARD;
use pkcs1::RsaPublicKeyRef;
use pkcs1::der::asn1::{AnyRef, BitStringRef, UintRef};
use pkcs1::der::pem::LineEnding;
use pkcs1::der::{Encode, EncodePem, Error};
use spki::SubjectPublicKeyInfo;

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
        return Err(not_ssh("more than one line"));
    }
    let mut words = line.split(' ');
    let (name, key) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let blob = STANDARD.decode_to_vec(key).map_err(|_| not_ssh("the second word is no base64"))?;
    let mut fields = Fields(&blob);
    if fields.next()? != name.as_bytes() {
        return Err(not_ssh("the kind inside is not the one the line begins with"));
    }
    if !name.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(not_ssh("a kind with characters that no kind has"));
    }
    if name != "ssh-rsa" {
        return Err(KeyError::NotRsa { found: name.to_owned() });
    }
    let (exponent, modulus) = (fields.positive()?, fields.positive()?);
    if !fields.0.is_empty() {
        return Err(not_ssh("bytes behind the modulus"));
    }
    encode(modulus, exponent).map_err(|error| not_der("RSAPublicKey", &error))
}

/// What is left of a blob: fields of RFC 4251 section 5, four bytes of length before each.
struct Fields<'b>(&'b [u8]);

impl<'b> Fields<'b> {
    fn next(&mut self) -> Result<&'b [u8], KeyError> {
        let cut = || not_ssh("the key breaks off");
        let (length, rest) = self.0.split_first_chunk().ok_or_else(cut)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        let (field, rest) = rest.split_at_checked(length).ok_or_else(cut)?;
        self.0 = rest;
        Ok(field)
    }

    /// A positive mpint, without the zero that keeps it from being negative.
    fn positive(&mut self) -> Result<&'b [u8], KeyError> {
        match self.next()? {
            [0, rest @ ..] if matches!(rest, [0x80..=0xff, ..]) => Ok(rest),
            number @ [1..0x80, ..] => Ok(number),
            _ => Err(not_ssh("a number that is not positive, or has zeros before it")),
        }
    }
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

fn not_ssh(detail: &str) -> KeyError {
    KeyError::NotSsh { detail: detail.to_owned() }
}
