//! What an implementation decides on a presentation, without HTTP.

use claimproof_cast::Players;
use claimproof_catalog::Code;
use claimproof_reference::{Follows, Implementation, Reference, Steps};
use claimproof_suite::{NoVerdict, Observation, Outcome};
use claimproof_token::Scratch;
use claimproof_vectors::{Manage, Presentation};
use claimproof_verifier::{Explained, Rejected};

/// Which step refused, what it enforces, and the code it answers with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedBy {
    /// Name of the step; `replay` for the store; empty where the token could not be read and no
    /// step said so.
    pub step: &'static str,
    /// Requirements and rules the step enforces.
    pub cites: &'static [&'static str],
    /// The documented code.
    pub code: Option<Code>,
    /// What was wrong, in words; empty where nothing that is named was.
    pub words: String,
}

/// An implementation that presentations are shown to. One implementation a profile, beside the way
/// from a presentation to its request.
pub trait Judged: Implementation {
    /// What can be seen of an acceptance, or what refused.
    fn present(&self, presentation: &Presentation, now: i64) -> Result<Observation, RefusedBy>;

    /// All that is wrong, in the order of the steps. The store is not asked.
    fn explain(&self, presentation: &Presentation, now: i64) -> Vec<RefusedBy>;

    /// What comes of a management call on these players.
    fn manage(&self, players: &Players, call: &Manage) -> Result<Observation, NoVerdict>;
}

/// What a reference decides on one presentation.
pub fn decide(
    reference: &dyn Judged,
    presentation: &Presentation,
    now: i64,
) -> Result<(), RefusedBy> {
    reference.present(presentation, now).map(drop)
}

/// Everything a reference finds wrong with one presentation, in the order of its steps. The store is
/// not asked.
pub fn explain(reference: &dyn Judged, presentation: &Presentation, now: i64) -> Vec<RefusedBy> {
    reference.explain(presentation, now)
}

/// The way from a presentation to a profile's request.
pub(crate) trait Requests: Follows {
    /// Hands the request on that a presentation stands for.
    fn with<T>(presentation: &Presentation, then: impl for<'r> FnOnce(Self::Request<'r>) -> T)
    -> T;

    /// What else can be seen of an acceptance.
    fn show(_: &Self::Grant<'_>, _: &mut Observation) {}

    /// What comes of a management call.
    fn manage(_: &Reference<Self>, _: &Players, _: &Manage) -> Result<Observation, NoVerdict> {
        Err(no_method(Self::PROFILE.name()))
    }
}

/// A call that a profile has no method for.
pub(crate) fn no_method(profile: &str) -> NoVerdict {
    NoVerdict::Lost(format!("{profile} has no such management methods here").into())
}

impl<R: Requests> Judged for Reference<R> {
    fn present(&self, presentation: &Presentation, now: i64) -> Result<Observation, RefusedBy> {
        R::with(presentation, |request| {
            let (accounts, mut scratch) = (self.accounts(), Scratch::new());
            let verdict = self.present(&accounts, request, &mut scratch, now);
            let grant = verdict.map_err(|rejected| decided(self, &rejected))?;
            let mut seen = Observation::of(Outcome::Accepted);
            R::show(&grant, &mut seen);
            Ok(seen)
        })
    }

    fn explain(&self, presentation: &Presentation, now: i64) -> Vec<RefusedBy> {
        R::with(presentation, |request| {
            let (accounts, mut scratch) = (self.accounts(), Scratch::new());
            let all = self.verifier.explain(&accounts, request, &mut scratch, now);
            all.iter().map(|rejected| decided(self, rejected)).collect()
        })
    }

    fn manage(&self, players: &Players, call: &Manage) -> Result<Observation, NoVerdict> {
        R::manage(self, players, call)
    }
}

fn decided<R: Follows>(reference: &Reference<R>, rejected: &Rejected<R::Violation>) -> RefusedBy {
    let store = R::SINGLE_USE.filter(|_| rejected.step == Some(Reference::<R>::REPLAY));
    let by_store = store.map(|rule| rule.cites);
    let told = told(reference, rejected);
    RefusedBy { cites: by_store.unwrap_or(told.cites), ..told }
}

/// A refusal by a step of one of an implementation's lists.
pub(crate) fn told<V: Explained>(of: &dyn Implementation, rejected: &Rejected<V>) -> RefusedBy {
    let step = rejected.step.unwrap_or_default();
    let mut steps = of.lists().into_iter().flat_map(Steps::names);
    let cites = steps.find(|(name, _)| *name == step).map_or(&[][..], |(_, cites)| cites);
    let violation = rejected.violation.as_ref();
    let words = violation.map(|wrong| wrong.words().into_owned()).unwrap_or_default();
    RefusedBy { step, cites, code: violation.and_then(Explained::documented), words }
}
