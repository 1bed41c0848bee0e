//! One exchange at a time, within limits, with nothing tidied, repeated or followed.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use url::Url;

use crate::target::{Rendered, Response};

/// How much of a body is read before the connection is closed.
const MAX_BODY: usize = 256 * 1024;

/// A client that sends each request once, on a connection of its own.
#[derive(Clone, Debug)]
pub(crate) struct Wire {
    client: reqwest::Client,
    base: Url,
    deadline: Duration,
}

impl Wire {
    pub(crate) fn new(base: &Url, deadline: Duration) -> Result<Self, String> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .http1_only()
            // A pooled connection may resend what it believes unwritten, and a jti is spent once.
            .pool_max_idle_per_host(0)
            .timeout(deadline)
            .user_agent(concat!("claimproof/", env!("CARGO_PKG_VERSION")))
            .build();
        let client = client.map_err(|error| format!("no HTTP client: {error}"))?;
        Ok(Self { client, base: base.clone(), deadline })
    }

    /// Sends a request and reads its answer; the deadline covers the whole exchange.
    pub(crate) async fn send(&self, request: &Rendered) -> Result<Response, String> {
        let sent = tokio::time::timeout(self.deadline, self.exchange(request)).await;
        sent.map_err(|_| format!("no whole answer within {} s", self.deadline.as_secs()))?
    }

    fn url(&self, request: &Rendered) -> Url {
        let mut url = self.base.clone();
        let own = url.path().trim_end_matches('/').to_owned();
        url.set_path(&format!("{own}{}", request.path));
        if !request.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&request.query);
        }
        url
    }

    async fn exchange(&self, request: &Rendered) -> Result<Response, String> {
        let method = reqwest::Method::from_bytes(request.method.as_bytes()).map_err(|error| error.to_string())?;
        let mut builder = self.client.request(method, self.url(request));
        for (name, value) in &request.headers {
            let value = reqwest::header::HeaderValue::from_bytes(value.as_bytes())
                .map_err(|_| format!("the header {name} cannot carry this value over HTTP"))?;
            builder = builder.header(name.as_str(), value);
        }
        if !request.body.is_empty() {
            builder = builder.body(request.body.clone());
        }
        let mut answer = builder.send().await.map_err(|error| reason(&error))?;
        let status = answer.status().as_u16();
        let text = |value: &reqwest::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = answer.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        let mut body = Vec::new();
        while body.len() < MAX_BODY {
            match answer.chunk().await.map_err(|error| reason(&error))? {
                Some(chunk) => body.extend_from_slice(&chunk[..chunk.len().min(MAX_BODY - body.len())]),
                None => break,
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

/// The innermost cause, without the URL, which may hold a token.
fn reason(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    if error.is_timeout() { "the request timed out".to_owned() } else { cause.to_string() }
}
