//! A store in memory, under the clock it is given.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};

use ahash::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use crate::{Redeemed, Store, UsedId};

/// Keeps every key through its last acceptable second. Full is a refusal: nothing live is evicted.
///
/// Of a key it keeps a digest of 128 bits under a secret of its own: two keys that met would refuse
/// a token that is new, and never let one in again.
#[derive(Debug)]
pub struct MemoryStore {
    digests: [RandomState; 2],
    /// The furthest clock seen.
    furthest: AtomicI64,
    divisions: Box<[Division]>,
}

/// Apart from its neighbors in the cache, so that two threads meet only in what they share.
#[derive(Debug)]
#[repr(align(128))]
struct Division(Mutex<State>);

impl MemoryStore {
    /// Entries a store holds unless told otherwise.
    pub const CAPACITY: usize = 4_000_000;

    /// A store of so many is divided, and threads rarely wait for each other. Each division has its
    /// share, and digests fill them evenly: one is full when the store is, within about one
    /// percent.
    const DIVIDED: usize = 1_000_000;
    const DIVISIONS: usize = 64;

    /// A store of at most `capacity` live entries.
    pub fn new(capacity: usize) -> Self {
        let divisions = if capacity < Self::DIVIDED { 1 } else { Self::DIVISIONS };
        let division = || Division(Mutex::new(State::new(capacity / divisions)));
        Self {
            digests: [RandomState::new(), RandomState::new()],
            furthest: AtomicI64::new(i64::MIN),
            divisions: std::iter::repeat_with(division).take(divisions).collect(),
        }
    }

    /// How many entries are live; looks at each of them.
    pub fn len(&self) -> usize {
        self.divisions.iter().map(|division| division.lock().live()).sum()
    }

    /// How many entries take room, those counted that have passed and were not taken out yet.
    pub fn held(&self) -> usize {
        self.divisions.iter().map(|division| division.lock().seen.len()).sum()
    }

    /// Whether nothing is live.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Written only when it moves: a line that is read alone stays in every core's cache.
    fn furthest(&self, now: i64) -> i64 {
        let known = self.furthest.load(Ordering::SeqCst);
        if now <= known { known } else { self.furthest.fetch_max(now, Ordering::SeqCst).max(now) }
    }
}

impl Division {
    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        // No use panics half-way, so a poisoned state is still whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new(Self::CAPACITY)
    }
}

impl Store for MemoryStore {
    fn redeem(&self, key: &UsedId<'_>, until: i64, now: i64) -> Redeemed {
        let furthest = self.furthest(now);
        let [one, other] = &self.digests;
        let digest = [one.hash_one(key), other.hash_one(key)];
        let [place, ..] = digest[0].to_ne_bytes();
        self.divisions[usize::from(place) % self.divisions.len()]
            .lock()
            .redeem(digest, until, furthest)
    }
}

#[derive(Debug)]
struct State {
    capacity: usize,
    seen: HashTable<Spent>,
    /// The clock when what has passed was last taken out.
    swept: i64,
    furthest: i64,
}

#[derive(Debug)]
struct Spent {
    digest: [u64; 2],
    until: i64,
}

impl State {
    const fn new(capacity: usize) -> Self {
        Self { capacity, seen: HashTable::new(), swept: i64::MIN, furthest: i64::MIN }
    }

    fn live(&self) -> usize {
        self.seen.iter().filter(|spent| spent.until >= self.furthest).count()
    }

    fn redeem(&mut self, digest: [u64; 2], until: i64, furthest: i64) -> Redeemed {
        self.furthest = self.furthest.max(furthest);
        // What expired by the furthest clock seen may have been dropped: a use that a clock
        // stepped back would revive cannot be vouched for.
        if until < self.furthest {
            return Redeemed::Unavailable;
        }
        if self.seen.len() >= self.seen.capacity().min(self.capacity) {
            self.sweep();
        }
        let is_full = self.seen.len() >= self.capacity;
        match self.seen.entry(
            hash(digest),
            |spent| spent.digest == digest,
            |spent| hash(spent.digest),
        ) {
            Entry::Occupied(spent) if spent.get().until >= self.furthest => Redeemed::Seen,
            Entry::Occupied(mut spent) => {
                spent.get_mut().until = until;
                Redeemed::First
            }
            Entry::Vacant(_) if is_full => Redeemed::Unavailable,
            Entry::Vacant(room) => {
                room.insert(Spent { digest, until });
                Redeemed::First
            }
        }
    }

    /// Keeps what lives, in a table for twice as many, so that many uses pay for a sweep; without
    /// one, where the clock has not gone on, the table grows by itself.
    fn sweep(&mut self) {
        if self.furthest <= self.swept {
            return;
        }
        self.swept = self.furthest;
        let mut kept = HashTable::with_capacity((2 * self.live()).min(self.capacity));
        for spent in std::mem::take(&mut self.seen) {
            if spent.until >= self.furthest {
                kept.insert_unique(hash(spent.digest), spent, |spent| hash(spent.digest));
            }
        }
        self.seen = kept;
    }
}

/// Digests are evenly spread already.
const fn hash(digest: [u64; 2]) -> u64 {
    digest[1]
}
