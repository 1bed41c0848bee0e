//! One connection for many requests: what a measurement sends, as bytes prepared before.

use std::future::poll_fn;
use std::io;

use claimproof_vectors::Surface;
use hyper::Uri;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tower_service::Service;
use url::Url;

use crate::target::Response;
use crate::wire::{MAX_BODY, Wire, reason};

/// How much of an answer's head is read, and how many header fields and interim answers.
const MAX_HEAD: usize = 64 * 1024;
const MAX_FIELDS: usize = 100;
const MAX_INTERIM: usize = 50;

/// A request as it goes onto the wire. Its bytes hold a token, so nothing shows them.
pub struct Prepared {
    pub(crate) bytes: Vec<u8>,
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
    pub(crate) async fn dial(&self) -> Result<Connection, String> {
        let dialled = tokio::time::timeout(self.deadline, Connection::to(self.connector.clone(), self.base())).await;
        dialled.map_err(|_| format!("no connection within {} s", self.deadline.as_secs()))?
    }

    /// Sends the bytes of a request on a connection and reads the answer, within the deadline.
    pub(crate) async fn ask(&self, connection: &mut Connection, request: &[u8]) -> Result<Response, String> {
        let asked = tokio::time::timeout(self.deadline, connection.exchange(request)).await;
        asked.map_err(|_| format!("no whole answer within {} s", self.deadline.as_secs()))?
    }
}

impl Connection {
    async fn to(mut connector: HttpsConnector<HttpConnector>, base: &Url) -> Result<Self, String> {
        let uri: Uri = base.as_str().parse().map_err(|_| format!("`{base}` is no address"))?;
        poll_fn(|context| connector.poll_ready(context)).await.map_err(|error| error.to_string())?;
        let stream = connector.call(uri).await.map_err(|error| reason(error.as_ref()))?;
        Ok(Self { stream: TokioIo::new(stream), unread: Vec::with_capacity(4096), open: true })
    }

    /// Whether another request can go onto it.
    pub const fn is_open(&self) -> bool {
        self.open
    }

    /// After an error, or an exchange given up half-way, the connection is of no more use.
    async fn exchange(&mut self, request: &[u8]) -> Result<Response, String> {
        self.open = false;
        self.stream.write_all(request).await.map_err(|error| lost(&error))?;
        let mut ended = false;
        for _ in 0..MAX_INTERIM {
            let answer = loop {
                if let Some(answer) = parse(&self.unread, ended)? {
                    break answer;
                }
                if ended {
                    return Err("the connection was closed before the answer was whole".to_owned());
                }
                ended = self.stream.read_buf(&mut self.unread).await.map_err(|error| lost(&error))? == 0;
            };
            self.unread.drain(..answer.length);
            if answer.response.status >= 200 {
                self.open = answer.stays_open && !ended && self.unread.is_empty();
                return Ok(answer.response);
            }
        }
        Err(format!("more than {MAX_INTERIM} interim answers"))
    }
}

/// The kind of an error; never the address, and nothing of the request.
fn lost(error: &io::Error) -> String {
    error.kind().to_string()
}

/// An answer at the start of what was read.
struct Parsed {
    response: Response,
    length: usize,
    stays_open: bool,
}

/// `None` while it is not whole.
fn parse(read: &[u8], ended: bool) -> Result<Option<Parsed>, String> {
    let mut fields = [httparse::EMPTY_HEADER; MAX_FIELDS];
    let mut head = httparse::Response::new(&mut fields);
    let start = match head.parse(read).map_err(|error| format!("the answer is no HTTP: {error}"))? {
        httparse::Status::Complete(start) => start,
        httparse::Status::Partial if read.len() > MAX_HEAD => return Err("the answer's head is too long".to_owned()),
        httparse::Status::Partial => return Ok(None),
    };
    let status = head.code.unwrap_or_default();
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    let headers: Vec<_> = head.headers.iter().map(|one| (one.name.to_ascii_lowercase(), text(one.value))).collect();
    let header = |name: &str| headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.trim());
    let says = |name: &str, word: &str| header(name).is_some_and(|value| value.eq_ignore_ascii_case(word));
    let framing = match () {
        () if status < 200 || status == 204 || status == 304 => Framing::Length(0),
        () if header("transfer-encoding").is_some() => Framing::Chunks,
        () => match header("content-length").map(str::parse) {
            Some(Ok(length)) => Framing::Length(length),
            Some(Err(_)) => return Err("the answer's content-length is no length".to_owned()),
            None => Framing::UntilClosed,
        },
    };
    let stays_open = framing != Framing::UntilClosed && head.version == Some(1) && !says("connection", "close");
    let Some((body, length)) = framing.body(&read[start..], ended)? else { return Ok(None) };
    let response = Response { status, body: text(&body), headers };
    Ok(Some(Parsed { response, length: start + length, stays_open }))
}

/// How the end of a body is known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Framing {
    Length(usize),
    Chunks,
    UntilClosed,
}

impl Framing {
    /// The body and how many bytes it took; `None` while it is not whole.
    fn body(self, rest: &[u8], ended: bool) -> Result<Option<(Vec<u8>, usize)>, String> {
        let body = match self {
            Self::Length(length) if length > MAX_BODY => None,
            Self::Length(length) => return Ok(rest.get(..length).map(|body| (body.to_vec(), length))),
            Self::UntilClosed if ended => return Ok(Some((rest.to_vec(), rest.len()))),
            Self::UntilClosed => Some(None),
            Self::Chunks => Some(unchunked(rest)?),
        };
        match body {
            Some(Some(whole)) => Ok(Some(whole)),
            Some(None) if rest.len() <= 2 * MAX_BODY => Ok(None),
            Some(None) | None => Err(format!("the answer's body has more than {MAX_BODY} bytes")),
        }
    }
}

/// The bytes of all chunks; trailers are read over.
fn unchunked(mut rest: &[u8]) -> Result<Option<(Vec<u8>, usize)>, String> {
    let (whole, mut body) = (rest.len(), Vec::new());
    loop {
        let (start, size) = match httparse::parse_chunk_size(rest).map_err(|_| "a chunk's size is none".to_owned())? {
            httparse::Status::Complete(found) => found,
            httparse::Status::Partial => return Ok(None),
        };
        rest = &rest[start..];
        if size == 0 {
            return Ok(after_trailers(rest).map(|left| (body, whole - left)));
        }
        let size = usize::try_from(size).ok().filter(|size| *size <= MAX_BODY);
        let size = size.ok_or_else(|| format!("a chunk has more than {MAX_BODY} bytes"))?;
        let (Some(chunk), Some(end)) = (rest.get(..size), rest.get(size..size + 2)) else { return Ok(None) };
        if end != b"\r\n" {
            return Err("a chunk is longer than its size".to_owned());
        }
        body.extend_from_slice(chunk);
        rest = &rest[size + 2..];
    }
}

/// How much is left behind the empty line that ends the trailers.
fn after_trailers(mut rest: &[u8]) -> Option<usize> {
    loop {
        let end = rest.windows(2).position(|pair| pair == b"\r\n")?;
        rest = &rest[end + 2..];
        if end == 0 {
            return Some(rest.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str, ended: bool) -> Option<(u16, String, usize, bool)> {
        let parsed = parse(text.as_bytes(), ended).unwrap()?;
        Some((parsed.response.status, parsed.response.body, parsed.length, parsed.stays_open))
    }

    #[test]
    fn an_answer_ends_where_its_framing_says_and_no_byte_before() {
        let lengths = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";
        let chunks =
            "HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nt: r\r\n\r\n";
        for (text, status) in [(lengths, 200), (chunks, 403)] {
            for cut in 0..text.len() {
                assert_eq!(whole(&text[..cut], false), None, "{:?}", &text[..cut]);
            }
            let next = format!("{text}HTTP/1.1");
            assert_eq!(whole(&next, false), Some((status, "hello".to_owned(), text.len(), true)));
        }
    }

    #[test]
    fn what_has_no_length_ends_with_the_connection() {
        let text = "HTTP/1.1 200 OK\r\n\r\nhello";
        assert_eq!(whole(text, false), None);
        assert_eq!(whole(text, true), Some((200, "hello".to_owned(), text.len(), false)));
    }

    #[test]
    fn a_connection_is_used_no_more_where_the_server_says_so() {
        for (head, open) in [
            ("HTTP/1.1 204 No\r\n\r\n", true),
            ("HTTP/1.1 204 No\r\nConnection: Close\r\n\r\n", false),
            ("HTTP/1.0 204 No\r\n\r\n", false),
        ] {
            assert_eq!(whole(head, false).unwrap().3, open, "{head}");
        }
    }

    #[test]
    fn what_is_no_answer_is_an_error_within_bounds() {
        for bad in [
            "SSH-2.0-x\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nz\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffffffffffff\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nabc\r\n",
        ] {
            assert!(parse(bad.as_bytes(), false).is_err(), "{bad}");
        }
        let endless = format!("HTTP/1.1 200 OK\r\nx: {}", "y".repeat(MAX_HEAD));
        assert!(parse(endless.as_bytes(), false).is_err());
        let endless = format!("HTTP/1.1 200 OK\r\n\r\n{}", "y".repeat(2 * MAX_BODY + 1));
        assert!(parse(endless.as_bytes(), false).is_err());
    }
}
