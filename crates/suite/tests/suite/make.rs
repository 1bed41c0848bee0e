//! What the tests of this crate share: reports by hand, and a reference with a twist.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_cast::{Players, Seed, public};
use claimproof_catalog::Profile;
use claimproof_catalog::requirements::Level;
use claimproof_in_process::InProcess;
use claimproof_suite::{
    Action, Capabilities, CaseReport, Held, NoVerdict, Observation, Options, Outcome,
    ReadingReport, Selection, Subject, Text, Verdict, run, select,
};
use claimproof_vectors::Presentation;

/// An outcome from its text.
fn outcome(observed: &str) -> Option<Outcome> {
    match observed.split_once(' ') {
        None => (observed == "accept").then_some(Outcome::Accepted),
        Some(("refuse", code)) => Some(Outcome::Refused(Some(code.into()))),
        Some(_) => Some(Outcome::Neither(observed.into())),
    }
}

/// A case of a report.
pub(crate) fn report(id: &str, verdict: Verdict, observed: &str) -> CaseReport {
    CaseReport {
        id: id.to_owned(),
        title: String::new(),
        profile: Profile::ALL.into_iter().find(|one| id.starts_with(one.name())).unwrap(),
        requirements: Vec::new(),
        level: Level::Must,
        verdict,
        expected: String::new(),
        observed: observed.into(),
        outcome: outcome(observed),
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

/// The reference, but for what is done to its answers.
pub(crate) struct Twisted<F> {
    inner: InProcess,
    twist: F,
}

impl<F: Fn(&Presentation, Observation) -> Observation + Sync> Twisted<F> {
    pub(crate) fn new(profile: Profile, twist: F) -> Self {
        Self { inner: InProcess::new(public(profile)).unwrap(), twist }
    }

    /// Plays what the selection holds under a seed.
    pub(crate) async fn play(
        &self,
        selection: Selection,
        seed: Seed,
    ) -> (Vec<CaseReport>, Vec<ReadingReport>) {
        let cases = select(self.profile(), self.capabilities(), &selection);
        let options = Options {
            jobs: 4,
            run: "test".to_owned(),
            level: Level::Should,
            fixed: BTreeMap::new(),
            seed,
        };
        run(&cases, self, &options, &|_| {}).await
    }
}

impl<F: Fn(&Presentation, Observation) -> Observation + Sync> Subject for Twisted<F> {
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
        let seen = self.inner.perform(held, action).await?;
        let Action::Present(presentation) = action else { return Ok(seen) };
        Ok((self.twist)(presentation, seen))
    }
}

/// The names in a token's payload as they stand there; none where it is no object.
pub(crate) fn claims(presentation: &Presentation) -> Vec<String> {
    let token = presentation.token.as_deref().unwrap_or_default();
    let bytes =
        URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap_or_default()).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let mut names: Vec<String> =
        value.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
    names.sort_by_key(|name| text.find(&format!("\"{name}\":")));
    names
}

pub(crate) fn accepted() -> Observation {
    Observation::of(Outcome::Accepted)
}

pub(crate) fn refused(code: &str) -> Observation {
    Observation::of(Outcome::Refused(Some(code.into())))
}

pub(crate) fn failing(reports: &[CaseReport]) -> Vec<&CaseReport> {
    reports.iter().filter(|case| case.verdict == Verdict::Fail).collect()
}
