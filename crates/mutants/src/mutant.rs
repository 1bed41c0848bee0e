//! One named fault, and what it breaks.

use std::sync::Arc;

use claimproof_cast::{Cast, Players};
use claimproof_catalog::{Level, Profile, level};
use claimproof_reference::{CastError, Implementation};
use claimproof_server::reply::Reply;
use claimproof_server::{Binding, Front};

use crate::edit;

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
    /// These too, where what is broken is a list of ids.
    pub(crate) fn extend(&mut self, more: &[&'static str]) {
        if let Self::Ids(ids) = self {
            ids.extend(more);
        }
    }

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

impl From<Vec<&'static str>> for Breaks {
    fn from(ids: Vec<&'static str>) -> Self {
        Self::Ids(ids)
    }
}

impl From<&[&'static str]> for Breaks {
    fn from(ids: &[&'static str]) -> Self {
        Self::Ids(ids.to_vec())
    }
}

impl<const N: usize> From<[&'static str; N]> for Breaks {
    fn from(ids: [&'static str; N]) -> Self {
        Self::Ids(ids.to_vec())
    }
}

/// An edit of the reference, from outside.
#[derive(Clone)]
pub enum Planted {
    /// A step is left out.
    Without(&'static str),
    /// Two steps change places.
    Swapped(&'static str, &'static str),
    /// Something about the reference: a check, the policy, the store, what it sends and remembers.
    Reference(Arc<ReferenceEdit>),
    /// How a token is read: what is judged in its place.
    Token(Arc<TokenReading>),
    /// Something about every reply.
    Reply(Arc<dyn Fn(Reply) -> Reply + Send + Sync>),
    /// Something about every request, and about its reply: what it remembers begins empty with each server.
    Front(fn(&Cast) -> Front),
}

/// An edit of a reference, which is that of the mutant's own profile.
pub(crate) type ReferenceEdit =
    dyn Fn(&mut dyn Implementation) -> Result<(), CastError> + Send + Sync;

/// The token in the place of one that was sent, where it is read otherwise, among these players.
pub(crate) type TokenReading = dyn Fn(&Players, &str) -> Option<String> + Send + Sync;

/// An edit of one profile's reference.
pub(crate) fn edited<T: Implementation>(change: fn(&mut T)) -> Planted {
    Planted::Reference(Arc::new(move |reference| {
        reference.downcast_mut().map(change).ok_or(CastError::WrongProfile)
    }))
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
    pub fault: Planted,
}

impl Mutant {
    /// A fault that lets too much pass, or answers otherwise than documented.
    pub(crate) fn new(
        profile: Profile,
        name: &str,
        title: &str,
        breaks: impl Into<Breaks>,
        fault: Planted,
    ) -> Self {
        let (name, title) = (format!("{profile}/{name}"), title.to_owned());
        let breaks = breaks.into();
        Self { name, profile, title, breaks, over_strict: false, on_threads: false, fault }
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

    /// The faulty reference over a cast, ready to be served.
    pub fn binding(&self, cast: Cast) -> Result<Binding, CastError> {
        let mut binding = Binding::of(cast)?;
        self.apply(&mut *binding.service)?;
        match &self.fault {
            Planted::Token(reading) => {
                let (players, reading) = (binding.cast.players.clone(), Arc::clone(reading));
                binding.token = Some(Arc::new(move |token| reading(&players, token)));
            }
            Planted::Reply(change) => binding.edit = Some(Arc::clone(change)),
            Planted::Front(front) => binding.front = Some(front(&binding.cast)),
            Planted::Without(_) | Planted::Swapped(..) | Planted::Reference(_) => {}
        }
        Ok(binding)
    }

    /// Puts the fault into a reference; one of the wire leaves it as it is.
    pub fn apply(&self, reference: &mut dyn Implementation) -> Result<(), CastError> {
        match &self.fault {
            Planted::Without(step) => edit::without(reference, step),
            Planted::Swapped(a, b) => edit::swap(reference, a, b),
            Planted::Reference(change) => change(reference)?,
            Planted::Token(_) | Planted::Front(_) | Planted::Reply(_) => {}
        }
        Ok(())
    }
}

/// A table of mutants, a row each: `"name", "title", what it breaks => the fault;`.
///
/// What a row breaks is a list of ids, or `EveryRefusal` or `EveryAcceptance` of [`Breaks`]. In
/// front of it stand `strict`, where the fault refuses too much, and `on_threads`. The function
/// behind the profile makes a [`Planted`] of each fault.
macro_rules! mutants {
    ($(#[$doc:meta])* $vis:vis fn $table:ident $(<$rules:ident: $bound:path>)?
        $(($($given:ident: $type:ty),*))? in $profile:expr, $plant:expr; $(
        $($kind:ident)* $name:literal, $title:literal, $breaks:expr => $fault:expr;
    )*) => {
        $(#[$doc])*
        $vis fn $table$(<$rules: $bound>)?($($($given: $type),*)?) -> Vec<$crate::Mutant> {
            vec![$(
                $crate::Mutant::new($profile, $name, $title, $breaks, $plant($fault))$(.$kind())*
            ),*]
        }
    };
}
