//! Every mutant is served and the suite run against it over HTTP.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use claimproof_cast::{Seed, seeded};
use claimproof_catalog::Profile;
use claimproof_catalog::requirements::Level;
use claimproof_http::target::of_reference;
use claimproof_http::{HttpSubject, serve};
use claimproof_suite::{Options, Selection, Subject, Verdict, prove, run, select};
use claimproof_vectors::Case;
use serde::{Deserialize, Serialize};

use crate::cores;
use crate::mutant::Mutant;

/// What came of one mutant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The mutant.
    pub name: String,
    /// The system.
    pub profile: String,
    /// The fault in one sentence.
    pub title: String,
    /// What it breaks.
    pub breaks: String,
    /// Whether it refuses what must be accepted.
    pub over_strict: bool,
    /// The cases of its set that fail, or `acceptance proof`.
    pub killers: Vec<String>,
    /// Failing cases outside its set.
    pub misblamed: Vec<String>,
}

impl Row {
    /// Whether something of its set catches it.
    pub const fn is_killed(&self) -> bool {
        !self.killers.is_empty()
    }
}

/// What a run could not do.
#[derive(Debug, thiserror::Error)]
#[error("{mutant}: {why}")]
pub struct MatrixError {
    /// The mutant.
    pub mutant: String,
    /// Why.
    pub why: String,
}

impl From<std::io::Error> for MatrixError {
    fn from(error: std::io::Error) -> Self {
        Self { mutant: "the matrix has no runtime".to_owned(), why: error.to_string() }
    }
}

/// The killer where a run stops before the first case.
pub const PROOF: &str = "acceptance proof";

/// Serves each mutant and runs every case against it.
pub fn matrix(mutants: &[Mutant], seed: u64) -> Result<Vec<Row>, MatrixError> {
    // One instant, ahead of every server's clock, and one run name: the tokens are the same for
    // every mutant, and each has a replay store of its own.
    static RUNS: AtomicU64 = AtomicU64::new(0);
    let run = format!("matrix {seed} {}", RUNS.fetch_add(1, Ordering::SeqCst));
    let begun = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let now = i64::try_from(begun).unwrap_or(i64::MAX / 2) + 3600;
    cores::each(mutants, |mutant| one(mutant, seed, &run, now))
}

async fn one(mutant: &Mutant, seed: u64, run_name: &str, now: i64) -> Result<Row, MatrixError> {
    let failed = |why: String| MatrixError { mutant: mutant.name.clone(), why };
    let cast = seeded(mutant.profile, Seed(seed));
    let players = cast.players.clone();
    let binding = mutant.binding(cast).map_err(|error| failed(error.to_string()))?;
    let running = serve(binding.impatient(), 0).await.map_err(|error| failed(error.to_string()))?;
    let target = of_reference(mutant.profile, &running.base_url());
    let subject = HttpSubject::connect(target, players, Duration::from_secs(10), false).await;
    let subject = subject.map_err(|error| failed(error.to_string()))?;
    subject.reach(now);
    let mut row = Row {
        name: mutant.name.clone(),
        profile: mutant.profile.to_string(),
        title: mutant.title.clone(),
        breaks: mutant.breaks.describe(),
        over_strict: mutant.over_strict,
        killers: Vec::new(),
        misblamed: Vec::new(),
    };
    if prove(&subject, run_name).await.is_err() {
        row.killers.push(PROOF.to_owned());
        return Ok(row);
    }
    let cases = select(mutant.profile, subject.capabilities(), &Selection::default());
    let failing = failing(&subject, &cases, run_name, seed).await;
    for Failing { id, whole } in &failing {
        let case = cases.iter().find(|case| case.id == *id);
        let covered = case.is_some_and(|case| mutant.breaks.covers(case));
        // A case whose accepted twin is refused, or that never came to its point, blames nothing.
        let twin = case.and_then(|case| case.twin.as_ref());
        let twin_fails = twin.is_some_and(|twin| failing.iter().any(|other| other.id == *twin));
        match (covered, twin_fails || !whole) {
            (true, _) => row.killers.push(id.clone()),
            (false, true) => {}
            (false, false) => row.misblamed.push(id.clone()),
        }
    }
    Ok(row)
}

/// The ids of the cases that fail at the stricter level; an error is a failure to notice.
async fn failing(subject: &HttpSubject, cases: &[Case], run_name: &str, seed: u64) -> Vec<Failing> {
    let (run_name, seed) = (run_name.to_owned(), Seed(seed));
    let options = Options { jobs: 8, run: run_name, level: Level::Should, fixed: BTreeMap::new(), seed };
    let (reports, _) = run(cases, subject, &options, &|_| {}).await;
    let bad = reports.into_iter().filter(|case| matches!(case.verdict, Verdict::Fail | Verdict::Error));
    let acts = |id: &str| cases.iter().find(|case| case.id == id).map_or(0, |case| case.script.len());
    bad.map(|case| Failing { whole: case.at == acts(&case.id), id: case.id }).collect()
}

/// A case that fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failing {
    /// Its id.
    pub id: String,
    /// Whether it came to its last act, which is what it is about.
    pub whole: bool,
}

/// The cases a reference was tried with, some of them asked again, and those that failed.
pub type Tried = (Vec<Case>, Vec<Failing>);

/// The reference of each profile, tried as a mutant is.
pub fn references(profiles: &[Profile], seed: u64) -> Result<Vec<Tried>, MatrixError> {
    cores::each(profiles, |profile| reference(*profile, seed))
}

async fn reference(profile: Profile, seed: u64) -> Result<Tried, MatrixError> {
    let failed = |why: String| MatrixError { mutant: format!("the reference of {profile}"), why };
    let cast = seeded(profile, Seed(seed));
    let players = cast.players.clone();
    let binding = claimproof_http::Binding::of(cast).map_err(|error| failed(error.to_string()))?;
    let running = serve(binding.impatient(), 0).await.map_err(|error| failed(error.to_string()))?;
    let target = of_reference(profile, &running.base_url());
    let subject = HttpSubject::connect(target, players, Duration::from_secs(10), false).await;
    let subject = subject.map_err(|error| failed(error.to_string()))?;
    let selection = Selection { probes: Some(Seed(seed)), ..Selection::default() };
    let cases = select(profile, subject.capabilities(), &selection);
    let bad = failing(&subject, &cases, &format!("reference {seed} {}", running.base_url()), seed).await;
    Ok((cases, bad))
}
