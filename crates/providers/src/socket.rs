//! The socket: requests read whole, handed to the provider of their tag, and answered as it says.

use std::sync::Arc;
use std::time::Duration;

use claimproof_idp::{Call, Failure, Provider, Reaction};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{HeaderMap, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, Uri};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use url::form_urlencoded;

use crate::ByTag;

/// A form of more bytes is no form any client sends.
const LONGEST_FORM: usize = 64 * 1024;

/// So much is read all the same, so that its sender hears why it is refused.
const LONGEST_BODY: usize = 1024 * 1024;

/// Within the deadline of any client, and long enough for others to come meanwhile.
const LATE: Duration = Duration::from_millis(250);

/// Longer than the deadline of any client; whoever waits for it hangs up first.
const STALL: Duration = Duration::from_secs(120);

/// Takes connections until it is dropped, and those it took with it.
pub(crate) async fn accept(listener: TcpListener, by_tag: Arc<ByTag>) {
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let _ = stream.set_nodelay(true);
        let by_tag = Arc::clone(&by_tag);
        let service = service_fn(move |request| answer(Arc::clone(&by_tag), request));
        connections.spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
        while connections.try_join_next().is_some() {}
    }
}

/// The provider hangs up.
#[derive(Debug, thiserror::Error)]
#[error("the provider hangs up")]
struct HangsUp;

async fn answer(
    by_tag: Arc<ByTag>,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, HangsUp> {
    let (head, body) = request.into_parts();
    let body = Limited::new(body, LONGEST_BODY).collect().await.map(|body| body.to_bytes());
    let asked = Asked { method: &head.method, uri: &head.uri, headers: &head.headers };
    let (reaction, is_late) = match body {
        Ok(body) if body.len() <= LONGEST_FORM => asked.of(&by_tag, &body),
        Ok(_) | Err(_) => (status(413), false),
    };
    if is_late {
        tokio::time::sleep(LATE).await;
    }
    response(reaction).await
}

/// Nothing where the connection is closed.
async fn response(reaction: Reaction) -> Result<Response<Full<Bytes>>, HangsUp> {
    let (status, headers, body) = match reaction {
        Reaction::Http { status, headers, body } => (status, headers, body),
        Reaction::Stalls => {
            tokio::time::sleep(STALL).await;
            (504, Vec::new(), String::new())
        }
        Reaction::Closes => return Err(HangsUp),
    };
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response = response.header(name, value);
        }
    }
    response.body(Full::from(body)).map_err(|_| HangsUp)
}

/// The head of a request.
struct Asked<'r> {
    method: &'r Method,
    uri: &'r Uri,
    headers: &'r HeaderMap,
}

impl Asked<'_> {
    /// What is answered, and whether late.
    fn of(&self, by_tag: &ByTag, body: &[u8]) -> (Reaction, bool) {
        let mut all = by_tag.lock();
        let found = self.place().and_then(|(tag, what)| Some((all.get_mut(tag)?, what)));
        let Some((provider, what)) = found else { return (status(404), false) };
        let is_late = what == "token" && matches!(provider.knobs.fault, Some((_, Failure::Late)));
        (self.by(provider, what, body), is_late)
    }

    fn by(&self, provider: &mut Provider, what: &str, body: &[u8]) -> Reaction {
        match (what, self.method) {
            ("authorize", &Method::GET) => {
                provider.authorize(&self.call(self.uri.query().unwrap_or("").as_bytes()))
            }
            ("token", &Method::POST) => {
                provider.token(&self.call(if self.is_form() { body } else { &[] }))
            }
            ("resource", &Method::GET) => provider.resource(self.bearer()),
            ("authorize" | "token" | "resource", _) => status(405),
            _ => status(404),
        }
    }

    /// The two segments of the path.
    fn place(&self) -> Option<(&str, &str)> {
        self.uri.path().strip_prefix('/')?.split_once('/')
    }

    fn call(&self, coded: &[u8]) -> Call {
        let own = |name| self.header(name).map(str::to_owned);
        Call {
            parameters: form_urlencoded::parse(coded).into_owned().collect(),
            authorization: own("authorization"),
            accept: own("accept"),
        }
    }

    /// Whether the body says that it is a form; no client is helped out by guessing.
    fn is_form(&self) -> bool {
        let kind = self.header("content-type").and_then(|kind| kind.split(';').next());
        kind.is_some_and(|kind| {
            kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")
        })
    }

    fn bearer(&self) -> Option<&str> {
        let (scheme, token) = self.header("authorization")?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(token)
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

const fn status(status: u16) -> Reaction {
    Reaction::Http { status, headers: Vec::new(), body: String::new() }
}
