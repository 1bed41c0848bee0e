//! The report for a terminal.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::latency::Percentiles;
use crate::report::{Known, Measurement};

/// How many wrong verdicts are shown.
const SHOWN: usize = 10;

/// Text, a figure a line.
pub fn render(report: &Measurement) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = lines(&mut text, report);
    text
}

fn lines(text: &mut String, report: &Measurement) -> std::fmt::Result {
    let (plan, minting) = (&report.plan, &report.minting);
    let pace = plan
        .rate
        .map_or_else(|| "as fast as answered".to_owned(), |rate| format!("{rate} a second"));
    let profile = report.target.profile.map(|profile| format!(", {profile}")).unwrap_or_default();
    writeln!(text, "{}{profile}, {} build", report.target.name, report.build)?;
    writeln!(text, "{} loop, {} connections, {pace}", plan.r#loop, plan.connections)?;
    writeln!(text, "{} % refused tokens of {} cases", plan.refused_percent, plan.refused_cases)?;
    writeln!(
        text,
        "minted      {:>10.0} a second, {} tokens, outside of the time",
        minting.per_second, minting.tokens
    )?;
    writeln!(
        text,
        "answered    {:>10.1} a second, {} in {} ms",
        report.requests_per_second, report.answered, report.timed_ms
    )?;
    latency(text, "response", &report.latency_us.response)?;
    latency(text, "service", &report.latency_us.service)?;
    verdicts(text, report)
}

/// What was not as it should be, and how many of each verdict.
fn verdicts(text: &mut String, report: &Measurement) -> std::fmt::Result {
    for wrong in report.wrong.iter().take(SHOWN) {
        writeln!(
            text,
            "WRONG {} times: {}: expected {}, observed {}",
            wrong.count, wrong.case, wrong.expected, wrong.observed
        )?;
    }
    if report.wrong.len() > SHOWN {
        writeln!(text, "and {} more that are wrong", report.wrong.len() - SHOWN)?;
    }
    for (reason, (count, cases)) in by_reason(&report.known) {
        let ending = if cases == 1 { "" } else { "s" };
        writeln!(text, "known {count} times: {reason} ({cases} case{ending})")?;
    }
    for lost in &report.lost {
        writeln!(text, "LOST {} times: {}", lost.count, lost.why)?;
    }
    for held in &report.held_back {
        writeln!(text, "held back {} times: {}", held.count, held.why)?;
    }
    if report.gave_up {
        writeln!(text, "given up: too many requests in a row had no answer")?;
    }
    let verdicts = &report.verdicts;
    let held = match verdicts.held_back {
        0 => String::new(),
        count => format!(", {count} held back"),
    };
    let partial = if report.partial { "; interrupted" } else { "" };
    let known =
        if verdicts.known > 0 { format!(", {} known", verdicts.known) } else { String::new() };
    writeln!(
        text,
        "{} accepted, {} refused, {} wrong, {} lost{known}{held}{partial}",
        verdicts.accepted, verdicts.refused, verdicts.wrong, verdicts.lost
    )
}

/// How often each known cause came, and with how many cases.
fn by_reason(known: &[Known]) -> BTreeMap<&str, (u64, usize)> {
    let mut causes = BTreeMap::new();
    for one in known {
        let (count, cases) = causes.entry(one.reason.as_str()).or_insert((0, 0));
        *count += one.count;
        *cases += 1;
    }
    causes
}

fn latency(text: &mut String, name: &str, of: &Percentiles) -> std::fmt::Result {
    let Percentiles { mean, p50, p90, p99, p999, max } = of;
    writeln!(
        text,
        "{name:<11} {mean:>10.0} us mean, p50 {p50}, p90 {p90}, p99 {p99}, p99.9 {p999}, max {max}"
    )
}
