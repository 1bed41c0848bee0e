//! A Connect server as one value: the rules, what it remembers, and edits from outside.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use claimproof_cast::{AnyDirectory, Cast};
use claimproof_catalog::Profile;
use claimproof_replay::Store;
use claimproof_verifier::posit_connect::{Effect, Entropy, Event, Flow, State};

use crate::implementation::is_own;
use crate::{CastError, Implementation, Steps};

/// An edit of something before or behind a step, with the state to look at.
pub type Patch<T> = Arc<dyn Fn(&State, T) -> T + Send + Sync>;

/// Edits from outside: what a mutant that no list and no policy can express is made of.
#[derive(Clone, Default)]
pub struct Edits {
    /// What is done to an event before it is looked at.
    pub event: Option<Patch<Event>>,
    /// What is done to the state behind each event.
    pub state: Option<Arc<StateEdit>>,
    /// What is done to an effect: the authorization URL, the token request, the credentials, the
    /// text.
    pub effect: Option<Patch<Effect>>,
}

/// An edit of what is remembered.
pub type StateEdit = dyn Fn(&mut State) + Send + Sync;

/// Rules and state of a Connect server.
pub struct PositConnect {
    /// Policy and lists.
    pub flow: Flow,
    /// Nothing by default.
    pub edits: Edits,
    state: Mutex<State>,
}

impl PositConnect {
    /// The address of a server that has none of its own, in process.
    pub const ADDRESS: &'static str = "https://connect.example";

    /// The documented rules over a cast's directory.
    pub fn of(cast: &Cast) -> Result<Self, CastError> {
        let AnyDirectory::PositConnect(directory) = &cast.directory else {
            return Err(CastError::WrongProfile);
        };
        let state = State::new(directory, Self::ADDRESS)?;
        Ok(Self { flow: Flow::default(), edits: Edits::default(), state: Mutex::new(state) })
    }

    /// What is done about an event; one at a time.
    pub fn step(&self, event: Event, now: i64, entropy: &Entropy) -> Effect {
        let mut state = self.state();
        let event = match &self.edits.event {
            Some(edit) => edit(&state, event),
            None => event,
        };
        let effect = self.flow.step(&mut state, event, now, entropy);
        if let Some(edit) = &self.edits.state {
            edit(&mut state);
        }
        match &self.edits.effect {
            Some(edit) => edit(&state, effect),
            None => effect,
        }
    }

    /// What is remembered, for administration and for whoever looks.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Implementation for PositConnect {
    fn profile(&self) -> Profile {
        Profile::PositConnect
    }

    fn lists(&self) -> Vec<&dyn Steps> {
        let Flow { login, callback, redemption, refresh, visit, exchange, .. } = &self.flow;
        vec![login, callback, redemption, refresh, visit, exchange]
    }

    fn lists_mut(&mut self) -> Vec<&mut dyn Steps> {
        let Flow { login, callback, redemption, refresh, visit, exchange, .. } = &mut self.flow;
        vec![login, callback, redemption, refresh, visit, exchange]
    }

    fn store(&mut self) -> Option<&mut Box<dyn Store>> {
        None
    }

    fn store_up(&self) -> Option<&AtomicBool> {
        None
    }

    fn playable(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }

    fn follow(&mut self, family: &str, reading: &str) -> bool {
        is_own(family, reading)
    }
}
