//! One exchange at a time, within limits, with nothing tidied, repeated or followed.

use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::header::{HeaderName, HeaderValue};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use url::{Position, Url};

use crate::target::{Rendered, Response};

/// Who asks.
const USER_AGENT: (&str, &str) = ("user-agent", concat!("claimproof/", env!("CARGO_PKG_VERSION")));

/// How much of a body is read before the connection is closed.
pub(crate) const MAX_BODY: usize = 256 * 1024;

/// A client that sends each request once, on a connection of its own, with the headers it is given
/// and no others: libraries above this one add an `Accept`, follow redirects and repeat requests.
#[derive(Clone, Debug)]
pub(crate) struct Wire {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    pub(crate) connector: HttpsConnector<HttpConnector>,
    base: Url,
    pub(crate) deadline: Duration,
}

impl Wire {
    pub(crate) fn new(base: &Url, deadline: Duration) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let connector =
            HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1().wrap_connector(tcp);
        let client = Client::builder(TokioExecutor::new())
            // A pooled connection may resend what it believes unwritten, and a jti is spent once.
            .pool_max_idle_per_host(0)
            .retry_canceled_requests(false)
            .build(connector.clone());
        Self { client, connector, base: base.clone(), deadline }
    }

    /// What paths of the target file follow.
    pub(crate) const fn base(&self) -> &Url {
        &self.base
    }

    /// Sends a request and reads its answer; the deadline covers the whole exchange.
    pub(crate) async fn send(&self, request: &Rendered) -> Result<Response, String> {
        self.send_to(&self.url(request), request).await
    }

    /// The same to another place: path and query are the URL's.
    pub(crate) async fn send_to(&self, url: &Url, request: &Rendered) -> Result<Response, String> {
        let sent = tokio::time::timeout(self.deadline, self.exchange(url, request)).await;
        sent.map_err(|_| format!("no whole answer within {} s", self.deadline.as_secs()))?
    }

    /// A request as HTTP/1.1 has it on a connection that stays open.
    pub(crate) fn bytes(&self, request: &Rendered) -> Vec<u8> {
        let url = self.url(request);
        let mut head = format!("{} {} HTTP/1.1\r\n", request.method, &url[Position::BeforePath..Position::AfterQuery]);
        let host = url[Position::BeforeHost..Position::AfterPort].to_owned();
        let length = request.body.len().to_string();
        let own = [("host", host.as_str()), USER_AGENT, ("content-length", &length)];
        // A length of nothing is left out, as the client of `send` does.
        let own = own.into_iter().filter(|(name, _)| *name != "content-length" || !request.body.is_empty());
        for (name, value) in own.chain(request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()))) {
            head.extend([name, ": ", value, "\r\n"]);
        }
        head.push_str("\r\n");
        [head.as_bytes(), request.body.as_bytes()].concat()
    }

    /// Where a request of the target file goes.
    pub(crate) fn url(&self, request: &Rendered) -> Url {
        let mut url = self.base.clone();
        let own = url.path().trim_end_matches('/').to_owned();
        url.set_path(&format!("{own}{}", request.path));
        if !request.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&request.query);
        }
        url
    }

    async fn exchange(&self, url: &Url, request: &Rendered) -> Result<Response, String> {
        let mut builder = hyper::Request::builder().method(request.method.as_str()).uri(url.as_str());
        let own = [USER_AGENT].into_iter();
        let given = request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in own.chain(given) {
            let value = HeaderValue::from_bytes(value.as_bytes())
                .map_err(|_| format!("the header {name} cannot carry this value over HTTP"))?;
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| format!("`{name}` is no header name"))?;
            builder = builder.header(name, value);
        }
        let message = builder.body(Full::from(request.body.clone())).map_err(|error| error.to_string())?;
        let answer = self.client.request(message).await.map_err(|error| reason(&error))?;
        let status = answer.status().as_u16();
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = answer.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        let mut incoming = answer.into_body();
        let mut body = Vec::new();
        while body.len() < MAX_BODY {
            let Some(frame) = incoming.frame().await else { break };
            if let Some(chunk) = frame.map_err(|error| reason(&error))?.data_ref() {
                body.extend_from_slice(&chunk[..chunk.len().min(MAX_BODY - body.len())]);
            }
        }
        Ok(Response { status, headers, body: String::from_utf8_lossy(&body).into_owned() })
    }

    /// Sends bytes as they are; `None` where the peer closes without an answer.
    pub(crate) async fn send_raw(&self, bytes: &[u8]) -> Result<Option<Response>, String> {
        let sent = tokio::time::timeout(self.deadline, self.exchange_raw(bytes)).await;
        sent.map_err(|_| format!("no answer to raw bytes within {} s", self.deadline.as_secs()))?
    }

    async fn exchange_raw(&self, bytes: &[u8]) -> Result<Option<Response>, String> {
        let host = self.base.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let port = self.base.port_or_known_default().unwrap_or(80);
        let mut stream = TcpStream::connect((host, port)).await.map_err(|error| error.to_string())?;
        stream.write_all(bytes).await.map_err(|error| error.to_string())?;
        let mut answer = Vec::new();
        let mut chunk = [0; 4096];
        while answer.len() < MAX_BODY {
            match stream.read(&mut chunk).await {
                // A reset after the bytes were taken is a closed connection too.
                Ok(0) | Err(_) => break,
                Ok(count) => answer.extend_from_slice(&chunk[..count]),
            }
            if whole(&answer) {
                break;
            }
        }
        Ok(parse(&String::from_utf8_lossy(&answer)))
    }
}

fn whole(answer: &[u8]) -> bool {
    let text = String::from_utf8_lossy(answer);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    length.is_some_and(|length| body.len() >= length)
}

fn parse(text: &str) -> Option<Response> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let header = |line: &str| line.split_once(':').map(|(name, value)| (name.to_owned(), value.trim().to_owned()));
    Some(Response { status, headers: lines.filter_map(header).collect(), body: body.to_owned() })
}

/// The innermost cause; it never holds the URL, which may carry a token.
pub(crate) fn reason(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
