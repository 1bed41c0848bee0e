//! Changes by management that take a while to show: presented anew until they do, and no longer.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use claimproof_cast::{Players, Seed, public};
use claimproof_catalog::Profile;
use claimproof_catalog::requirements::Level;
use claimproof_in_process::InProcess;
use claimproof_suite::{
    Action, Capabilities, CaseReport, Clock, Held, NoVerdict, Observation, Options, Outcome,
    Selection, Subject, Verdict, run, select,
};
use claimproof_vectors::Manage;

const TABLEAU: Profile = Profile::TableauConnectedApp;

/// The reference, to which changes come a while after they were answered.
struct Slow {
    inner: InProcess,
    capabilities: Capabilities,
    delay: Duration,
    under_way: Mutex<Vec<(Instant, Manage)>>,
    /// Token and time of each request.
    presented: Mutex<Vec<(Option<String>, i64)>>,
    /// A code in the place of every other.
    code: Option<&'static str>,
}

impl Slow {
    fn new(delay: u64, settle: Option<u64>) -> Self {
        let inner = InProcess::new(public(TABLEAU)).unwrap();
        let settle = settle.map(Duration::from_millis);
        let capabilities = Capabilities { settle, ..inner.capabilities().clone() };
        let delay = Duration::from_millis(delay);
        Self {
            inner,
            capabilities,
            delay,
            under_way: Mutex::default(),
            presented: Mutex::default(),
            code: None,
        }
    }

    async fn play(&self, ids: &[&str]) -> Vec<CaseReport> {
        let filters = ids.iter().map(|id| format!("{TABLEAU}/{id}")).collect();
        let cases = select(
            TABLEAU,
            self.capabilities(),
            &Selection { filters, exact: true, ..Selection::default() },
        );
        assert_eq!(cases.len(), ids.len());
        let (level, fixed, seed) = (Level::Must, BTreeMap::new(), Seed(0));
        let options = Options { jobs: 8, run: "test".to_owned(), level, fixed, seed };
        run(&cases, self, &options, &|_| {}).await.0
    }

    /// The changes whose time has come.
    fn due(&self) -> Vec<Manage> {
        let mut under_way = self.under_way.lock().unwrap();
        let due = under_way.iter().take_while(|(begun, _)| begun.elapsed() >= self.delay).count();
        under_way.drain(..due).map(|(_, call)| call).collect()
    }
}

impl Subject for Slow {
    fn profile(&self) -> Profile {
        TABLEAU
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
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
        if let Action::Manage(call, _) = action {
            self.under_way.lock().unwrap().push((Instant::now(), call.clone()));
            return Ok(Observation::of(Outcome::Accepted));
        }
        for call in self.due() {
            self.inner.perform(held, Action::Manage(&call, None)).await?;
        }
        if let Action::Present(presentation) = action {
            self.presented.lock().unwrap().push((presentation.token.clone(), held.now));
        }
        let mut seen = self.inner.perform(held, action).await?;
        if let (Outcome::Refused(code), Some(other)) = (&mut seen.outcome, self.code) {
            *code = Some(other.into());
        }
        Ok(seen)
    }
}

const SETTLING: [&str; 4] = [
    "10090/switched-off-rest",
    "10085/deleted-secret-rest",
    "127/made-secret-iframe-accepted",
    "10092/replaced-list",
];

fn verdicts(reports: &[CaseReport]) -> Vec<Verdict> {
    reports.iter().map(|case| case.verdict).collect()
}

#[tokio::test]
async fn what_shows_at_once_is_presented_once() {
    let subject = Slow::new(0, None);
    let reports = subject.play(&SETTLING).await;
    assert_eq!(verdicts(&reports), [Verdict::Pass; 4], "{reports:?}");
    assert_eq!(subject.presented.lock().unwrap().len(), 3 + 3 + 2 + 2);
}

#[tokio::test]
async fn what_shows_late_is_waited_for_with_fresh_tokens_and_is_advice_once() {
    let (begun, subject) = (Instant::now(), Slow::new(300, None));
    let reports = subject.play(&SETTLING).await;
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    let advised: Vec<_> = reports.iter().filter(|case| case.verdict == Verdict::Advice).collect();
    assert_eq!(
        (advised.len(), reports.iter().filter(|case| case.verdict == Verdict::Pass).count()),
        (1, 3)
    );
    assert!(advised[0].requirements.contains(&"CPX-at-once"), "{:?}", advised[0]);
    assert!(advised[0].message.contains(" s later, within 5 s"), "{}", advised[0].message);
    let presented = subject.presented.lock().unwrap();
    let tokens: BTreeSet<_> = presented.iter().map(|(token, _)| token.clone()).collect();
    assert!(
        presented.len() > 20 && tokens.len() == presented.len(),
        "{} of {}",
        tokens.len(),
        presented.len()
    );
}

/// The time is the target's own statement, so nothing is left to advise.
#[tokio::test]
async fn what_shows_within_the_time_that_is_stated_passes() {
    let reports = Slow::new(300, Some(2000)).play(&SETTLING).await;
    assert_eq!(verdicts(&reports), [Verdict::Pass; 4], "{reports:?}");
}

#[tokio::test]
async fn what_shows_later_than_that_fails_and_is_put_back() {
    let subject = Slow::new(900, Some(200));
    let reports = subject.play(&SETTLING[..1]).await;
    assert_eq!((reports[0].verdict, reports[0].at), (Verdict::Fail, 3), "{reports:?}");
    assert_eq!(reports[0].message, "expected refuse 10090|126, observed accept");
    tokio::time::sleep(Duration::from_millis(900)).await;
    let plain = subject.play(&["accepted/managed-app-rest"]).await;
    assert_eq!(verdicts(&plain), [Verdict::Pass], "{plain:?}");
}

/// A refusal in the place of another one shows the change.
#[tokio::test]
async fn a_wrong_code_is_told_at_once() {
    let (begun, subject) = (Instant::now(), Slow { code: Some("5"), ..Slow::new(0, None) });
    let reports = subject.play(&SETTLING[..2]).await;
    assert_eq!(verdicts(&reports), [Verdict::Fail; 2], "{reports:?}");
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
}

/// A clock that cannot be set goes on while a change is waited for.
#[tokio::test]
async fn tokens_are_of_the_time_at_which_they_are_presented() {
    let mut subject = Slow::new(1500, Some(3000));
    subject.capabilities.clock = Clock::Own;
    let reports = subject.play(&SETTLING[..1]).await;
    assert_eq!(verdicts(&reports), [Verdict::Pass], "{reports:?}");
    let presented = subject.presented.lock().unwrap();
    let times: Vec<i64> = presented.iter().map(|(_, now)| *now).collect();
    assert!(times.is_sorted() && times[times.len() - 1] > times[0], "{times:?}");
}
