//! `claimproof conform`: cases on a subject, over HTTP.

mod kept;
mod observe;
mod plan;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow};
use claimproof_cast::{Players, Seed, seeded};
use claimproof_catalog::Profile;
use claimproof_http::{ConnectError, HttpSubject, Target, is_loopback};
use claimproof_in_process::of_reference;
use claimproof_server::{Binding, Running, serve};
use claimproof_suite::{
    Assignment, Conduct, Exit, Options, Report, Selection, Subject, Summary, TargetReport, Text,
    conform, is_open, render, select,
};
use claimproof_vectors::Case;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use url::Url;

use crate::failed::{Failed, Outcome};
use crate::flags::{Conform, When};
use crate::interrupt::Interrupt;
use crate::journal::{Notes, unfinished};
use crate::known::{Known, today};
use crate::lock::Lock;
use crate::reports::Reports;
use crate::say;
use crate::values::{ReportKind, address};

/// One subject with the cases selected for it, and the server behind it where we started one.
struct Part {
    subject: HttpSubject,
    target: TargetReport,
    fixed: BTreeMap<String, String>,
    cases: Vec<Case>,
    notes: Option<Arc<Notes>>,
    server: Option<Running>,
    _lock: Option<Lock>,
}

pub(crate) async fn run(flags: &Conform) -> Outcome {
    observe::check(flags)?;
    let asked = if flags.list || flags.plan { &[][..] } else { &flags.report };
    let reports = Reports::open(asked, flags.force)?;
    let outcome = run_for(flags, &reports).await;
    reports.of_nothing(&outcome, |kind, why| rendered(kind, &of_nothing(flags, why)));
    outcome
}

async fn run_for(flags: &Conform, reports: &Reports<ReportKind>) -> Outcome {
    let known = Known::read(flags.known_failures.as_deref(), flags.update_known_failures)?;
    let interrupt = Interrupt::listen().map_err(Failed::no_verdict)?;
    let mut parts = interrupt.or(parts(flags)).await.transpose()?.unwrap_or_default();
    if interrupt.came().is_some() {
        return played(flags, reports, &mut parts, (&known, &interrupt)).await;
    }
    let cases: usize = parts.iter().map(|part| part.cases.len()).sum();
    if cases == 0 {
        let what = if flags.filters.is_empty() {
            "no case is selected".to_owned()
        } else {
            format!("no case id contains {}", flags.filters.join(" or "))
        };
        say::aside(&format!("{what}; `--list` shows all ids"));
        return Ok(Exit::Nothing);
    }
    if flags.list {
        let ids = parts.iter().flat_map(|part| &part.cases).map(|case| format!("{}\n", case.id));
        return say::result(&ids.collect::<String>()).map(|()| Exit::Conforms);
    }
    if flags.plan {
        return plan::show(flags, &parts).await;
    }
    let mut parts: Vec<Part> = parts.into_iter().map(|part| part.journaled(flags)).collect();
    played(flags, reports, &mut parts, (&known, &interrupt)).await
}

/// Plays the cases and reports. The journal stays where something is left on a target, and where a
/// report cannot be written.
async fn played(
    flags: &Conform,
    reports: &Reports<ReportKind>,
    parts: &mut [Part],
    (known, interrupt): (&Known, &Interrupt),
) -> Outcome {
    let report = report(flags, parts, known, interrupt).await;
    set_clocks_back(parts).await;
    let exit = match report {
        Ok(report) => {
            let left = parts.iter().flat_map(|part| part.subject.left()).map(Text::from).collect();
            ended(flags, reports, parts, (known, &Report { left, ..report }))?
        }
        Err(failed) => {
            parts.iter().for_each(Part::put_journal_away);
            return Err(failed);
        }
    };
    parts.iter().for_each(Part::put_journal_away);
    Ok(exit)
}

fn ended(
    flags: &Conform,
    reports: &Reports<ReportKind>,
    parts: &[Part],
    (known, report): (&Known, &Report),
) -> Outcome {
    if flags.observe {
        observe::finish(flags, reports, parts, report)
    } else {
        finish(flags, reports, known, report)
    }
}

/// What cannot be written keeps nothing else from being written.
fn finish(
    flags: &Conform,
    reports: &Reports<ReportKind>,
    known: &Known,
    report: &Report,
) -> Outcome {
    color(flags.color);
    let told = say::result(&render::terminal::render(report));
    let written = reports.write(|kind| rendered(kind, report));
    if let Some(path) =
        flags.known_failures.as_deref().filter(|_| flags.update_known_failures && !report.partial)
    {
        known.update(path, selects_all(flags), report)?;
    }
    told.and(written)?;
    let exit = Exit::of(report, flags.min_tried);
    if exit == Exit::Nothing && report.summary.tried > 0 {
        let Summary { tried, of, .. } = report.summary;
        say::aside(&format!(
            "only {tried} of {of} cases were tried, fewer than --min-tried {}%: what is missing in the target file stands above",
            flags.min_tried
        ));
    }
    Ok(exit)
}

async fn parts(flags: &Conform) -> Result<Vec<Part>, Failed> {
    let selection = Selection {
        filters: flags.filters.clone(),
        skips: flags.skip.clone(),
        exact: flags.exact,
        pairs: flags.pairs,
        probes: (!flags.observe).then_some(Seed(flags.seed)),
    };
    if let Some(path) = &flags.target {
        let (mut target, players) = Target::load(path).map_err(Failed::usage)?;
        target.reach_at(address(flags.url.as_ref()).map_err(Failed::usage)?.as_ref());
        target.ask_at(flags.rate);
        flags.tls.set(&mut target).map_err(Failed::usage)?;
        if !flags.profile.is_empty() && !flags.profile.contains(&target.profile) {
            return Err(Failed::usage(anyhow!(
                "{} describes {}, not the profile asked for",
                path.display(),
                target.profile
            )));
        }
        let lock = locked(&target.base_url, flags).await?;
        unfinished(&target.base_url).iter().for_each(|told| say::aside(&format!("note: {told}")));
        let part = part(target, players, None, &selection, flags).await?;
        return Ok(vec![Part { _lock: lock, ..part }]);
    }
    let mut parts = Vec::new();
    for profile in Profile::ALL
        .into_iter()
        .filter(|one| flags.profile.is_empty() || flags.profile.contains(one))
    {
        let cast = seeded(profile, Seed(flags.seed));
        let players = cast.players.clone();
        let binding = Binding::of(cast).context("the cast").map_err(Failed::usage)?.impatient();
        let running = serve(binding, 0).await.map_err(Failed::no_verdict)?;
        let mut target = of_reference(profile, &running.base_url());
        target.ask_at(flags.rate);
        parts.push(part(target, players, Some(running), &selection, flags).await?);
    }
    Ok(parts)
}

async fn part(
    target: Target,
    players: Players,
    server: Option<Running>,
    selection: &Selection,
    flags: &Conform,
) -> Result<Part, Failed> {
    let fixed = target.readings.clone();
    let deadline = Duration::from_secs(flags.timeout);
    let with = |subject: HttpSubject, server| {
        let mut cases = select(subject.profile(), subject.capabilities(), selection);
        cases.retain(|case| !flags.observe || is_open(case));
        let (target, fixed) = (subject.described(), fixed.clone());
        Part { subject, target, fixed, cases, notes: None, server, _lock: None }
    };
    let unconnected =
        HttpSubject::unconnected(target.clone(), players.clone(), deadline, flags.allow_remote);
    let unconnected = with(unconnected.map_err(unusable)?, None);
    if flags.list || flags.plan {
        return Ok(Part { server, ..unconnected });
    }
    if is_remote(&target.base_url) && !unconnected.cases.is_empty() {
        say::aside(&plan::budget(flags, &unconnected).await);
    }
    let subject = HttpSubject::connect(target, players, deadline, flags.allow_remote).await;
    Ok(with(subject.map_err(unusable)?, server))
}

/// Whether somebody else may be asked.
pub(crate) fn is_remote(base_url: &str) -> bool {
    Url::parse(base_url).is_ok_and(|url| !is_loopback(&url))
}

pub(crate) fn unusable(error: ConnectError) -> Failed {
    match error {
        ConnectError::NotAllowed(_) => Failed::usage(error),
        ConnectError::Unreachable { .. } => Failed::no_verdict(error),
    }
}

/// However a run ended, nobody is left with another time.
async fn set_clocks_back(parts: &[Part]) {
    for part in parts {
        if let Err(why) = part.subject.set_clock_back().await {
            say::aside(&format!("warning: {why}"));
        }
    }
}

/// The server of a target file for this run alone, where anything is sent to it.
async fn locked(base_url: &str, flags: &Conform) -> Result<Option<Lock>, Failed> {
    if flags.list || flags.plan { Ok(None) } else { Lock::hold(base_url, flags.if_busy).await }
}

/// Plays every part; the first signal stops it and leaves a report of what has ended.
async fn report(
    flags: &Conform,
    parts: &mut [Part],
    known: &Known,
    interrupt: &Interrupt,
) -> Result<Report, Failed> {
    let run = format!("{}-{}", flags.seed, jiff::Timestamp::now().as_nanosecond());
    for part in parts.iter_mut().filter(|part| !part.cases.is_empty()) {
        part.target.clock =
            interrupt.or(part.subject.settle_clock(&run)).await.flatten().map(Text::from);
        if let Some(told) = &part.target.clock {
            say::aside(&format!("note: {told}"));
            part.notes.iter().for_each(|notes| notes.clock(told));
        }
    }
    let parts = &*parts;
    let options: Vec<Options> = parts.iter().map(|part| part.options(flags, &run)).collect();
    let assignment = |(part, options)| {
        let Part { subject, target, cases, .. }: &Part = part;
        Assignment { subject, target, cases, options }
    };
    let assignments: Vec<_> = parts.iter().zip(&options).map(assignment).collect();
    let bar = progress(flags.progress, parts.iter().map(|part| part.cases.len()).sum());
    let conduct = conduct(flags, parts, known);
    let pressed = stopped(interrupt.clone(), bar.clone());
    let report = conform(&assignments, &conduct, &|_| bar.inc(1), pressed).await;
    bar.finish_and_clear();
    let by = interrupt.came().map(str::to_owned);
    let named = |report: Report| Report { cut_short_by: by.filter(|_| report.partial), ..report };
    report.map(named).map_err(Failed::no_verdict)
}

/// Once a signal came, and whoever waits was told what for.
async fn stopped(interrupt: Interrupt, bar: ProgressBar) {
    interrupt.clone().pressed().await;
    let came = interrupt.came().unwrap_or_default();
    bar.suspend(|| {
        say::aside(&format!(
            "{came}: no further case is begun, and what is changed on the target is set back; \
             a second signal ends this at once"
        ));
    });
}

fn conduct(flags: &Conform, parts: &[Part], known: &Known) -> Conduct {
    let target = match (&flags.target, parts) {
        (Some(_), [one]) => one.target.clone(),
        _ => named(flags),
    };
    Conduct {
        target,
        vectors_digest: claimproof_golden::digest(),
        trust_accounts: flags.trust_accounts,
        pairs: flags.pairs,
        seed: Seed(flags.seed),
        known: known.failures.clone(),
        today: today(),
        whole: selects_all(flags),
    }
}

/// What was to be tested, before anything of it is known.
fn named(flags: &Conform) -> TargetReport {
    let path = flags.target.as_ref().map(|path| path.display().to_string());
    let name = path.unwrap_or_else(|| "claimproof reference".to_owned());
    TargetReport { name: name.into(), ..TargetReport::default() }
}

/// The report of a run that came to no case.
fn of_nothing(flags: &Conform, why: &str) -> Report {
    Report {
        unfinished: Some(why.into()),
        ..Report::empty(&conduct(flags, &[], &Known::default()))
    }
}

impl Part {
    fn options(&self, flags: &Conform, run: &str) -> Options {
        Options {
            jobs: flags.jobs.map_or_else(|| self.subject.jobs(), usize::from),
            run: run.to_owned(),
            level: flags.level.into(),
            fixed: self.fixed.clone(),
            seed: Seed(flags.seed),
        }
    }
}

/// Whether every case is to be played, so that an entry without one is stale.
const fn selects_all(flags: &Conform) -> bool {
    flags.filters.is_empty() && flags.skip.is_empty()
}

fn progress(when: When, cases: usize) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(cases).unwrap_or(0));
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} cases")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style);
    match when {
        // indicatif hides itself where stderr is no terminal.
        When::Auto | When::Always => {}
        When::Never => bar.set_draw_target(ProgressDrawTarget::hidden()),
    }
    bar
}

pub(crate) fn color(when: When) {
    match when {
        When::Auto => {}
        When::Always => anstream::ColorChoice::Always.write_global(),
        When::Never => anstream::ColorChoice::Never.write_global(),
    }
}

pub(crate) fn rendered(kind: ReportKind, report: &Report) -> Result<String, anyhow::Error> {
    Ok(match kind {
        ReportKind::Json => render::json::render(report)?,
        ReportKind::Junit => render::junit::render(report)?,
    })
}
