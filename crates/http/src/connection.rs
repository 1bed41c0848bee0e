//! A connection and the answers read from it. One that measures keeps it for many requests; a case
//! has one of its own for each.

use std::future::poll_fn;
use std::io;
use std::pin::pin;

use claimproof_vectors::Surface;
use futures::future::{Either, join_all, select};
use hyper::Uri;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tower_service::Service;
use url::{Position, Url};

use crate::target::Response;
use crate::unanswered::Unanswered;
use crate::wire::{Way, Wire};
use answer::{Parsed, parse};

/// How many interim answers are read.
const MAX_INTERIM: usize = 50;

mod answer;

/// A request as it goes onto the wire. Its bytes hold a token, so nothing shows them.
pub struct Prepared {
    pub(crate) bytes: Vec<u8>,
    /// What is taken out of an answer that repeats it.
    pub(crate) token: Option<String>,
    pub(crate) surface: Surface,
}

/// A kept-alive connection. Requests go one after the other; none is ever repeated by itself.
pub struct Connection {
    stream: TokioIo<MaybeHttpsStream<TokioIo<TcpStream>>>,
    unread: Vec<u8>,
    open: bool,
}

impl Wire {
    /// A connection for many requests, within the deadline.
    pub(crate) async fn dial(&self) -> Result<Connection, Unanswered> {
        let dialled = tokio::time::timeout(
            self.deadline,
            Connection::to(self.connector.clone(), self.base()),
        )
        .await;
        let dialled = dialled.unwrap_or_else(|_| Err(self.late("connection")));
        if dialled.is_err() {
            self.silence.note(&dialled);
        }
        dialled
    }

    /// The same request so many times, each on a connection of its own; all stand but for their
    /// last byte before the first of these leaves.
    pub(crate) async fn ask_at_once(
        &self,
        request: &[u8],
        times: usize,
    ) -> Vec<Result<Response, Unanswered>> {
        self.pace.turn(times).await;
        let (start, last) = request.split_at(request.len().saturating_sub(1));
        let begun = join_all((0..times).map(async |_| {
            let mut connection = self.dial().await?;
            connection.stream.write_all(start).await.map_err(|error| Unanswered::broken(&error))?;
            connection.stream.flush().await.map_err(|error| Unanswered::broken(&error))?;
            Ok::<_, Unanswered>(connection)
        }));
        let begun = begun.await;
        join_all(begun.into_iter().map(async |connection| self.ask(&mut connection?, last).await))
            .await
    }

    /// Sends the bytes of a request on a connection and reads the answer, within the deadline.
    pub(crate) async fn ask(
        &self,
        connection: &mut Connection,
        request: &[u8],
    ) -> Result<Response, Unanswered> {
        let asked = tokio::time::timeout(self.deadline, connection.exchange(request)).await;
        let answer = asked.unwrap_or_else(|_| Err(self.late("whole answer")));
        self.silence.note(&answer);
        answer
    }
}

impl Connection {
    /// To the host of a URL; its path and query are not looked at.
    pub(crate) async fn to(
        mut connector: HttpsConnector<Way>,
        url: &Url,
    ) -> Result<Self, Unanswered> {
        let origin = &url[..Position::AfterPort];
        let uri: Uri = origin.parse().map_err(|_| Unanswered::NoAddress(origin.to_owned()))?;
        poll_fn(|context| connector.poll_ready(context))
            .await
            .map_err(|error| Unanswered::unconnected(error.as_ref()))?;
        let stream =
            connector.call(uri).await.map_err(|error| Unanswered::unconnected(error.as_ref()))?;
        Ok(Self { stream: TokioIo::new(stream), unread: Vec::with_capacity(4096), open: true })
    }

    /// Whether another request can go onto it.
    pub const fn is_open(&self) -> bool {
        self.open
    }

    /// A request and its answer.
    pub(crate) async fn exchange(&mut self, request: &[u8]) -> Result<Response, Unanswered> {
        let answer = self.send(request).await?;
        answer.ok_or(Unanswered::Closed)
    }

    /// Sends bytes and reads at the same time: a server may answer before it has read everything,
    /// and close (RFC 9112 section 9.5), so what it said counts whether the rest could be written
    /// or not. `None` where it closes and has said nothing. After an error, or an exchange given up
    /// half-way, the connection is of no more use.
    pub(crate) async fn send(&mut self, request: &[u8]) -> Result<Option<Response>, Unanswered> {
        self.open = false;
        let (mut reading, mut writing) = tokio::io::split(&mut self.stream);
        let sending = async {
            writing.write_all(request).await?;
            writing.flush().await
        };
        let answering = answer(&mut reading, &mut self.unread, request.starts_with(b"HEAD "));
        let (whole, answer) = match select(pin!(sending), pin!(answering)).await {
            Either::Left((sent, answering)) => (sent.is_ok(), answering.await),
            Either::Right((answer, _)) => (false, answer),
        };
        let Some(answer) = answer? else { return Ok(None) };
        self.open = whole && answer.stays_open && self.unread.is_empty();
        Ok(Some(answer.response))
    }
}

/// The next final answer, taken from what was read; `None` where the peer closes and has said
/// nothing.
async fn answer(
    reading: &mut (impl AsyncRead + Unpin),
    unread: &mut Vec<u8>,
    bodiless: bool,
) -> Result<Option<Parsed>, Unanswered> {
    let mut ended = false;
    for _ in 0..MAX_INTERIM {
        let answer = loop {
            if let Some(answer) = parse(unread, ended, bodiless)? {
                break answer;
            }
            if ended {
                return Err(Unanswered::CutShort);
            }
            match reading.read_buf(unread).await {
                Ok(0) if unread.is_empty() => return Ok(None),
                // A reset in place of an answer is a closed connection too.
                Err(error)
                    if unread.is_empty() && error.kind() == io::ErrorKind::ConnectionReset =>
                {
                    return Ok(None);
                }
                read => ended = read.map_err(|error| Unanswered::broken(&error))? == 0,
            }
        };
        unread.drain(..answer.length);
        if answer.response.status >= 200 {
            return Ok(Some(Parsed { stays_open: answer.stays_open && !ended, ..answer }));
        }
    }
    Err(Unanswered::OnlyInterim(MAX_INTERIM))
}
