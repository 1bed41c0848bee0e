//! Real threads: of any number of uses of one key, one is the first.

use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use claimproof_replay::{MemoryStore, Redeemed, Store, UsedId};

use super::make::key;

const THREADS: usize = 8;

/// Runs the work in eight threads that start together.
fn together(work: impl Fn(usize) + Sync) {
    let start = Barrier::new(THREADS);
    thread::scope(|scope| {
        for thread in 0..THREADS {
            let (start, work) = (&start, &work);
            scope.spawn(move || {
                start.wait();
                work(thread);
            });
        }
    });
}

/// How often each key was first, when all threads use up all of them in step.
fn winners(store: &impl Store, keys: &[UsedId<'_>], until: i64, now: i64) -> Vec<usize> {
    let firsts: Vec<AtomicUsize> = keys.iter().map(|_| AtomicUsize::new(0)).collect();
    let step = Barrier::new(THREADS);
    together(|_| {
        for (round, (key, first)) in keys.iter().zip(&firsts).enumerate() {
            if round % 50 == 0 {
                step.wait();
            }
            match store.redeem(key, until, now) {
                Redeemed::First => drop(first.fetch_add(1, Ordering::Relaxed)),
                Redeemed::Seen => {}
                Redeemed::Unavailable => panic!("there is room and time"),
            }
        }
    });
    firsts.into_iter().map(AtomicUsize::into_inner).collect()
}

#[test]
fn one_winner_in_each_of_twenty_thousand_rounds() {
    let keys: Vec<UsedId<'_>> = (0..20_000).map(key).collect();
    let store = MemoryStore::default();
    assert_eq!(winners(&store, &keys, 60, 0), vec![1; keys.len()]);
    assert_eq!(store.len(), keys.len());
    assert_eq!(winners(&store, &keys, 60, 60), vec![0; keys.len()]);
    assert_eq!(winners(&store, &keys, 99, 61), vec![1; keys.len()]);
}

#[test]
fn exactly_what_fits_is_first() {
    const CAPACITY: usize = 500;
    let store = MemoryStore::new(CAPACITY);
    let (firsts, refused) = (AtomicUsize::new(0), AtomicUsize::new(0));
    together(|thread| {
        for n in 0..1000 {
            let counted = match store.redeem(&key(thread * 1000 + n), 60, 0) {
                Redeemed::First => &firsts,
                Redeemed::Unavailable => &refused,
                Redeemed::Seen => panic!("no key is used up twice"),
            };
            counted.fetch_add(1, Ordering::Relaxed);
            assert!(store.len() <= CAPACITY);
        }
    });
    assert_eq!((firsts.into_inner(), refused.into_inner()), (CAPACITY, 8000 - CAPACITY));
}

/// Clocks that differ from thread to thread: still at most one first for one token.
#[test]
fn no_second_winner_under_clocks_that_differ() {
    let keys: Vec<UsedId<'_>> = (0..2000).map(key).collect();
    let firsts: Vec<AtomicUsize> = keys.iter().map(|_| AtomicUsize::new(0)).collect();
    let store = MemoryStore::default();
    together(|thread| {
        let ahead = i64::try_from(thread).unwrap();
        for (second, (key, first)) in (0_i64..).zip(keys.iter().zip(&firsts)) {
            if store.redeem(key, second + 4, second + ahead) == Redeemed::First {
                first.fetch_add(1, Ordering::Relaxed);
            }
        }
    });
    assert!(firsts.into_iter().all(|times| times.into_inner() <= 1));
}
