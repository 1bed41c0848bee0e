//! A store in memory, under the clock it is given.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use crate::{Claimed, Key, Store};

/// Keeps every key through its last acceptable second. Full is a refusal: nothing live is evicted.
#[derive(Debug)]
pub struct MemoryStore {
    capacity: usize,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    live: HashMap<Key, i64>,
    deadlines: BTreeMap<i64, Vec<Key>>,
    high_water: i64,
}

impl MemoryStore {
    /// Entries a store holds unless told otherwise.
    pub const CAPACITY: usize = 4_000_000;

    /// A store of at most `capacity` live entries.
    pub fn new(capacity: usize) -> Self {
        let state = State { live: HashMap::new(), deadlines: BTreeMap::new(), high_water: i64::MIN };
        Self { capacity, state: Mutex::new(state) }
    }

    /// How many entries are live.
    pub fn len(&self) -> usize {
        self.lock().live.len()
    }

    /// Whether nothing is live.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        // No claim panics half-way, so a poisoned state is still whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new(Self::CAPACITY)
    }
}

impl Store for MemoryStore {
    fn claim(&self, key: &Key, until: i64, now: i64) -> Claimed {
        let mut state = self.lock();
        state.high_water = state.high_water.max(now);
        // What expired by the furthest clock seen may have been dropped: a claim that a clock
        // stepped back would revive cannot be vouched for.
        if until < state.high_water {
            return Claimed::Unavailable;
        }
        state.drop_expired();
        if state.live.contains_key(key) {
            return Claimed::Seen;
        }
        if state.live.len() >= self.capacity {
            return Claimed::Unavailable;
        }
        state.live.insert(key.clone(), until);
        state.deadlines.entry(until).or_default().push(key.clone());
        Claimed::First
    }
}

impl State {
    fn drop_expired(&mut self) {
        while let Some(entry) = self.deadlines.first_entry() {
            if *entry.key() >= self.high_water {
                break;
            }
            for key in entry.remove() {
                self.live.remove(&key);
            }
        }
    }
}
