//! What has passed takes little room, and no use pays for many.

use std::time::{Duration, Instant};

use claimproof_replay::{MemoryStore, Redeemed, Store};

use super::make::key;

/// A store in which so many live through second 100 and so many through second 10.
fn filled(long: usize, short: usize) -> MemoryStore {
    let store = MemoryStore::new(100_000);
    for n in 0..long + short {
        let until = if n < long { 100 } else { 10 };
        assert_eq!(store.redeem(&key(n), until, 0), Redeemed::First);
    }
    assert_eq!((store.len(), store.held()), (long + short, long + short));
    store
}

#[test]
fn a_wave_that_has_passed_is_taken_out_before_the_table_grows() {
    let store = filled(1_000, 9_000);
    for n in 10_000..20_000 {
        assert_eq!(store.redeem(&key(n), 100, 11), Redeemed::First);
    }
    assert_eq!((store.len(), store.held()), (11_000, 11_000));
}

/// They count no more, and stay until taking them out pays.
#[test]
fn a_few_that_have_passed_take_room_for_a_while() {
    let store = filled(1_000, 10);
    assert_eq!(store.redeem(&key(2_000), 100, 11), Redeemed::First);
    assert_eq!((store.len(), store.held()), (1_001, 1_011));
}

/// However long it runs, with as many new ones a second as pass: what takes room hangs on the live ones
/// alone. The table has room for twice their number, rounded up to a power of two.
#[test]
fn room_is_bounded_by_what_lives() {
    let store = MemoryStore::new(100_000);
    for second in 0..500_i64 {
        for n in 0..20_usize {
            let number = usize::try_from(second).unwrap() * 20 + n;
            assert_eq!(store.redeem(&key(number), second + 9, second), Redeemed::First);
        }
        assert!(
            store.held() <= 4 * store.len(),
            "{} of {} live at {second}",
            store.held(),
            store.len()
        );
    }
    assert_eq!(store.len(), 200);
}

/// Ten times the uses may cost forty times the time, for a busy machine; one that looks at all the
/// others costs a hundred.
#[test]
fn uses_cost_linear_time() {
    let (small, large) = (fastest(2_000), fastest(20_000));
    assert!(large < small * 40, "2,000 uses took {small:?}, 20,000 took {large:?}");
}

fn fastest(uses: usize) -> Duration {
    let run = || {
        let start = Instant::now();
        filled(uses, 0);
        start.elapsed()
    };
    (0..5).map(|_| run()).min().unwrap()
}
