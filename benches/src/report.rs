//! What a run of the benchmark says: rows, and the figures held against their bounds.

mod goals;
mod render;

use claimproof_catalog::Profile;
use serde::{Deserialize, Serialize};

use crate::contender::{Contender, Task};
use crate::hostile;
use crate::rounds::Rounds;
use crate::sample::{self, LINK_SMALL, Sample, TABLEAU_SMALL};
use crate::store;
use crate::threads::{self, Scaling};
use crate::verdicts::Mixed;
use claimproof_verifier::tableau_connected_app::TableauConnectedApp;
use claimproof_verifier::workato_direct_link::WorkatoDirectLink;

pub use render::markdown;

/// One run.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Report {
    /// The libraries below the verifier, with versions.
    pub engine: String,
    /// The processor, as the system names it.
    pub cpu: String,
    /// How many turns each contender had.
    pub rounds: usize,
    /// One row for a contender and a token.
    pub rows: Vec<Row>,
    /// The figures beside the table.
    pub figures: Figures,
    /// Each bound, and what was found.
    pub goals: Vec<Goal>,
}

/// One contender and one kind of token.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Row {
    /// `claimproof`, `raw-limit` or a library.
    pub contender: String,
    /// Its version.
    pub version: String,
    /// How it was set up.
    pub configuration: String,
    /// `HS256` or `RS256`.
    pub algorithm: String,
    /// Whose rules.
    pub profile: Profile,
    /// The length of the first token.
    pub token_bytes: usize,
    /// How many threads.
    pub threads: usize,
    /// Processor time for a token in nanoseconds, the median of the rounds.
    pub median_ns: f64,
    /// The quickest round.
    pub min_ns: f64,
    /// The median of the ratios within a round.
    pub ratio_to_limit: f64,
    /// Half of the ratios lie between these.
    pub spread: [f64; 2],
    /// Allocations of the Rust heap for a token; unknown where nobody counted.
    pub allocations: Option<f64>,
    /// Verdicts that are wrong on the mixed corpus; the limit gives none.
    pub wrong_verdicts: Option<usize>,
}

/// What the table has no room for.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Figures {
    /// Processor time for a token on two threads, one being 1: connected app, store shared.
    pub two_threads_hs256: f64,
    /// The same of direct links.
    pub two_threads_rs256: f64,
    /// The same of the raw limit, whose threads share nothing: what the processor makes of two threads.
    pub limit_two_threads_hs256: f64,
    /// The same of direct links.
    pub limit_two_threads_rs256: f64,
    /// What sharing costs on two threads: the time beside that of the limit, if two threads cost that more.
    pub shared_hs256: f64,
    /// The same of direct links.
    pub shared_rs256: f64,
    /// Time on the clock for a token on two threads, one being 1: connected app.
    pub wall_hs256: f64,
    /// The same of direct links.
    pub wall_rs256: f64,
    /// How many ids are live in the store, here and where two threads share it.
    pub live: usize,
    /// Nanoseconds for a claim at such a store.
    pub claim_ns: f64,
    /// Bytes an id takes in a store of a million; unknown where nobody counted.
    pub bytes_per_id: Option<f64>,
    /// What the signature library takes of the C heap for an accepted token: algorithm and allocations.
    /// Empty where nobody counted, for which valgrind must be installed.
    pub c_heap: Vec<(String, f64)>,
    /// What the costliest hostile token of 8000 bytes is.
    pub worst_hostile: String,
    /// Its cost, an accepted token of that size being 1.
    pub worst_hostile_ratio: f64,
}

/// A bound that is to hold.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Goal {
    /// What is bounded.
    pub figure: String,
    /// What was found.
    pub found: f64,
    /// `at most` or `at least`, and the bound.
    pub bound: String,
    /// Whether it holds.
    pub held: bool,
}

/// What the counting program counted.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Counted {
    /// Profile, token bytes, contender, and allocations for a token.
    pub allocations: Vec<(Profile, usize, String, f64)>,
    /// Bytes of the heap for an id.
    pub bytes_per_id: f64,
    /// Allocations of the C heap for an accepted token, by algorithm; none where valgrind is not installed.
    pub c_heap: Vec<(String, f64)>,
}

/// Times everything, with so many ids live in the store. `progress` is told what comes next.
pub fn measure(
    rounds: &Rounds,
    live: usize,
    counted: Option<&Counted>,
    mut progress: impl FnMut(&str),
) -> Report {
    let contenders = Contender::all();
    let rows = sample::ALL.iter().flat_map(|sample| {
        progress(&format!("{} {}", sample.profile, sample.algorithm()));
        timed(&contenders, sample, rounds, counted)
    });
    let rows: Vec<Row> = rows.collect();
    progress("threads, store and hostile tokens");
    let hs256 = threads::measure::<TableauConnectedApp>(&TABLEAU_SMALL, 4096, live, rounds.count);
    let rs256 = threads::measure::<WorkatoDirectLink>(&LINK_SMALL, 512, live, rounds.count);
    let figures = figures(&hs256, &rs256, rounds, live, counted);
    let refused =
        rows.iter().filter_map(|row| row.wrong_verdicts.filter(|_| row.is_own())).sum::<usize>();
    let goals = goals::of(&rows, &figures, refused + hs256.refused + rs256.refused);
    Report { engine: engine(), cpu: cpu(), rounds: rounds.count, rows, figures, goals }
}

impl Report {
    /// Whether every bound holds.
    pub fn holds(&self) -> bool {
        self.goals.iter().all(|goal| goal.held)
    }
}

impl Row {
    fn is_own(&self) -> bool {
        self.contender == crate::contender::CLAIMPROOF.name
    }
}

fn timed(
    contenders: &[Contender],
    sample: &Sample,
    rounds: &Rounds,
    counted: Option<&Counted>,
) -> Vec<Row> {
    let (given, mixed) = (sample.presentations(256), Mixed::of(sample));
    let token_bytes = given[0].token.as_ref().map_or(0, String::len);
    let task = Task::new(*sample, &given);
    let count = |name: &str| {
        let is_it = |(profile, bytes, who, _): &&(Profile, usize, String, f64)| {
            (*profile, *bytes, who.as_str()) == (sample.profile, token_bytes, name)
        };
        counted.and_then(|counted| counted.allocations.iter().find(is_it)).map(|found| found.3)
    };
    let row = |(contender, measured): (&Contender, crate::rounds::Measured)| {
        let wrong = mixed.wrong(contender, *sample).filter(|_| contender.is_verifier());
        Row {
            contender: contender.name.to_owned(),
            version: contender.version().to_owned(),
            configuration: contender.configuration.to_owned(),
            algorithm: sample.algorithm().to_owned(),
            profile: sample.profile,
            token_bytes,
            threads: 1,
            median_ns: rounded(measured.median_ns),
            min_ns: rounded(measured.min_ns),
            ratio_to_limit: rounded(measured.ratio_to_limit),
            spread: measured.spread.map(rounded),
            allocations: count(contender.name),
            wrong_verdicts: wrong.map(|wrong| wrong + measured.refused),
        }
    };
    rounds.measure(contenders, &task).into_iter().map(row).collect()
}

fn figures(
    hs256: &Scaling,
    rs256: &Scaling,
    rounds: &Rounds,
    live: usize,
    counted: Option<&Counted>,
) -> Figures {
    let worst = hostile::worst(rounds);
    Figures {
        two_threads_hs256: rounded(hs256.cpu_ratio),
        two_threads_rs256: rounded(rs256.cpu_ratio),
        limit_two_threads_hs256: rounded(hs256.limit_ratio),
        limit_two_threads_rs256: rounded(rs256.limit_ratio),
        shared_hs256: rounded(hs256.shared()),
        shared_rs256: rounded(rs256.shared()),
        wall_hs256: rounded(hs256.wall_ratio),
        wall_rs256: rounded(rs256.wall_ratio),
        live,
        claim_ns: rounded(store::claim_ns(live, rounds.count)),
        bytes_per_id: counted.map(|counted| rounded(counted.bytes_per_id)),
        c_heap: counted.map(|counted| counted.c_heap.clone()).unwrap_or_default(),
        worst_hostile: worst.name.to_owned(),
        worst_hostile_ratio: rounded(worst.ratio),
    }
}

/// To the thousandth, so that a bound given to the hundredth is not met by rounding.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

fn engine() -> String {
    let version = crate::contender::version_of;
    let hash = if is_sha() { "SHA instructions" } else { "no SHA instructions" };
    format!(
        "HS256: hmac {}, sha2 {} ({hash}); RS256: aws-lc-rs {}; base64-simd {}",
        version("hmac", "0.13"),
        version("sha2", "0.11"),
        version("aws-lc-rs", ""),
        version("base64-simd", "")
    )
}

#[cfg(target_arch = "x86_64")]
fn is_sha() -> bool {
    std::arch::is_x86_feature_detected!("sha")
}

#[cfg(not(target_arch = "x86_64"))]
const fn is_sha() -> bool {
    false
}

/// The name the system gives its processor, and how many there are.
fn cpu() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = text
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map(|(_, name)| name);
    let count = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{} ({count} cores)", name.unwrap_or(std::env::consts::ARCH))
}
