//! The sizes of a token's text, for the documents that bound them.

use memchr::{memchr, memchr_iter, memrchr};

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
    /// Measures any text, token or not; a text of nothing but dots costs no memory.
    pub fn of(text: &str) -> Self {
        let mut dots = memchr_iter(b'.', text.as_bytes());
        let Some(first) = dots.next() else { return Self::new(text, 0, 1) };
        let Some(second) = dots.next() else { return Self::new(text, text.len() - first - 1, 2) };
        Self::new(text, second - first - 1, 3 + dots.count())
    }

    /// A text cut at its first and its last dot, where those are two. What lies between is one segment
    /// only if no dot is in it, which decoding it will tell without another pass.
    pub(crate) fn cut(text: &str) -> Option<(Self, [&str; 3])> {
        let [first, last] = [memchr(b'.', text.as_bytes())?, memrchr(b'.', text.as_bytes())?];
        let payload = text.get(first + 1..last)?;
        Some((Self::new(text, payload.len(), 3), [&text[..first], payload, &text[last + 1..]]))
    }

    const fn new(text: &str, payload_chars: usize, segments: usize) -> Self {
        Self { token_bytes: text.len(), payload_chars, segments }
    }
}
