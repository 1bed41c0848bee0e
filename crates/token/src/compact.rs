//! The compact serialization, RFC 7515 section 3.1: three segments, two of them JSON.

use std::fmt;

use crate::decoded::{Decoded, decode};
use crate::header::Headers;
use crate::{JwsPart, Malformed, Object, Sizes};

/// The buffers a token is decoded into; kept from token to token and never shrunk.
#[derive(Default)]
pub struct Scratch {
    headers: Headers,
    payload: Decoded,
    signature: Vec<u8>,
}

impl Scratch {
    /// Empty buffers, which grow with the tokens they see.
    pub fn new() -> Self {
        Self::default()
    }
}

impl fmt::Debug for Scratch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scratch").finish_non_exhaustive()
    }
}

/// A compact JWS, taken apart and not judged: no algorithm, claim or signature has been looked at.
pub struct Compact<'a> {
    /// The JOSE header (RFC 7515 section 4).
    pub header: Object<'a>,
    /// The claims set (RFC 7519 section 4).
    pub payload: Object<'a>,
    /// What the signature is over: header and payload as encoded, with their dot (RFC 7515 section 5.1).
    pub signing_input: &'a str,
    /// The decoded signature; may be empty.
    pub signature: &'a [u8],
    /// The sizes of the text.
    pub sizes: Sizes,
}

impl<'a> Compact<'a> {
    /// The longest text that is read at all, in bytes.
    pub const MAX_BYTES: usize = 65_536;

    /// Takes `text` apart by RFC 7515 section 5.2 steps 1 to 3, 6 and 7, as strictly as it permits.
    pub fn parse(text: &'a str, scratch: &'a mut Scratch) -> Result<Self, Malformed> {
        if text.len() > Self::MAX_BYTES {
            return Err(Malformed::TooLong { bytes: text.len(), max: Self::MAX_BYTES });
        }
        let found = |found| Malformed::Segments { found };
        let (sizes, parts) = Sizes::cut(text).ok_or_else(|| found(Sizes::of(text).segments))?;
        Self::read(text, sizes, parts, scratch).map_err(|error| match Sizes::of(text).segments {
            3 => error,
            // A dot too many was met as a foreign character.
            more => found(more),
        })
    }

    fn read(
        text: &'a str,
        sizes: Sizes,
        parts: [&'a str; 3],
        scratch: &'a mut Scratch,
    ) -> Result<Self, Malformed> {
        let [header, payload, signature] = parts;
        let Scratch { headers, payload: decoded, signature: bytes } = scratch;
        let signing_input = &text[..header.len() + 1 + payload.len()];
        let header = headers.read(header)?;
        let payload = decoded.read(payload, JwsPart::Payload)?;
        bytes.clear();
        decode(signature, JwsPart::Signature, bytes)?;
        Ok(Self { header, payload, signing_input, signature: bytes, sizes })
    }
}

impl fmt::Debug for Compact<'_> {
    /// Shows the sizes alone: a token that still verifies is a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Compact").field("sizes", &self.sizes).finish_non_exhaustive()
    }
}
