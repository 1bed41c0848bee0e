//! Counts what each contender allocates for a token, and what the store takes for an id; JSON.
//!
//! A program of its own: counting costs, and what is timed must not pay for it.

use std::alloc::System;

use claimproof_benches::contender::{Contender, Task};
use claimproof_benches::report::Counted;
use claimproof_benches::{sample, store};
use claimproof_replay::MemoryStore;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static COUNTING: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() -> serde_json::Result<()> {
    let mut counted = Counted::default();
    for sample in sample::ALL {
        let given = sample.presentations(256);
        let task = Task::new(sample, &given);
        let bytes = given[0].token.as_ref().map_or(0, String::len);
        for contender in Contender::all() {
            let Some(mut run) = contender.prepare(&task) else { continue };
            // Buffers grow on the first pass and are kept.
            run.renew();
            run.pass(&mut drop);
            run.renew();
            let region = Region::new(COUNTING);
            run.pass(&mut drop);
            let per_token = per(region.change().allocations, given.len());
            counted.allocations.push((sample.profile, bytes, contender.name.to_owned(), per_token));
        }
    }
    let region = Region::new(COUNTING);
    let store = store::live_store(MemoryStore::default(), store::LIVE);
    let change = region.change();
    counted.bytes_per_id = per(change.bytes_allocated - change.bytes_deallocated, store.len());
    serde_json::to_writer(std::io::stdout(), &counted)
}

fn per(sum: usize, count: usize) -> f64 {
    let of = |count| u32::try_from(count).map_or(f64::INFINITY, f64::from);
    (of(sum) / of(count) * 100.0).round() / 100.0
}
