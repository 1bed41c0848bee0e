//! The report for a person.

use std::collections::BTreeMap;
use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use claimproof_catalog::{requirements, rules};

use super::first;
use crate::exit::Exit;
use crate::report::{CaseReport, Lack, LackKind, Probes, Report, Summary, Verdict};
use crate::text::Text;

pub(super) const BAD: Style = AnsiColor::Red.on_default().bold();
const GOOD: Style = AnsiColor::Green.on_default().bold();
const MILD: Style = AnsiColor::Yellow.on_default();
const FAINT: Style = Style::new().dimmed();

/// What to look at first, what is worth a look, then a line a profile, then the sum. Styled; the
/// caller strips where it must.
pub fn render(report: &Report) -> String {
    let mut text = String::new();
    clocks(&mut text, report);
    found(&mut text, report);
    first::render(&mut text, report);
    if !text.is_empty() {
        text.push('\n');
    }
    for case in &report.cases {
        notable(&mut text, case);
    }
    skipped(&mut text, report);
    readings(&mut text, report);
    orders(&mut text, report);
    no_signals(&mut text, report);
    profiles(&mut text, report);
    for why in &report.stopped {
        let _ = writeln!(text, "{BAD}STOPPED{BAD:#} {why}");
    }
    for left in &report.left {
        let _ = writeln!(text, "{BAD}LEFT on the target{BAD:#} {left}");
    }
    for fault in &report.faults {
        let _ = writeln!(text, "{BAD}{fault}{BAD:#}");
    }
    sum(&mut text, report);
    text
}

/// A clock in doubt stands before what it may have decided.
fn clocks(text: &mut String, report: &Report) {
    for (target, clock) in report.targets.iter().filter_map(|one| Some((one, one.clock.as_ref()?)))
    {
        let _ = writeln!(text, "{MILD}CLOCK{MILD:#} {}: {}", target.name, clock);
    }
}

/// What showed before anything was graded, so that nobody has to read it out of a hundred failures.
fn found(text: &mut String, report: &Report) {
    for finding in &report.findings {
        let _ = writeln!(text, "{BAD}FOUND{BAD:#} {}", finding);
    }
}

fn notable(text: &mut String, case: &CaseReport) {
    let (style, word) = match case.verdict {
        Verdict::Fail => (BAD, "FAIL"),
        Verdict::Error => (BAD, "ERROR"),
        Verdict::UnexpectedPass => (BAD, "UNEXPECTED PASS"),
        Verdict::Advice => (MILD, "advice"),
        Verdict::KnownFailure => (MILD, "known failure"),
        Verdict::Pass | Verdict::Skip => return,
    };
    let _ = writeln!(text, "{style}{word}{style:#} {}", case.id);
    let _ = writeln!(text, "    {}", case.title);
    if !case.step.is_empty() {
        let _ = writeln!(text, "    at step {}", case.step);
    }
    let _ = writeln!(text, "    expected {}, observed {}", case.expected, case.observed);
    if !case.beyond().is_empty() {
        let _ = writeln!(text, "    {}", case.beyond());
    }
    if let Some(meaning) = &case.meaning {
        let _ = writeln!(text, "    {meaning}");
    }
    if let Some(rationale) = &case.rationale {
        let _ = writeln!(text, "    {FAINT}{rationale}{FAINT:#}");
    }
    demanded(text, case);
}

/// How many requirements are shown with their sentence.
const MAX_SENTENCES: usize = 3;

/// What is demanded, in a sentence each; of many only the ids.
fn demanded(text: &mut String, case: &CaseReport) {
    for id in case.requirements.iter().take(MAX_SENTENCES) {
        let _ = writeln!(text, "    {FAINT}{id}: {}{FAINT:#}", sentence(id));
    }
    let more = case.requirements.iter().skip(MAX_SENTENCES).copied().collect::<Vec<_>>().join(", ");
    if !more.is_empty() {
        let _ = writeln!(text, "    {FAINT}and {more}{FAINT:#}");
    }
}

/// What an id demands.
pub(super) fn sentence(id: &str) -> &'static str {
    let requirement = requirements::find(id).map(|one| one.text);
    requirement.or_else(|| rules::find(id).map(|rule| rule.text)).unwrap_or_default()
}

/// A line for each thing the target file could say, what gains most first.
fn skipped(text: &mut String, report: &Report) {
    let mut reasons: BTreeMap<(&str, Option<&Lack>), usize> = BTreeMap::new();
    for case in
        report.cases.iter().filter(|case| case.verdict == Verdict::Skip && case.repeats.is_none())
    {
        let is_account = |lack: &Lack| lack.kind == LackKind::Account;
        let reason = if case.lack.as_ref().is_some_and(is_account) { "" } else { &case.message };
        *reasons.entry((reason, case.lack.as_ref())).or_default() += 1;
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|((reason, lack), count)| (std::cmp::Reverse(*count), *reason, *lack));
    for ((reason, lack), count) in reasons {
        let why = match lack {
            Some(Lack { add, kind: LackKind::Account, .. }) => format!("to try them, add {add}"),
            Some(Lack { add, kind: LackKind::Declaration, .. }) => {
                format!("{reason}; to try them, add {add}")
            }
            Some(Lack { kind: LackKind::Control, .. }) | None => reason.to_owned(),
        };
        let _ = writeln!(text, "{FAINT}skipped {count}: {}{FAINT:#}", Text::from(why));
    }
}

fn readings(text: &mut String, report: &Report) {
    if report.readings.is_empty() {
        return;
    }
    let _ = writeln!(text, "readings");
    for reading in &report.readings {
        let fits = reading.fits.join(" or ");
        let line = format!("    {:<32} {:<12} {fits}", reading.id, reading.state);
        let _ = writeln!(text, "{}", line.trim_end());
    }
}

/// What the target said of its own state rather than of a token.
fn no_signals(text: &mut String, report: &Report) {
    if report.no_signals.is_empty() {
        return;
    }
    let counts: Vec<String> =
        report.no_signals.iter().map(|(status, count)| format!("{status} {count} times")).collect();
    let _ = writeln!(
        text,
        "{MILD}answered with no signal, and asked again: {}{MILD:#}",
        counts.join(", ")
    );
}

/// The order in which a subject looks, on lines of bounded length.
fn orders(text: &mut String, report: &Report) {
    for order in &report.orders {
        let told = order.pairs.iter().filter(|pair| pair.answered.is_some()).count();
        let _ =
            writeln!(text, "order of {}, by {told} of {} pairs", order.profile, order.pairs.len());
        for line in order.order.chunks(6) {
            let _ = writeln!(text, "    {}", line.join(", "));
        }
        if !order.circular.is_empty() {
            let _ = writeln!(text, "    in no single order: {}", order.circular.join(", "));
        }
    }
}

fn profiles(text: &mut String, report: &Report) {
    let mut profiles: BTreeMap<_, Vec<CaseReport>> = BTreeMap::new();
    for case in &report.cases {
        profiles.entry(case.profile).or_default().push(case.clone());
    }
    for (profile, cases) in profiles {
        let again = cases.iter().filter(|case| case.repeats.is_some()).count();
        let summary = Summary::of(&cases);
        let _ = writeln!(
            text,
            "{:<24} {:>4} cases: {}{}",
            profile.name(),
            cases.len() - again,
            counts(&summary),
            probes(&summary.probes)
        );
    }
}

/// Apart from the cases, whose number does not depend on the seed.
fn probes(probes: &Probes) -> String {
    let Probes { asked, alike, otherwise } = *probes;
    let more =
        [(otherwise, "answered otherwise"), (asked - alike - otherwise, "without a verdict")];
    let more: String = more
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!(", {count} {word}"))
        .collect();
    if asked == 0 { String::new() } else { format!("; {alike} of {asked} probes alike{more}") }
}

fn counts(summary: &Summary) -> String {
    let rows = [
        (summary.pass, "pass"),
        (summary.fail, "fail"),
        (summary.advice, "advice"),
        (summary.skip, "skip"),
        (summary.error, "error"),
        (summary.known_failure, "known failure"),
        (summary.unexpected_pass, "unexpected pass"),
    ];
    let always = |word: &str| word == "pass" || word == "fail" || word == "error";
    let shown = rows.into_iter().filter(|(count, word)| *count > 0 || always(word));
    shown.map(|(count, word)| format!("{count} {word}")).collect::<Vec<_>>().join(", ")
}

fn sum(text: &mut String, report: &Report) {
    let summary = &report.summary;
    let (style, word) = match Exit::of_whole(report, 0) {
        Exit::Deviates => (BAD, "does not conform"),
        Exit::NoVerdict => (BAD, "came to no verdict"),
        _ => (GOOD, "conforms"),
    };
    let partial = match (report.partial, &report.cut_short_by) {
        (true, Some(by)) => format!(" (interrupted by {by}: partial)"),
        (true, None) => " (interrupted: partial)".to_owned(),
        (false, _) => String::new(),
    };
    let opaque = match summary.opaque {
        0 => String::new(),
        count => format!("; {count} refusals whose code could not be seen"),
    };
    let name = &report.target.name;
    let _ = writeln!(
        text,
        "{style}{name} {word}{style:#} in {} of {} cases{partial}: {}{}{opaque}; seed {}, {} ms",
        summary.tried,
        summary.of,
        counts(summary),
        probes(&summary.probes),
        report.seed,
        report.duration_ms,
    );
}
