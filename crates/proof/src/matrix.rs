//! Every mutant is served and the suite run against it over HTTP.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use claimproof_cast::{Seed, seeded};
use claimproof_catalog::Profile;
use claimproof_catalog::requirements::Level;
use claimproof_http::HttpSubject;
use claimproof_in_process::of_reference;
use claimproof_mutants::Mutant;
use claimproof_server::serve;
use claimproof_suite::{
    Assignment, Conduct, Options, Selection, Subject, Unfit, Verdict, conform, select,
};
use claimproof_vectors::Case;
use serde::{Deserialize, Serialize};

use crate::blame::covers;
use crate::cores;
use crate::threads::serve_mutant;

/// What came of one mutant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fate {
    /// The mutant.
    pub name: String,
    /// The fault in one sentence.
    pub title: String,
    /// What it breaks.
    pub breaks: String,
    /// The level of the weightiest of it: at this level a run must fail.
    pub level: Level,
    /// Whether it refuses what must be accepted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub over_strict: bool,
    /// The cases of its set that fail a run as everybody runs it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub killers: Vec<String>,
    /// The cases of its set that such a run shows as advice, and that fail under `--level should`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub advised: Vec<String>,
    /// Failing cases outside its set.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub misblamed: Vec<String>,
    /// Why the run ended before it graded anything. That is no verdict, and so no kill.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<String>,
}

impl Fate {
    fn of(mutant: &Mutant) -> Self {
        Self {
            name: mutant.name.clone(),
            title: mutant.title.clone(),
            breaks: mutant.breaks.describe(),
            level: mutant.breaks.level(),
            over_strict: mutant.over_strict,
            killers: Vec::new(),
            advised: Vec::new(),
            misblamed: Vec::new(),
            stopped: None,
        }
    }

    /// The cases of its set that fail a run of this level.
    pub fn caught(&self, level: Level) -> Vec<String> {
        let advised = if level == Level::Must { &[][..] } else { &self.advised };
        [&self.killers, advised].concat()
    }

    /// Whether a run at the level of what it breaks ends with exit code 1, for a case of its set.
    pub fn is_killed(&self) -> bool {
        !self.caught(self.level).is_empty()
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

/// Serves each mutant and runs every case against it.
pub fn matrix(mutants: &[Mutant], seed: u64) -> Result<Vec<Fate>, MatrixError> {
    // One instant, ahead of every server's clock, and one run name: the tokens are the same for
    // every mutant, and each has a replay store of its own.
    static RUNS: AtomicU64 = AtomicU64::new(0);
    let run = format!("matrix {seed} {}", RUNS.fetch_add(1, Ordering::SeqCst));
    let begun = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let now = i64::try_from(begun).unwrap_or(i64::MAX / 2) + 3600;
    cores::each(mutants, |mutant| one(mutant, seed, &run, now))
}

async fn one(mutant: &Mutant, seed: u64, run_name: &str, now: i64) -> Result<Fate, MatrixError> {
    let failed = |why: String| MatrixError { mutant: mutant.name.clone(), why };
    let cast = seeded(mutant.profile, Seed(seed));
    let players = cast.players.clone();
    let binding = mutant.binding(cast).map_err(|error| failed(error.to_string()))?;
    let served = serve_mutant(mutant, binding.impatient())
        .await
        .map_err(|error| failed(error.to_string()))?;
    let target = of_reference(mutant.profile, &served.running.base_url());
    let subject = HttpSubject::connect(target, players, Duration::from_secs(10), false).await;
    let subject = subject.map_err(|error| failed(error.to_string()))?;
    subject.reach(now);
    let mut row = Fate::of(mutant);
    let cases = select(mutant.profile, subject.capabilities(), &Selection::default());
    match play(&subject, cases, run_name, seed).await {
        Ok(played) => blame(mutant, &played, &mut row),
        // Its other lines tell what was sent, and hold ids and times of this run.
        Err(unfit) => row.stopped = unfit.why.to_string().lines().next().map(str::to_owned),
    }
    Ok(row)
}

/// Whom each failing case speaks for.
fn blame(mutant: &Mutant, played: &Tried, row: &mut Fate) {
    let find = |id: &str| played.cases.iter().find(|case| case.id == id);
    for Failing { id, whole, verdict } in &played.failing {
        let case = find(id);
        let covered = case.is_some_and(|case| covers(&mutant.breaks, case));
        // A case whose control is refused, or that never came to its point, blames nothing.
        let control = case.and_then(|case| case.control.as_ref());
        let control_fails =
            control.is_some_and(|control| played.failing.iter().any(|other| other.id == *control));
        match (covered, verdict) {
            (true, Verdict::Fail) => row.killers.push(id.clone()),
            (true, Verdict::Advice) => row.advised.push(id.clone()),
            // A case without a verdict speaks for nobody.
            (true, _) => {}
            (false, _) if control_fails || !whole => {}
            (false, _) => row.misblamed.push(id.clone()),
        }
    }
}

/// Plays cases as everybody does, at the default level.
async fn play(
    subject: &HttpSubject,
    cases: Vec<Case>,
    run_name: &str,
    seed: u64,
) -> Result<Tried, Unfit> {
    let (run, seed) = (run_name.to_owned(), Seed(seed));
    let options = &Options { jobs: 8, run, level: Level::Must, fixed: BTreeMap::new(), seed };
    let target = &subject.described();
    let whole = [Assignment { subject, target, cases: &cases, options }];
    let report = conform(&whole, &Conduct::default(), &|_| {}, std::future::pending()).await?;
    let acts =
        |id: &str| cases.iter().find(|case| case.id == id).map_or(0, |case| case.script.len());
    let (mut failing, mut skipped) = (Vec::new(), BTreeMap::new());
    for case in report.cases {
        match case.verdict {
            Verdict::Fail | Verdict::Advice | Verdict::Error => {
                failing.push(Failing {
                    whole: case.at == acts(&case.id),
                    id: case.id,
                    verdict: case.verdict,
                });
            }
            Verdict::Skip => drop(skipped.insert(case.id, case.message.into())),
            Verdict::Pass | Verdict::KnownFailure | Verdict::UnexpectedPass => {}
        }
    }
    Ok(Tried { cases, failing, skipped })
}

/// A case that fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failing {
    /// Its id.
    pub id: String,
    /// Whether it came to its last act, which is what it is about.
    pub whole: bool,
    /// Whether it fails, is advice, or has no verdict.
    pub verdict: Verdict,
}

/// What a run says of itself.
#[derive(Clone, Debug)]
pub struct Tried {
    /// The cases that were selected, some of them asked again.
    pub cases: Vec<Case>,
    /// Those that did not pass.
    pub failing: Vec<Failing>,
    /// Those that were not run, each with why.
    pub skipped: BTreeMap<String, String>,
}

/// The reference of each profile, tried as a mutant is.
pub fn references(profiles: &[Profile], seed: u64) -> Result<Vec<Tried>, MatrixError> {
    cores::each(profiles, |profile| reference(*profile, seed))
}

async fn reference(profile: Profile, seed: u64) -> Result<Tried, MatrixError> {
    let failed = |why: String| MatrixError { mutant: format!("the reference of {profile}"), why };
    let cast = seeded(profile, Seed(seed));
    let players = cast.players.clone();
    let binding =
        claimproof_server::Binding::of(cast).map_err(|error| failed(error.to_string()))?;
    let running = serve(binding.impatient(), 0).await.map_err(|error| failed(error.to_string()))?;
    let target = of_reference(profile, &running.base_url());
    let subject = HttpSubject::connect(target, players, Duration::from_secs(10), false).await;
    let subject = subject.map_err(|error| failed(error.to_string()))?;
    let selection = Selection { probes: Some(Seed(seed)), ..Selection::default() };
    let cases = select(profile, subject.capabilities(), &selection);
    let run = format!("reference {seed} {}", running.base_url());
    play(&subject, cases, &run, seed).await.map_err(|unfit| failed(unfit.why.to_string()))
}
