//! The store in memory against a naive one: a list of every first use, never cleared.

use claimproof_replay::{MemoryStore, Redeemed, Store};
use proptest::prelude::*;

use super::make::key;

/// What happens to a store; times are relative to the clock.
#[derive(Clone, Debug)]
enum Deed {
    Redeem { key: usize, until: i64 },
    Advance(i64),
    StepBack(i64),
    Fill,
    Sweep,
}

/// Every first use with the second it is to be remembered through.
struct Naive {
    firsts: Vec<(usize, i64)>,
    capacity: usize,
    /// The furthest clock seen: time never goes back for what may have been forgotten.
    furthest: i64,
}

impl Naive {
    fn live(&self) -> impl Iterator<Item = (usize, i64)> {
        self.firsts.iter().copied().filter(|(_, until)| *until >= self.furthest)
    }

    fn redeem(&mut self, key: usize, until: i64, now: i64) -> Redeemed {
        self.furthest = self.furthest.max(now);
        if until < self.furthest {
            Redeemed::Unavailable
        } else if self.live().any(|(own, _)| own == key) {
            Redeemed::Seen
        } else if self.live().count() >= self.capacity {
            Redeemed::Unavailable
        } else {
            self.firsts.push((key, until));
            Redeemed::First
        }
    }
}

struct Pair {
    store: MemoryStore,
    naive: Naive,
    clock: i64,
    /// Keys nobody has used up.
    fresh: usize,
}

impl Pair {
    fn new(capacity: usize, clock: i64) -> Self {
        let naive = Naive { firsts: Vec::new(), capacity, furthest: i64::MIN };
        Self { store: MemoryStore::new(capacity), naive, clock, fresh: 1000 }
    }

    fn redeem(&mut self, number: usize, until: i64) -> Redeemed {
        let live: Vec<_> = self.naive.live().collect();
        let seen = self.store.redeem(&key(number), until, self.clock);
        assert_eq!(
            seen,
            self.naive.redeem(number, until, self.clock),
            "key {number} until {until} at {}",
            self.clock
        );
        if seen == Redeemed::First {
            // Said once more without the naive store's own rule: nobody used it up who could still present it.
            let furthest = self.naive.furthest;
            let earlier = live.iter().find(|(own, until)| *own == number && *until >= furthest);
            assert_eq!(earlier, None, "key {number} was first twice");
            assert!(until >= self.clock, "used up after its last second");
        }
        assert!(self.store.len() <= self.naive.capacity, "{} entries", self.store.len());
        assert!(self.store.len() >= self.naive.live().count(), "a live entry was dropped");
        seen
    }

    fn redeem_fresh(&mut self, until: i64) -> Redeemed {
        self.fresh += 1;
        self.redeem(self.fresh, until)
    }

    fn act(&mut self, deed: &Deed) {
        match deed {
            Deed::Redeem { key, until } => {
                self.redeem(*key, self.clock.saturating_add(*until));
            }
            Deed::Advance(by) => self.clock = self.clock.saturating_add(*by),
            Deed::StepBack(by) => self.clock = self.clock.saturating_sub(*by),
            Deed::Fill => self.fill(),
            Deed::Sweep => self.sweep(),
        }
    }

    /// Up to the brim and one beyond; then everything live is still there.
    fn fill(&mut self) {
        let until = self.naive.furthest.max(self.clock).saturating_add(20);
        for _ in 0..=self.naive.capacity {
            self.redeem_fresh(until);
        }
        assert_eq!(self.redeem_fresh(until), Redeemed::Unavailable);
        assert_eq!(self.store.len(), self.naive.capacity);
        let live: Vec<_> = self.naive.live().collect();
        for (number, _) in live {
            assert_eq!(self.redeem(number, until), Redeemed::Seen);
        }
    }

    /// A use in good time forgets what has passed, and nothing else.
    fn sweep(&mut self) {
        let until = self.naive.furthest.max(self.clock);
        self.redeem_fresh(until);
        assert_eq!(self.store.len(), self.naive.live().count());
        assert!(!self.store.is_empty() || self.naive.live().next().is_none());
    }
}

fn deed() -> impl Strategy<Value = Deed> {
    let until = prop_oneof![6 => -3..=60_i64, 1 => any::<i64>()];
    prop_oneof![
        10 => (0..6_usize, until).prop_map(|(key, until)| Deed::Redeem { key, until }),
        3 => (0..=40_i64).prop_map(Deed::Advance),
        2 => (0..=40_i64).prop_map(Deed::StepBack),
        1 => Just(Deed::Fill),
        2 => Just(Deed::Sweep),
    ]
}

fn clock() -> impl Strategy<Value = i64> {
    prop_oneof![Just(1_700_000_000), Just(0), Just(i64::MIN), Just(i64::MAX - 100), any::<i64>()]
}

proptest! {
    #[test]
    fn at_most_once_and_never_more_than_fits(
        capacity in 0..8_usize,
        clock in clock(),
        deeds in prop::collection::vec(deed(), 1..120),
    ) {
        let mut pair = Pair::new(capacity, clock);
        for deed in &deeds {
            pair.act(deed);
        }
    }

    /// One key under a clock that only goes forward: first once, then seen through its last second.
    #[test]
    fn one_key_through_its_time(until in 0..=60_i64, steps in prop::collection::vec(0..=20_i64, 1..20)) {
        let (store, key) = (MemoryStore::new(1), key(1));
        let mut now = 0;
        for (n, step) in steps.iter().enumerate() {
            now += if n == 0 { 0 } else { *step };
            let expected = match n {
                0 => Redeemed::First,
                _ if now <= until => Redeemed::Seen,
                _ => Redeemed::Unavailable,
            };
            prop_assert_eq!(store.redeem(&key, until, now), expected, "at {}", now);
        }
    }
}

#[test]
fn a_store_that_holds_nothing_says_so() {
    let store = MemoryStore::new(0);
    assert_eq!(store.redeem(&key(1), 60, 0), Redeemed::Unavailable);
    assert!(store.is_empty());
}

/// A flood of other ids pushes nothing out (H13).
#[test]
fn a_flood_pushes_nothing_out() {
    let store = MemoryStore::new(10_000);
    assert_eq!(store.redeem(&key(0), 60, 0), Redeemed::First);
    let answers: Vec<_> = (1..=20_000).map(|n| store.redeem(&key(n), 60, 1)).collect();
    assert_eq!(answers.iter().filter(|answer| **answer == Redeemed::First).count(), 9_999);
    assert_eq!(answers.iter().filter(|answer| **answer == Redeemed::Unavailable).count(), 10_001);
    assert_eq!(store.redeem(&key(0), 60, 60), Redeemed::Seen);
    assert_eq!(store.len(), 10_000);
    assert_eq!(store.redeem(&key(0), 120, 61), Redeemed::First);
    assert_eq!(store.len(), 1);
}
