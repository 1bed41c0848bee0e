//! Headers that were read before: one issuer writes the same one into all its tokens.

use crate::compact::Decoded;
use crate::{Malformed, Object, Part};

/// The last few headers, found again by their exact encoded text. Reading is a function of that text
/// alone, so whether one is found changes no verdict, and no digest stands for it that could collide.
#[derive(Default)]
pub(crate) struct Headers {
    known: [Known; 8],
    /// Which is given up next.
    oldest: usize,
}

/// A header that could be read; no text where there is none yet.
#[derive(Default)]
struct Known {
    encoded: String,
    decoded: Decoded,
}

impl Headers {
    pub(crate) fn read(&mut self, encoded: &str) -> Result<Object<'_>, Malformed> {
        let known = self.known.iter().position(|known| known.encoded == encoded && !encoded.is_empty());
        let at = match known {
            Some(at) => at,
            None => self.learn(encoded)?,
        };
        Ok(self.known[at].decoded.object())
    }

    fn learn(&mut self, encoded: &str) -> Result<usize, Malformed> {
        let at = self.oldest;
        let known = &mut self.known[at];
        known.encoded.clear();
        known.decoded.read(encoded, Part::Header)?;
        known.encoded.push_str(encoded);
        self.oldest = (at + 1) % self.known.len();
        Ok(at)
    }
}
