//! An accepted token allocates nothing on the Rust heap: HS256 and RS256, replay store asked.
//!
//! What aws-lc-rs takes from the C heap for an RSA signature is not Rust's and not counted here.

use std::alloc::System;

use claimproof_benches::contender::{CLAIMPROOF, Run, Task};
use claimproof_benches::sample::{self, Sample};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static COUNTING: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// One test, since another thread's allocations would be counted too.
#[test]
fn an_accepted_token_allocates_nothing() {
    for sample in sample::ALL {
        let given = sample.presentations(64);
        let mut run = CLAIMPROOF
            .prepare(&Task::new(sample, &given))
            .expect("the reference takes every profile");
        // Buffers grow on the first pass and are kept.
        assert_eq!(accepted(run.as_mut()), 64, "{sample:?}");
        run.renew();
        let region = Region::new(COUNTING);
        let accepted = accepted(run.as_mut());
        let change = region.change();
        assert_eq!(
            (accepted, change.allocations, change.reallocations),
            (64, 0, 0),
            "{sample:?}: {change:?}"
        );
    }
    counts_what_there_is(sample::API_SMALL);
}

fn accepted(run: &mut dyn Run) -> usize {
    let mut count = 0;
    run.pass(&mut |accepted| count += usize::from(accepted));
    count
}

/// The counter counts: the first pass of a new verifier has buffers to grow.
fn counts_what_there_is(sample: Sample) {
    let given = sample.presentations(1);
    let mut run =
        CLAIMPROOF.prepare(&Task::new(sample, &given)).expect("the reference takes every profile");
    let region = Region::new(COUNTING);
    assert_eq!(accepted(run.as_mut()), 1);
    assert!(region.change().allocations > 0, "buffers that never grew");
}
