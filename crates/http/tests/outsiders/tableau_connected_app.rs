//! Connected apps, by document 003: REST sign-in, both embedding surfaces, the management methods.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::wire::{Answer, Handler, Request, Way};

mod judge;
mod manage;
mod origin;

/// The server.
struct Site {
    way: Way,
    /// Sites, apps and users, as management methods leave them.
    directory: Mutex<Value>,
    /// What the directory was before each change, and when it was that last.
    past: Mutex<Vec<(Instant, Value)>>,
    /// Secrets that were deleted, and when.
    deleted: Mutex<Vec<(Instant, Value)>>,
    /// Used ids, each with the last second at which it counts.
    used: Mutex<BTreeMap<String, f64>>,
    /// REST session to identifier of the site.
    sessions: Mutex<BTreeMap<String, String>>,
    issued: AtomicUsize,
}

/// Where a token is presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Surface {
    Rest,
    Xhr,
    Iframe,
}

/// What is presented.
struct Presented {
    surface: Surface,
    /// Content URL of the site.
    site: String,
    origin: Option<String>,
    token: Option<String>,
    now: f64,
}

/// A refusal: its code, and what else it shows.
struct Refused {
    code: i64,
    shown: Option<String>,
}

const fn refused(code: i64) -> Refused {
    Refused { code, shown: None }
}

/// The way whose management takes one token and whose apps are of one site each.
pub(super) const FIXED_TOKEN: &str = "fixed-token-app-per-site";

/// The token of that way.
pub(super) const TOKEN: &str = "a-fixed-management-token-0001";

pub(crate) fn handler(way: Way, directory: Value) -> Handler {
    let site = Arc::new(Site {
        way,
        directory: Mutex::new(directory),
        past: Mutex::default(),
        deleted: Mutex::default(),
        used: Mutex::default(),
        sessions: Mutex::default(),
        issued: AtomicUsize::new(0),
    });
    Arc::new(move |request| {
        let site = Arc::clone(&site);
        Box::pin(async move { site.answer(&request).await })
    })
}

/// The row of a table whose column has this value.
fn row<'d>(directory: &'d Value, table: &str, column: &str, value: &str) -> Option<&'d Value> {
    directory[table].as_array()?.iter().find(|row| row[column] == value)
}

/// An attribute of XML text, unescaped.
fn attribute(xml: &str, name: &str) -> Option<String> {
    let value = xml.split_once(&format!(" {name}=\""))?.1.split('"').next()?;
    quick_xml::escape::unescape(value).ok().map(|text| text.into_owned())
}

fn document(status: u16, inside: &str) -> Answer {
    let body = format!(
        "<?xml version='1.0' encoding='UTF-8'?><tsResponse xmlns=\"http://tableau.com/api\">{inside}</tsResponse>"
    );
    Answer::new(status, "application/xml", body)
}

/// An error of the REST API with the code of the table beside it.
fn error(status: u16, code: &str, fine: i64, shown: &str) -> Answer {
    let inside = format!(
        "<error code=\"{code}\"><summary>Error</summary><detail>{shown} ({fine})</detail></error>"
    );
    document(status, &inside).with("tableau_status_code", &fine.to_string())
}

impl Site {
    fn next(&self) -> String {
        format!("issued-{:08}-{}", self.issued.fetch_add(1, Ordering::SeqCst), "0".repeat(16))
    }

    /// The directory that tokens meet: in some ways the one of a while ago.
    fn shown(&self) -> Value {
        let late = match self.way.0 {
            "changes-after-2-s" => Duration::from_secs(2),
            "changes-after-300-ms" => Duration::from_millis(300),
            _ => Duration::ZERO,
        };
        // In this order, as whoever edits it.
        let directory = self.directory.lock().unwrap();
        let past = self.past.lock().unwrap();
        let still = past.iter().find(|(until, _)| until.elapsed() < late);
        still.map_or_else(|| directory.clone(), |(_, then)| then.clone())
    }

    async fn answer(&self, request: &Request) -> Answer {
        let segments = request.segments();
        match (request.method.as_str(), segments.as_slice()) {
            ("POST", ["api", _, "auth", "signin"]) => self.rest(request).await,
            (method, ["api", _, "sites", site, rest @ ..]) if self.way.is(FIXED_TOKEN) => {
                self.manage_by_token(request, method, site, rest)
            }
            (method, ["api", _, "sites", site, rest @ ..]) => {
                self.manage(request, method, site, rest)
            }
            ("OPTIONS", _) => cors(request, Answer::new(200, "text/plain", "")),
            ("POST", [.., "embed", "signin"]) => self.xhr(request).await,
            ("GET", [.., "embed", "target"]) => self.iframe(request).await,
            _ => Answer::new(404, "text/plain", "nothing here\n"),
        }
    }

    async fn rest(&self, request: &Request) -> Answer {
        let xml = String::from_utf8_lossy(&request.body).into_owned();
        let site = attribute(&xml, "contentUrl").unwrap_or_default();
        let presented =
            self.presented(Surface::Rest, site.clone(), attribute(&xml, "jwt"), request);
        match self.judge(&presented).await {
            Ok(()) => {
                let directory = self.directory.lock().unwrap();
                let luid = row(&directory, "sites", "content_url", &site)
                    .map_or("", |row| row["luid"].as_str().unwrap_or_default());
                let session = self.next();
                self.sessions.lock().unwrap().insert(session.clone(), luid.to_owned());
                document(
                    200,
                    &format!(
                        "<credentials token=\"{session}\"><site id=\"{luid}\" contentUrl=\"{site}\"/></credentials>"
                    ),
                )
            }
            Err(refused) if self.way.is("bare-refusal") => {
                let body = format!("<error>({})</error>", refused.code);
                Answer::new(403, "text/xml", body)
                    .with("tableau_status_code", &refused.code.to_string())
            }
            Err(refused) => error(401, "401001", refused.code, &refused.shown.unwrap_or_default()),
        }
    }

    async fn xhr(&self, request: &Request) -> Answer {
        let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
        let text = |name: &str| body[name].as_str().map(str::to_owned);
        let presented = self.presented(
            Surface::Xhr,
            text("siteName").unwrap_or_default(),
            text("jwt"),
            request,
        );
        match self.judge(&presented).await {
            Ok(()) => cors(request, Answer::json(200, &json!({ "result": {} })))
                .with("set-cookie", "session=1; Secure"),
            Err(refused) if self.way.is("refusal-without-cors") => embed_refused(&refused),
            Err(refused) => cors(request, embed_refused(&refused)),
        }
    }

    async fn iframe(&self, request: &Request) -> Answer {
        let target = request.parameter("target").unwrap_or_default();
        let site = target
            .strip_prefix("/t/")
            .and_then(|rest| rest.split('/').next())
            .unwrap_or_default()
            .to_owned();
        let presented = self.presented(Surface::Iframe, site, request.parameter("token"), request);
        match self.judge(&presented).await {
            Ok(()) => Answer::new(302, "text/plain", "")
                .with("location", &target)
                .with("set-cookie", "session=1; Secure"),
            Err(refused) => embed_refused(&refused),
        }
    }

    /// Whatever looks like a token in a header.
    fn elsewhere(&self, request: &Request) -> Option<String> {
        let mut words = request.headers.iter().flat_map(|(_, value)| value.split([' ', '=', ';']));
        let found = words.find(|word| word.matches('.').count() == 2 && word.len() > 100);
        found.filter(|_| self.way.is("token-in-a-header")).map(str::to_owned)
    }

    fn presented(
        &self,
        surface: Surface,
        site: String,
        token: Option<String>,
        request: &Request,
    ) -> Presented {
        let token = token.or_else(|| self.elsewhere(request));
        Presented {
            surface,
            site,
            origin: request.header("origin").map(str::to_owned),
            token,
            now: request.now(),
        }
    }
}

fn embed_refused(refused: &Refused) -> Answer {
    let mut error = json!({ "code": refused.code });
    if let Some(shown) = &refused.shown {
        error["detail"] = shown.as_str().into();
    }
    Answer::json(401, &json!({ "result": { "errors": [error] } }))
}

fn cors(request: &Request, answer: Answer) -> Answer {
    match request.header("origin") {
        Some(origin) => answer
            .with("access-control-allow-origin", origin)
            .with("access-control-allow-credentials", "true")
            .with("access-control-allow-headers", "Origin, X-Requested-With, Content-Type, Accept"),
        None => answer,
    }
}
