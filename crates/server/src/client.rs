//! A client for token endpoints: each question once, on a connection of its own, followed nowhere.

use std::future::{pending, poll_fn};
use std::net::IpAddr;

use http::header::{HOST, USER_AGENT};
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use tower_service::Service;
use url::{Position, Url};

/// How much of an answer is read.
const MAX_ANSWER: usize = 256 * 1024;

/// Why a question has no answer; whoever asked learns no more than that it has none.
type Lost = Box<dyn std::error::Error + Send + Sync>;

/// Opens connections, over TLS where the URL says so.
pub(crate) struct Client(HttpsConnector<HttpConnector>);

impl Client {
    pub(crate) fn new() -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let tls = HttpsConnectorBuilder::new().with_webpki_roots().https_or_http();
        Self(tls.enable_http1().wrap_connector(tcp))
    }

    /// Posts a form: the status of the answer, and its body up to a bound.
    pub(crate) async fn post(
        &self,
        url: &Url,
        headers: &[(&str, &str)],
        form: String,
    ) -> Result<(u16, Vec<u8>), Lost> {
        let mut connector = self.0.clone();
        poll_fn(|context| connector.poll_ready(context)).await?;
        let stream = connector.call(url[..Position::AfterPort].parse()?).await?;
        let (mut sender, connection) = http1::handshake(stream).await?;
        let request = post(url, headers, form)?;
        let answered = async move { read(sender.send_request(request).await?).await };
        // A server may close behind its answer: what was read of it by then is still there.
        let driven = async move {
            let _ = connection.await;
            pending().await
        };
        tokio::select! { answer = answered => answer, answer = driven => answer }
    }
}

fn post(
    url: &Url,
    headers: &[(&str, &str)],
    form: String,
) -> Result<Request<Full<Bytes>>, http::Error> {
    let own = Request::post(&url[Position::BeforePath..Position::AfterQuery])
        .header(HOST, &url[Position::BeforeHost..Position::AfterPort])
        .header(USER_AGENT, concat!("claimproof/", env!("CARGO_PKG_VERSION")));
    let all = headers.iter().fold(own, |request, (name, value)| request.header(*name, *value));
    all.body(Full::from(form))
}

async fn read(mut answer: Response<Incoming>) -> Result<(u16, Vec<u8>), Lost> {
    let mut body = Vec::new();
    while let Some(frame) = answer.body_mut().frame().await {
        body.extend_from_slice(frame?.data_ref().map(AsRef::as_ref).unwrap_or_default());
        if body.len() >= MAX_ANSWER {
            body.truncate(MAX_ANSWER);
            break;
        }
    }
    Ok((answer.status().as_u16(), body))
}

/// Whether a URL leads to this machine alone.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}
