//! What a case does to a subject token it received.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::Alteration;
use crate::sign;

/// A key no server has.
const FOREIGN: &[u8] = b"test-only-a-key-of-nobody-0123456789";

impl Alteration {
    /// The altered token. The parts of a token without dots are those of its text.
    pub fn apply(self, token: &str) -> String {
        let (signed, signature) = token.rsplit_once('.').unwrap_or(("", token));
        match self {
            Self::Text(text) => text.to_owned(),
            Self::Truncated => token.chars().take(token.chars().count() / 2).collect(),
            // Never the last character, whose spare bits a lenient decoder ignores.
            Self::SignatureAltered => {
                format!("{}{}", &token[..token.len() - signature.len()], one_other(signature))
            }
            Self::PayloadAltered => format!("{}.{signature}", with_payload(signed)),
            Self::Unsigned => format!("{}.", with_header(signed)),
            // An HMAC can be made of any key and any input.
            Self::ForeignKey => {
                format!("{signed}.{}", sign::hmac(FOREIGN, signed.as_bytes()).unwrap_or_default())
            }
        }
    }
}

/// One character in the middle is another.
pub(crate) fn one_other(text: &str) -> String {
    let Some((at, own)) = text.char_indices().nth(text.chars().count() / 2) else {
        return "A".to_owned();
    };
    let other = if own == 'A' { 'B' } else { 'A' };
    format!("{}{other}{}", &text[..at], &text[at + own.len_utf8()..])
}

/// The payload names another subject.
fn with_payload(signed: &str) -> String {
    let (header, payload) = signed.split_once('.').unwrap_or((signed, ""));
    let claims =
        URL_SAFE_NO_PAD.decode(payload).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let mut claims: serde_json::Value = claims.unwrap_or_default();
    claims["sub"] = "00000000-0000-4000-8000-000000000000".into();
    format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()))
}

fn with_header(signed: &str) -> String {
    let payload = signed.split_once('.').map_or("", |(_, payload)| payload);
    format!("{}.{payload}", URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token() -> String {
        let segment = |text: &str| URL_SAFE_NO_PAD.encode(text);
        format!(
            "{}.{}.c2lnbmF0dXJl",
            segment(r#"{"alg":"HS256"}"#),
            segment(r#"{"sub":"a","exp":5}"#)
        )
    }

    fn parts(token: &str) -> Vec<String> {
        token.split('.').map(str::to_owned).collect()
    }

    #[test]
    fn each_alteration_touches_what_it_says() {
        let own = parts(&token());
        let by = |alteration: Alteration| parts(&alteration.apply(&token()));
        let altered = by(Alteration::SignatureAltered);
        assert_eq!(altered[..2], own[..2]);
        assert_eq!(altered[2].chars().last(), own[2].chars().last());
        assert_ne!(altered[2], own[2]);
        let altered = by(Alteration::PayloadAltered);
        assert_eq!((&altered[0], &altered[2]), (&own[0], &own[2]));
        assert_ne!(altered[1], own[1]);
        let altered = by(Alteration::Unsigned);
        assert_eq!((&altered[1], altered[2].as_str()), (&own[1], ""));
        let altered = by(Alteration::ForeignKey);
        assert_eq!(altered[..2], own[..2]);
        assert_eq!(altered[2].len(), 43);
    }

    #[test]
    fn opaque_tokens_can_be_altered_too() {
        assert_eq!(Alteration::SignatureAltered.apply("abcd"), "abAd");
        assert_eq!(Alteration::Truncated.apply("abcd"), "ab");
        assert_eq!(Alteration::SignatureAltered.apply(""), "A");
    }
}
