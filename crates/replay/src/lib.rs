//! Single-use stores for `jti` values.
//!
//! One operation, [`Store::claim`]: first, seen or unavailable. It is asked last, for a token that
//! has passed everything else, so nothing unauthenticated ever writes. There is no separate check.

mod memory;

pub use memory::MemoryStore;

use claimproof_catalog::Profile;
use claimproof_verifier::{JtiKind, Redemption};
use smallvec::SmallVec;

/// The answer to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// Nobody had claimed it; now it is taken.
    First,
    /// It was claimed before.
    Seen,
    /// The store cannot say; the token must be refused.
    Unavailable,
}

/// Remembers what was claimed until it can no longer be presented.
pub trait Store: Send + Sync {
    /// Claims `key`, to be remembered through the second `until`. Atomic: of any number of
    /// claims of one key, exactly one is [`Claimed::First`].
    fn claim(&self, key: &Key, until: i64, now: i64) -> Claimed;
}

/// What is remembered: profile, realm, kind and id, framed by length so that no two meet.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(SmallVec<[u8; 128]>);

impl Key {
    /// The key of a redemption.
    pub fn of(profile: Profile, redemption: &Redemption<'_>) -> Self {
        let kind = match redemption.kind {
            JtiKind::Text => b'"',
            JtiKind::Integer => b'1',
        };
        let mut bytes = SmallVec::new();
        for part in [profile.name(), redemption.realm] {
            bytes.extend_from_slice(&part.len().to_be_bytes());
            bytes.extend_from_slice(part.as_bytes());
        }
        bytes.push(kind);
        bytes.extend_from_slice(redemption.jti.as_bytes());
        Self(bytes)
    }

    /// The framed bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}
