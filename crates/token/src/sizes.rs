//! The sizes of a token's text, for the documents that bound them.

use memchr::{memchr, memchr_iter};

/// What can be measured of a token before it is decoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// Length of the whole text in bytes.
    pub token_bytes: usize,
    /// Length of the encoded middle segment; 0 when there is none.
    pub payload_chars: usize,
    /// How many segments the dots make; 3 in a compact JWS (RFC 7515 section 3.1).
    pub segments: usize,
}

impl Sizes {
    /// Measures any text in one pass, token or not; a text of nothing but dots costs no memory.
    pub fn of(text: &str) -> Self {
        Self::cut(text).0
    }

    /// The same with the segments, where there are three.
    pub(crate) fn cut(text: &str) -> (Self, Option<[&str; 3]>) {
        let sizes = |payload_chars, segments| Self { token_bytes: text.len(), payload_chars, segments };
        let Some((header, rest)) = split(text) else { return (sizes(0, 1), None) };
        let Some((payload, rest)) = split(rest) else { return (sizes(rest.len(), 2), None) };
        let Some((_, behind)) = split(rest) else { return (sizes(payload.len(), 3), Some([header, payload, rest])) };
        (sizes(payload.len(), 4 + memchr_iter(b'.', behind.as_bytes()).count()), None)
    }
}

fn split(text: &str) -> Option<(&str, &str)> {
    let dot = memchr(b'.', text.as_bytes())?;
    Some((&text[..dot], &text[dot + 1..]))
}
