//! `claimproof conform --observe`: what a target does for every reading, without a grade.

use anyhow::anyhow;
use claimproof_suite::render::observed;
use claimproof_suite::{Exit, Observed, Report, observe};

use super::{Part, color, write};
use crate::failed::{Failed, Outcome};
use crate::flags::Conform;
use crate::values::ReportKind;

/// Shows what was seen, with a table to paste into the target file.
pub(super) fn finish(flags: &Conform, parts: &[Part], report: &Report) -> Outcome {
    let seen = seen(parts, report);
    color(flags.color);
    anstream::print!("{}{}", observed::terminal(&seen), observed::toml(&seen));
    for (kind, path) in &flags.report {
        match kind {
            ReportKind::Json => write(path, &observed::json(&seen).map_err(Failed::usage)?)?,
            ReportKind::Junit => {
                return Err(Failed::usage(anyhow!(
                    "junit reports verdicts, and --observe gives none"
                )));
            }
        }
    }
    Ok(Exit::of_observing(report))
}

fn seen(parts: &[Part], report: &Report) -> Observed {
    let cases: Vec<_> = parts.iter().flat_map(|part| part.cases.iter().cloned()).collect();
    Observed {
        schema: 1,
        suite_version: report.suite_version,
        seed: report.seed,
        started: report.started.clone(),
        targets: report.targets.clone(),
        families: observe(&cases, &report.cases, &report.readings),
    }
}
