//! The API platform, by documents 001 and 004: `Authorization: Bearer`, four places for the key, 403.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use jsonwebtoken::Algorithm;
use serde_json::{Map, Value, json};

use super::json::Node;
use super::jwt::{Key, Token, algorithm, kind_is_right};
use super::wire::{Answer, CLOCK, Handler, Request, Way};

const MAX_PAYLOAD: usize = 4096;

struct Platform {
    way: Way,
    profiles: Vec<Profile>,
    /// Signatures and API keys that held once.
    seen: Mutex<BTreeSet<String>>,
}

struct Profile {
    api_key: String,
    rsa: bool,
    key: String,
    active: bool,
}

/// A refusal: its status, its text.
type Refused = (u16, String);

pub(crate) fn handler(way: Way, directory: &Value) -> Handler {
    let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
    let rows = directory["access_profiles"].as_array().cloned().unwrap_or_default();
    let profile = |row: &Value| Profile {
        api_key: text(row, "api_key"),
        rsa: row["method"] == "rsa",
        key: text(row, "verification_key"),
        active: row["active"] == true,
    };
    let profiles = rows.iter().map(profile).collect();
    let platform = Arc::new(Platform { way, profiles, seen: Mutex::default() });
    Arc::new(move |request| {
        let platform = Arc::clone(&platform);
        Box::pin(async move { platform.answer(&request) })
    })
}

/// How it is reached and told apart.
pub(crate) fn target(url: &str) -> String {
    format!(
        r#"
name = "outsider"
profile = "workato-api"
base_url = "{url}"
fields = {{ scheme = "Bearer" }}

[[surface]]
name = "api"
request = {{ method = "GET", path = "/shop-v1/orders", headers = {{ authorization = "{{scheme}} {{token}}" }} }}
accept = {{ status = ["200"], header = "x-caller" }}
refuse = {{ status = ["4xx"] }}
claims = "/claims"
code = [
    {{ from = "body-is", pattern = 'JWT payload size exceeded \(\d+, max 4096\)', code = "payload_too_large" }},
    {{ from = "status", status = 403, code = "access_refused" }},
    {{ from = "status", status = 401, code = "access_refused" }},
]

[capabilities]
clock_header = "{CLOCK}"
"#
    )
}

impl Platform {
    fn answer(&self, request: &Request) -> Answer {
        let caller = |answer: Answer| answer.with("x-caller", "somebody");
        match self.decide(request) {
            Ok(claims) => caller(Answer::json(200, &json!({ "claims": claims }))),
            Err((status, error)) => {
                let refusal = Answer::json(status, &json!({ "error": error }));
                if self.way.is("refusal-with-the-mark") { caller(refusal) } else { refusal }
            }
        }
    }

    fn decide(&self, request: &Request) -> Result<String, Refused> {
        let Some(text) = self.credentials(request) else {
            let bare = request.header("authorization").is_none();
            return match self.way.0 {
                "no-token-needed" if bare => Ok("{}".to_owned()),
                "401-then-403" if bare => Err((401, "unauthorized".to_owned())),
                _ => Err(self.refused()),
            };
        };
        let payload = text.split('.').nth(1).unwrap_or_default().chars().count();
        if payload > MAX_PAYLOAD {
            let documented = format!("JWT payload size exceeded ({payload}, max {MAX_PAYLOAD})");
            return Err((400, if self.way.is("size-without-its-text") { "too big".to_owned() } else { documented }));
        }
        let repeated = |refused: Refused| match self.way.0 {
            "token-in-the-refusal" => (refused.0, format!("no good: {text}")),
            _ => refused,
        };
        let token = Token::read(self.way, &text).map_err(|_| repeated(self.refused()))?;
        self.judge(&token, request.now()).map_err(repeated)?;
        Ok(self.handed_on(&token))
    }

    fn refused(&self) -> Refused {
        let status = match self.way.0 {
            "status-401" => 401,
            "not-found" => 404,
            _ => 403,
        };
        (status, "forbidden".to_owned())
    }

    /// The token of the one Authorization header, behind the scheme and its blanks.
    fn credentials(&self, request: &Request) -> Option<String> {
        let values: Vec<&str> = request.all("authorization").collect();
        let value = match values.as_slice() {
            [one] => *one,
            [first, ..] if self.way.is("first-of-two-lines") => *first,
            [] if self.way.is("token-in-cookie-or-query") => return elsewhere(request),
            _ => return None,
        };
        if self.way.is("token-without-scheme") {
            return value.split(' ').next_back().map(str::to_owned);
        }
        let (scheme, rest) = value.split_once(' ')?;
        let known =
            if self.way.is("scheme-by-letter") { scheme == "Bearer" } else { scheme.eq_ignore_ascii_case("bearer") };
        if !known || (self.way.is("one-blank-only") && rest.starts_with(' ')) {
            return None;
        }
        let rest = rest.trim_start_matches(' ');
        Some(match self.way.0 {
            "first-word-counts" => rest.split(' ').next().unwrap_or_default().to_owned(),
            "doubled-scheme" => rest.trim_start_matches("Bearer ").to_owned(),
            "quotes-stripped" => rest.trim_matches('"').to_owned(),
            _ => rest.to_owned(),
        })
    }

    fn judge(&self, token: &Token, now: f64) -> Result<(), Refused> {
        if self.way.is("crash-on-alg") && token.header.get("alg").is_some_and(|alg| alg.text().is_none()) {
            return Err((500, "internal error".to_owned()));
        }
        let fits = kind_is_right(self.way, &token.header) && self.knows_members(token) && self.times_hold(token, now);
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
                token.payload.get("iss").is_some_and(|iss| iss.text() == Some("https://idp.example"))
            }
            _ => true,
        }
    }

    /// `exp` is ahead and `nbf` is not: RFC 7519 sections 4.1.4 and 4.1.5.
    fn times_hold(&self, token: &Token, now: f64) -> bool {
        let leeway = if self.way.is("leeway-60") { 60.0 } else { 0.0 };
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
        let past = |exp: &Node| exp.number().is_some_and(|exp| exp + leeway <= now);
        let skipped =
            |node: &Node| self.way.is("past-if-an-integer") && node.number().is_some() && !node.is_plain_integer();
        let beyond = |nbf: &Node| {
            self.way.is("nbf-overflows") && nbf.number().is_some_and(|second| second > 9_007_199_254_740_992.0)
        };
        let ahead = |nbf: &Node| nbf.number().is_some_and(|second| second - leeway > now);
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
        if self.way.is("null-refused") && token.header.get("kid") == Some(&Node::Null) {
            return None;
        }
        let blank = |text: &str| self.way.is("blank-is-empty-number-is-not") && text.trim().is_empty();
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
        let part = |own: &str| self.way.is("part-of-a-key-id") && key.len() >= 8 && own.contains(key);
        self.profiles.iter().find(|profile| profile.active && (profile.api_key == key || part(&profile.api_key)))
    }

    fn signed(&self, token: &Token, profile: &Profile) -> bool {
        let Some(alg) = token.alg() else { return false };
        let Some(named) = algorithm(alg) else { return false };
        let secret = match self.way.0 {
            "secret-as-latin-1" => profile.key.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect(),
            _ => profile.key.clone().into_bytes(),
        };
        match (profile.rsa, alg) {
            (false, "HS256") => token.verifies(Key::Secret(&secret), named),
            (true, "HS256") if self.way.is("key-text-as-secret") => token.verifies(Key::Secret(&secret), named),
            (true, _) if self.way.is("hmac-only-in-a-run-with-rsa") => false,
            (true, "RS256") if self.way.is("rsa-2048-alone") && is_long(&profile.key) => false,
            (true, "RS256") => token.verifies(Key::Pem(&profile.key), named),
            (true, "PS256") if self.way.is("pss-under-the-rsa-key") => token.verifies(Key::Pem(&profile.key), named),
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
                (Some(modulus), Some(exponent)) => token.verifies(Key::Jwk(modulus, exponent), Algorithm::RS256),
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

    /// The claims as text, as an application reads them.
    fn handed_on(&self, token: &Token) -> String {
        let edit = |change: &dyn Fn(Map<String, Value>) -> Map<String, Value>| {
            let members = serde_json::from_str::<Map<String, Value>>(&token.claims).unwrap_or_default();
            Value::Object(change(members)).to_string()
        };
        let beside = |mut members: Map<String, Value>| {
            members.insert("received_by".to_owned(), "gateway".into());
            members
        };
        match self.way.0 {
            "twenty-claims-echoed" => edit(&|members| members.into_iter().take(20).collect()),
            "integers-as-doubles" => {
                edit(&|members| members.into_iter().map(|(name, own)| (name, rounded(own))).collect())
            }
            "claims-beside" => edit(&beside),
            _ => token.claims.clone(),
        }
    }
}

/// A key alone, of more than 2048 bits.
fn is_long(pem: &str) -> bool {
    pem.contains("PUBLIC KEY-----") && pem.len() > 470
}

fn rounded(value: Value) -> Value {
    match value.as_i64().and_then(|whole| whole.to_string().parse::<f64>().ok()) {
        Some(double) if double.abs() > 9_007_199_254_740_992.0 => double.into(),
        _ => value,
    }
}

/// Whatever looks like a token in a cookie or the query.
fn elsewhere(request: &Request) -> Option<String> {
    let cookies = request.all("cookie").flat_map(|line| line.split(';'));
    let cookies = cookies.filter_map(|pair| pair.split_once('=')).map(|(_, value)| value.trim().to_owned());
    let query = request.query().into_iter().map(|(_, value)| value);
    cookies.chain(query).find(|value| value.matches('.').count() == 2)
}
