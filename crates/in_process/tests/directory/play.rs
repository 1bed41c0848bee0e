//! A whole run on a subject.

use claimproof_cast::Seed;
use claimproof_catalog::requirements::Level;
use claimproof_http::HttpSubject;
use claimproof_suite::{CaseReport, Options, Selection, Subject, Verdict, run, select};

/// How a run ended.
pub(crate) struct Played {
    pub(crate) cases: Vec<CaseReport>,
}

impl Played {
    /// Every case of this verdict, as `id: observed: message`.
    pub(crate) fn of(&self, verdict: Verdict) -> Vec<String> {
        let of = self.cases.iter().filter(|case| case.verdict == verdict);
        of.map(|case| format!("{}: {}: {}", case.id, case.observed, case.message)).collect()
    }

    /// What no header can carry, such as a line end inside a token, is a skip on any server.
    pub(crate) fn assert_all_pass(&self) {
        for verdict in [Verdict::Fail, Verdict::Error, Verdict::Advice] {
            assert_eq!(self.of(verdict), [""; 0]);
        }
        let mut skips = self.cases.iter().filter(|case| case.verdict == Verdict::Skip);
        let uncarried = |case: &CaseReport| case.message.contains("cannot carry this value");
        assert!(skips.all(uncarried), "{:?}", self.of(Verdict::Skip));
    }
}

/// Plays every case the subject can be asked.
pub(crate) async fn play(subject: &HttpSubject) -> Played {
    let cases = select(subject.profile(), subject.capabilities(), &Selection::default());
    let options = Options {
        jobs: 4,
        run: "directory".to_owned(),
        level: Level::Should,
        fixed: std::collections::BTreeMap::new(),
        seed: Seed::PUBLIC,
    };
    Played { cases: run(&cases, subject, &options, &|_| {}).await.0 }
}
