//! The API platform, by documents 001 and 004: `Authorization: Bearer`, four places for the key,
//! 403.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use serde_json::{Map, Value, json};

use super::jwt::Token;
use super::wire::{Answer, CLOCK, Handler, Request, Way};

mod credentials;
mod judge;

const MAX_PAYLOAD: usize = 4096;

struct Platform {
    way: Way,
    profiles: Vec<Profile>,
    /// Signatures and API keys that held once.
    seen: Mutex<BTreeSet<String>>,
    /// What was decided on a connection first.
    first: Mutex<BTreeMap<usize, bool>>,
}

struct Profile {
    api_key: String,
    rsa: bool,
    key: String,
    /// The key's text as it was configured.
    configured: String,
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
        configured: text(
            row,
            if row["kept_as"].is_null() { "verification_key" } else { "kept_as" },
        ),
        active: row["active"] == true,
    };
    let profiles = rows.iter().map(profile).collect();
    let platform =
        Arc::new(Platform { way, profiles, seen: Mutex::default(), first: Mutex::default() });
    Arc::new(move |request| {
        let platform = Arc::clone(&platform);
        Box::pin(async move { platform.answer(&request) })
    })
}

/// How it is reached and told apart.
pub(crate) fn target(way: Way, url: &str) -> String {
    let places = if way.is("constants-demanded") { r#"places = ["kid"]"# } else { "" };
    let stated = if way.is("constants-demanded") { STATED } else { "" };
    format!(
        r#"
name = "outsider"
profile = "workato-api"
base_url = "{url}"
{places}
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
{stated}"#
    )
}

const STATED: &str = r#"
[claims]
iss = "https://idp.example"
aud = "orders"
sub = "service"
exp = { from_now = 300 }

[header]
typ = "at+jwt"
"#;

impl Platform {
    fn answer(&self, request: &Request) -> Answer {
        let caller = |answer: Answer| answer.with("x-caller", "somebody");
        let answer = match self.kept(request, self.decide(request)) {
            Ok(claims) => caller(Answer::json(200, &json!({ "claims": claims }))),
            Err((status, error)) => {
                let refusal = Answer::json(status, &json!({ "error": error }));
                if self.way.is("refusal-with-the-mark") { caller(refusal) } else { refusal }
            }
        };
        if self.way.is("closes-each-connection") {
            answer.with("connection", "close")
        } else {
            answer
        }
    }

    /// What a connection's first decision makes of a later one.
    fn kept(&self, request: &Request, decided: Result<String, Refused>) -> Result<String, Refused> {
        let first =
            *self.first.lock().unwrap().entry(request.connection).or_insert(decided.is_ok());
        match self.way.0 {
            "verdict-kept-per-connection" if first => decided.or_else(|_| Ok("{}".to_owned())),
            "refusal-kept-per-connection" if !first => Err(self.refused()),
            _ => decided,
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
            return Err((
                400,
                if self.way.is("size-without-its-text") {
                    "too big".to_owned()
                } else {
                    documented
                },
            ));
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

    /// The claims as text, as an application reads them.
    fn handed_on(&self, token: &Token) -> String {
        let edit = |change: &dyn Fn(Map<String, Value>) -> Map<String, Value>| {
            let members =
                serde_json::from_str::<Map<String, Value>>(&token.claims).unwrap_or_default();
            Value::Object(change(members)).to_string()
        };
        let beside = |mut members: Map<String, Value>| {
            members.insert("received_by".to_owned(), "gateway".into());
            members
        };
        match self.way.0 {
            "twenty-claims-echoed" => edit(&|members| members.into_iter().take(20).collect()),
            "integers-as-doubles" => edit(&|members| {
                members.into_iter().map(|(name, own)| (name, rounded(own))).collect()
            }),
            "claims-beside" => edit(&beside),
            _ => token.claims.clone(),
        }
    }
}

fn rounded(value: Value) -> Value {
    match value.to_string().parse::<f64>() {
        Ok(double) if value.is_number() && double.abs() >= 9_007_199_254_740_992.0 => double.into(),
        _ => value,
    }
}
