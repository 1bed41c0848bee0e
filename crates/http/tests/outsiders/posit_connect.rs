//! A Connect server: the API, viewers' logins at providers, the exchange.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex, MutexGuard};

use serde_json::{Map, Value, json};

use super::wire::{Answer, CLOCK, Handler, Request, Way};

mod api;
mod exchange;
mod login;
mod provider;

/// The server.
struct Connect {
    way: Way,
    url: String,
    /// Users and contents.
    directory: Value,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Cookie to GUID of a viewer.
    cookies: BTreeMap<String, String>,
    integrations: BTreeMap<String, Map<String, Value>>,
    /// Content to its integrations.
    associations: BTreeMap<String, Vec<String>>,
    /// By `state`.
    logins: BTreeMap<String, Login>,
    sessions: Vec<Session>,
    /// By token.
    subjects: BTreeMap<String, Subject>,
    /// The second its clock was set to, and the system's then.
    clock: Option<(f64, f64)>,
    /// Fields hidden in forms that were shown.
    hidden: Vec<String>,
    /// One refresh at a time, by session.
    turns: BTreeMap<String, Arc<tokio::sync::Mutex<()>>>,
}

#[derive(Clone)]
struct Login {
    viewer: String,
    integration: String,
    verifier: String,
    back: Option<String>,
    used: bool,
}

#[derive(Clone)]
struct Session {
    guid: String,
    user: String,
    integration: String,
    access: String,
    refresh: String,
    /// When the access token ends; unknown where the provider did not say.
    until: Option<f64>,
}

#[derive(Clone)]
struct Subject {
    viewer: String,
    content: String,
    until: f64,
}

/// An error: HTTP status, number, text.
struct Failed(u16, i64, String);

fn failed<T>(status: u16, number: i64, text: &str) -> Result<T, Failed> {
    Err(Failed(status, number, text.to_owned()))
}

pub(crate) fn handler(way: Way, url: &str, directory: Value) -> Handler {
    let connect =
        Arc::new(Connect { way, url: url.to_owned(), directory, state: Mutex::default() });
    Arc::new(move |request| {
        let connect = Arc::clone(&connect);
        Box::pin(async move { connect.answer(&connect.at_its_time(request)).await })
    })
}

/// The way with a clock of its own and a login in steps.
pub(super) const OWN_CLOCK: &str = "clock-for-all-login-in-steps";

/// Letters and digits nobody can guess.
fn random() -> String {
    let mut bytes = [0; 24];
    getrandom::fill(&mut bytes).unwrap();
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

impl Connect {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// In one way the clock is what a request made it, for all requests behind it, and it goes on
    /// from there.
    fn at_its_time(&self, mut request: Request) -> Request {
        if self.way.is(OWN_CLOCK) {
            request.headers.retain(|(name, _)| name != CLOCK);
            if let Some((set, then)) = self.state().clock {
                let now = set + request.now() - then;
                request.headers.push((CLOCK.to_owned(), now.to_string()));
            }
        }
        request
    }

    fn set_clock(&self, request: &Request) -> Answer {
        let system = Request::default().now();
        let second = String::from_utf8_lossy(&request.body).trim().parse().ok();
        self.state().clock = second.map(|second| (second, system));
        Answer::new(204, "text/plain", "")
    }

    async fn answer(&self, request: &Request) -> Answer {
        let segments = request.segments();
        if self.way.is(OWN_CLOCK) && segments == ["lab", "clock"] {
            return self.set_clock(request);
        }
        let answer = match (request.method.as_str(), segments.as_slice()) {
            ("POST", ["__api__", "v1", "oauth", "integrations", "credentials"]) => {
                self.exchange(request).await.unwrap_or_else(|failed| self.envelope(&failed))
            }
            (_, ["__api__", "v1", rest @ ..]) => {
                self.administer(request, rest).unwrap_or_else(|failed| self.envelope(&failed))
            }
            _ => self
                .browse(request, &segments)
                .await
                .unwrap_or_else(|failed| self.page(failed.0, &failed.2)),
        };
        match request.header("x-correlation-id") {
            Some(id) if !self.way.is("no-correlation") => answer.with("x-correlation-id", id),
            _ => answer,
        }
    }

    fn envelope(&self, Failed(status, number, text): &Failed) -> Answer {
        let (number, text) = match (self.way.0, number) {
            ("no-session-number-of-its-own", 220) => (230, text.clone()),
            ("sentence-reworded", 212 | 215 | 220) => {
                (*number, format!("Sorry: {}", text.to_lowercase()))
            }
            _ => (*number, text.clone()),
        };
        Answer::json(*status, &json!({ "code": number, "error": text, "payload": null }))
    }

    fn page(&self, status: u16, text: &str) -> Answer {
        if self.way.is("callback-in-json") {
            return Answer::json(status, &json!({ "message": text }));
        }
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        Answer::new(
            status,
            "text/html; charset=utf-8",
            format!("<!doctype html><title>Connect</title><p>{text}</p>"),
        )
    }

    /// The user who has this in this column.
    fn user(&self, column: &str, value: &str) -> Option<&Value> {
        self.directory["users"].as_array()?.iter().find(|user| user[column] == value)
    }

    fn owner(&self, content: &str) -> Option<&str> {
        let rows = self.directory["contents"].as_array()?;
        rows.iter().find(|row| row["guid"] == content)?["owner"].as_str()
    }

    /// Whose API key the request carries: `Authorization: Key KEY`.
    fn caller(&self, request: &Request) -> Option<&Value> {
        let mut all = request.all("authorization");
        let (scheme, key) = all.next()?.split_once(' ')?;
        let known = scheme.eq_ignore_ascii_case("key") && all.next().is_none();
        self.user("api_key", key.trim_start()).filter(|_| known)
    }

    /// GUID of the viewer whose cookie the request carries.
    fn viewer(&self, request: &Request) -> Option<String> {
        let pairs = request.all("cookie").flat_map(|line| line.split(';'));
        let cookie = pairs
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == "connect")?
            .1;
        self.state().cookies.get(cookie).cloned()
    }
}
