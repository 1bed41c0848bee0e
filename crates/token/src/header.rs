//! Headers that were read before: one issuer writes the same one into all its tokens.

use crate::decoded::Decoded;
use crate::{JwsPart, Malformed, Object};

/// The last few headers, newest first, found again by their exact encoded text. Reading is a function of
/// that text alone, so whether one is found changes no verdict, and no digest stands for it that could
/// collide.
#[derive(Default)]
pub(crate) struct Headers {
    known: [Known; 8],
}

/// A header that could be read; no text where there is none yet.
#[derive(Default)]
struct Known {
    encoded: String,
    decoded: Decoded,
}

impl Headers {
    pub(crate) fn read(&mut self, encoded: &str) -> Result<Object<'_>, Malformed> {
        let known =
            self.known.iter().position(|known| known.encoded == encoded && !encoded.is_empty());
        let at = match known {
            Some(at) => at,
            None => {
                self.learn(encoded)?;
                0
            }
        };
        Ok(self.known[at].decoded.object())
    }

    /// In the place of the oldest, and in front of the others once it could be read.
    fn learn(&mut self, encoded: &str) -> Result<(), Malformed> {
        let [.., oldest] = &mut self.known;
        oldest.encoded.clear();
        oldest.decoded.read(encoded, JwsPart::Header)?;
        oldest.encoded.push_str(encoded);
        self.known.rotate_right(1);
        Ok(())
    }
}
