//! One exchange at a time, within limits, with nothing tidied, repeated or followed.

use std::sync::Arc;
use std::time::{Duration, Instant};

use hyper::header::{HeaderName, HeaderValue};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use url::{Position, Url};

use crate::connection::Connection;
use crate::target::{Rendered, Response, Target};
use crate::unanswered::Unanswered;
use pace::Pace;
pub(crate) use silence::Silence;

pub(crate) use tls::SelfSigned;
pub(crate) use tls::TlsFault;
pub(crate) use way::Way;

mod certificate;
mod pace;
mod silence;
mod tls;
mod way;

/// Who asks.
pub(crate) const USER_AGENT: (&str, &str) =
    ("user-agent", concat!("claimproof/", env!("CARGO_PKG_VERSION")));

/// A client that sends each request once, on a connection of its own, with the headers it is given
/// and no others: libraries add an `Accept`, follow redirects, repeat requests, and lose an answer
/// that comes while they still write.
#[derive(Clone, Debug)]
pub(crate) struct Wire {
    pub(crate) connector: HttpsConnector<Way>,
    base: Url,
    pub(crate) deadline: Duration,
    /// When a request may leave. Who waits for that is not late.
    pub(crate) pace: Arc<Pace>,
    /// What was heard of the target of late.
    pub(crate) silence: Arc<Silence>,
}

impl Wire {
    /// To a target as its file says it is reached.
    pub(crate) fn new(base: &Url, deadline: Duration, target: &Target) -> Result<Self, TlsFault> {
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls::config(&target.tls)?)
            .https_or_http()
            .enable_http1()
            .wrap_connector(Way::through(target.tls.proxy.as_deref()));
        let (pace, silence) = (Arc::new(Pace::of(target.rate)), Arc::default());
        Ok(Self { connector, base: base.clone(), deadline, pace, silence })
    }

    /// What paths of the target file follow.
    pub(crate) const fn base(&self) -> &Url {
        &self.base
    }

    /// That something did not come within the deadline.
    pub(crate) fn late(&self, what: &'static str) -> Unanswered {
        Unanswered::Late { what, seconds: self.deadline.as_secs() }
    }

    /// Sends a request and reads its answer; the deadline covers the whole exchange.
    pub(crate) async fn send(&self, request: &Rendered) -> Result<Response, Unanswered> {
        self.send_to(&self.url(request), request).await
    }

    /// The same to another place: path and query are the URL's.
    pub(crate) async fn send_to(
        &self,
        url: &Url,
        request: &Rendered,
    ) -> Result<Response, Unanswered> {
        self.pace.turn(1).await;
        let begun = Instant::now();
        let sent = tokio::time::timeout(self.deadline, self.exchange(url, request)).await;
        let answer = sent.unwrap_or_else(|_| Err(self.late("whole answer")));
        self.silence.note(&answer);
        answer.map(|response| Response { took: begun.elapsed(), ..response })
    }

    /// A request as HTTP/1.1 has it on a connection that stays open.
    pub(crate) fn bytes(&self, request: &Rendered) -> Vec<u8> {
        Self::bytes_to(&self.url(request), request)
    }

    fn bytes_to(url: &Url, request: &Rendered) -> Vec<u8> {
        let mut head = format!(
            "{} {} HTTP/1.1\r\n",
            request.method,
            &url[Position::BeforePath..Position::AfterQuery]
        );
        let host = url[Position::BeforeHost..Position::AfterPort].to_owned();
        let length = request.body.len().to_string();
        let own = [("host", host.as_str()), USER_AGENT, ("content-length", &length)];
        let given =
            |name: &str| request.headers.iter().any(|(own, _)| own.eq_ignore_ascii_case(name));
        // A length of nothing is left out, and what the request says itself outranks ours.
        let own = own
            .into_iter()
            .filter(|(name, _)| *name != "content-length" || !request.body.is_empty());
        let own = own.filter(|(name, _)| !given(name));
        for (name, value) in
            own.chain(request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())))
        {
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

    async fn exchange(&self, url: &Url, request: &Rendered) -> Result<Response, Unanswered> {
        request.headers.iter().try_for_each(|(name, value)| carried(name, value))?;
        let mut connection = Connection::to(self.connector.clone(), url).await?;
        connection.exchange(&Self::bytes_to(url, request)).await
    }

    /// Sends bytes as they are; `None` where the peer closes without an answer. What it answers and
    /// is no HTTP is an error, and no refusal: nobody can say what it means.
    pub(crate) async fn send_raw(&self, bytes: &[u8]) -> Result<Option<Response>, Unanswered> {
        self.pace.turn(1).await;
        let sent = tokio::time::timeout(self.deadline, self.exchange_raw(bytes)).await;
        let answer = sent.unwrap_or_else(|_| Err(self.late("answer to raw bytes")));
        self.silence.note(&answer);
        answer
    }

    async fn exchange_raw(&self, bytes: &[u8]) -> Result<Option<Response>, Unanswered> {
        Connection::to(self.connector.clone(), &self.base).await?.send(bytes).await
    }
}

/// Whether HTTP can carry this header; a line end in it would be a second one.
pub(crate) fn carried(name: &str, value: &str) -> Result<(), Unanswered> {
    HeaderName::from_bytes(name.as_bytes()).map_err(|_| Unanswered::HeaderName(name.to_owned()))?;
    HeaderValue::from_bytes(value.as_bytes())
        .map(drop)
        .map_err(|_| Unanswered::HeaderValue(name.to_owned()))
}

/// The innermost cause; it never holds the URL, which may carry a token.
pub(crate) fn reason(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
