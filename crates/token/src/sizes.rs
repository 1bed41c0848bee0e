//! The sizes of a token's text, for the documents that bound them.

/// What can be measured of a token before it is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
        let mut segments = text.split('.');
        let first = segments.next();
        let middle = segments.next();
        let counted = usize::from(first.is_some()) + usize::from(middle.is_some());
        Self {
            token_bytes: text.len(),
            payload_chars: middle.map_or(0, str::len),
            segments: counted + segments.count(),
        }
    }
}
