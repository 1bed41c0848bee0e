//! An answer read off bytes: its head, and where its body ends (RFC 9112 section 6.3).

use crate::target::Response;
use crate::unanswered::Unanswered;

/// How much of a body is read before the connection is closed.
pub(crate) const MAX_BODY: usize = 256 * 1024;

/// How much of an answer's head is read, and how many header fields.
const MAX_HEAD: usize = 400 * 1024;
const MAX_FIELDS: usize = 100;

/// An answer at the start of what was read.
pub(super) struct Parsed {
    pub(super) response: Response,
    pub(super) length: usize,
    pub(super) stays_open: bool,
}

/// `None` while it is not whole; the answer to a `HEAD` has no body.
pub(super) fn parse(
    read: &[u8],
    ended: bool,
    bodiless: bool,
) -> Result<Option<Parsed>, Unanswered> {
    let mut fields = [httparse::EMPTY_HEADER; MAX_FIELDS];
    let mut head = httparse::Response::new(&mut fields);
    let start = match head.parse(read).map_err(|error| no_http(read, error))? {
        httparse::Status::Complete(start) => start,
        httparse::Status::Partial if read.len() > MAX_HEAD => {
            return Err(Unanswered::Malformed("the answer's head is too long"));
        }
        httparse::Status::Partial => return Ok(None),
    };
    let status = head
        .code
        .filter(|status| *status >= 100)
        .ok_or(Unanswered::Malformed("the answer's status is none"))?;
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    let headers: Vec<_> =
        head.headers.iter().map(|one| (one.name.to_ascii_lowercase(), text(one.value))).collect();
    let says_close =
        fields_of(&headers, "connection").any(|value| value.eq_ignore_ascii_case("close"));
    let framing = if bodiless || matches!(status, ..200 | 204 | 304) {
        Framing::Length(0)
    } else {
        Framing::of(&headers)?
    };
    let Some((body, length)) = framing.body(&read[start..], ended)? else { return Ok(None) };
    let cut = body.len() == MAX_BODY;
    let stays_open =
        framing != Framing::UntilClosed && head.version == Some(1) && !says_close && !cut;
    let response = Response { status, body: text(&body), headers, ..Response::default() };
    Ok(Some(Parsed { response, length: start + length, stays_open }))
}

/// A server that expects TLS says in TLS that it does (an alert, RFC 8446 section 6).
fn no_http(read: &[u8], error: httparse::Error) -> Unanswered {
    if read.starts_with(&[0x15, 0x03]) { Unanswered::SpeaksTls } else { Unanswered::NoHttp(error) }
}

fn fields_of<'h>(headers: &'h [(String, String)], name: &str) -> impl Iterator<Item = &'h str> {
    headers.iter().filter(move |(own, _)| own == name).map(|(_, value)| value.trim())
}

/// How the end of a body is known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Framing {
    Length(usize),
    Chunks,
    UntilClosed,
}

impl Framing {
    /// RFC 9112 section 6.3: chunks outrank a length, and lengths that differ are an error.
    fn of(headers: &[(String, String)]) -> Result<Self, Unanswered> {
        if let Some(codings) = fields_of(headers, "transfer-encoding").last() {
            let last = codings.rsplit(',').next().unwrap_or_default();
            let chunked = last.trim().eq_ignore_ascii_case("chunked");
            return Ok(if chunked { Self::Chunks } else { Self::UntilClosed });
        }
        let mut lengths = fields_of(headers, "content-length").map(str::parse);
        let Some(first) = lengths.next() else { return Ok(Self::UntilClosed) };
        match first {
            Ok(length) if lengths.all(|other| other == Ok(length)) => Ok(Self::Length(length)),
            Ok(_) => Err(Unanswered::Malformed("the answer has two lengths")),
            Err(_) => Err(Unanswered::Malformed("the answer's content-length is no length")),
        }
    }

    /// The body, cut at its bound, and how many bytes it took; `None` while it is not whole.
    fn body(self, rest: &[u8], ended: bool) -> Result<Option<(Vec<u8>, usize)>, Unanswered> {
        let first = |length: usize| rest.get(..length).map(|body| (body.to_vec(), length));
        match self {
            Self::Length(length) => Ok(first(length.min(MAX_BODY))),
            Self::UntilClosed if ended => Ok(first(rest.len().min(MAX_BODY))),
            Self::UntilClosed => Ok(first(MAX_BODY)),
            Self::Chunks => match unchunked(rest)? {
                None if rest.len() > 8 * MAX_BODY => {
                    Err(Unanswered::Malformed("the answer's chunks are all framing"))
                }
                read => Ok(read),
            },
        }
    }
}

/// The bytes of all chunks, cut at the bound of a body; trailers are read over.
fn unchunked(mut rest: &[u8]) -> Result<Option<(Vec<u8>, usize)>, Unanswered> {
    let (whole, mut body) = (rest.len(), Vec::new());
    loop {
        let (start, size) = match httparse::parse_chunk_size(rest)
            .map_err(|_| Unanswered::Malformed("a chunk's size is none"))?
        {
            httparse::Status::Complete(found) => found,
            httparse::Status::Partial => return Ok(None),
        };
        rest = &rest[start..];
        if size == 0 {
            return Ok(after_trailers(rest).map(|left| (body, whole - left)));
        }
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        body.extend_from_slice(&rest[..rest.len().min(size)]);
        if body.len() >= MAX_BODY {
            body.truncate(MAX_BODY);
            return Ok(Some((body, whole)));
        }
        let Some(end) = rest.get(size..).and_then(|rest| rest.get(..2)) else { return Ok(None) };
        if end != b"\r\n" {
            return Err(Unanswered::Malformed("a chunk is longer than its size"));
        }
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
        let parsed = parse(text.as_bytes(), ended, false).unwrap()?;
        Some((parsed.response.status, parsed.response.body, parsed.length, parsed.stays_open))
    }

    #[test]
    fn an_answer_ends_where_its_framing_says_and_no_byte_before() {
        let lengths = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";
        let chunks = "HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nt: r\r\n\r\n";
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
    fn what_is_no_answer_is_an_error() {
        for bad in [
            "SSH-2.0-x\r\n",
            "HTTP/1.1 99999 No\r\n\r\n",
            "HTTP/1.1 099 No\r\ncontent-length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nz\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nabc\r\n",
        ] {
            assert!(parse(bad.as_bytes(), false, false).is_err(), "{bad}");
        }
        let endless = format!("HTTP/1.1 200 OK\r\nx: {}", "y".repeat(MAX_HEAD));
        assert!(parse(endless.as_bytes(), false, false).is_err());
    }

    #[test]
    fn a_body_is_read_to_its_bound_and_the_connection_left() {
        for head in ["", "content-length: 99999999\r\n", "transfer-encoding: chunked\r\n"] {
            let size = if head.contains("chunked") { "5f5e100\r\n" } else { "" };
            let text = format!("HTTP/1.1 200 OK\r\n{head}\r\n{size}{}", "y".repeat(MAX_BODY));
            assert_eq!(whole(&text[..text.len() - 1], false), None, "{head}");
            let (_, body, _, stays_open) = whole(&text, false).unwrap();
            assert_eq!((body.len(), stays_open), (MAX_BODY, false), "{head}");
        }
    }

    #[test]
    fn the_answer_to_head_has_no_body() {
        let text = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n";
        assert!(parse(text.as_bytes(), false, true).unwrap().is_some());
    }
}
