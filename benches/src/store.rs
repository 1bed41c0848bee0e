//! The replay store while many ids are live.

use claimproof_catalog::Profile;
use claimproof_replay::{Key, MemoryStore, Store};
use claimproof_vectors::FROZEN_NOW;
use claimproof_verifier::{JtiKind, Redemption};
use cpu_time::ThreadTime;

use crate::rounds::{median, per};

/// How many ids are live unless said otherwise.
pub const LIVE: usize = 1_000_000;

/// How many more are claimed while the clock runs.
const CLAIMED: usize = 100_000;

/// A store in which so many ids are live, which last as long as a connected app's tokens may. No token
/// of a sample has one of them.
pub fn live_store(store: MemoryStore, count: usize) -> MemoryStore {
    for n in 0..count {
        claim(&store, &format!("{n:032}"));
    }
    store
}

fn claim(store: &MemoryStore, jti: &str) {
    let lasts = jti.bytes().fold(0, |sum, byte| (sum * 31 + i64::from(byte)) % 600);
    let redemption = Redemption { realm: "bench", kind: JtiKind::Text, jti, until: FROZEN_NOW + lasts };
    let _ = store.claim(&Key::of(Profile::TableauConnectedApp, &redemption), redemption.until, FROZEN_NOW);
}

/// Nanoseconds of processor time for a claim beside so many others: the median of the rounds, ten at most.
pub fn claim_ns(live: usize, rounds: usize) -> f64 {
    let fresh: Vec<String> = (live..live + CLAIMED).map(|n| format!("{n:032}")).collect();
    let round = |_| {
        let store = live_store(MemoryStore::default(), live);
        let begun = ThreadTime::now();
        for jti in &fresh {
            claim(&store, jti);
        }
        per(begun.elapsed(), CLAIMED)
    };
    median((0..rounds.min(10)).map(round).collect())
}
