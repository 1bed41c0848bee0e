//! The identity providers of a run on one socket: each case has its own, told apart by a tag in
//! the path.
//!
//! `/{tag}/authorize`, `/{tag}/token` and `/{tag}/resource` belong to the provider of that tag.
//! What they answer is decided in `claimproof_idp`; here it gets a socket.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{Error, ErrorKind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use claimproof_idp::{Call, Failure, Provider, Reaction};
use url::{Url, form_urlencoded};
use wiremock::http::{HeaderValue, Method};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

/// A form of more bytes is no form any client sends.
const LONGEST_FORM: usize = 64 * 1024;

/// Within the deadline of any client, and long enough for others to come meanwhile.
const LATE: Duration = Duration::from_millis(250);

/// Longer than the deadline of any client; whoever waits for it hangs up first.
const STALL: Duration = Duration::from_secs(120);

/// The providers of a run.
pub struct Providers {
    server: MockServer,
    base: Url,
    by_tag: Arc<ByTag>,
}

#[derive(Default)]
struct ByTag {
    all: Mutex<BTreeMap<String, Provider>>,
    /// What the request at hand is answered; nothing where the connection is closed. The library has
    /// one request looked at and answered before the next.
    due: Mutex<Option<ResponseTemplate>>,
}

impl fmt::Debug for Providers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Providers at {}", self.server.address())
    }
}

impl Providers {
    /// Listens on a free port of the loopback interface; nobody is there yet.
    ///
    /// It is shut down when dropped. Requests are not recorded: each provider has its journal.
    pub async fn start() -> Self {
        let server = MockServer::builder().disable_request_recording().start().await;
        let by_tag = Arc::new(ByTag::default());
        let (deciding, answering) = (Arc::clone(&by_tag), Arc::clone(&by_tag));
        let hangs_up =
            |_: &Request| Error::new(ErrorKind::ConnectionReset, "the provider hangs up");
        let closes = Mock::given(move |request: &Request| deciding.closes(request));
        closes.respond_with_err(hangs_up).with_priority(1).mount(&server).await;
        let answers = Mock::given(any()).respond_with(move |_: &Request| answering.due());
        answers.mount(&server).await;
        let mut base =
            Url::parse("http://127.0.0.1/").unwrap_or_else(|_| unreachable!("a constant"));
        // An address with a port: neither can fail on an http URL.
        let _ = base.set_port(Some(server.address().port()));
        Self { server, base, by_tag }
    }

    /// Puts a provider there, in place of any other of that tag.
    pub fn add(&self, tag: &str, provider: Provider) {
        self.by_tag.lock().insert(tag.to_owned(), provider);
    }

    /// Changes a provider or looks at it; `None` where nobody has that tag.
    pub fn with<T>(&self, tag: &str, f: impl FnOnce(&mut Provider) -> T) -> Option<T> {
        self.by_tag.lock().get_mut(tag).map(f)
    }

    /// Takes a provider away with all it remembers.
    pub fn remove(&self, tag: &str) {
        self.by_tag.lock().remove(tag);
    }

    /// Where they listen.
    pub const fn base(&self) -> &Url {
        &self.base
    }

    /// The authorization page of a provider.
    pub fn authorize_url(&self, tag: &str) -> String {
        self.place(tag, "authorize")
    }

    /// The token endpoint of a provider.
    pub fn token_url(&self, tag: &str) -> String {
        self.place(tag, "token")
    }

    /// The resource that takes a provider's access tokens.
    pub fn resource_url(&self, tag: &str) -> String {
        self.place(tag, "resource")
    }

    fn place(&self, tag: &str, what: &str) -> String {
        format!("{}{tag}/{what}", self.base)
    }
}

impl ByTag {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Provider>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Decides what a request is answered; whether that is nothing.
    fn closes(&self, request: &Request) -> bool {
        let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        *due = self.answer(request);
        due.is_none()
    }

    /// What was decided.
    fn due(&self) -> ResponseTemplate {
        let due = self.due.lock().unwrap_or_else(PoisonError::into_inner).take();
        due.unwrap_or_else(|| ResponseTemplate::new(503))
    }

    fn answer(&self, request: &Request) -> Option<ResponseTemplate> {
        let mut all = self.lock();
        let found = place(request).and_then(|(tag, what)| Some((all.get_mut(tag)?, what)));
        let Some((provider, what)) = found else { return template(status(404)) };
        let is_late = what == "token" && matches!(provider.knobs.fault, Some((_, Failure::Late)));
        let answer = template(ask(provider, what, request))?;
        Some(if is_late { answer.set_delay(LATE) } else { answer })
    }
}

/// The two segments of a path.
fn place(request: &Request) -> Option<(&str, &str)> {
    request.url.path().strip_prefix('/')?.split_once('/')
}

fn ask(provider: &mut Provider, what: &str, request: &Request) -> Reaction {
    if request.body.len() > LONGEST_FORM {
        return status(413);
    }
    match (what, &request.method) {
        ("authorize", &Method::GET) => {
            provider.authorize(&call(request, request.url.query().unwrap_or("").as_bytes()))
        }
        ("token", &Method::POST) => provider.token(&call(request, form(request))),
        ("resource", &Method::GET) => provider.resource(bearer(request)),
        ("authorize" | "token" | "resource", _) => status(405),
        _ => status(404),
    }
}

fn call(request: &Request, coded: &[u8]) -> Call {
    let own = |name| header(request, name).map(str::to_owned);
    Call {
        parameters: form_urlencoded::parse(coded).into_owned().collect(),
        authorization: own("authorization"),
        accept: own("accept"),
    }
}

/// The body where it says that it is a form; no client is helped out by guessing.
fn form(request: &Request) -> &[u8] {
    let kind =
        header(request, "content-type").and_then(|kind| kind.split(';').next()).unwrap_or_default();
    if kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        &request.body
    } else {
        &[]
    }
}

fn bearer(request: &Request) -> Option<&str> {
    let (scheme, token) = header(request, "authorization")?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}

fn header<'r>(request: &'r Request, name: &str) -> Option<&'r str> {
    request.headers.get(name)?.to_str().ok()
}

const fn status(status: u16) -> Reaction {
    Reaction::Http { status, headers: Vec::new(), body: String::new() }
}

/// Nothing where the connection is closed.
fn template(reply: Reaction) -> Option<ResponseTemplate> {
    let (status, headers, body) = match reply {
        Reaction::Http { status, headers, body } => (status, headers, body),
        Reaction::Stalls => return Some(ResponseTemplate::new(504).set_delay(STALL)),
        Reaction::Closes => return None,
    };
    let kind =
        headers.iter().find(|(name, _)| *name == "content-type").map(|(_, value)| value.clone());
    let mut template = ResponseTemplate::new(status);
    for (name, value) in headers.iter().filter(|(name, _)| *name != "content-type") {
        if let Ok(value) = HeaderValue::from_str(value) {
            template = template.append_header(*name, value);
        }
    }
    // The library puts a content type of its own beside any that is set as a header.
    Some(match kind {
        Some(kind) => template.set_body_raw(body, &kind),
        None => template,
    })
}
