//! The reference server: one profile on one port of the loopback interface.

use std::borrow::Cow;
use std::cell::Cell;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use axum::body::Body;
pub use axum::body::Bytes;
pub use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, Request, Response, Uri};
use claimproof_cast::Cast;
use claimproof_reference::{AnyReference, CastError, Reference};
use claimproof_token::Scratch;
use claimproof_verifier::{Rejected, Rules};
use http_body_util::BodyExt;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use crate::clock;
use crate::reply::Reply;

mod posit_connect;
mod tableau_connected_app;
mod workato_api;
mod workato_direct_link;

const MAX_BODY: usize = 256 * 1024;
/// How much of a body beyond that is read and thrown away, so that its sender hears why.
const MAX_DRAINED: usize = 32 * 1024 * 1024;
const MAX_HEADER_BYTES: usize = 128 * 1024;
const MAX_CONNECTIONS: usize = 256;
const DEADLINE: Duration = Duration::from_secs(10);

/// An edit of replies, from outside: what a mutant of how codes travel is made of.
pub type ReplyEdit = Arc<dyn Fn(Reply) -> Reply + Send + Sync>;

/// Another token in the place of one that was sent, or none: what a mutant of how tokens are read is made of.
pub type TokenEdit = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;
/// An edit of requests, from outside, which have the address they came from among their extensions; it may bring an edit of the reply along. What a mutant of how tokens
/// travel, or of what is remembered of a request, is made of.
pub type Front = Arc<dyn Fn(&mut Parts, &mut Bytes) -> Option<ReplyEdit> + Send + Sync>;

/// What a server is made of.
pub struct Binding {
    /// Who is known, for the test routes.
    pub cast: Cast,
    /// What decides.
    pub reference: AnyReference,
    /// What is done to each reply; nothing by default.
    pub edit: Option<ReplyEdit>,
    /// What is done to each token before it is read; nothing by default.
    pub token: Option<TokenEdit>,
    /// What is done to each request; nothing by default.
    pub front: Option<Front>,
    /// How long an identity provider may take to answer a Connect server.
    pub provider_deadline: Duration,
    /// Whether a Connect server may ask the token endpoint of a provider on another machine.
    pub remote_providers: bool,
    /// Where callers reach the server, if not where it listens: a Connect server sends browsers there.
    pub public_address: Option<String>,
}

impl Binding {
    /// The reference over a cast.
    pub fn of(cast: Cast) -> Result<Self, CastError> {
        let reference = AnyReference::of(&cast)?;
        let provider_deadline = Duration::from_secs(5);
        Ok(Self {
            cast,
            reference,
            edit: None,
            token: None,
            front: None,
            provider_deadline,
            remote_providers: false,
            public_address: None,
        })
    }

    /// The same with little patience for providers: a run against our own on loopback need not wait
    /// long to see that one of them stalls.
    pub const fn impatient(mut self) -> Self {
        self.provider_deadline = Duration::from_millis(700);
        self
    }
}

/// Why no server was started.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The port is taken or not allowed.
    #[error(
        "cannot listen on 127.0.0.1:{port}: {error}; choose another --port, or 0 for a free one"
    )]
    Listen {
        /// The port asked for.
        port: u16,
        /// What the system says.
        error: std::io::Error,
    },
}

/// A server that listens until it is dropped.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    task: JoinHandle<()>,
}

impl Running {
    /// Its base URL.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Waits until it ends, which it does not by itself.
    pub async fn wait(mut self) {
        let _ = (&mut self.task).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Listens on the loopback interface; port 0 takes a free one.
pub async fn serve(binding: Binding, port: u16) -> Result<Running, ServeError> {
    let listen = |error| ServeError::Listen { port, error };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(listen)?;
    let address = listener.local_addr().map_err(listen)?;
    if let AnyReference::PositConnect(connect) = &binding.reference {
        connect.state().address =
            binding.public_address.clone().unwrap_or_else(|| format!("http://{address}"));
    }
    let state = Arc::new(State::new(binding, address));
    Ok(Running { address, task: tokio::spawn(accept(listener, state)) })
}

async fn accept(listener: TcpListener, state: Arc<State>) {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let Ok((stream, peer)) = listener.accept().await else { continue };
        let _ = stream.set_nodelay(true);
        let state = Arc::clone(&state);
        tokio::spawn(async move {
            let service = service_fn(move |mut request: Request<hyper::body::Incoming>| {
                request.extensions_mut().insert(peer);
                answer(Arc::clone(&state), request)
            });
            let _ = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(DEADLINE)
                .max_buf_size(MAX_HEADER_BYTES)
                .serve_connection(TokioIo::new(stream), service)
                .await;
            drop(place);
        });
    }
}

/// A request read whole.
struct Call {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
    now: i64,
    token: Option<TokenEdit>,
}

thread_local! {
    /// One for each thread, so that its buffers and the headers it knows are kept.
    static SCRATCH: Cell<Scratch> = Cell::default();
}

impl Call {
    /// The answer to what the reference says of a request.
    fn present<R: Rules>(
        &self,
        reference: &Reference<R>,
        request: R::Request<'_>,
        answer: impl FnOnce(Result<R::Grant<'_>, Rejected<R::Violation>>) -> Reply,
    ) -> Reply {
        let mut scratch = SCRATCH.take();
        let reply =
            answer(reference.present(&reference.accounts(), request, &mut scratch, self.now()));
        SCRATCH.set(scratch);
        reply
    }

    /// The token to be read in the place of the one that was sent: the same, but for a mutant.
    fn token<'t>(&self, sent: &'t str) -> Cow<'t, str> {
        let edited = self.token.as_ref().and_then(|edit| edit(sent));
        edited.map_or(Cow::Borrowed(sent), Cow::Owned)
    }

    /// A header as text; `None` where it is absent or no text.
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| std::str::from_utf8(value.as_bytes()).ok())
    }

    /// The values of all `Authorization` headers; one that is no text counts as an empty one.
    fn authorization(&self) -> Vec<String> {
        let all = self.headers.get_all("authorization").iter();
        all.map(|value| value.to_str().unwrap_or_default().to_owned()).collect()
    }

    /// The path's segments, double slashes collapsed.
    fn segments(&self) -> Vec<&str> {
        self.uri.path().split('/').filter(|segment| !segment.is_empty()).collect()
    }

    fn query(&self) -> Vec<(String, String)> {
        let query = self.uri.query().unwrap_or_default().as_bytes();
        url::form_urlencoded::parse(query).into_owned().collect()
    }

    const fn now(&self) -> i64 {
        self.now
    }
}

/// A body read to its end; `None` where it is too large or breaks off.
async fn whole(mut body: hyper::body::Incoming) -> Option<Bytes> {
    let (mut kept, mut length) = (Vec::new(), 0_usize);
    while let Some(frame) = body.frame().await {
        let frame = frame.ok()?;
        let chunk = frame.data_ref().map(AsRef::as_ref).unwrap_or_default();
        length = length.saturating_add(chunk.len());
        if length <= MAX_BODY {
            kept.extend_from_slice(chunk);
        } else if MAX_DRAINED < length {
            return None;
        }
    }
    (length <= MAX_BODY).then(|| kept.into())
}

async fn answer(
    state: Arc<State>,
    request: Request<hyper::body::Incoming>,
) -> Result<Response<Body>, std::convert::Infallible> {
    let (mut parts, body) = request.into_parts();
    let body = tokio::time::timeout(DEADLINE, whole(body)).await;
    let mut of_this_one = None;
    let reply = match body {
        Ok(Some(mut body)) => {
            of_this_one =
                state.binding.front.as_ref().and_then(|front| front(&mut parts, &mut body));
            let now = state.now(&parts.headers);
            let token = state.binding.token.clone();
            let call = Call {
                method: parts.method,
                uri: parts.uri,
                headers: parts.headers,
                body,
                now,
                token,
            };
            state.route(&call).await
        }
        Ok(None) => state.unread(
            &parts.headers,
            parts.uri.path(),
            413,
            "the body is too large or broke off\n",
        ),
        Err(_) => {
            state.unread(&parts.headers, parts.uri.path(), 408, "the body did not arrive in time\n")
        }
    };
    let edits = state.binding.edit.iter().chain(&of_this_one);
    let reply = edits.fold(reply, |reply, edit| edit(reply));
    let mut response = reply.into_response();
    if let Some(date) = state.moved().and_then(clock::date) {
        response.headers_mut().insert(axum::http::header::DATE, date);
    }
    Ok(response)
}

/// What a server remembers.
struct State {
    binding: Binding,
    address: SocketAddr,
    sessions: tableau_connected_app::Sessions,
    viewers: posit_connect::Viewers,
    desk: posit_connect::Desk,
    issued: AtomicU64,
    /// The furthest second a request has set the clock to.
    furthest: AtomicI64,
}

impl State {
    fn new(binding: Binding, address: SocketAddr) -> Self {
        Self {
            binding,
            address,
            sessions: tableau_connected_app::Sessions::default(),
            viewers: posit_connect::Viewers::default(),
            desk: posit_connect::Desk::default(),
            issued: AtomicU64::new(0),
            furthest: AtomicI64::new(i64::MIN),
        }
    }

    /// What the request says the time is; else the system's, but never before what was set already.
    fn now(&self, headers: &HeaderMap) -> i64 {
        if let Some(set) = clock::set(headers) {
            self.furthest.fetch_max(set, Ordering::SeqCst);
            return set;
        }
        self.moved().unwrap_or_else(clock::system)
    }

    /// Where the clock stands if it was moved ahead of the system's. `Date` tells it, so that the
    /// next run starts there: the store vouches for nothing before.
    fn moved(&self) -> Option<i64> {
        let furthest = self.furthest.load(Ordering::SeqCst);
        (furthest > clock::system()).then_some(furthest)
    }

    async fn route(self: &Arc<Self>, call: &Call) -> Reply {
        if call.segments() == ["claimproof", "store"] {
            return self.switch_store(call);
        }
        match &self.binding.reference {
            AnyReference::WorkatoDirectLink(reference) => {
                workato_direct_link::route(self, reference, call)
            }
            AnyReference::WorkatoApi(reference) => workato_api::route(reference, call),
            AnyReference::TableauConnectedApp(reference) => {
                tableau_connected_app::route(self, reference, call)
            }
            AnyReference::PositConnect(connect) => posit_connect::route(self, connect, call).await,
        }
    }

    /// What a request is answered whose body did not come whole.
    fn unread(&self, headers: &HeaderMap, path: &str, status: u16, why: &str) -> Reply {
        match &self.binding.reference {
            AnyReference::PositConnect(_) => posit_connect::unread(headers, path),
            AnyReference::WorkatoDirectLink(_)
            | AnyReference::WorkatoApi(_)
            | AnyReference::TableauConnectedApp(_) => {
                Reply::new(status, "text/plain", why.to_owned())
            }
        }
    }

    /// A fixture of ours: `POST /claimproof/store` with `up` or `down`.
    fn switch_store(&self, call: &Call) -> Reply {
        let up = match call.body.as_ref() {
            b"up" => true,
            b"down" => false,
            _ => return Reply::new(400, "text/plain", "the body is `up` or `down`\n".to_owned()),
        };
        let Some(switch) = self.binding.reference.store_up() else {
            return Reply::new(404, "text/plain", "this server has no store\n".to_owned());
        };
        switch.store(up, Ordering::SeqCst);
        Reply::new(200, "text/plain", String::new())
    }

    /// A session id for tests: unguessable enough for a loopback server of public test keys.
    fn session(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(self.address.to_string());
        hash.update(clock::system().to_be_bytes());
        hash.update(self.issued.fetch_add(1, Ordering::SeqCst).to_be_bytes());
        hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}
