//! Direct links, by document 000: codes in JSON, a session in a cookie.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::wire::{Answer, CLOCK, Handler, Request, Way};

mod judge;
mod replay;
mod request;

struct Partner {
    way: Way,
    directory: Value,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    /// Used ids in order of use, with the last second at which they count.
    used: VecDeque<(String, f64)>,
    /// Ids on their way.
    waiting: Vec<String>,
    /// Tokens that were refused.
    refused: BTreeSet<String>,
}

/// A documented code, or the framing that has none.
type Refused = &'static str;

pub(crate) fn handler(way: Way, directory: Value) -> Handler {
    let partner = Arc::new(Partner { way, directory, memory: Mutex::default() });
    Arc::new(move |request| {
        let partner = Arc::clone(&partner);
        Box::pin(async move { partner.answer(&request).await })
    })
}

/// How it is reached and told apart.
pub(crate) fn target(url: &str) -> String {
    format!(
        r#"
name = "outsider"
profile = "workato-direct-link"
base_url = "{url}"
fields = {{ path = "https://app.claimproof.example/recipes" }}

[[surface]]
name = "direct-link"
request = {{ method = "GET", path = "/enter", query = {{ page = "{{path}}", ticket = "{{token}}" }} }}
accept = {{ status = ["200"], header = "set-cookie" }}
refuse = {{ status = ["403"] }}
code = [{{ from = "json", at = "/error/code" }}]

[capabilities]
clock_header = "{CLOCK}"
"#
    )
}

impl Partner {
    async fn answer(&self, request: &Request) -> Answer {
        let cookie = match self.way.0 {
            "cookie-for-one-site" => "room=1; Path=/",
            _ => "room=1; Path=/; Secure; HttpOnly; SameSite=None",
        };
        let ancestors =
            if self.way.is("framed-by-anybody") { "*" } else { "https://partner.example" };
        match self.decide(request).await {
            Ok(()) => Answer::new(200, "text/html", "<!doctype html><title>Room</title>")
                .with("set-cookie", cookie)
                .with("content-security-policy", &format!("frame-ancestors {ancestors}")),
            Err("crash") => Answer::new(500, "text/html", "<!doctype html><title>Sorry</title>"),
            Err("framing") => {
                let code = if self.way.is("framing-with-a-code") { "not_framed" } else { "" };
                let body = json!({ "error": if code.is_empty() { json!({}) } else { json!({ "code": code }) } });
                Answer::json(403, &body).with("x-frame-options", "SAMEORIGIN")
            }
            Err(code) => {
                let refusal = Answer::json(403, &json!({ "error": { "code": code } }));
                if self.way.is("refusal-with-a-session") {
                    refusal.with("set-cookie", cookie)
                } else {
                    refusal
                }
            }
        }
    }

    async fn decide(&self, request: &Request) -> Result<(), Refused> {
        let xhr = request
            .header("x-requested-with")
            .is_some_and(|by| by.eq_ignore_ascii_case("XMLHttpRequest"));
        if xhr || !self.wants_html(request) {
            return Err("http_request_invalid");
        }
        if !self.path_is_valid(&request.parameter("page").unwrap_or_default()) {
            return Err("path_invalid");
        }
        let text = request
            .parameter("ticket")
            .or_else(|| self.elsewhere(request))
            .ok_or("token_missing")?;
        let seen =
            self.way.is("second-try-let-in") && self.memory.lock().unwrap().refused.contains(&text);
        let judged = self.judge(&text, request.now()).await;
        match judged {
            Err("token_signature_invalid") if seen => Ok(()),
            Err(code) => {
                self.memory.lock().unwrap().refused.insert(text);
                Err(code)
            }
            Ok(()) => Ok(()),
        }
    }
}
