//! Instructions of the verify paths under callgrind, which a noisy neighbour does not move.
//!
//! `.ci/parts/callgrind` holds them against `benches/callgrind.json`.

use std::hint::black_box;

use claimproof_benches::contender::{CLAIMPROOF, Run, Task};
use claimproof_benches::sample::{API_LARGE, API_SMALL, LINK_SMALL, Sample, TABLEAU_SMALL};
use gungraun::prelude::*;

/// Many tokens, so that what random hash keys change is a small part of the sum.
const TOKENS: usize = 64;

/// Ready, with buffers that have grown and a store that knows none of the tokens.
fn ready(sample: Sample) -> Box<dyn Run> {
    let given = sample.presentations(TOKENS).leak();
    let mut run =
        CLAIMPROOF.prepare(&Task::new(sample, given)).expect("the reference takes every profile");
    run.renew();
    run.pass(&mut |_| {});
    run.renew();
    run
}

#[library_benchmark]
#[bench::api_small(ready(API_SMALL))]
#[bench::api_large(ready(API_LARGE))]
#[bench::tableau_small(ready(TABLEAU_SMALL))]
#[bench::direct_link_small(ready(LINK_SMALL))]
fn verify(mut run: Box<dyn Run>) -> Box<dyn Run> {
    run.pass(&mut |accepted| assert!(black_box(accepted)));
    run
}

library_benchmark_group!(name = paths, benchmarks = verify);
main!(library_benchmark_groups = paths);
