//! Two threads on one verifier and one store, against one thread alone.

use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use claimproof_cast::public;
use claimproof_reference::Reference;
use claimproof_replay::MemoryStore;
use claimproof_token::Scratch;
use claimproof_vectors::FROZEN_NOW;
use cpu_time::ThreadTime;

use crate::rounds::{median, per};
use crate::sample::{Presented, Sample};
use crate::store::live_store;

/// What a token costs on one thread and on two.
#[derive(Clone, Debug, PartialEq)]
pub struct Scaling {
    /// Processor time for a token on one thread, in nanoseconds: the median of the rounds.
    pub one_ns: f64,
    /// The same on two threads, both counted.
    pub two_ns: f64,
    /// The median of two to one within a round.
    pub cpu_ratio: f64,
    /// The same of the time on the clock: half where two threads do twice the work.
    pub wall_ratio: f64,
    /// How many tokens were refused that must not be.
    pub refused: usize,
}

/// Processor time, time on the clock, and what was refused.
type Spent = (Duration, Duration, usize);

/// Rounds, ten at most, each with a store of its own and three lots of so many tokens.
pub fn measure<R: Presented>(sample: &Sample, tokens: usize, live: usize, rounds: usize) -> Scaling
where
    for<'a> R::Request<'a>: Send + Sync,
    R::Accounts: Send + Sync,
    R::Policy: Send + Sync,
{
    let given = sample.presentations(3 * tokens);
    let requests: Vec<R::Request<'_>> = given.iter().map(R::request).collect();
    let mut reference = Reference::<R>::of(&public(R::PROFILE)).unwrap_or_else(|error| panic!("{error}"));
    let (mut one, mut two, mut cpu, mut wall, mut refused) = (vec![], vec![], vec![], vec![], 0);
    for _ in 0..rounds.min(10) {
        reference.store = Box::new(live_store(MemoryStore::default(), live));
        let (alone, pair) = requests.split_at(tokens);
        let single = together(&reference, &[alone]);
        let (left, right) = pair.split_at(tokens);
        let both = together(&reference, &[left, right]);
        let [own, shared] = [per(single.0, tokens), per(both.0, 2 * tokens)];
        cpu.push(shared / own);
        wall.push(per(both.1, 2 * tokens) / per(single.1, tokens));
        one.push(own);
        two.push(shared);
        refused += single.2 + both.2;
    }
    let [one_ns, two_ns, cpu_ratio, wall_ratio] = [one, two, cpu, wall].map(median);
    Scaling { one_ns, two_ns, cpu_ratio, wall_ratio, refused }
}

/// A thread for each lot, which all begin at once.
fn together<R: Presented>(reference: &Reference<R>, lots: &[&[R::Request<'_>]]) -> Spent
where
    for<'a> R::Request<'a>: Send + Sync,
    R::Accounts: Send + Sync,
    R::Policy: Send + Sync,
{
    let start = Barrier::new(lots.len());
    let lot = |requests: &[R::Request<'_>]| {
        let (accounts, mut scratch) = (reference.accounts(), Scratch::new());
        start.wait();
        let (cpu, wall) = (ThreadTime::now(), Instant::now());
        let verdicts = requests.iter().map(|one| reference.present(&accounts, *one, &mut scratch, FROZEN_NOW).is_ok());
        let refused = verdicts.filter(|accepted| !accepted).count();
        (cpu.elapsed(), wall.elapsed(), refused)
    };
    let lot = &lot;
    let spent: Vec<Spent> = thread::scope(|scope| {
        let running: Vec<_> = lots.iter().map(|requests| scope.spawn(move || lot(requests))).collect();
        running.into_iter().filter_map(|one| one.join().ok()).collect()
    });
    let sum = |sum: Spent, one: &Spent| (sum.0 + one.0, sum.1.max(one.1), sum.2 + one.2);
    spent.iter().fold((Duration::ZERO, Duration::ZERO, 0), sum)
}
