//! Direct links, by document 000: codes in JSON, a session in a cookie.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jsonwebtoken::Algorithm;
use serde_json::{Value, json};

use super::json::Node;
use super::jwt::{Key, Token, Unreadable, kind_is_right};
use super::wire::{Answer, CLOCK, Handler, Request, Way};

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
        let ancestors = if self.way.is("framed-by-anybody") { "*" } else { "https://partner.example" };
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
                if self.way.is("refusal-with-a-session") { refusal.with("set-cookie", cookie) } else { refusal }
            }
        }
    }

    async fn decide(&self, request: &Request) -> Result<(), Refused> {
        let xhr = request.header("x-requested-with").is_some_and(|by| by.eq_ignore_ascii_case("XMLHttpRequest"));
        if xhr || !self.wants_html(request) {
            return Err("http_request_invalid");
        }
        if !self.path_is_valid(&request.parameter("page").unwrap_or_default()) {
            return Err("path_invalid");
        }
        let text = request.parameter("ticket").or_else(|| self.elsewhere(request)).ok_or("token_missing")?;
        let seen = self.way.is("second-try-let-in") && self.memory.lock().unwrap().refused.contains(&text);
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

    fn elsewhere(&self, request: &Request) -> Option<String> {
        if !self.way.is("token-in-a-header") {
            return None;
        }
        let words = request.headers.iter().flat_map(|(_, value)| value.split([' ', '=', ';']));
        words.into_iter().find(|word| word.matches('.').count() == 2 && word.len() > 100).map(str::to_owned)
    }

    /// One of the media ranges of `Accept` covers HTML (RFC 9110 section 12.5.1).
    fn wants_html(&self, request: &Request) -> bool {
        let Some(accept) = request.header("accept") else { return true };
        if self.way.is("html-anywhere") {
            return accept.contains("html") || accept.contains("*/*");
        }
        accept.split(',').any(|range| {
            let mut parts = range.split(';').map(|part| part.trim().to_ascii_lowercase());
            let kind = parts.next().unwrap_or_default();
            let zero = |part: String| part.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0_f64));
            let html = matches!(kind.as_str(), "text/html" | "application/xhtml+xml" | "text/*" | "*/*");
            html && (self.way.is("weight-zero") || !parts.any(zero))
        })
    }

    fn path_is_valid(&self, path: &str) -> bool {
        match self.way.0 {
            "prefix-alone" => return path.starts_with("https://"),
            "prefix-anywhere" => return path.contains("https://"),
            "what-a-browser-takes" => {
                return url::Url::parse(path).is_ok_and(|url| url.scheme() == "https" && url.has_host());
            }
            _ => {}
        }
        let rest = match path.get(..8) {
            Some("https://") => &path[8..],
            Some(prefix) if self.way.is("https-in-capitals") && prefix.eq_ignore_ascii_case("https://") => &path[8..],
            _ => return false,
        };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let user_info = authority.contains('@') && !self.way.is("user-info-in-a-path");
        let odd = |c: char| c.is_control() || c == ' ' || c == '\\';
        !authority.is_empty() && !user_info && !rest.contains(odd) && url::Url::parse(path).is_ok()
    }

    async fn judge(&self, text: &str, now: f64) -> Result<(), Refused> {
        let token = Token::read(self.way, text).map_err(|_: Unreadable| "token_invalid")?;
        let alg = token.alg();
        if alg.is_none() && token.header.get("alg").is_some() && self.way.is("token-invalid-for-odd-alg") {
            return Err("token_invalid");
        }
        let pss = self.way.is("pss-under-the-vendor-key") && alg == Some("PS256");
        if alg != Some("RS256") && !pss {
            return Err("alg_invalid");
        }
        if !kind_is_right(self.way, &token.header) {
            return Err("token_invalid");
        }
        let segments = self.segments(&token)?;
        let vendor = self.vendor(&segments)?;
        let id = self.id(&token).map(|id| format!("{} {id}", segments[0]));
        if let (true, Ok(id)) = (self.way.is("refused-spends"), &id) {
            self.spend(id, now).await?;
        }
        let pem = vendor["public_key"].as_str().unwrap_or_default();
        let algorithm = if pss { Algorithm::PS256 } else { Algorithm::RS256 };
        if !self.way.is("no-signature-check") && !token.verifies(Key::Pem(pem), algorithm) {
            return Err("token_signature_invalid");
        }
        let iat = self.issued(&token)?;
        let id = id?;
        if iat < now - 30.0 || iat > now + 30.0 {
            return Err("token_expired");
        }
        let exp = token.payload.get("exp").and_then(Node::number);
        if self.way.is("exp-decides") && exp.is_some_and(|exp| exp <= now) {
            return Err("token_expired");
        }
        self.account(&segments)?;
        match self.way.0 {
            "refused-spends" => Ok(()),
            "memory-of-spelling" => self.spend(text, iat).await,
            _ => self.spend(&id, iat).await,
        }
    }

    /// Partner, customer and perhaps a member; hex digits of escapes count in either case.
    fn segments(&self, token: &Token) -> Result<Vec<String>, Refused> {
        let fault = if self.way.is("other-codes-for-sub") { "member_invalid" } else { "vendor_missing" };
        let sub = token.payload.get("sub").and_then(Node::text).ok_or(fault)?;
        if self.way.is("ascii-ids") && (!sub.is_ascii() || sub.contains("%C") || sub.contains("%E")) {
            return Err("team_missing");
        }
        let all: Vec<String> = sub.split(':').map(|segment| self.same_escapes(segment)).collect();
        if all.len() > 3 || all.iter().any(String::is_empty) { Err(fault) } else { Ok(all) }
    }

    fn same_escapes(&self, segment: &str) -> String {
        if self.way.is("upper-case-escapes") {
            return segment.to_owned();
        }
        let mut hex = 0;
        let upper = |c: char| {
            hex = if c == '%' { 3_i32 } else { hex - 1 };
            if hex > 0 { c.to_ascii_uppercase() } else { c }
        };
        segment.chars().map(upper).collect()
    }

    fn row(&self, table: &str, id: &str) -> Option<&Value> {
        let same = |row: &&Value| row["id"].as_str().is_some_and(|own| self.same_escapes(own) == id);
        self.directory[table].as_array()?.iter().find(same)
    }

    fn vendor(&self, segments: &[String]) -> Result<&Value, Refused> {
        let vendor = self.row("vendors", &segments[0]).ok_or("vendor_missing")?;
        if vendor["has_admin"] == false {
            return Err("vendor_admin_missing");
        }
        if vendor["link_enabled"] == false {
            return Err("vendor_direct_team_link_disabled");
        }
        if vendor["public_key"].is_null() { Err("vendor_key_missing") } else { Ok(vendor) }
    }

    fn issued(&self, token: &Token) -> Result<f64, Refused> {
        let iat = token.payload.get("iat").ok_or("iat_missing")?;
        let whole = |iat: &Node| match self.way.0 {
            "iat-rounded" => true,
            "jti-and-iat-apart" => iat.number().is_some_and(|second| second.fract() == 0.0),
            _ => iat.is_plain_integer(),
        };
        iat.number().filter(|_| whole(iat)).ok_or("iat_invalid")
    }

    fn id(&self, token: &Token) -> Result<String, Refused> {
        match token.payload.get("jti") {
            None => Err("jti_missing"),
            Some(Node::Text(id)) => Ok(format!("text {id}")),
            Some(number) if number.is_plain_integer() => Ok(format!("{number:?}")),
            Some(Node::Object(_)) if self.way.is("crash-on-jti") => Err("crash"),
            Some(_) => Err("jti_invalid"),
        }
    }

    fn account(&self, segments: &[String]) -> Result<(), Refused> {
        let team = segments.get(1).and_then(|id| self.row("teams", id)).ok_or("team_missing")?;
        if team["vendor"] != segments[0].as_str() {
            return Err("team_missing");
        }
        let rows = [
            ("admin_account", true, "team_not_allowed"),
            ("older_than_setup", true, "team_direct_team_link_disabled"),
            ("confirmed", false, "team_unconfirmed"),
            ("saml_required", true, "team_saml_required"),
        ];
        if let Some((_, _, code)) = rows.iter().find(|(name, wrong, _)| team[*name] == *wrong) {
            return Err(code);
        }
        let Some(id) = segments.get(2) else { return Ok(()) };
        let member = self.row("members", id).ok_or("member_invalid")?;
        if member["owner"] == true || member["manager"] == true {
            return Err("framing");
        }
        if member["team"].is_null() {
            return Err("team_missing");
        }
        if member["team"] != team["id"] {
            return Err("framing");
        }
        if member["confirmed"] == true { Ok(()) } else { Err("member_unconfirmed") }
    }

    /// Uses an id up: looked up and stored in one step.
    async fn spend(&self, id: &str, iat: f64) -> Result<(), Refused> {
        let id = match self.way.0 {
            "ids-folded" => id.to_lowercase().split('\0').next().unwrap_or_default().to_owned(),
            "ids-cut-at-16" => id.chars().take(64 + 5 + 16).collect(),
            _ => id.to_owned(),
        };
        match self.way.0 {
            "race-of-20-ms" => {
                self.unused(&id)?;
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            "none-of-many-at-once" => return self.alone(id, iat).await,
            _ => {}
        }
        let mut memory = self.memory.lock().unwrap();
        if self.way.is("memory-of-the-window") {
            memory.used.retain(|(_, until)| *until >= iat - 60.0);
        }
        if memory.used.iter().any(|(own, _)| *own == id) && !self.way.is("race-of-20-ms") {
            return Err("jti_reused");
        }
        memory.used.push_back((id, iat + 31.0));
        if self.way.is("last-three-ids") && memory.used.len() > 3 {
            memory.used.pop_front();
        }
        Ok(())
    }

    fn unused(&self, id: &str) -> Result<(), Refused> {
        let used = self.memory.lock().unwrap().used.iter().any(|(own, _)| own == id);
        if used { Err("jti_reused") } else { Ok(()) }
    }

    /// Two that wait at once both give way.
    async fn alone(&self, id: String, iat: f64) -> Result<(), Refused> {
        self.unused(&id)?;
        self.memory.lock().unwrap().waiting.push(id.clone());
        tokio::time::sleep(Duration::from_millis(20)).await;
        let mut memory = self.memory.lock().unwrap();
        let many = memory.waiting.iter().filter(|own| **own == id).count() > 1;
        memory.used.push_back((id, iat + 31.0));
        if many { Err("jti_reused") } else { Ok(()) }
    }
}
