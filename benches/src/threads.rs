//! Two threads on one verifier and one store, against one thread alone.

use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use claimproof_cast::public;
use claimproof_reference::Reference;
use claimproof_replay::MemoryStore;
use claimproof_token::Scratch;
use claimproof_vectors::{FROZEN_NOW, Presentation};

use crate::contender::{RAW_LIMIT, Task};
use crate::rounds::{median, per};
use crate::sample::{Presented, Sample};
use crate::store::live_store;
use crate::thread_time::ThreadTime;

/// What a token costs on one thread and on two.
#[derive(Clone, Debug, PartialEq)]
pub struct Scaling {
    /// Processor time for a token on two threads, one being 1: the median of the rounds.
    pub cpu_ratio: f64,
    /// The same of the raw limit, whose threads share nothing: what the processor makes of two threads.
    pub limit_ratio: f64,
    /// Time on the clock, the same way: half where two threads do twice the work.
    pub wall_ratio: f64,
    /// How many tokens were refused that must not be.
    pub refused: usize,
}

impl Scaling {
    /// What sharing costs: processor time on two threads, by what it is where nothing is shared.
    pub fn shared(&self) -> f64 {
        self.cpu_ratio / self.limit_ratio.max(1.0)
    }
}

/// Processor time, time on the clock, and what was refused.
type Spent = (Duration, Duration, usize);

/// Rounds, ten at most, each with a store of its own and three lots of so many tokens.
pub fn measure<R: Presented>(sample: &Sample, tokens: usize, live: usize, rounds: usize) -> Scaling
where
    R::Accounts: Send + Sync,
    R::Policy: Send + Sync,
{
    let given = sample.presentations(3 * tokens);
    let (alone, pair) = given.split_at(tokens);
    let (left, right) = pair.split_at(tokens);
    let mut reference =
        Reference::<R>::of(&public(R::PROFILE)).unwrap_or_else(|error| panic!("{error}"));
    let (mut cpu, mut limit, mut wall, mut refused) = (vec![], vec![], vec![], 0);
    for _ in 0..rounds.min(10) {
        reference.store = Box::new(live_store(MemoryStore::default(), live));
        let own = |lot: &[Presentation], start: &Barrier| verified(&reference, lot, start);
        let raw = |lot: &[Presentation], start: &Barrier| verified_raw(sample, lot, start);
        let [single, both] = [together(&[alone], own), together(&[left, right], own)];
        let [raw_single, raw_both] = [together(&[alone], raw), together(&[left, right], raw)];
        cpu.push(per(both.0, 2 * tokens) / per(single.0, tokens));
        limit.push(per(raw_both.0, 2 * tokens) / per(raw_single.0, tokens));
        wall.push(per(both.1, 2 * tokens) / per(single.1, tokens));
        refused += single.2 + both.2 + raw_single.2 + raw_both.2;
    }
    let [cpu_ratio, limit_ratio, wall_ratio] = [cpu, limit, wall].map(median);
    Scaling { cpu_ratio, limit_ratio, wall_ratio, refused }
}

fn verified<R: Presented>(
    reference: &Reference<R>,
    lot: &[Presentation],
    start: &Barrier,
) -> Spent {
    let requests: Vec<R::Request<'_>> = lot.iter().map(R::request).collect();
    let (accounts, mut scratch) = (reference.accounts(), Scratch::new());
    let is_refused =
        |request| reference.present(&accounts, request, &mut scratch, FROZEN_NOW).is_err();
    timed(start, || requests.into_iter().map(is_refused).filter(|refused| *refused).count())
}

fn verified_raw(sample: &Sample, lot: &[Presentation], start: &Barrier) -> Spent {
    let task = Task::new(*sample, lot);
    let mut run =
        RAW_LIMIT.prepare(&task).unwrap_or_else(|| panic!("the limit takes no {}", sample.profile));
    timed(start, || {
        let mut refused = 0;
        run.pass(&mut |accepted| refused += usize::from(!accepted));
        refused
    })
}

fn timed(start: &Barrier, work: impl FnOnce() -> usize) -> Spent {
    start.wait();
    let (cpu, wall) = (ThreadTime::now(), Instant::now());
    let refused = work();
    (cpu.elapsed(), wall.elapsed(), refused)
}

/// A thread for each lot, which all begin at once.
fn together(
    lots: &[&[Presentation]],
    work: impl Fn(&[Presentation], &Barrier) -> Spent + Sync,
) -> Spent {
    let (start, work) = (Barrier::new(lots.len()), &work);
    let start = &start;
    let spent: Vec<Spent> = thread::scope(|scope| {
        let running: Vec<_> =
            lots.iter().map(|lot| scope.spawn(move || work(lot, start))).collect();
        running.into_iter().filter_map(|one| one.join().ok()).collect()
    });
    let sum = |sum: Spent, one: &Spent| (sum.0 + one.0, sum.1.max(one.1), sum.2 + one.2);
    spent.iter().fold((Duration::ZERO, Duration::ZERO, 0), sum)
}
