//! Keys and secrets in the form people hold them: read, or told what they are and what makes them usable.
//!
//! Nothing here is shared with the keys of the reference: who judges reads a key by itself. No message holds a
//! byte of what was read.

mod certificate;
mod fault;
mod kind;
mod pem;
mod private;
mod public;
mod secret;
mod ssh;
mod text;

pub use fault::KeyFault;
pub(crate) use private::pkcs1;
pub use private::{Private, private};
pub use public::{Public, public};
pub use secret::secret;

/// What makes two public keys the same, without leading zeros.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Numbers {
    modulus: Vec<u8>,
    exponent: Vec<u8>,
}

impl Numbers {
    fn new(modulus: &[u8], exponent: &[u8]) -> Self {
        let plain = |bytes: &[u8]| bytes.iter().skip_while(|byte| **byte == 0).copied().collect();
        Self { modulus: plain(modulus), exponent: plain(exponent) }
    }

    /// The length of the modulus in bits.
    fn bits(&self) -> usize {
        let first = self
            .modulus
            .first()
            .map_or(0, |first| usize::try_from(first.leading_zeros()).unwrap_or(0));
        self.modulus.len() * 8 - first
    }
}
