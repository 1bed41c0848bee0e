//! What is tried again. An answer that speaks of the moment and not of the token is no signal, so
//! it becomes no verdict either: the act is tried later with fresh tokens. A crash is told from an
//! outage by its accepted control.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use claimproof_vectors::flow::Move;
use claimproof_vectors::{Act, Case, Change, Edit, Forge, Ledger, Scene, Turn};

use crate::flow;
use crate::observation::{Busy, NoVerdict, Observation, Outcome};
use crate::proof::plainest;
use crate::runner::Options;
use crate::subject::{Action, Held, Subject};

/// How often at most an act is tried.
const TRIES: u32 = 6;
/// How many tokens a series needs beside its first, so that each try has one of its own.
pub(crate) const MORE_TRIES: usize = 5;
/// The pause behind the first try; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(100);
/// The longest pause of ours.
const LONGEST: Duration = Duration::from_secs(5);
/// The longest one that is made because `Retry-After` asks for it. Who asks for more is not tried
/// again: sooner would be against the wish, and later nobody waits for.
const LONGEST_ASKED: Duration = Duration::from_secs(20);
/// A target that answers nothing for so long is down, and no act waits for it any more: each is
/// tried once. Longer than one act waits, so that which acts are waited for does not depend on who
/// came first.
const DOWN: Duration = Duration::from_secs(30);

/// What the cases of a run know of a target that is out of order.
#[derive(Debug)]
pub(crate) struct Patience {
    down: Duration,
    /// Since when every answer spoke of the moment.
    silent: Mutex<Option<Instant>>,
}

impl Default for Patience {
    fn default() -> Self {
        Self { down: DOWN, silent: Mutex::default() }
    }
}

impl Patience {
    /// Waits for the next try; `false` where there is none.
    pub(crate) async fn for_another<S: Subject>(
        &self,
        subject: &S,
        tried: u32,
        busy: &Busy,
    ) -> bool {
        let Some(pause) = self.before_another(tried, busy) else { return false };
        subject.pause(pause).await;
        true
    }

    /// How long to wait for the next try.
    fn before_another(&self, tried: u32, busy: &Busy) -> Option<Duration> {
        pause(tried, busy).filter(|_| self.silence() < self.down)
    }

    fn silence(&self) -> Duration {
        self.silent
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get_or_insert_with(Instant::now)
            .elapsed()
    }

    /// An act was answered, so the target is not down.
    pub(crate) fn answered(&self) {
        *self.silent.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// How long a try waits behind so many; nothing where there is none.
fn pause(tried: u32, busy: &Busy) -> Option<Duration> {
    let asked = busy.after.unwrap_or_default();
    let own = (PAUSE * 2_u32.pow(tried.saturating_sub(1))).min(LONGEST);
    (tried < TRIES && asked <= LONGEST_ASKED).then(|| asked.max(own))
}

/// Whether an act may be done again where it stands: it hands in no token, or a new one that owes
/// nothing to the tokens before it. Of any other nobody can say whether the target has used it up,
/// so its case begins anew.
pub(crate) fn stands_alone(act: &Act) -> bool {
    let leans = |change: &Change| match change {
        Change::Graft(..) => true,
        Change::Header(_, edit) | Change::Claim(_, edit) => {
            matches!(
                edit,
                Edit::FirstWith(..)
                    | Edit::FirstQuoted(_)
                    | Edit::FirstNumberPlusOne(_)
                    | Edit::SameJti(_)
            )
        }
        _ => false,
    };
    match act {
        Act::Present { scene, changes, .. } => !scene.adjust.iter().chain(changes).any(leans),
        Act::Raw(_) | Act::Manage(_) | Act::Move(_) => true,
        Act::KeptAlive { .. } | Act::Again { .. } | Act::AtOnce { .. } | Act::Advance(_) => false,
    }
}

/// Whether a case looks at how often its provider was asked, and the act may have it asked: done
/// once more, it would be counted once more.
pub(crate) fn is_counted(act: &Act, case: &Case) -> bool {
    let looks = |turn: &Turn| matches!(turn.act, Act::Move(Move::Look(_)));
    matches!(act, Act::Move(_)) && case.script.iter().any(looks)
}

/// Does an action for which the run has nobody to begin anew, and does it again until it is
/// answered.
pub(crate) async fn insist<S: Subject>(
    subject: &S,
    held: &mut Held,
    action: Action<'_>,
    patience: &Patience,
) -> Result<Observation, NoVerdict> {
    let mut tried = 1;
    loop {
        match subject.perform(held, action).await {
            Err(NoVerdict::Busy(busy)) if patience.for_another(subject, tried, &busy).await => {
                tried += 1
            }
            done => return done,
        }
    }
}

pub(crate) fn given_up(busy: &Busy) -> String {
    format!("{busy}; no later try was answered otherwise, so nothing is known of this case")
}

/// A status nobody answers on purpose, where the target file does not take it for a signal.
pub(crate) fn crash(seen: &Observation) -> Option<u16> {
    let neither = matches!(seen.outcome, Outcome::Neither(_));
    seen.status.filter(|status| neither && (500..600).contains(status))
}

/// Whether what must be accepted is answered with a signal now: the scene of the act that was
/// answered with a 5xx, or the plainest one where the act changes nothing. The control is each
/// case's own: one that was used for another would be refused as a replay.
pub(crate) async fn control_answers<S: Subject>(
    case: &Case,
    at: usize,
    subject: &S,
    options: &Options,
    patience: &Patience,
) -> bool {
    let tag = format!("{}/{}/control", options.run, case.id);
    let mut held = Held { now: subject.now(), tag, ..Held::default() };
    let answered = if subject.profile().sheet().is_flow {
        flow::control_answers(subject, &mut held, patience).await
    } else {
        let scene = scene_of(case, at, subject);
        scene_answers(&scene, subject, &mut held, options, patience).await
    };
    subject.leave(&mut held).await;
    answered
}

fn scene_of<S: Subject>(case: &Case, at: usize, subject: &S) -> Option<Scene> {
    let own = match case.script.get(at - 1).map(|turn| &turn.act) {
        Some(Act::Present { scene, changes, .. }) if !changes.is_empty() => Some(scene.clone()),
        _ => None,
    };
    let plain =
        || plainest(subject).ok()?.single().map(|(scene, _): (&Scene, &[Change])| scene.clone());
    own.or_else(plain)
}

/// With a fresh token for each try.
async fn scene_answers<S: Subject>(
    scene: &Option<Scene>,
    subject: &S,
    held: &mut Held,
    options: &Options,
    patience: &Patience,
) -> bool {
    let Some(scene) = scene else { return false };
    let (players, now, tag) = (subject.players(), held.now, held.tag.clone());
    let forge = Forge { players, now, run: &options.run, case: &tag, seed: Some(options.seed) };
    for tried in 1.. {
        let Ok(minted) = forge.mint(&format!("control {tried}"), scene, &[], &Ledger::new()) else {
            return false;
        };
        match subject.perform(held, Action::Present(&minted.presentation)).await {
            Err(NoVerdict::Busy(busy)) if patience.for_another(subject, tried, &busy).await => {}
            seen => return is_signal(&seen),
        }
    }
    false
}

pub(crate) fn is_signal(seen: &Result<Observation, NoVerdict>) -> bool {
    seen.as_ref().is_ok_and(|seen| !matches!(seen.outcome, Outcome::Neither(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUSY: Busy = Busy { status: 503, after: None };

    #[tokio::test]
    async fn nobody_waits_for_a_target_that_is_down_and_all_do_once_it_answers() {
        let patience = Patience { down: Duration::from_millis(250), ..Patience::default() };
        let waits = async |tried| {
            let pause = patience.before_another(tried, &BUSY);
            tokio::time::sleep(pause.unwrap_or_default()).await;
            pause.is_some()
        };
        // 100 and 200 ms.
        assert!(waits(1).await && waits(2).await);
        assert!(!waits(1).await, "another case");
        patience.answered();
        assert!(waits(1).await);
        assert!(!waits(TRIES).await, "each act by itself");
    }

    #[test]
    fn a_wait_that_is_asked_for_is_waited_whole_or_not_at_all() {
        let asked = |seconds| {
            let after = Some(Duration::from_secs(seconds));
            pause(1, &Busy { status: 429, after })
        };
        assert_eq!(asked(0), Some(PAUSE));
        assert_eq!(asked(7), Some(Duration::from_secs(7)));
        assert_eq!(asked(20), Some(Duration::from_secs(20)));
        assert_eq!((asked(21), asked(86_400)), (None, None));
        assert_eq!(pause(2, &BUSY), Some(2 * PAUSE));
        assert_eq!((pause(5, &BUSY), pause(6, &BUSY)), (Some(16 * PAUSE), None));
    }
}
