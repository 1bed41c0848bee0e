//! The reference as a subject without a socket, under a clock of its own.

use std::sync::Barrier;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use claimproof_cast::{Cast, Players};
use claimproof_catalog::Profile;
use claimproof_reference::CastError;
use claimproof_suite::{
    Action, Capabilities, Clock, Held, NoVerdict, Observation, Outcome, Subject, Uses,
};
use claimproof_vectors::{FROZEN_NOW, Manage, Presentation};

use crate::judged::{Judged, RefusedBy};
use crate::own;

/// The reference in process.
pub struct InProcess {
    cast: Cast,
    reference: Box<dyn Judged>,
    capabilities: Capabilities,
    now: AtomicI64,
}

impl InProcess {
    /// The reference over a cast, at the instant of the golden vectors.
    pub fn new(cast: Cast) -> Result<Self, CastError> {
        let own = own(cast.profile);
        let capabilities = Capabilities {
            clock: Clock::Told,
            settle: Some(Duration::ZERO),
            surfaces: own.surfaces.to_vec(),
            offered: own.offered.iter().copied().collect(),
        };
        let reference = (own.reference)(&cast)?;
        Ok(Self { cast, reference, capabilities, now: AtomicI64::new(FROZEN_NOW) })
    }

    fn present(&self, presentation: &Presentation, now: i64) -> Observation {
        self.reference
            .present(presentation, now)
            .unwrap_or_else(|decision| Observation::of(refused(&decision)))
    }

    /// As many threads as uses, which wait for each other.
    fn at_once(&self, presentation: &Presentation, times: usize, now: i64) -> Observation {
        let together = Barrier::new(times);
        let mut uses = Uses::default();
        std::thread::scope(|threads| {
            let one = || {
                together.wait();
                self.present(presentation, now)
            };
            let all: Vec<_> = (0..times).map(|_| threads.spawn(one)).collect();
            for one in all {
                let lost = |_| NoVerdict::Lost("the reference panicked".into());
                uses.count(&one.join().map_err(lost));
            }
        });
        Observation::of(Outcome::AtOnce(uses))
    }

    fn manage(&self, call: &Manage) -> Result<Observation, NoVerdict> {
        let Manage::Store { up } = call else {
            return self.reference.manage(&self.cast.players, call);
        };
        let switch = self.reference.store_up();
        let switch = switch.ok_or_else(|| NoVerdict::Lost("no store to switch".into()))?;
        switch.store(*up, Ordering::SeqCst);
        Ok(Observation::of(Outcome::Accepted))
    }
}

impl Subject for InProcess {
    fn profile(&self) -> Profile {
        self.cast.profile
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn players(&self) -> &Players {
        &self.cast.players
    }

    fn now(&self) -> i64 {
        self.now.load(Ordering::SeqCst)
    }

    fn reach(&self, now: i64) {
        self.now.fetch_max(now, Ordering::SeqCst);
    }

    async fn perform(&self, held: &mut Held, action: Action<'_>) -> Result<Observation, NoVerdict> {
        match action {
            // Without a socket there is no connection to keep a verdict for.
            Action::Present(presentation) | Action::Kept(presentation) => {
                Ok(self.present(presentation, held.now))
            }
            Action::AtOnce(presentation, times) => Ok(self.at_once(presentation, times, held.now)),
            Action::Raw(_) => Err(NoVerdict::Lost("no socket in process".into())),
            Action::Manage(call, _) => self.manage(call),
            Action::Move(_) => Err(NoVerdict::Lost("Connect's flows need a server".into())),
        }
    }
}

fn refused(decision: &RefusedBy) -> Outcome {
    Outcome::Refused(decision.code.map(|code| code.as_str().into()))
}
