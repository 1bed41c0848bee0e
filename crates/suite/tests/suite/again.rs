//! What is played again: what asks for a later try, what crashes, and what depends on a clock in
//! doubt.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use claimproof_cast::{Players, Seed, public};
use claimproof_catalog::Profile;
use claimproof_catalog::requirements::Level;
use claimproof_in_process::InProcess;
use claimproof_suite::{
    Action, Busy, Capabilities, CaseReport, Held, NoVerdict, Observation, Options, Outcome,
    Selection, Subject, Verdict, run, select,
};

const API: Profile = Profile::WorkatoApi;

type Answer = dyn Fn(usize, i64, Observation) -> Result<Observation, NoVerdict> + Sync + Send;

/// The reference, whose answers are replaced by how many came before and how far its time is from
/// ours.
struct Moody {
    inner: InProcess,
    answer: Box<Answer>,
    clocks: Vec<i64>,
    tokens: Mutex<Vec<Option<String>>>,
}

impl Moody {
    fn new(
        answer: impl Fn(usize, i64, Observation) -> Result<Observation, NoVerdict>
        + Sync
        + Send
        + 'static,
    ) -> Self {
        let inner = InProcess::new(public(API)).unwrap();
        Self { inner, answer: Box::new(answer), clocks: Vec::new(), tokens: Mutex::default() }
    }

    async fn play(&self, jobs: usize, ids: &[&str]) -> Vec<CaseReport> {
        let filters = ids.iter().map(|id| format!("{API}/{id}")).collect();
        let cases = select(
            API,
            self.capabilities(),
            &Selection { filters, exact: true, ..Selection::default() },
        );
        assert_eq!(cases.len(), ids.len());
        let (level, fixed, seed) = (Level::Must, BTreeMap::new(), Seed(0));
        let options = Options { jobs, run: "test".to_owned(), level, fixed, seed };
        run(&cases, self, &options, &|_| {}).await.0
    }
}

impl Subject for Moody {
    fn profile(&self) -> Profile {
        API
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

    fn other_clocks(&self) -> Vec<i64> {
        self.clocks.clone()
    }

    async fn perform(&self, held: &mut Held, action: Action<'_>) -> Result<Observation, NoVerdict> {
        let seen = self.inner.perform(held, action).await?;
        let Action::Present(presentation) = action else { return Ok(seen) };
        let mut tokens = self.tokens.lock().unwrap();
        tokens.push(presentation.token.clone());
        (self.answer)(tokens.len(), held.now - self.inner.now(), seen)
    }
}

fn busy() -> NoVerdict {
    NoVerdict::Busy(Busy { status: 429, after: None })
}

fn status(status: u16) -> Observation {
    let outcome = Outcome::Neither(format!("status {status}").into());
    Observation { status: Some(status), ..Observation::of(outcome) }
}

const REFUSED: &str = "access_refused/secret-foreign";
const ACCEPTED: &str = "accepted/hmac-kid";

#[tokio::test]
async fn each_later_try_has_a_token_of_its_own() {
    let moody = Moody::new(|nth, _, seen| if nth < 3 { Err(busy()) } else { Ok(seen) });
    let reports = moody.play(1, &[REFUSED]).await;
    assert_eq!(reports[0].verdict, Verdict::Pass, "{}", reports[0].message);
    let tokens = moody.tokens.into_inner().unwrap();
    assert_eq!(tokens.iter().collect::<BTreeSet<_>>().len(), 3, "{tokens:?}");
}

#[tokio::test]
async fn tries_are_bounded_and_end_without_a_verdict() {
    let moody = Moody::new(|_, _, _| Err(busy()));
    let reports = moody.play(2, &[REFUSED, ACCEPTED]).await;
    let why = "status 429, which says nothing of the token and asks for a later try; no later try was answered otherwise, so nothing is known of this case";
    for report in &reports {
        assert_eq!((report.verdict, report.message.as_str()), (Verdict::Error, why));
    }
    assert_eq!(moody.tokens.into_inner().unwrap().len(), 12);
}

#[tokio::test]
async fn a_crash_is_told_from_an_outage_by_its_control() {
    let refusals = |_, _, seen: Observation| {
        Ok(if seen.outcome == Outcome::Accepted { seen } else { status(500) })
    };
    let reports = Moody::new(refusals).play(1, &[REFUSED]).await;
    assert_eq!((reports[0].verdict, reports[0].observed.as_str()), (Verdict::Fail, "crashed, 500"));
    assert!(reports[0].requirements.contains(&"RFC9110-15") && reports[0].level == Level::Must);
    let reports = Moody::new(|_, _, _| Ok(status(502))).play(1, &[REFUSED]).await;
    let why = "status 502 twice, but the accepted control was not answered either: an outage";
    assert_eq!((reports[0].verdict, reports[0].message.as_str()), (Verdict::Error, why));
    let reports = Moody::new(|nth, _, seen| Ok(if nth == 1 { status(500) } else { seen }))
        .play(1, &[REFUSED])
        .await;
    let why = "status 500, which did not come again with a fresh token: an outage";
    assert_eq!((reports[0].verdict, reports[0].message.as_str()), (Verdict::Error, why));
}

/// Where the accepted control crashes itself, nothing is known.
#[tokio::test]
async fn one_control_that_is_not_answered_makes_it_an_outage() {
    for silent in [2, 4] {
        let answer = move |nth, _, seen: Observation| match seen.outcome {
            Outcome::Accepted if nth != silent => Ok(seen),
            _ => Ok(status(500)),
        };
        let reports = Moody::new(answer).play(1, &[REFUSED]).await;
        assert_eq!(reports[0].verdict, Verdict::Error, "{silent}: {}", reports[0].message);
    }
}

#[tokio::test]
async fn a_case_whose_answer_depends_on_the_clock_is_inconclusive() {
    let edge = "access_refused/exp-an-hour-ahead-accepted";
    let follows_ours = |_, ahead, seen: Observation| match ahead {
        0 => Ok(seen),
        _ => Ok(Observation::of(Outcome::Refused(Some("access_refused".into())))),
    };
    let mut moody = Moody::new(follows_ours);
    assert_eq!(moody.play(1, &[edge]).await[0].verdict, Verdict::Pass);
    moody.clocks = vec![-10];
    let reports = moody.play(1, &[edge, ACCEPTED]).await;
    let of = |id: &str| reports.iter().find(|report| report.id.ends_with(id)).unwrap();
    assert_eq!(of(edge).verdict, Verdict::Skip, "{}", of(edge).message);
    let why = "inconclusive: accept by the clock that is believed, refuse access_refused by one -10 s off; \
               `clock_offset` in the target file says which is right";
    assert_eq!(of(edge).message, why);
    assert_eq!(of(ACCEPTED).verdict, Verdict::Pass, "no time in its token is the case's own");
    moody.answer = Box::new(|_, _, seen| Ok(seen));
    assert_eq!(moody.play(1, &[edge]).await[0].verdict, Verdict::Pass, "both clocks agree");
}
