//! Plays cases on a subject and grades them.
//!
//! Independent cases run at once; `schedule.rs` says which wait for which. `retry.rs` says what is
//! tried again, and when, and `settle.rs` what is presented anew behind a change; nothing else is
//! ever sent twice.

use std::collections::BTreeMap;

use claimproof_cast::Seed;
use claimproof_catalog::requirements::Level;
use claimproof_vectors::Case;
use futures::future::{Either, select};
use futures::stream::FuturesUnordered;
use futures::{FutureExt, StreamExt};

use crate::controls;
use crate::observation::Outcome;
use crate::probe;
use crate::report::{CaseReport, Lack, ReadingReport};
use crate::retry::Patience;
use crate::schedule::Schedule;
use crate::stop::{Stop, Stopping, too_late};
use crate::subject::Subject;

mod act;
mod again;
mod inferred;
mod once;
mod played;
mod rehearsal;
mod settle;
mod watch;

pub use rehearsal::rehearse;

use inferred::{infer, reading};
use played::{End, Played};

/// How a run is made.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many cases at once, where they are independent.
    pub jobs: usize,
    /// Distinguishes runs, so that no `jti` is used in two of them.
    pub run: String,
    /// The least level at which a deviation fails.
    pub level: Level,
    /// Readings the target file fixes: family to reading.
    pub fixed: BTreeMap<String, String>,
    /// What the order of cases and of claims is derived from.
    pub seed: Seed,
}

/// Plays every case and grades it; `progress` hears of each one as it ends.
pub async fn run<S: Subject>(
    cases: &[Case],
    subject: &S,
    options: &Options,
    progress: &(dyn Fn(&str) + Sync),
) -> (Vec<CaseReport>, Vec<ReadingReport>) {
    run_until(cases, subject, options, progress, std::future::pending().boxed().shared()).await
}

/// The same until the run is to stop: then what has ended is graded. What has not is set back, as far
/// as the time for that goes, and left out.
pub(crate) async fn run_until<S: Subject>(
    cases: &[Case],
    subject: &S,
    options: &Options,
    progress: &(dyn Fn(&str) + Sync),
    stop: Stop<'_>,
) -> (Vec<CaseReport>, Vec<ReadingReport>) {
    let subject = &Stopping::of(subject, stop.clone());
    let mut late = std::pin::pin!(too_late(stop));
    let cases = &controls::staffed(cases, subject);
    let (shuffled, patience) = (shuffled(cases, options.seed), Patience::default());
    let (mut schedule, mut running) = (
        Schedule::of(shuffled, options.jobs, subject.capabilities().clock),
        FuturesUnordered::new(),
    );
    let mut played = Vec::with_capacity(cases.len());
    loop {
        let due = if subject.is_asked_to() { Vec::new() } else { schedule.due() };
        running.extend(due.into_iter().map(|case| again::play(case, subject, options, &patience)));
        match select(running.next(), late.as_mut()).await {
            Either::Left((None, _)) | Either::Right(_) => break,
            // Whether it was cut short nobody knows.
            Either::Left((Some(_), _)) if subject.is_asked_to() => {}
            Either::Left((Some(one), _)) => {
                schedule.ended(one.case);
                subject.journal().ended(&alone(&one, options));
                progress(&one.case.id);
                played.push(one);
            }
        }
    }
    // The order of the selection, whatever order they ended in.
    let place: BTreeMap<&str, usize> =
        cases.iter().enumerate().map(|(n, case)| (case.id.as_str(), n)).collect();
    played.sort_by_key(|one| place.get(one.case.id.as_str()).copied());
    without_control(&mut played);
    watch::settle(&mut played);
    let inferred = infer(&played, options);
    let mut reports: Vec<CaseReport> =
        played.into_iter().map(|one| one.report(&inferred, options)).collect();
    probe::settle(&mut reports);
    (reports, inferred.iter().map(|(family, inferred)| reading(family, inferred)).collect())
}

/// What a case says without the others of its run.
fn alone(one: &Played<'_>, options: &Options) -> CaseReport {
    let inferred = infer(std::slice::from_ref(one), options);
    one.clone().report(&inferred, options)
}

/// Where the plain token of an account is refused, that fails once; what else is refused there says
/// nothing. What is accepted there all the same does.
fn without_control(played: &mut [Played<'_>]) {
    let plain =
        |one: &&Played<'_>| one.case.control.is_none() && one.answered() && !one.is_accepted();
    let refused: BTreeMap<String, Outcome> = played
        .iter()
        .filter(plain)
        .filter_map(|one| Some((one.case.id.clone(), one.seen.outcome.clone()?)))
        .collect();
    for one in played.iter_mut().filter(|one| controls::has_control(one.case)) {
        let control = one.case.control.as_ref();
        let refusal = control.and_then(|control| Some((control, refused.get(control)?)));
        if let Some((control, observed)) =
            refusal.filter(|(_, observed)| one.says_nothing_beside(observed))
        {
            let why = format!(
                "its control {control} was not accepted ({observed}), so what is refused here says nothing"
            );
            (one.end, one.open) = (End::Skip(why, Some(Lack::of_control(control))), Vec::new());
        }
    }
}

/// Nobody can know a case by its place.
fn shuffled(cases: &[Case], seed: Seed) -> Vec<&Case> {
    let mut cases: Vec<&Case> = cases.iter().collect();
    cases.sort_by_cached_key(|case| seed.hex(&format!("place {}", case.id)));
    cases
}
