//! Compact tokens read and verified, with jsonwebtoken for the signatures.

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey};

use super::json::{Node, object};
use super::wire::Way;

/// Why a text is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// Not three parts.
    Parts,
    /// Header or signature.
    Header,
    Payload,
    /// An extension nobody knows.
    Critical,
}

/// A token taken apart; nothing is verified.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) header: Node,
    pub(crate) payload: Node,
    /// The payload as it was written.
    pub(crate) claims: String,
    pub(crate) signed: Vec<u8>,
    pub(crate) signature: Vec<u8>,
}

/// A key to verify with.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Key<'k> {
    Secret(&'k [u8]),
    Pem(&'k str),
    /// Modulus and exponent.
    Jwk(&'k str, &'k str),
}

impl Token {
    pub(crate) fn read(way: Way, text: &str) -> Result<Self, Unreadable> {
        let [first, second, third] = parts(way, text).ok_or(Unreadable::Parts)?;
        let bytes = decode(way, first).ok_or(Unreadable::Header)?;
        let (header, _) = object(way, &bytes).ok_or(Unreadable::Header)?;
        let bare = way.is("b64-honoured") && header.get("b64") == Some(&Node::Bool(false));
        if header.get("crit").is_some() && !bare && !way.is("crit-overlooked") {
            return Err(Unreadable::Critical);
        }
        let bytes = if bare { Some(second.as_bytes().to_vec()) } else { decode(way, second) };
        let (payload, claims) =
            object(way, &bytes.ok_or(Unreadable::Payload)?).ok_or(Unreadable::Payload)?;
        let signature = decode(way, third).ok_or(Unreadable::Header)?;
        let signed = format!("{first}.{second}").into_bytes();
        Ok(Self { header, payload, claims, signed, signature })
    }

    pub(crate) fn alg(&self) -> Option<&str> {
        self.header.get("alg")?.text()
    }

    pub(crate) fn verifies(&self, key: Key<'_>, algorithm: Algorithm) -> bool {
        let key = match key {
            // The library takes no empty key; one zero is the same (RFC 2104 section 2).
            Key::Secret([]) => DecodingKey::from_secret(&[0]),
            Key::Secret(secret) => DecodingKey::from_secret(secret),
            Key::Pem(pem) => DecodingKey::from_rsa_pem(pem.as_bytes()),
            Key::Jwk(modulus, exponent) => DecodingKey::from_rsa_components(modulus, exponent),
        };
        let Ok(key) = key else { return false };
        let signature = URL_SAFE_NO_PAD.encode(&self.signature);
        jsonwebtoken::crypto::verify(&signature, &self.signed, &key, algorithm).unwrap_or(false)
    }
}

/// Three parts between dots. An unencoded payload may hold dots itself.
fn parts(way: Way, text: &str) -> Option<[&str; 3]> {
    let mut all: Vec<&str> = text.split('.').collect();
    while way.is("dots-behind") && all.len() > 3 && all.last() == Some(&"") {
        all.pop();
    }
    if way.is("b64-honoured") && all.len() > 3 {
        let (head, rest) = text.split_once('.')?;
        let (payload, signature) = rest.rsplit_once('.')?;
        return Some([head, payload, signature]);
    }
    all.try_into().ok()
}

fn decode(way: Way, segment: &str) -> Option<Vec<u8>> {
    let lenient = GeneralPurpose::new(&URL_SAFE, NO_PAD.with_decode_allow_trailing_bits(true));
    let known = |c: &char| c.is_ascii_alphanumeric() || *c == '-' || *c == '_';
    match way.0 {
        "padding-taken" => URL_SAFE_NO_PAD.decode(segment.trim_end_matches('=')).ok(),
        "standard-alphabet-taken" => {
            URL_SAFE_NO_PAD.decode(segment.replace('+', "-").replace('/', "_")).ok()
        }
        "spare-bits-taken" => lenient.decode(segment).ok(),
        "foreign-characters-skipped" | "memory-of-spelling" => {
            URL_SAFE_NO_PAD.decode(segment.chars().filter(known).collect::<String>()).ok()
        }
        _ => URL_SAFE_NO_PAD.decode(segment).ok(),
    }
}

/// The algorithm of this name, of those a server could know.
pub(crate) fn algorithm(name: &str) -> Option<Algorithm> {
    Some(match name {
        "HS256" => Algorithm::HS256,
        "HS384" => Algorithm::HS384,
        "HS512" => Algorithm::HS512,
        "RS256" => Algorithm::RS256,
        "RS384" => Algorithm::RS384,
        "RS512" => Algorithm::RS512,
        "PS256" => Algorithm::PS256,
        "PS384" => Algorithm::PS384,
        "PS512" => Algorithm::PS512,
        _ => return None,
    })
}

/// `typ` is absent, or one of the kinds a token for access has (RFC 9068, RFC 7519 section 5.1).
pub(crate) fn kind_is_right(way: Way, header: &Node) -> bool {
    match header.get("typ") {
        None => true,
        Some(Node::Text(typ)) if way.is("typ-by-letter") => typ == "JWT",
        Some(Node::Text(_)) if way.is("another-typ-taken") => true,
        Some(Node::Text(typ)) => {
            let typ = typ.to_ascii_lowercase();
            matches!(typ.trim_start_matches("application/"), "jwt" | "at+jwt")
        }
        Some(_) => way.is("typ-of-another-type-taken"),
    }
}
