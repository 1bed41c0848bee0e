//! What must be unguessable, derived from bytes the caller drew.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// 256 random bits, drawn for one event and used for nothing else.
pub struct Entropy(pub [u8; 32]);

impl Entropy {
    /// 256 bits as 43 characters of base64url; each label yields another text.
    pub fn text(&self, label: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.bytes(label))
    }

    /// The shape of a version 4 UUID.
    pub fn uuid(&self, label: &str) -> String {
        let hex: String = self.bytes(label).iter().map(|byte| format!("{byte:02x}")).collect();
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

    fn bytes(&self, label: &str) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(b"claimproof connect\0");
        hash.update(self.0);
        hash.update(label.as_bytes());
        hash.finalize().into()
    }
}

impl std::fmt::Debug for Entropy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Entropy")
    }
}

/// The S256 challenge of a PKCE verifier, RFC 7636 section 4.2.
pub(super) fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}
