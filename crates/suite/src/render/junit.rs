//! The report as JUnit XML: a suite a profile, failures apart from errors.

use std::collections::BTreeMap;
use std::time::Duration;

use quick_junit::{NonSuccessKind, Report as Junit, TestCase, TestCaseStatus, TestSuite};

use crate::report::{CaseReport, Report, Verdict};

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
        suite.add_test_cases(cases.into_iter().map(case));
        junit.add_test_suite(suite);
    }
    junit.to_string()
}

fn case(case: &CaseReport) -> TestCase {
    let mut test = TestCase::new(case.id.as_str(), status(case));
    test.set_classname(format!("{}.{}", case.profile, case.id.split('/').nth(1).unwrap_or_default()));
    test.set_time(Duration::from_millis(case.duration_ms));
    if let Some(exchange) = &case.exchange {
        test.set_system_out(format!("{}\n\n{}", exchange.request, exchange.response));
    }
    test
}

/// Consumers count skipped as green, so what could not be tried says so in its message.
fn status(case: &CaseReport) -> TestCaseStatus {
    let failed = |kind| {
        let mut status = TestCaseStatus::non_success(kind);
        let message = format!("expected {}, observed {}: {}", case.expected, case.observed, case.message);
        status.set_message(message).set_type(case.expected.as_str());
        if let Some(remedy) = case.remedy {
            status.set_description(format!("documented remedy: {remedy}"));
        }
        status
    };
    match case.verdict {
        Verdict::Pass | Verdict::KnownFailure => TestCaseStatus::success(),
        Verdict::Fail | Verdict::UnexpectedPass => failed(NonSuccessKind::Failure),
        Verdict::Error => failed(NonSuccessKind::Error),
        Verdict::Advice | Verdict::Skip => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(format!(
                "{}{}",
                if case.verdict == Verdict::Advice { "advice: " } else { "" },
                case.message
            ));
            status
        }
    }
}
