//! Names, ids and secrets derived from a number, the same on every machine.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// What ids, secrets and the choice of keys are derived from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seed(pub u64);

impl Seed {
    /// The seed of the golden vectors.
    pub const PUBLIC: Self = Self(0);

    /// 64 hexadecimal digits, as Workato prints its API keys.
    pub fn hex(self, what: &str) -> String {
        let mut text = String::with_capacity(64);
        for byte in self.digest(what) {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }

    /// The shape of a version 4 UUID.
    pub fn uuid(self, what: &str) -> String {
        let hex = self.hex(what);
        let part = |from: usize, to: usize| &hex[from..to];
        format!(
            "{}-{}-4{}-a{}-{}",
            part(0, 8),
            part(8, 12),
            part(13, 16),
            part(17, 20),
            part(20, 32)
        )
    }

    /// A decimal number of seven digits.
    pub fn number(self, what: &str) -> String {
        let [a, b, c, ..] = self.digest(what);
        let number = u32::from_be_bytes([0, a, b, c]) % 9_000_000;
        (1_000_000 + number).to_string()
    }

    /// A word that says what it is for, with some seeded digits behind.
    pub fn word(self, what: &str) -> String {
        format!("{}-{}", what.replace('.', "-"), &self.hex(what)[..6])
    }

    /// A secret of 46 characters that says it is public, and is no base64 for its hyphens.
    pub fn secret(self, what: &str) -> String {
        format!("test-only-{}-xyz", &self.hex(&format!("secret {what}"))[..32])
    }

    /// A choice among `n`, the same for the same `what`.
    pub fn pick(self, what: &str, n: usize) -> usize {
        usize::from(self.digest(what)[0]) % n.max(1)
    }

    fn digest(self, what: &str) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(b"claimproof cast\0");
        hash.update(self.0.to_be_bytes());
        hash.update(what.as_bytes());
        hash.finalize().into()
    }
}
