//! Exit codes.

use crate::report::{CaseReport, Report, Verdict};

/// How a command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Conforms.
    Conforms,
    /// Deviates, or an unexpected pass, or a stale known failure.
    Deviates,
    /// Usage or configuration.
    Usage,
    /// No verdict: unreachable, or accept and reject cannot be told apart.
    NoVerdict,
    /// Nothing selected, or less of it tried than was asked for.
    Nothing,
    /// Interrupted; a partial report was written.
    Interrupted,
}

impl Exit {
    /// The number.
    pub const fn code(self) -> u8 {
        match self {
            Self::Conforms => 0,
            Self::Deviates => 1,
            Self::Usage => 2,
            Self::NoVerdict => 3,
            Self::Nothing => 4,
            Self::Interrupted => 130,
        }
    }
}

impl Exit {
    /// How a run ends that graded what it saw, of which at least so many of a hundred cases were to
    /// be tried.
    pub fn of(report: &Report, min_tried: u8) -> Self {
        if report.partial { Self::Interrupted } else { Self::of_whole(report, min_tried) }
    }

    /// The same whether the run was cut short or not.
    pub(crate) fn of_whole(report: &Report, min_tried: u8) -> Self {
        let deviates =
            |case: &CaseReport| matches!(case.verdict, Verdict::Fail | Verdict::UnexpectedPass);
        if report.cases.iter().any(deviates) || !report.faults.is_empty() {
            Self::Deviates
        } else {
            match Self::of_cases(report) {
                Self::Conforms if !report.summary.tries(min_tried) => Self::Nothing,
                other => other,
            }
        }
    }

    /// How a run ends that only wrote down what it saw.
    pub fn of_observing(report: &Report) -> Self {
        if report.partial { Self::Interrupted } else { Self::of_cases(report) }
    }

    fn of_cases(report: &Report) -> Self {
        let no_verdict = |case: &CaseReport| case.verdict == Verdict::Error;
        if report.cases.iter().any(no_verdict) || !report.stopped.is_empty() {
            Self::NoVerdict
        } else if report.cases.iter().all(|case| case.verdict == Verdict::Skip) {
            Self::Nothing
        } else {
            Self::Conforms
        }
    }
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use claimproof_catalog::Profile;
    use claimproof_catalog::requirements::Level;

    use super::*;
    use crate::report::{Summary, TargetReport};
    use crate::text::Text;

    fn case(verdict: Verdict) -> CaseReport {
        CaseReport {
            id: "workato-api/a/b".to_owned(),
            title: String::new(),
            profile: Profile::WorkatoApi,
            requirements: Vec::new(),
            level: Level::Must,
            verdict,
            expected: String::new(),
            observed: Text::default(),
            outcome: None,
            lets_in: false,
            at: 1,
            step: Text::default(),
            message: Text::default(),
            meaning: None,
            rationale: None,
            remedy: None,
            opaque: false,
            reading: None,
            repeats: None,
            lack: None,
            duration_ms: 0,
            exchange: None,
        }
    }

    fn report(verdicts: &[Verdict], faults: &[&str], partial: bool) -> Report {
        let cases: Vec<CaseReport> = verdicts.iter().map(|verdict| case(*verdict)).collect();
        Report {
            written_by: Report::WRITER,
            unfinished: None,
            schema: Report::SCHEMA,
            suite_version: "0",
            vectors_digest: String::new(),
            seed: 0,
            target: TargetReport::default(),
            started: String::new(),
            duration_ms: 0,
            partial,
            cut_short_by: None,
            findings: Vec::new(),
            summary: Summary::of(&cases),
            targets: Vec::new(),
            readings: Vec::new(),
            orders: Vec::new(),
            no_signals: std::collections::BTreeMap::new(),
            stopped: Vec::new(),
            left: Vec::new(),
            faults: faults.iter().map(|&fault| fault.into()).collect(),
            cases,
        }
    }

    use Verdict::{Advice, Error, Fail, KnownFailure, Pass, Skip, UnexpectedPass};

    #[test]
    fn a_graded_run_ends_by_its_worst_case() {
        let rows: [(&[Verdict], Exit); 14] = [
            (&[Pass], Exit::Conforms),
            (&[Pass, Advice, KnownFailure, Skip], Exit::Conforms),
            (&[Pass, Skip, Skip], Exit::Nothing),
            (&[Fail, Skip, Skip], Exit::Deviates),
            (&[Error, Skip, Skip], Exit::NoVerdict),
            (&[Advice], Exit::Conforms),
            (&[Pass, Fail], Exit::Deviates),
            (&[Pass, UnexpectedPass], Exit::Deviates),
            (&[Fail, Error], Exit::Deviates),
            (&[Pass, Error], Exit::NoVerdict),
            (&[Error, Skip], Exit::NoVerdict),
            (&[Skip, Skip], Exit::Nothing),
            (&[], Exit::Nothing),
            (&[Skip, KnownFailure], Exit::Conforms),
        ];
        for (verdicts, exit) in rows {
            assert_eq!(Exit::of(&report(verdicts, &[], false), 50), exit, "{verdicts:?}");
        }
        assert_eq!(Exit::of(&report(&[Pass], &["stale"], false), 50), Exit::Deviates);
        assert_eq!(Exit::of(&report(&[Fail], &["stale"], true), 50), Exit::Interrupted);
    }

    #[test]
    fn a_run_that_was_given_up_has_no_verdict_but_what_it_found() {
        let stopped = vec!["mine: no answer".into()];
        let given_up = |verdicts: &[Verdict]| Report {
            stopped: stopped.clone(),
            ..report(verdicts, &[], false)
        };
        for (verdicts, exit) in [
            (&[Pass][..], Exit::NoVerdict),
            (&[], Exit::NoVerdict),
            (&[Skip], Exit::NoVerdict),
            (&[Fail, Pass], Exit::Deviates),
        ] {
            assert_eq!(Exit::of(&given_up(verdicts), 50), exit, "{verdicts:?}");
        }
        assert_eq!(Exit::of_observing(&given_up(&[Fail])), Exit::NoVerdict);
    }

    #[test]
    fn an_observing_run_grades_nothing() {
        let rows: [(&[Verdict], Exit); 5] = [
            (&[Pass, Fail, Advice], Exit::Conforms),
            (&[Fail], Exit::Conforms),
            (&[Fail, Error], Exit::NoVerdict),
            (&[Skip], Exit::Nothing),
            (&[Skip, Fail], Exit::Conforms),
        ];
        for (verdicts, exit) in rows {
            assert_eq!(Exit::of_observing(&report(verdicts, &[], false)), exit, "{verdicts:?}");
        }
        assert_eq!(Exit::of_observing(&report(&[Fail], &[], true)), Exit::Interrupted);
    }

    #[test]
    fn codes_are_the_contract() {
        let all = [
            (Exit::Conforms, 0),
            (Exit::Deviates, 1),
            (Exit::Usage, 2),
            (Exit::NoVerdict, 3),
            (Exit::Nothing, 4),
            (Exit::Interrupted, 130),
        ];
        for (exit, code) in all {
            assert_eq!(exit.code(), code);
        }
    }
}
