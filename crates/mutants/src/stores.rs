//! Replay stores with one fault each.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use claimproof_replay::{Claimed, Key, Store};

/// Remembers nothing, as a store of one connection or one node does.
pub(crate) struct Forgetful;

impl Store for Forgetful {
    fn claim(&self, _: &Key<'_>, _: i64, _: i64) -> Claimed {
        Claimed::First
    }
}

/// Remembers keys changed in some way, for a time changed in some way.
pub(crate) struct Altered {
    seen: Mutex<HashMap<Vec<u8>, i64>>,
    key: fn(&[u8]) -> Vec<u8>,
    until: fn(i64, i64) -> i64,
}

impl Altered {
    /// Another key, the right time.
    pub(crate) fn keyed(key: fn(&[u8]) -> Vec<u8>) -> Box<dyn Store> {
        Box::new(Self { seen: Mutex::default(), key, until: |until, _| until })
    }

    /// The right key, another time: of the last second and of now.
    pub(crate) fn lasting(until: fn(i64, i64) -> i64) -> Box<dyn Store> {
        Box::new(Self { seen: Mutex::default(), key: <[u8]>::to_vec, until })
    }
}

impl Store for Altered {
    fn claim(&self, key: &Key<'_>, until: i64, now: i64) -> Claimed {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (self.key)(&key.to_bytes());
        let live = seen.get(&key).is_some_and(|until| *until >= now);
        if live {
            return Claimed::Seen;
        }
        seen.insert(key, (self.until)(until, now));
        Claimed::First
    }
}
