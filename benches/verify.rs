//! The reference verifier and its parts: the limit, a token taken apart, every way a token can be accepted
//! or refused, hostile tokens, a claim at the store, and the golden files.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use claimproof_benches::contender::{CLAIMPROOF, Contender, RAW_LIMIT, Task};
use claimproof_benches::store::{Id, LIVE, live_store};
use claimproof_benches::{Corpus, corpus, hostile, sample};
use claimproof_catalog::Profile;
use claimproof_replay::MemoryStore;
use claimproof_token::{Compact, Scratch};
use claimproof_vectors::Presentation;
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};

fn limit(criterion: &mut Criterion) {
    for sample in sample::ALL {
        let given = sample.presentations(1);
        one(criterion, "limit", &name(&sample, &given), RAW_LIMIT, &Task::new(sample, &given));
    }
}

fn parse(criterion: &mut Criterion) {
    for sample in sample::ALL {
        let (given, mut scratch) = (sample.presentations(1), Scratch::new());
        let text = given[0].token.as_deref().unwrap_or_default();
        criterion.benchmark_group("parse").bench_function(name(&sample, &given), |bencher| {
            bencher.iter(|| Compact::parse(black_box(text), &mut scratch).is_ok());
        });
    }
}

fn verify(criterion: &mut Criterion) {
    for profile in Profile::JWT {
        let mut group = criterion.benchmark_group(profile.name());
        for Corpus { name, reference, presentation, now } in corpus(profile) {
            group.bench_function(name, |bencher| {
                bencher.iter(|| {
                    claimproof_in_process::decide(
                        black_box(&*reference),
                        black_box(&presentation),
                        now,
                    )
                });
            });
        }
        group.finish();
    }
}

fn hostile(criterion: &mut Criterion) {
    for (name, given) in hostile::presentations() {
        one(criterion, "hostile", name, CLAIMPROOF, &Task::new(sample::TABLEAU_LARGE, &[given]));
    }
}

/// One presentation, verified again and again.
fn one(criterion: &mut Criterion, group: &str, name: &str, contender: Contender, task: &Task<'_>) {
    let mut run =
        contender.prepare(task).unwrap_or_else(|| panic!("{} takes no {name}", contender.name));
    criterion.benchmark_group(group).bench_function(name, |bencher| {
        bencher.iter(|| {
            run.pass(&mut |accepted| {
                black_box(accepted);
            });
        });
    });
}

fn name(sample: &sample::Sample, given: &[Presentation]) -> String {
    let bytes = given[0].token.as_ref().map_or(0, String::len);
    format!("{} {} {bytes} bytes", sample.profile, sample.algorithm())
}

fn store(criterion: &mut Criterion) {
    let (store, mut n) = (live_store(MemoryStore::default(), LIVE), LIVE);
    let mut next = || {
        n += 1;
        Id::of(n)
    };
    let name = format!("a claim beside {LIVE} or more");
    criterion.benchmark_group("store").bench_function(name, |bencher| {
        bencher.iter_batched(&mut next, |id| id.redeem(&store), BatchSize::SmallInput);
    });
}

fn load(criterion: &mut Criterion) {
    let texts = golden(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../vectors"));
    assert!(!texts.is_empty(), "no golden files");
    criterion.benchmark_group("corpus").bench_function(
        format!("{} golden files", texts.len()),
        |bencher| {
            bencher
                .iter(|| texts.iter().filter(|text| claimproof_golden::load(text).is_ok()).count());
        },
    );
}

/// The texts of the golden files, in folders of their profiles.
fn golden(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let texts = entries.flat_map(|path| match path.extension().and_then(|end| end.to_str()) {
        _ if path.is_dir() => golden(&path),
        Some("json") => fs::read_to_string(path)
            .ok()
            .filter(|text| claimproof_golden::load(text).is_ok())
            .into_iter()
            .collect(),
        _ => Vec::new(),
    });
    texts.collect()
}

fn quick() -> Criterion {
    Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
}

criterion_group!(name = all; config = quick(); targets = limit, parse, verify, hostile, store, load);
criterion_main!(all);
