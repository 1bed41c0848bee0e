//! One named fault, and what it breaks.

use std::sync::Arc;

use claimproof_cast::Cast;
use claimproof_catalog::{Level, Profile, level};
use claimproof_reference::{AnyReference, CastError, PositConnect, Reference};
use claimproof_server::reply::Reply;
use claimproof_server::{Binding, Front};
use claimproof_verifier::tableau_connected_app::TableauConnectedApp;
use claimproof_verifier::workato_api::WorkatoApi;
use claimproof_verifier::workato_direct_link::WorkatoDirectLink;

use crate::edit;
use crate::loose::Reading;

/// What a fault breaks: a failing case outside it is mis-blame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Breaks {
    /// These requirements and rules.
    Ids(Vec<&'static str>),
    /// Every refusal of the profile.
    EveryRefusal,
    /// Every acceptance of the profile, and what is set up by one.
    EveryAcceptance,
}

impl Breaks {
    /// The weightiest of what is broken: what a run must weigh a deviation to see this one.
    pub fn level(&self) -> Level {
        match self {
            Self::Ids(ids) => ids.iter().filter_map(|id| level(id)).max().unwrap_or(Level::Must),
            Self::EveryRefusal | Self::EveryAcceptance => Level::Must,
        }
    }

    /// For people and lists.
    pub fn describe(&self) -> String {
        match self {
            Self::Ids(ids) => ids.join(","),
            Self::EveryRefusal => "every refusal of the profile".to_owned(),
            Self::EveryAcceptance => "every acceptance of the profile".to_owned(),
        }
    }
}

/// An edit of the reference, from outside.
#[derive(Clone)]
pub enum Fault {
    /// A step is left out.
    Without(&'static str),
    /// Two steps change places.
    Swapped(&'static str, &'static str),
    /// Something about the direct-link reference: a check, the policy, the store.
    DirectLink(fn(&mut Reference<WorkatoDirectLink>)),
    /// Something about the API reference.
    Api(fn(&mut Reference<WorkatoApi>)),
    /// Something about the connected-app reference.
    Tableau(fn(&mut Reference<TableauConnectedApp>)),
    /// Something about the Connect server: a list, the policy, what it sends and remembers.
    Connect(fn(&mut PositConnect)),
    /// How a token is read: what is judged in its place.
    Token(Reading),
    /// Something about every reply.
    Reply(Arc<dyn Fn(Reply) -> Reply + Send + Sync>),
    /// Something about every request, and about its reply: what it remembers begins empty with each server.
    Front(fn(&Cast) -> Front),
}

/// The reference with one named fault.
#[derive(Clone)]
pub struct Mutant {
    /// Unique: `profile/what-is-wrong`.
    pub name: String,
    /// The system.
    pub profile: Profile,
    /// The fault in one sentence.
    pub title: String,
    /// What it breaks.
    pub breaks: Breaks,
    /// Whether it refuses what must be accepted.
    pub over_strict: bool,
    /// Whether its fault shows only where requests are answered at the same moment, so that it needs threads.
    pub on_threads: bool,
    /// The edit.
    pub fault: Fault,
}

impl Mutant {
    /// A fault that lets too much pass, or answers otherwise than documented.
    pub(crate) fn new(
        profile: Profile,
        name: &str,
        title: &str,
        breaks: &[&'static str],
        fault: Fault,
    ) -> Self {
        let (name, title) = (format!("{profile}/{name}"), title.to_owned());
        Self {
            name,
            profile,
            title,
            breaks: Breaks::Ids(breaks.to_vec()),
            over_strict: false,
            on_threads: false,
            fault,
        }
    }

    /// The same fault as one that refuses too much.
    pub(crate) fn strict(mut self) -> Self {
        self.over_strict = true;
        self
    }

    /// The same fault, served on several threads.
    pub(crate) fn on_threads(mut self) -> Self {
        self.on_threads = true;
        self
    }

    /// The same fault with another set of what it breaks.
    pub(crate) fn breaking(mut self, breaks: Breaks) -> Self {
        self.breaks = breaks;
        self
    }

    /// The faulty reference over a cast, ready to be served.
    pub fn binding(&self, cast: Cast) -> Result<Binding, CastError> {
        let mut binding = Binding::of(cast)?;
        self.apply(&mut binding.reference)?;
        match &self.fault {
            Fault::Token(reading) => {
                let (profile, players, reading) =
                    (self.profile, binding.cast.players.clone(), *reading);
                binding.token = Some(Arc::new(move |token| reading(profile, &players, token)));
            }
            Fault::Reply(change) => binding.edit = Some(Arc::clone(change)),
            Fault::Front(front) => binding.front = Some(front(&binding.cast)),
            Fault::Without(_)
            | Fault::Swapped(..)
            | Fault::DirectLink(_)
            | Fault::Api(_)
            | Fault::Tableau(_)
            | Fault::Connect(_) => {}
        }
        Ok(binding)
    }

    /// Puts the fault into a reference; one of the wire leaves it as it is.
    pub fn apply(&self, reference: &mut AnyReference) -> Result<(), CastError> {
        match (&self.fault, reference) {
            (Fault::Without(step), reference) => edit::without(reference, step),
            (Fault::Swapped(a, b), reference) => edit::swap(reference, a, b),
            (Fault::DirectLink(change), AnyReference::WorkatoDirectLink(reference)) => {
                change(reference)
            }
            (Fault::Api(change), AnyReference::WorkatoApi(reference)) => change(reference),
            (Fault::Tableau(change), AnyReference::TableauConnectedApp(reference)) => {
                change(reference)
            }
            (Fault::Connect(change), AnyReference::PositConnect(connect)) => change(connect),
            (Fault::Token(_) | Fault::Front(_) | Fault::Reply(_), _) => {}
            (Fault::DirectLink(_) | Fault::Api(_) | Fault::Tableau(_) | Fault::Connect(_), _) => {
                return Err(CastError::WrongProfile);
            }
        }
        Ok(())
    }
}
