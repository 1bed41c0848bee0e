//! Keys a header brings along (RFC 7515 sections 4.1.3 and 4.1.6), as they are sent by who really signs with them.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use claimproof_cast::{ExposeSecret, SigningKey};

use crate::sign::{self, Alg, SignError};

/// The key as a JWK: of an RSA pair its public half, of a secret the secret.
pub fn jwk(key: &SigningKey) -> Result<String, SignError> {
    let encoded = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    Ok(match key {
        SigningKey::Secret(secret) => {
            format!(r#"{{"kty":"oct","k":"{}"}}"#, encoded(secret.expose_secret().as_bytes()))
        }
        SigningKey::Rsa { private, .. } => {
            let (modulus, exponent) = public_half(private.expose_secret()).ok_or(SignError::NoKey("RSA pair"))?;
            let (n, e) = (encoded(unsigned(&modulus)), encoded(unsigned(&exponent)));
            format!(r#"{{"kty":"RSA","n":"{n}","e":"{e}"}}"#)
        }
    })
}

/// A list of one certificate over the public half of the pair, which signs it too.
pub fn x5c(key: &SigningKey) -> Result<String, SignError> {
    let SigningKey::Rsa { private, .. } = key else { return Err(SignError::NoKey("RSA pair")) };
    let (modulus, exponent) = public_half(private.expose_secret()).ok_or(SignError::NoKey("RSA pair"))?;
    let body = to_be_signed(&modulus, &exponent);
    let signature = URL_SAFE_NO_PAD.decode(sign::encoded(key, Alg::Rs256, &body)?).unwrap_or_default();
    let certificate = sequence(&[body, algorithm(SHA256_WITH_RSA), bits(&signature)]);
    Ok(format!("[\"{}\"]", STANDARD.encode(certificate)))
}

const RSA_ENCRYPTION: u8 = 1;
const SHA256_WITH_RSA: u8 = 11;

/// The fields of RFC 5280 section 4.1.2 that version 1 has.
fn to_be_signed(modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
    let common_name = [element(0x06, &[0x55, 0x04, 0x03]), element(0x0c, b"TEST ONLY attacker")];
    let name = sequence(&[element(0x31, &sequence(&common_name))]);
    let dates = sequence(&[element(0x17, b"200101000000Z"), element(0x17, b"491231235959Z")]);
    let key = sequence(&[element(0x02, modulus), element(0x02, exponent)]);
    let key = sequence(&[algorithm(RSA_ENCRYPTION), bits(&key)]);
    sequence(&[element(0x02, &[1]), algorithm(SHA256_WITH_RSA), name.clone(), dates, name, key])
}

/// One of the algorithms below 1.2.840.113549.1.1 (RFC 8017 appendix C), without parameters.
fn algorithm(last: u8) -> Vec<u8> {
    let id = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, last];
    sequence(&[element(0x06, &id), element(0x05, &[])])
}

fn bits(bytes: &[u8]) -> Vec<u8> {
    element(0x03, &[&[0], bytes].concat())
}

fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    element(0x30, &parts.concat())
}

/// Tag, length and content of a DER element shorter than 64 KiB.
fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let [.., high, low] = content.len().to_be_bytes();
    let length = match (high, low) {
        (0, 0..=0x7f) => vec![low],
        (0, _) => vec![0x81, low],
        _ => vec![0x82, high, low],
    };
    [&[tag], length.as_slice(), content].concat()
}

/// Modulus and exponent of a private key, as DER integers: of the PKCS#1 form, inside the PKCS#8 form or alone.
fn public_half(pem: &str) -> Option<(Vec<u8>, Vec<u8>)> {
    let body: String = pem.lines().filter(|line| !line.starts_with("-----")).map(str::trim).collect();
    let der = STANDARD.decode(body).ok()?;
    let mut fields = elements(elements(&der).first()?.1);
    if let Some((0x04, pkcs1)) = fields.get(2) {
        fields = elements(elements(pkcs1).first()?.1);
    }
    Some((fields.get(1)?.1.to_vec(), fields.get(2)?.1.to_vec()))
}

/// The elements one behind the other, by tag, up to the first that is broken.
fn elements(mut der: &[u8]) -> Vec<(u8, &[u8])> {
    let mut found = Vec::new();
    while let Some((tag, content, rest)) = first(der) {
        found.push((tag, content));
        der = rest;
    }
    found
}

fn first(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&[tag, length], rest) = der.split_first_chunk::<2>()?;
    let (length, rest) = match length {
        0..=0x7f => (usize::from(length), rest),
        0x81 => rest.split_first().map(|(length, rest)| (usize::from(*length), rest))?,
        0x82 => rest.split_first_chunk::<2>().map(|(length, rest)| (usize::from(u16::from_be_bytes(*length)), rest))?,
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}

/// Without the zero byte that keeps a DER integer positive.
fn unsigned(integer: &[u8]) -> &[u8] {
    integer.strip_prefix(&[0]).unwrap_or(integer)
}
