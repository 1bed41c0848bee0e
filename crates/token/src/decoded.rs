//! Segments out of base64url (RFC 7515 section 2), and into an object where they hold one.

use std::mem;

use base64_simd::URL_SAFE_NO_PAD;

use crate::{Index, JwsPart, Malformed, Object};

pub(crate) fn decode(segment: &str, part: JwsPart, into: &mut Vec<u8>) -> Result<(), Malformed> {
    URL_SAFE_NO_PAD.decode_append(segment, into).map_err(|_| Malformed::NotBase64Url { part })
}

/// A segment that holds a JSON object, decoded and read.
#[derive(Default)]
pub(crate) struct Decoded {
    text: String,
    index: Index,
}

impl Decoded {
    pub(crate) fn read(&mut self, segment: &str, part: JwsPart) -> Result<Object<'_>, Malformed> {
        let mut bytes = mem::take(&mut self.text).into_bytes();
        bytes.clear();
        decode(segment, part, &mut bytes)?;
        if bytes.is_empty() {
            return Err(Malformed::Empty { part });
        }
        self.text = String::from_utf8(bytes).map_err(|_| Malformed::NotUtf8 { part })?;
        Object::parse(&self.text, part, &mut self.index)
    }

    /// What was read last, if that went well.
    pub(crate) fn object(&self) -> Object<'_> {
        Object::new(&self.text, &self.index)
    }
}
