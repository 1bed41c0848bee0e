//! A clock that is stepped back revives nothing (H14).

use claimproof_replay::{MemoryStore, Redeemed, Store};
use proptest::prelude::*;

use super::make::key;

#[test]
fn what_may_have_been_forgotten_is_refused() {
    let store = MemoryStore::new(10);
    assert_eq!(store.redeem(&key(1), 100, 90), Redeemed::First);
    assert_eq!(store.redeem(&key(2), 300, 200), Redeemed::First);
    // The first is forgotten; its token would be in time again by the clock stepped back.
    assert_eq!(store.len(), 1);
    for now in [90, 95, 100, i64::MIN] {
        assert_eq!(store.redeem(&key(1), 100, now), Redeemed::Unavailable);
        assert_eq!(store.redeem(&key(3), 199, now), Redeemed::Unavailable);
        assert_eq!(store.redeem(&key(2), 300, now), Redeemed::Seen);
    }
    // What lives on by every clock seen can still be vouched for.
    assert_eq!(store.redeem(&key(3), 200, 95), Redeemed::First);
}

#[test]
fn a_late_answer_counts_for_the_furthest_clock() {
    let store = MemoryStore::new(10);
    assert_eq!(store.redeem(&key(1), 50, 200), Redeemed::Unavailable);
    assert_eq!(
        store.redeem(&key(1), 150, 100),
        Redeemed::Unavailable,
        "the refused use showed the clock"
    );
    assert!(store.is_empty());
}

proptest! {
    /// Whatever the clocks of the uses, a token is first at most once: its deadline never changes.
    #[test]
    fn one_token_is_first_once_under_any_clock(
        tokens in prop::collection::vec((0..3_usize, -50..=50_i64), 1..4),
        uses in prop::collection::vec((any::<prop::sample::Index>(), prop_oneof![-60..=60_i64, any::<i64>()]), 1..60),
    ) {
        let store = MemoryStore::new(100);
        let mut firsts = vec![0; tokens.len()];
        for (token, now) in uses {
            let place = token.index(tokens.len());
            let (number, until) = tokens[place];
            if store.redeem(&key(number), until, now) == Redeemed::First {
                firsts[place] += 1;
                prop_assert!(now <= until);
            }
        }
        prop_assert!(firsts.iter().all(|times| *times <= 1), "{:?}", firsts);
    }
}
