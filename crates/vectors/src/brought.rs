//! Keys a header brings along (RFC 7515 sections 4.1.3 and 4.1.6), as they are sent by who really signs with them.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use claimproof_cast::{ExposeSecret, SigningKey};
use pkcs1::RsaPublicKeyRef;
use spki::SubjectPublicKeyInfoOwned as PublicKey;
use spki::der::asn1::{Any, BitString, Null, ObjectIdentifier, SetOfVec, UtcTime, Utf8StringRef};
use spki::der::{self, DateTime, Decode, DecodePem, Encode, EncodeValue, Tagged};

use crate::sign::{self, Alg, SignError};

const NO_PAIR: SignError = SignError::NoKey("RSA pair");

/// The key as a JWK: of an RSA pair its public half, of a secret the secret.
pub fn jwk(key: &SigningKey) -> Result<String, SignError> {
    let encoded = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    Ok(match key {
        SigningKey::Secret(secret) => {
            format!(r#"{{"kty":"oct","k":"{}"}}"#, encoded(secret.expose_secret().as_bytes()))
        }
        SigningKey::Rsa { public, .. } => {
            let public = PublicKey::from_pem(public).map_err(|_| NO_PAIR)?;
            let numbers = RsaPublicKeyRef::from_der(public.subject_public_key.raw_bytes())
                .map_err(|_| NO_PAIR)?;
            let (n, e) =
                (encoded(numbers.modulus.as_bytes()), encoded(numbers.public_exponent.as_bytes()));
            format!(r#"{{"kty":"RSA","n":"{n}","e":"{e}"}}"#)
        }
    })
}

/// A list of one certificate over the public half of the pair, which signs it too.
pub fn x5c(key: &SigningKey) -> Result<String, SignError> {
    let SigningKey::Rsa { public, .. } = key else { return Err(NO_PAIR) };
    let body = to_be_signed(public).map_err(|_| NO_PAIR)?;
    let input = body.to_der().map_err(|_| NO_PAIR)?;
    let signature =
        URL_SAFE_NO_PAD.decode(sign::encoded(key, Alg::Rs256, &input)?).unwrap_or_default();
    let certificate = signed(body, &signature).map_err(|_| NO_PAIR)?;
    Ok(format!("[\"{}\"]", STANDARD.encode(certificate)))
}

/// The fields of RFC 5280 section 4.1.2 that version 1 has.
fn to_be_signed(public: &str) -> der::Result<Any> {
    let common_name = sequence(vec![
        any(&ObjectIdentifier::new_unwrap("2.5.4.3"))?,
        any(&Utf8StringRef::new("TEST ONLY attacker")?)?,
    ])?;
    let name = sequence(vec![any(&SetOfVec::try_from([common_name])?)?])?;
    let dates = [DateTime::new(2020, 1, 1, 0, 0, 0)?, DateTime::new(2049, 12, 31, 23, 59, 59)?];
    let dates = dates
        .into_iter()
        .map(|date| any(&UtcTime::from_date_time(date)?))
        .collect::<der::Result<_>>()?;
    let key = any(&PublicKey::from_pem(public)?)?;
    sequence(vec![any(&1_u8)?, sha256_with_rsa()?, name.clone(), sequence(dates)?, name, key])
}

fn signed(body: Any, signature: &[u8]) -> der::Result<Vec<u8>> {
    sequence(vec![body, sha256_with_rsa()?, any(&BitString::from_bytes(signature)?)?])?.to_der()
}

/// RFC 8017 appendix C; its parameters are null.
fn sha256_with_rsa() -> der::Result<Any> {
    sequence(vec![any(&ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11"))?, any(&Null)?])
}

fn sequence(parts: Vec<Any>) -> der::Result<Any> {
    any(&parts)
}

fn any(value: &(impl EncodeValue + Tagged)) -> der::Result<Any> {
    Any::encode_from(value)
}
