//! `claimproof conform --observe`: what a target does for every reading, without a grade.

use std::path::PathBuf;

use anyhow::anyhow;
use claimproof_suite::render::observed;
use claimproof_suite::{Exit, Observed, Report, observe};

use super::{Part, color};
use crate::failed::{Failed, Outcome};
use crate::flags::Conform;
use crate::reports::Reports;
use crate::say;
use crate::values::ReportKind;

/// Shows what was seen, with a table to paste into the target file.
pub(super) fn finish(
    flags: &Conform,
    reports: &Reports<ReportKind>,
    parts: &[Part],
    report: &Report,
) -> Outcome {
    let seen = seen(parts, report);
    color(flags.color);
    let told = say::result(&format!("{}{}", observed::terminal(&seen), observed::toml(&seen)));
    reports.write(|_| Ok(observed::json(&seen)?))?;
    told?;
    Ok(Exit::of_observing(report))
}

/// What can be reported of it.
///
/// # Errors
///
/// A report of verdicts, of which there are none.
pub(super) fn check(flags: &Conform) -> Result<(), Failed> {
    let junit = |(kind, _): &(ReportKind, PathBuf)| *kind == ReportKind::Junit;
    if flags.observe && flags.report.iter().any(junit) {
        return Err(Failed::usage(anyhow!("junit reports verdicts, and --observe gives none")));
    }
    Ok(())
}

fn seen(parts: &[Part], report: &Report) -> Observed {
    let cases: Vec<_> = parts.iter().flat_map(|part| part.cases.iter().cloned()).collect();
    Observed {
        written_by: Report::WRITER,
        schema: 1,
        suite_version: report.suite_version,
        seed: report.seed,
        started: report.started.clone(),
        targets: report.targets.clone(),
        families: observe(&cases, &report.cases, &report.readings),
    }
}
