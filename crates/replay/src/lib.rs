//! Single-use stores for `jti` values.
//!
//! One operation, [`Store::redeem`]: first, seen or unavailable. It is asked last, for a token that
//! has passed everything else, so nothing unauthenticated ever writes. There is no separate check.

#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::disallowed_types))]

mod memory;

pub use memory::MemoryStore;

use std::hash::{Hash, Hasher};

use claimproof_catalog::Profile;
use claimproof_verifier::{JtiKind, Once};

/// What a store answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redeemed {
    /// Nobody had used it up; now it is.
    First,
    /// It was used up before.
    Seen,
    /// The store cannot say; the token must be refused.
    Unavailable,
}

/// Remembers what was used up until it can no longer be presented.
pub trait Store: Send + Sync {
    /// Uses up `key`, to be remembered through the second `until`. Atomic: of any number of
    /// uses of one key, exactly one is [`Redeemed::First`].
    fn redeem(&self, key: &UsedId<'_>, until: i64, now: i64) -> Redeemed;
}

/// What is remembered: profile, realm, kind and id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UsedId<'a> {
    profile: Profile,
    realm: &'a str,
    kind: JtiKind,
    jti: &'a str,
}

impl<'a> UsedId<'a> {
    /// The key of what an accepted token uses up.
    pub const fn of(profile: Profile, once: &Once<'a>) -> Self {
        let Once { realm, kind, jti, .. } = *once;
        Self { profile, realm, kind, jti }
    }

    /// The key as bytes, framed by length so that no two meet: for stores that keep it elsewhere.
    pub fn to_bytes(&self) -> Vec<u8> {
        let kind = match self.kind {
            JtiKind::Text => b'"',
            JtiKind::Integer => b'1',
        };
        let mut bytes = Vec::with_capacity(48 + self.realm.len() + self.jti.len());
        for part in [self.profile.name(), self.realm] {
            bytes.extend_from_slice(&part.len().to_be_bytes());
            bytes.extend_from_slice(part.as_bytes());
        }
        bytes.push(kind);
        bytes.extend_from_slice(self.jti.as_bytes());
        bytes
    }
}

impl Hash for UsedId<'_> {
    /// In few pieces; where the realm ends is told by its length.
    fn hash<H: Hasher>(&self, state: &mut H) {
        let kind = match self.kind {
            JtiKind::Text => 0,
            JtiKind::Integer => 4,
        };
        state.write(self.realm.as_bytes());
        state.write(self.jti.as_bytes());
        state.write_usize(self.realm.len());
        state.write_u8(self.profile.sheet().number + kind);
    }
}
