//! The replay store while many ids are live.

use claimproof_catalog::Profile;
use claimproof_replay::{MemoryStore, Store, UsedId};
use claimproof_vectors::FROZEN_NOW;
use claimproof_verifier::{JtiKind, Once};

use crate::rounds::{median, per};
use crate::thread_time::ThreadTime;

/// How many ids are live unless said otherwise.
pub const LIVE: usize = 1_000_000;

/// How many more are claimed while the clock runs.
const CLAIMED: usize = 100_000;

/// A store in which so many ids are live, which last as long as a connected app's tokens may. No token
/// of a sample has one of them.
pub fn live_store(store: MemoryStore, count: usize) -> MemoryStore {
    (0..count).map(Id::of).for_each(|id| id.redeem(&store));
    store
}

/// An id, and how long it must be remembered.
#[derive(Debug)]
pub struct Id {
    jti: String,
    until: i64,
}

impl Id {
    /// The id of a number; no two numbers have one.
    pub fn of(n: usize) -> Self {
        let lasts = i64::try_from(n % 600).unwrap_or_default();
        Self { jti: format!("{n:032}"), until: FROZEN_NOW + lasts }
    }

    /// Claims it at a store.
    pub fn redeem(&self, store: &MemoryStore) {
        let Self { jti, until } = self;
        let once = Once { realm: "bench", kind: JtiKind::Text, jti, until: *until };
        let _ = store.redeem(&UsedId::of(Profile::TableauConnectedApp, &once), *until, FROZEN_NOW);
    }
}

/// Nanoseconds of processor time for a claim beside so many others: the median of the rounds, ten at most.
pub fn claim_ns(live: usize, rounds: usize) -> f64 {
    let fresh: Vec<Id> = (live..live + CLAIMED).map(Id::of).collect();
    let round = |_| {
        let store = live_store(MemoryStore::default(), live);
        let begun = ThreadTime::now();
        fresh.iter().for_each(|id| id.redeem(&store));
        per(begun.elapsed(), CLAIMED)
    };
    median((0..rounds.min(10)).map(round).collect())
}
