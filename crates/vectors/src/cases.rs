//! Every case, one file a profile, expectations by hand from the documents.

#[macro_use]
mod table;

mod answers;
mod carriers;
pub mod common;
mod memory;
pub mod posit_connect;
pub mod tableau_connected_app;
#[cfg(test)]
mod tests;
pub mod workato_api;
pub mod workato_direct_link;

use std::sync::OnceLock;

use claimproof_cast::Terms;
use claimproof_catalog::Profile;

use crate::case::Case;
use crate::draft::{Draft, Slot};
use crate::precedence::{self, Fault};
use crate::scene::Scene;

/// The cases of a profile, in the document's order of codes; the pairs whose order is forced last.
///
/// They are the same for everyone, so they are put together once: the kill matrix asks for them thousands
/// of times.
pub fn of(profile: Profile) -> &'static [Case] {
    let set = set(profile);
    set.all.get_or_init(|| [(set.cases)(), precedence::forced(profile)].concat())
}

/// The case with other accounts in the place of those nobody plays, where it is about something else than
/// what they sign with; `None` where nobody is missing, or nobody can stand in.
pub fn stand_in(case: &Case, is_played: IsPlayed<'_>) -> Option<Case> {
    (set(case.profile).stand_in)(case, is_played)
}

/// Whether somebody plays a role.
pub type IsPlayed<'a> = &'a dyn Fn(&str) -> bool;

/// One profile as a value, in the profile's own module.
pub(crate) struct CaseSet {
    cases: fn() -> Vec<Case>,
    /// They and the pairs, once they were asked for.
    all: OnceLock<Vec<Case>>,
    /// What an issuer following the documents would send.
    pub(crate) draft: fn(&Slot<'_>, i64, &str, &Terms) -> Draft,
    /// Every single fault, in the order of the documents' codes.
    pub(crate) faults: fn() -> Vec<Fault>,
    /// The scene the faults change.
    pub(crate) scene: Option<fn() -> Scene>,
    stand_in: fn(&Case, IsPlayed<'_>) -> Option<Case>,
}

/// The value of a profile.
pub(crate) fn set(profile: Profile) -> &'static CaseSet {
    match profile {
        Profile::WorkatoDirectLink => &workato_direct_link::SET,
        Profile::WorkatoApi => &workato_api::SET,
        Profile::TableauConnectedApp => &tableau_connected_app::SET,
        Profile::PositConnect => &posit_connect::SET,
    }
}

/// Every case of every profile.
pub fn all() -> Vec<Case> {
    Profile::ALL.into_iter().flat_map(of).cloned().collect()
}
