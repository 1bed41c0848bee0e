//! Cases that run at once: as many as may be, and never two that would meet.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use claimproof_cast::{Players, Seed, public};
use claimproof_catalog::Profile;
use claimproof_catalog::requirements::Level;
use claimproof_in_process::InProcess;
use claimproof_suite::{
    Action, Capabilities, Held, NoVerdict, Observation, Options, Selection, Subject, Verdict, run,
    select,
};
use rstest::rstest;

/// The reference, which lets every other case go on before it answers.
struct Slow {
    inner: InProcess,
    running: AtomicUsize,
    most: AtomicUsize,
}

impl Subject for Slow {
    fn profile(&self) -> Profile {
        self.inner.profile()
    }

    fn capabilities(&self) -> &Capabilities {
        self.inner.capabilities()
    }

    fn players(&self) -> &Players {
        self.inner.players()
    }

    fn now(&self) -> i64 {
        self.inner.now()
    }

    fn reach(&self, now: i64) {
        self.inner.reach(now);
    }

    async fn perform(&self, held: &mut Held, action: Action<'_>) -> Result<Observation, NoVerdict> {
        let running = self.running.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(running, Ordering::SeqCst);
        tokio::task::yield_now().await;
        let seen = self.inner.perform(held, action).await;
        tokio::task::yield_now().await;
        self.running.fetch_sub(1, Ordering::SeqCst);
        seen
    }
}

#[rstest]
#[tokio::test]
async fn cases_that_run_at_once_do_not_meet(
    #[values(Profile::WorkatoDirectLink, Profile::WorkatoApi, Profile::TableauConnectedApp)]
    profile: Profile,
    #[values(1, 2, 500)] jobs: usize,
) {
    let inner = InProcess::new(public(profile)).unwrap();
    let subject = Slow { inner, running: AtomicUsize::new(0), most: AtomicUsize::new(0) };
    let cases = select(profile, subject.capabilities(), &Selection::default());
    let options = Options {
        jobs,
        run: "test".to_owned(),
        level: Level::Should,
        fixed: BTreeMap::new(),
        seed: Seed(1),
    };
    let (reports, _) = run(&cases, &subject, &options, &|_| {}).await;
    assert_eq!(reports.len(), cases.len());
    let bad: Vec<_> = reports
        .iter()
        .filter(|case| !matches!(case.verdict, Verdict::Pass | Verdict::Skip))
        .collect();
    assert!(bad.is_empty(), "{bad:#?}");
    let most = subject.most.into_inner();
    if jobs < 3 {
        assert_eq!(most, jobs);
    } else {
        assert!(most > 50, "{most} at once");
    }
}
