//! Counts what each contender allocates for a token, and what the store takes for an id; JSON.
//!
//! A program of its own: counting costs, and what is timed must not pay for it. With the place of a
//! sample and a number it only verifies, so often, to be counted from outside.

use std::alloc::System;
use std::process::Command;

use claimproof_benches::contender::{CLAIMPROOF, Contender, Task};
use claimproof_benches::report::Counted;
use claimproof_benches::{sample, store};
use claimproof_replay::MemoryStore;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static COUNTING: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// How many tokens a pass has.
const TOKENS: usize = 256;

fn main() -> serde_json::Result<()> {
    let mut asked = std::env::args().skip(1).map_while(|number| number.parse().ok());
    if let (Some(at), Some(passes)) = (asked.next(), asked.next()) {
        verify_only(at, passes);
        return Ok(());
    }
    let mut counted = Counted {
        c_heap: (0..sample::ALL.len()).filter_map(c_heap).collect(),
        ..Counted::default()
    };
    for sample in sample::ALL {
        let given = sample.presentations(TOKENS);
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

/// Passes without a Rust allocation. From the second one on the store has seen each id, which it is
/// asked last.
fn verify_only(at: usize, passes: usize) {
    let Some(sample) = sample::ALL.get(at) else { return };
    let given = sample.presentations(TOKENS);
    let Some(mut run) = CLAIMPROOF.prepare(&Task::new(*sample, &given)) else { return };
    (0..passes).for_each(|_| run.pass(&mut drop));
}

/// What valgrind counts of both heaps for a token: what more passes cost more. The first sample of
/// an algorithm stands for all.
fn c_heap(at: usize) -> Option<(String, f64)> {
    let algorithm = sample::ALL[at].algorithm();
    if sample::ALL[..at].iter().any(|other| other.algorithm() == algorithm) {
        return None;
    }
    let total = |passes: usize| -> Option<usize> {
        let mut command = Command::new("valgrind");
        command.arg("--leak-check=no").arg(std::env::current_exe().ok()?);
        let output = command.args([at.to_string(), passes.to_string()]).output().ok()?;
        let text = String::from_utf8(output.stderr).ok()?;
        let usage = text.lines().find_map(|line| line.split_once("total heap usage: "))?.1;
        usage.split(' ').next()?.replace(',', "").parse().ok()
    };
    let [few, many] = [total(2)?, total(4)?];
    Some((algorithm.to_owned(), per(many.checked_sub(few)?, 2 * TOKENS)))
}

fn per(sum: usize, count: usize) -> f64 {
    let of = |count| u32::try_from(count).map_or(f64::INFINITY, f64::from);
    (of(sum) / of(count) * 100.0).round() / 100.0
}
