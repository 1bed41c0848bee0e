//! `claimproof report`: the reports of a run that was cut short, from its journal.

use std::path::Path;

use claimproof_catalog::Profile;
use claimproof_suite::{Exit, Report, Summary, Text, render};

use crate::conform::{color, rendered};
use crate::failed::{Failed, Outcome};
use crate::flags::ReportFrom;
use crate::journal::{Told, read};
use crate::known::{Known, today};
use crate::reports::Reports;
use crate::say;

pub(crate) fn run(flags: &ReportFrom) -> Outcome {
    let known = Known::read(flags.known_failures.as_deref(), false)?;
    let told = read(&flags.from).map_err(Failed::usage)?;
    let reports = Reports::open(&flags.report, flags.force)?;
    let report = Report { duration_ms: spent(&flags.from, &told), ..made(told, &known) };
    color(flags.color);
    let told_of = say::result(&render::terminal::render(&report));
    let written = reports.write(|kind| rendered(kind, &report));
    told_of.and(written)?;
    Ok(Exit::of(&report, 0))
}

/// Milliseconds from the beginning of the run to the last line of its journal.
fn spent(path: &Path, told: &Told) -> u64 {
    let last = std::fs::metadata(path).and_then(|found| found.modified()).ok();
    let last = last.and_then(|last| jiff::Timestamp::try_from(last).ok());
    let begun: Option<jiff::Timestamp> = told.begun.started.parse().ok();
    let spent = |(last, begun): (jiff::Timestamp, jiff::Timestamp)| {
        last.as_millisecond() - begun.as_millisecond()
    };
    let spent = last.zip(begun).map_or(0, spent);
    u64::try_from(spent).unwrap_or(0)
}

/// The report of what had ended. Each case is graded by itself: which reading the answers fit
/// together, only a whole run says.
fn made(told: Told, known: &Known) -> Report {
    let Told { begun, changes, mut cases } = told;
    let ran: Vec<Profile> = begun.target.profile.into_iter().collect();
    let faults = known.failures.apply(&mut cases, &ran, false, today());
    Report {
        written_by: Report::WRITER,
        schema: Report::SCHEMA,
        suite_version: begun.suite_version.leak(),
        vectors_digest: begun.vectors_digest,
        seed: begun.seed,
        target: begun.target.clone(),
        started: begun.started,
        duration_ms: 0,
        partial: true,
        cut_short_by: Some("the end of its process".to_owned()),
        unfinished: None,
        findings: Vec::new(),
        summary: Summary::of(&cases),
        targets: vec![begun.target],
        readings: Vec::new(),
        orders: Vec::new(),
        no_signals: std::collections::BTreeMap::new(),
        stopped: Vec::new(),
        left: changes.into_iter().map(|change| Text::from(change.name)).collect(),
        faults: faults.into_iter().map(Text::from).collect(),
        cases,
    }
}
