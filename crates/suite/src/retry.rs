//! What is tried again. An answer that speaks of the moment and not of the token is no signal, so it
//! becomes no verdict either: the act is tried later with fresh tokens. A crash is told from an outage
//! by its accepted control.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use claimproof_catalog::Profile;
use claimproof_vectors::cases::posit_connect;
use claimproof_vectors::{Act, Case, Change, Edit, Forge, Ledger, Scene};

use crate::observation::{Busy, NoVerdict, Observation, Outcome};
use crate::proof::plainest;
use crate::runner::Options;
use crate::subject::{Deed, Stage, Subject};

/// How often at most an act is tried.
const TRIES: u32 = 6;
/// The pause behind the first try; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(100);
/// The longest pause, whatever `Retry-After` asks for.
const LONGEST: Duration = Duration::from_secs(5);
/// After so many cases in a row that were given up, none waits any more: the target is down.
const GIVEN_UP: usize = 10;

/// What the cases of a run know of a target that is out of order.
#[derive(Debug, Default)]
pub(crate) struct Patience {
    given_up: AtomicUsize,
}

impl Patience {
    /// Waits for the next try; `false` where there is none.
    pub(crate) async fn for_another(&self, tried: u32, busy: &Busy) -> bool {
        if tried >= TRIES || self.given_up.load(Ordering::SeqCst) >= GIVEN_UP {
            self.given_up.fetch_add(1, Ordering::SeqCst);
            return false;
        }
        let own = PAUSE * 2_u32.pow(tried - 1);
        tokio::time::sleep(busy.after.unwrap_or_default().max(own).min(LONGEST)).await;
        true
    }

    /// A case came to an end, so the target is not down.
    pub(crate) fn answered(&self) {
        self.given_up.store(0, Ordering::SeqCst);
    }
}

/// Whether an act may be done again where it stands: it hands in no token, or a new one that owes nothing
/// to the tokens before it. Of any other nobody can say whether the target has used it up, so its case
/// begins anew.
pub(crate) fn stands_alone(act: &Act) -> bool {
    let leans = |change: &Change| match change {
        Change::Graft(..) => true,
        Change::Header(_, edit) | Change::Claim(_, edit) => {
            matches!(edit, Edit::FirstWith(..) | Edit::FirstQuoted(_) | Edit::FirstNumberPlusOne(_) | Edit::SameJti(_))
        }
        _ => false,
    };
    match act {
        Act::Present { scene, changes, .. } => !scene.adjust.iter().chain(changes).any(leans),
        Act::Raw(_) | Act::Manage(_) | Act::Move(_) => true,
        Act::Again { .. } | Act::AtOnce { .. } | Act::Advance(_) => false,
    }
}

/// Does a deed for which the run has nobody to begin anew, and does it again until it is answered.
pub(crate) async fn insist<S: Subject>(
    subject: &S,
    stage: &mut Stage,
    deed: Deed<'_>,
) -> Result<Observation, NoVerdict> {
    let (mut tried, patience) = (1, Patience::default());
    loop {
        match subject.perform(stage, deed).await {
            Err(NoVerdict::Busy(busy)) if patience.for_another(tried, &busy).await => tried += 1,
            done => return done,
        }
    }
}

pub(crate) fn given_up(busy: &Busy, tried: u32) -> String {
    format!("{busy}; tried {tried} times, so nothing is known of this case")
}

/// A status nobody answers on purpose, where the target file does not take it for a signal.
pub(crate) fn crash(seen: &Observation) -> Option<u16> {
    let neither = matches!(seen.outcome, Outcome::Neither(_));
    seen.status.filter(|status| neither && (500..600).contains(status))
}

/// Whether what must be accepted is answered with a signal now: the scene of the act that was answered with
/// a 5xx, or the plainest one where the act changes nothing.
pub(crate) async fn control_answers<S: Subject>(case: &Case, at: usize, subject: &S, options: &Options) -> bool {
    let mut stage = Stage { now: subject.now(), tag: format!("{}/control", options.run), ..Stage::default() };
    let answered = match subject.profile() {
        Profile::PositConnect => exchange_answers(subject, &mut stage).await,
        Profile::WorkatoDirectLink | Profile::WorkatoApi | Profile::TableauConnectedApp => {
            scene_answers(case, at, subject, &mut stage, options).await
        }
    };
    subject.leave(&mut stage).await;
    answered
}

async fn scene_answers<S: Subject>(case: &Case, at: usize, subject: &S, stage: &mut Stage, options: &Options) -> bool {
    let own = match case.script.get(at - 1).map(|turn| &turn.act) {
        Some(Act::Present { scene, changes, .. }) if !changes.is_empty() => Some(scene.clone()),
        _ => None,
    };
    let plain = || plainest(subject).ok()?.single().map(|(scene, _): (&Scene, &[Change])| scene.clone());
    let Some(scene) = own.or_else(plain) else { return false };
    let (players, run) = (subject.players(), options.run.as_str());
    let forge = Forge { players, now: stage.now, run, case: &stage.tag, seed: Some(options.seed) };
    let Ok(minted) = forge.mint("control", &scene, &[], &Ledger::new()) else { return false };
    answers(subject, stage, Deed::Present(&minted.presentation)).await
}

async fn exchange_answers<S: Subject>(subject: &S, stage: &mut Stage) -> bool {
    for moved in posit_connect::set_up().into_iter().chain([posit_connect::plain_exchange(None)]) {
        if !answers(subject, stage, Deed::Move(&moved)).await {
            return false;
        }
    }
    true
}

async fn answers<S: Subject>(subject: &S, stage: &mut Stage, deed: Deed<'_>) -> bool {
    let seen = subject.perform(stage, deed).await;
    seen.is_ok_and(|seen| !matches!(seen.outcome, Outcome::Neither(_)))
}
