//! Makes tokens out of any bytes, and signs them with jsonwebtoken.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_token::{Compact, Engine, Job, Key, Malformed, OneByOne, Scratch};
use jsonwebtoken::{Algorithm, EncodingKey, crypto};

pub(crate) const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;
pub(crate) const PAYLOAD: &str = r#"{"iss":"claimproof","iat":1700000000,"jti":"7"}"#;
pub(crate) const SECRET: &str = "a public test secret of 32 bytes";

pub(crate) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn unsigned(header: impl AsRef<[u8]>, payload: impl AsRef<[u8]>) -> String {
    format!("{}.{}.c2ln", encode(header), encode(payload))
}

pub(crate) fn with_header(header: impl AsRef<[u8]>) -> String {
    unsigned(header, PAYLOAD)
}

pub(crate) fn with_payload(payload: impl AsRef<[u8]>) -> String {
    unsigned(HEADER, payload)
}

pub(crate) fn hs256(header: &str, payload: &str, secret: &str) -> String {
    let input = format!("{}.{}", encode(header), encode(payload));
    let key = EncodingKey::from_secret(secret.as_bytes()).unwrap();
    let signature = crypto::sign(input.as_bytes(), &key, Algorithm::HS256).unwrap();
    format!("{input}.{signature}")
}

pub(crate) fn rs256(input: &[u8], private_pem: &str) -> Vec<u8> {
    let key = EncodingKey::from_rsa_pem(private_pem.as_bytes()).unwrap();
    let signature = crypto::sign(input, &key, Algorithm::RS256).unwrap();
    URL_SAFE_NO_PAD.decode(signature).unwrap()
}

pub(crate) fn good() -> String {
    hs256(HEADER, PAYLOAD, SECRET)
}

pub(crate) fn refusal(text: &str) -> Malformed {
    Compact::parse(text, &mut Scratch::new()).map(drop).unwrap_err()
}

pub(crate) fn parses(text: &str) -> bool {
    Compact::parse(text, &mut Scratch::new()).is_ok()
}

pub(crate) fn holds(key: &Key, input: &[u8], signature: &[u8]) -> bool {
    let mut ok = [false];
    OneByOne.verify(&[Job { key, input, signature }], &mut ok);
    ok[0]
}

pub(crate) fn token_holds(key: &Key, text: &str) -> bool {
    let mut scratch = Scratch::new();
    Compact::parse(text, &mut scratch)
        .is_ok_and(|token| holds(key, token.signing_input.as_bytes(), token.signature))
}
