//! A run that is asked to stop: nothing new is asked of a subject, and what is changed on it is set
//! back.
//!
//! What only asks is given up at once. What changes the subject is waited for, since nobody could
//! set back what he does not know of.

use std::collections::BTreeMap;
use std::time::Duration;

use claimproof_cast::Players;
use claimproof_catalog::Profile;
use claimproof_vectors::flow::Move;
use futures::FutureExt;
use futures::future::{BoxFuture, Either, Shared, select};

use crate::journal::Journal;
use crate::observation::{NoVerdict, Observation};
use crate::subject::{Action, Capabilities, Held, Subject};

/// How long a run that is asked to stop waits for what is under way and for what it sets back.
const DEADLINE: Duration = Duration::from_secs(10);

/// Ready once a run is to stop, and ever after.
pub(crate) type Stop<'a> = Shared<BoxFuture<'a, ()>>;

/// Ready once there is no more time for a run that was to stop.
pub(crate) async fn too_late(stop: Stop<'_>) {
    stop.await;
    tokio::time::sleep(DEADLINE).await;
}

/// A subject that is asked nothing more once the run is to stop.
#[derive(Debug)]
pub(crate) struct Stopping<'s, 'f, S> {
    subject: &'s S,
    stop: Stop<'f>,
}

impl<'s, 'f, S: Subject> Stopping<'s, 'f, S> {
    pub(crate) const fn of(subject: &'s S, stop: Stop<'f>) -> Self {
        Self { subject, stop }
    }

    pub(crate) fn is_asked_to(&self) -> bool {
        self.stop.clone().now_or_never().is_some()
    }

    /// What comes of the work; `None` where the run is to stop before.
    async fn or<T>(&self, work: impl Future<Output = T> + Send) -> Option<T> {
        match select(self.stop.clone(), std::pin::pin!(work)).await {
            Either::Left(_) => None,
            Either::Right((done, _)) => Some(done),
        }
    }
}

impl<S: Subject> Subject for Stopping<'_, '_, S> {
    fn profile(&self) -> Profile {
        self.subject.profile()
    }

    fn capabilities(&self) -> &Capabilities {
        self.subject.capabilities()
    }

    fn players(&self) -> &Players {
        self.subject.players()
    }

    fn now(&self) -> i64 {
        self.subject.now()
    }

    fn reach(&self, now: i64) {
        self.subject.reach(now);
    }

    fn other_clocks(&self) -> Vec<i64> {
        self.subject.other_clocks()
    }

    async fn perform(&self, held: &mut Held, action: Action<'_>) -> Result<Observation, NoVerdict> {
        let sets_back = matches!(action, Action::Manage(call, _) if held.changed.contains(call));
        if self.is_asked_to() && !sets_back {
            return Err(NoVerdict::Stopped);
        }
        if changes(action) {
            return self.subject.perform(held, action).await;
        }
        self.or(self.subject.perform(held, action)).await.unwrap_or(Err(NoVerdict::Stopped))
    }

    async fn pause(&self, time: Duration) {
        let _ = self.or(self.subject.pause(time)).await;
    }

    fn journal(&self) -> &dyn Journal {
        self.subject.journal()
    }

    fn no_signals(&self) -> BTreeMap<u16, usize> {
        self.subject.no_signals()
    }

    async fn leave(&self, held: &mut Held) {
        self.subject.leave(held).await;
    }
}

/// Whether an action leaves something on the subject that is set back later.
const fn changes(action: Action<'_>) -> bool {
    match action {
        Action::Manage(..) => true,
        Action::Move(moved) => matches!(
            moved,
            Move::Integrate(_)
                | Move::Configure(_)
                | Move::Associate { .. }
                | Move::DeleteSession { .. }
        ),
        Action::Present(_) | Action::Kept(_) | Action::AtOnce(..) | Action::Raw(_) => false,
    }
}
