//! Which account a token names, and whether it holds.

use jsonwebtoken::Algorithm;

use super::{Platform, Profile, Refused};
use crate::outsiders::json::Node;
use crate::outsiders::jwt::{Key, Token, algorithm, kind_is_right};

impl Platform {
    pub(super) fn judge(&self, token: &Token, now: f64) -> Result<(), Refused> {
        if self.way.is("crash-on-alg")
            && token.header.get("alg").is_some_and(|alg| alg.text().is_none())
        {
            return Err((500, "internal error".to_owned()));
        }
        let fits = kind_is_right(self.way, &token.header)
            && self.knows_members(token)
            && self.times_hold(token, now);
        if !fits {
            return Err(self.refused());
        }
        let key = self.key_named(token).ok_or_else(|| self.refused())?;
        let Some(profile) = self.profile(&key) else {
            return if self.holds_without_key(token) { Ok(()) } else { Err(self.refused()) };
        };
        let remembered = self.remembered(token, profile);
        if self.way.is("no-signature-check") || remembered || self.signed(token, profile) {
            self.remember(token, profile);
            return Ok(());
        }
        let shown = format!("expected a signature under {}", profile.key);
        Err(if self.way.is("secret-in-the-refusal") { (403, shown) } else { self.refused() })
    }

    fn knows_members(&self, token: &Token) -> bool {
        let known = |node: &Node, names: &[&str]| match node {
            Node::Object(members) => members.iter().all(|(name, _)| names.contains(&name.as_str())),
            _ => false,
        };
        match self.way.0 {
            "unknown-claim-refused" => known(
                &token.payload,
                &[
                    "https://www.workato.com/sub",
                    "workato_sub",
                    "sub",
                    "iss",
                    "aud",
                    "exp",
                    "nbf",
                    "iat",
                    "jti",
                    "name",
                    "email",
                ],
            ),
            "unknown-member-refused" => known(&token.header, &["alg", "kid", "typ"]),
            "constants-demanded" => {
                let is = |name: &str, due: &str| {
                    token.payload.get(name).is_some_and(|own| own.text() == Some(due))
                };
                let typ = token.header.get("typ").and_then(Node::text);
                let bound = token.payload.get("exp").is_some() && typ == Some("at+jwt");
                bound
                    && is("iss", "https://idp.example")
                    && is("aud", "orders")
                    && is("sub", "service")
            }
            _ => true,
        }
    }

    /// `exp` is ahead and `nbf` is not: RFC 7519 sections 4.1.4 and 4.1.5.
    fn times_hold(&self, token: &Token, now: f64) -> bool {
        let late = match self.way.0 {
            "leeway-60" => 60.0,
            "exp-seven-minutes-late" => 420.0,
            "exp-an-hour-late" => 3600.0,
            _ => 0.0,
        };
        let early = match self.way.0 {
            "leeway-60" => 60.0,
            "nbf-an-hour-early" => 3600.0,
            _ => 0.0,
        };
        let time = |name: &str| token.payload.get(name);
        let readable = |node: &Node| match self.way.0 {
            "exponent-refused" => node.is_plain_integer(),
            "times-end-in-2038" => node.number().is_some_and(|second| second < 2_147_483_648.0),
            _ => node.number().is_some_and(f64::is_finite),
        };
        if self.way.is("many-digits-refused")
            && time("iat").is_some_and(|iat| !iat.number().is_some_and(f64::is_finite))
        {
            return false;
        }
        if self.way.is("exp-ignored") {
            return true;
        }
        let past = |exp: &Node| exp.number().is_some_and(|exp| exp + late <= now);
        let skipped = |node: &Node| {
            self.way.is("past-if-an-integer") && node.number().is_some() && !node.is_plain_integer()
        };
        let beyond = |nbf: &Node| {
            self.way.is("nbf-overflows")
                && nbf.number().is_some_and(|second| second > 9_007_199_254_740_992.0)
        };
        let ahead = |nbf: &Node| nbf.number().is_some_and(|second| second - early > now);
        time("exp").is_none_or(|exp| skipped(exp) || (readable(exp) && !past(exp)))
            && time("nbf").is_none_or(|nbf| beyond(nbf) || (readable(nbf) && !ahead(nbf)))
    }

    /// The first place that is not empty, by the table of document 004.
    fn key_named(&self, token: &Token) -> Option<String> {
        let places = [
            token.payload.get("https://www.workato.com/sub"),
            token.payload.get("workato_sub"),
            token.header.get("kid"),
            token.payload.get("sub"),
        ];
        if self.way.is("constants-demanded") {
            return token.header.get("kid")?.text().map(str::to_owned);
        }
        if self.way.is("null-refused") && token.header.get("kid") == Some(&Node::Null) {
            return None;
        }
        let blank =
            |text: &str| self.way.is("blank-is-empty-number-is-not") && text.trim().is_empty();
        let empty = |node: &&Node| match node {
            Node::Null => false,
            Node::Text(text) => !text.is_empty() && !blank(text),
            Node::List(all) => !(all.is_empty() && self.way.is("empty-list-is-empty")),
            _ => true,
        };
        match places.into_iter().flatten().find(empty)? {
            Node::Text(key) => Some(key.clone()),
            Node::List(all) if self.way.is("list-as-key-id") => match all.as_slice() {
                [Node::Text(key)] => Some(key.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    fn profile(&self, key: &str) -> Option<&Profile> {
        let part =
            |own: &str| self.way.is("part-of-a-key-id") && key.len() >= 8 && own.contains(key);
        self.profiles
            .iter()
            .find(|profile| profile.active && (profile.api_key == key || part(&profile.api_key)))
    }

    fn signed(&self, token: &Token, profile: &Profile) -> bool {
        let Some(alg) = token.alg() else { return false };
        let Some(named) = algorithm(alg) else { return false };
        let secret = match self.way.0 {
            "secret-as-latin-1" => {
                profile.key.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
            }
            _ => profile.key.clone().into_bytes(),
        };
        match (profile.rsa, alg) {
            (false, "HS256") => token.verifies(Key::Secret(&secret), named),
            (true, "HS256") if self.way.is("key-text-as-secret") => {
                token.verifies(Key::Secret(profile.configured.as_bytes()), named)
            }
            (true, _) if self.way.is("hmac-only-in-a-run-with-rsa") => false,
            (true, "RS256") if self.way.is("rsa-2048-alone") && is_long(&profile.key) => false,
            (true, "RS256") => token.verifies(Key::Pem(&profile.key), named),
            (true, "PS256") if self.way.is("pss-under-the-rsa-key") => {
                token.verifies(Key::Pem(&profile.key), named)
            }
            (true, "RS384" | "RS512") if self.way.is("hash-as-the-token-says") => {
                token.verifies(Key::Pem(&profile.key), named)
            }
            (false, "HS384" | "HS512") if self.way.is("hash-as-the-token-says") => {
                token.verifies(Key::Secret(&secret), named)
            }
            _ => false,
        }
    }

    /// Nobody has the key id; only the faulty ones go on.
    fn holds_without_key(&self, token: &Token) -> bool {
        let member = |name: &str| token.header.get("jwk")?.get(name)?.text();
        match (self.way.0, token.alg()) {
            ("none-where-no-key", Some("none")) => token.signature.is_empty(),
            ("empty-key", Some("HS256")) => token.verifies(Key::Secret(b""), Algorithm::HS256),
            ("embedded-key", Some("RS256")) => match (member("n"), member("e")) {
                (Some(modulus), Some(exponent)) => {
                    token.verifies(Key::Jwk(modulus, exponent), Algorithm::RS256)
                }
                _ => false,
            },
            _ => false,
        }
    }

    fn mark(&self, token: &Token, profile: &Profile) -> Option<String> {
        match self.way.0 {
            "verdict-kept-per-signature" => Some(format!("{:?}", token.signature)),
            "verdict-kept-per-key-id" => Some(profile.api_key.clone()),
            _ => None,
        }
    }

    fn remembered(&self, token: &Token, profile: &Profile) -> bool {
        self.mark(token, profile).is_some_and(|mark| self.seen.lock().unwrap().contains(&mark))
    }

    fn remember(&self, token: &Token, profile: &Profile) {
        if let Some(mark) = self.mark(token, profile) {
            self.seen.lock().unwrap().insert(mark);
        }
    }
}

/// A key alone, of more than 2048 bits.
fn is_long(pem: &str) -> bool {
    pem.contains("PUBLIC KEY-----") && pem.len() > 470
}
