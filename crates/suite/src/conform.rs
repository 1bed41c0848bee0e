//! A whole run: each subject is proven fit to be judged, its cases are played, and one report says
//! what came of all of them.

use std::collections::BTreeMap;
use std::pin::pin;
use std::time::Instant;

use claimproof_cast::Seed;
use claimproof_catalog::Profile;
use claimproof_vectors::Case;
use futures::future::{Either, FutureExt, select, try_join_all};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::controls::{controls, without_good_controls};
use crate::known_failures::KnownFailures;
use crate::order::order;
use crate::proof::{Inseparable, accounts, prove};
use crate::report::{CaseReport, OrderReport, ReadingReport, Report, Summary, TargetReport};
use crate::runner::{Options, run_until};
use crate::stop::{Stop, Stopping, too_late};
use crate::subject::Subject;
use crate::text::Text;

/// One subject of a run, and what is played on it.
#[derive(Clone, Copy, Debug)]
pub struct Assignment<'s, S> {
    /// The implementation under test.
    pub subject: &'s S,
    /// What the report calls it.
    pub target: &'s TargetReport,
    /// The selected cases.
    pub cases: &'s [Case],
    /// How they are played.
    pub options: &'s Options,
}

/// How a whole run is conducted.
#[derive(Clone, Debug, Default)]
pub struct Conduct {
    /// What the report calls all subjects together.
    pub target: TargetReport,
    /// SHA-256 over the golden vectors' manifest.
    pub vectors_digest: String,
    /// Whether what the accounts of a target look like is left unexamined.
    pub trust_accounts: bool,
    /// Whether the order in which subjects look at two faults is reported.
    pub pairs: bool,
    /// What ids and orders are derived from.
    pub seed: Seed,
    /// Deviations that are known.
    pub known: KnownFailures,
    /// The day by which they expire.
    pub today: Date,
    /// Whether every case was selected, so that a known failure without a case is stale.
    pub whole: bool,
}

/// Nothing can be said about one of the subjects.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{target}: {why}")]
pub struct Unfit {
    /// What the report would have called it.
    pub target: Text,
    /// Why.
    pub why: Inseparable,
}

/// Runs the cases of every subject, those of one beside those of another, and reports what came of
/// them. `progress` hears of each case as it ends. Once `stop` is ready no case is begun, what is
/// changed on a subject is set back within a deadline, and what has ended is reported.
///
/// # Errors
///
/// A subject whose accept and reject cannot be told apart, or whose accounts are not what their
/// roles must be.
pub async fn conform<S: Subject>(
    assignments: &[Assignment<'_, S>],
    conduct: &Conduct,
    progress: &(dyn Fn(&str) + Sync),
    stop: impl Future<Output = ()> + Send,
) -> Result<Report, Unfit> {
    let (begun, started, stop) = (Instant::now(), Timestamp::now(), stop.boxed().shared());
    // Nothing is asked of a subject of which no case is selected. Those of one run share nothing.
    let asked = assignments.iter().filter(|one| !one.cases.is_empty());
    let all = asked.map(|one| played(one, conduct.trust_accounts, progress, stop.clone()));
    let all = try_join_all(all).await?;
    let partial = stop.now_or_never().is_some();
    let mut seen = all.into_iter().fold(Seen::default(), Seen::and);
    let ran: Vec<Profile> = assignments.iter().map(|one| one.subject.profile()).collect();
    let whole = conduct.whole && !partial && seen.stopped.is_empty();
    let faults = conduct.known.apply(&mut seen.cases, &ran, whole, conduct.today);
    Ok(Report {
        started: started.to_string(),
        duration_ms: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
        partial,
        findings: seen.findings,
        summary: Summary::of(&seen.cases),
        targets: assignments.iter().map(|one| one.target.clone()).collect(),
        readings: seen.readings,
        orders: if conduct.pairs { orders(&ran, &seen.cases) } else { Vec::new() },
        no_signals: no_signals(assignments),
        stopped: seen.stopped,
        faults: faults.into_iter().map(Text::from).collect(),
        cases: seen.cases,
        ..Report::empty(conduct)
    })
}

impl Report {
    /// A report of no case.
    pub fn empty(conduct: &Conduct) -> Self {
        Self {
            written_by: Self::WRITER,
            schema: Self::SCHEMA,
            suite_version: env!("CARGO_PKG_VERSION"),
            vectors_digest: conduct.vectors_digest.clone(),
            seed: conduct.seed.0,
            target: conduct.target.clone(),
            started: Timestamp::now().to_string(),
            duration_ms: 0,
            partial: true,
            cut_short_by: None,
            unfinished: None,
            findings: Vec::new(),
            summary: Summary::default(),
            targets: Vec::new(),
            readings: Vec::new(),
            orders: Vec::new(),
            no_signals: BTreeMap::new(),
            stopped: Vec::new(),
            left: Vec::new(),
            faults: Vec::new(),
            cases: Vec::new(),
        }
    }
}

/// What was seen of one subject, or of several.
#[derive(Default)]
struct Seen {
    findings: Vec<Text>,
    cases: Vec<CaseReport>,
    readings: Vec<ReadingReport>,
    stopped: Vec<Text>,
}

impl Seen {
    fn and(mut self, other: Self) -> Self {
        self.stopped.extend(other.stopped);
        self.findings.extend(other.findings);
        self.cases.extend(other.cases);
        self.readings.extend(other.readings);
        self
    }
}

/// Plays the cases of a subject until it is given up.
async fn played<S: Subject>(
    one: &Assignment<'_, S>,
    trust_accounts: bool,
    progress: &(dyn Fn(&str) + Sync),
    stop: Stop<'_>,
) -> Result<Seen, Unfit> {
    let given_up = one.subject.given_up().boxed().shared();
    let stop = select(stop, given_up.clone()).map(drop).boxed().shared();
    let seen = until_stopped(one, trust_accounts, progress, stop).await?;
    let why = given_up.now_or_never();
    let why = why.map(|why| format!("{}: {why}; no further case was played", one.target.name));
    Ok(Seen { stopped: why.into_iter().map(Text::from).collect(), ..seen })
}

/// Proves that a subject can be judged, and plays its cases; nothing where `stop` comes before.
async fn until_stopped<S: Subject>(
    one: &Assignment<'_, S>,
    trust_accounts: bool,
    progress: &(dyn Fn(&str) + Sync),
    stop: Stop<'_>,
) -> Result<Seen, Unfit> {
    let Assignment { subject, cases, options, .. } = *one;
    let stopping = Stopping::of(subject, stop.clone());
    let proving = proven(&stopping, one, trust_accounts);
    let findings = match select(pin!(proving), pin!(too_late(stop.clone()))).await {
        Either::Left((findings, _)) if !stopping.is_asked_to() => findings,
        _ => return Ok(Seen::default()),
    };
    let findings = findings.map_err(|why| Unfit { target: one.target.name.clone(), why })?;
    let all = [cases, &controls(cases, subject)].concat();
    let (mut reports, readings) = run_until(&all, subject, options, progress, stop).await;
    without_good_controls(&mut reports, cases);
    Ok(Seen { findings, cases: reports, readings, stopped: Vec::new() })
}

/// What shows already before anything is graded.
async fn proven<S: Subject>(
    subject: &Stopping<'_, '_, S>,
    one: &Assignment<'_, S>,
    trust_accounts: bool,
) -> Result<Vec<Text>, Inseparable> {
    let run = &one.options.run;
    let proof = prove(subject, run).await?;
    if !trust_accounts {
        accounts(subject, &proof, one.cases, run).await?;
    }
    Ok(proof.findings.iter().map(|one| one.to_string().into()).collect())
}

fn orders(ran: &[Profile], cases: &[CaseReport]) -> Vec<OrderReport> {
    ran.iter().filter_map(|profile| order(*profile, cases)).collect()
}

/// How often each status came that is no signal, over all subjects.
fn no_signals<S: Subject>(assignments: &[Assignment<'_, S>]) -> BTreeMap<u16, usize> {
    let mut sum = BTreeMap::new();
    for (status, count) in assignments.iter().flat_map(|one| one.subject.no_signals()) {
        *sum.entry(status).or_default() += count;
    }
    sum
}
