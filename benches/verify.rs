//! The reference verifier, token text in, verdict out: accepted, and refused at several steps.

use std::hint::black_box;

use claimproof_benches::{Corpus, corpus};
use claimproof_catalog::Profile;
use criterion::{Criterion, criterion_group, criterion_main};

fn verify(criterion: &mut Criterion) {
    for profile in Profile::JWT {
        let mut group = criterion.benchmark_group(profile.name());
        for Corpus { name, reference, presentation, now } in corpus(profile) {
            group.bench_function(name, |bencher| {
                bencher.iter(|| claimproof_suite::decide(black_box(&reference), black_box(&presentation), now));
            });
        }
        group.finish();
    }
}

criterion_group!(all, verify);
criterion_main!(all);
