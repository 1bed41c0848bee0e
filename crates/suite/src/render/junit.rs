//! The report as JUnit XML: a suite a profile, failures apart from errors.

use std::collections::BTreeMap;
use std::time::Duration;

use quick_junit::{NonSuccessKind, Report as Junit, TestCase, TestCaseStatus, TestSuite};

use super::terminal::sentence;
use crate::report::{CaseReport, Report, Summary, Verdict};
use crate::text::Text;

/// The XML text.
pub fn render(report: &Report) -> Result<String, quick_junit::SerializeError> {
    let mut suites: BTreeMap<&str, Vec<&CaseReport>> = BTreeMap::new();
    for case in &report.cases {
        suites.entry(case.profile.name()).or_default().push(case);
    }
    let mut junit = Junit::new("claimproof");
    junit.set_time(Duration::from_millis(report.duration_ms));
    for (profile, cases) in suites {
        let mut suite = TestSuite::new(profile);
        suite.add_property(("suite_version", report.suite_version));
        suite.add_property(("vectors_digest", report.vectors_digest.as_str()));
        suite.add_property(("seed", report.seed.to_string().as_str()));
        suite.add_property(("target", report.target.name.as_str()));
        let summary = Summary::of(&cases.iter().map(|case| (*case).clone()).collect::<Vec<_>>());
        suite.add_property(("tried", summary.tried.to_string().as_str()));
        suite.add_property(("of", summary.of.to_string().as_str()));
        suite.add_test_cases(cases.into_iter().map(case));
        junit.add_test_suite(suite);
    }
    if report.partial {
        junit.add_test_suite(cut_short(report));
    }
    if !report.stopped.is_empty() {
        junit.add_test_suite(stopped(&report.stopped));
    }
    junit.to_string()
}

/// Consumers look at cases alone, and those of a run that was cut short may all be green.
fn cut_short(report: &Report) -> TestSuite {
    let by = report.cut_short_by.as_deref().unwrap_or("an interrupt");
    let why = report.unfinished.as_ref().map_or(format!("cut short by {by}"), ToString::to_string);
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_message(format!("the run did not come to its end: {why}"));
    let mut suite = TestSuite::new("claimproof");
    suite.add_test_case(TestCase::new("the run comes to its end", status));
    suite
}

/// Consumers count what is missing as green, so a target that was given up is an error of its own.
fn stopped(stopped: &[Text]) -> TestSuite {
    let mut suite = TestSuite::new("stopped");
    suite.add_test_cases(stopped.iter().map(|why| {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message(why.as_str()).set_type("stopped");
        TestCase::new("stopped", status)
    }));
    suite
}

fn case(case: &CaseReport) -> TestCase {
    let mut test = TestCase::new(case.id.as_str(), status(case));
    test.set_classname(format!(
        "{}.{}",
        case.profile,
        case.id.split('/').nth(1).unwrap_or_default()
    ));
    test.set_time(Duration::from_millis(case.duration_ms));
    let advice = (case.verdict == Verdict::Advice).then(|| format!("advice: {}", message(case)));
    let exchange = case
        .exchange
        .as_ref()
        .map(|one| format!("{}\n\n{}", one.request.as_str(), one.response.as_str()));
    let out: Vec<String> = advice.into_iter().chain(exchange).collect();
    if !out.is_empty() {
        test.set_system_out(out.join("\n\n"));
    }
    test
}

/// Why it is no pass, said once.
fn message(case: &CaseReport) -> String {
    let step = if case.step.is_empty() { String::new() } else { format!("step {}: ", case.step) };
    if case.observed.is_empty() {
        return format!("{step}{}", case.message);
    }
    let beyond = Some(case.beyond()).filter(|more| !more.is_empty());
    let beyond = beyond.map(|more| format!(": {more}")).unwrap_or_default();
    format!("{step}expected {}, observed {}{beyond}", case.expected, case.observed)
}

/// Consumers count skipped as green, so what could not be tried says so in its message. Advice
/// fails nothing.
fn status(case: &CaseReport) -> TestCaseStatus {
    let failed = |kind| {
        let mut status = TestCaseStatus::non_success(kind);
        status.set_message(message(case)).set_type(case.expected.as_str());
        status.set_description(description(case));
        status
    };
    match case.verdict {
        Verdict::Pass | Verdict::KnownFailure | Verdict::Advice => TestCaseStatus::success(),
        Verdict::Fail | Verdict::UnexpectedPass => failed(NonSuccessKind::Failure),
        Verdict::Error => failed(NonSuccessKind::Error),
        Verdict::Skip => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(case.message.as_str());
            status
        }
    }
}

/// What is demanded.
fn description(case: &CaseReport) -> String {
    let sentences = case.requirements.iter().map(|id| format!("{id}: {}", sentence(id)));
    case.meaning
        .clone()
        .map(String::from)
        .into_iter()
        .chain(sentences)
        .collect::<Vec<_>>()
        .join("\n")
}
