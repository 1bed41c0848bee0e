//! Every case, one file a profile, expectations by hand from the documents.

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

use claimproof_catalog::Profile;

use crate::case::Case;
use crate::precedence;

/// The cases of a profile, in the document's order of codes; the pairs whose order is forced last.
///
/// They are the same for everyone, so they are put together once: the kill matrix asks for them thousands
/// of times.
pub fn of(profile: Profile) -> &'static [Case] {
    static LINK: OnceLock<Vec<Case>> = OnceLock::new();
    static API: OnceLock<Vec<Case>> = OnceLock::new();
    static TABLEAU: OnceLock<Vec<Case>> = OnceLock::new();
    static CONNECT: OnceLock<Vec<Case>> = OnceLock::new();
    let (all, single): (_, fn() -> Vec<Case>) = match profile {
        Profile::WorkatoDirectLink => (&LINK, workato_direct_link::cases),
        Profile::WorkatoApi => (&API, workato_api::cases),
        Profile::TableauConnectedApp => (&TABLEAU, tableau_connected_app::cases),
        Profile::PositConnect => (&CONNECT, posit_connect::cases),
    };
    all.get_or_init(|| [single(), precedence::forced(profile)].concat())
}

/// The case with other accounts in the place of those nobody plays, where it is about something else than
/// what they sign with; `None` where nobody is missing, or nobody can stand in.
pub fn stand_in(case: &Case, is_played: &dyn Fn(&str) -> bool) -> Option<Case> {
    match case.profile {
        Profile::WorkatoApi => workato_api::stand_in(case, is_played),
        Profile::WorkatoDirectLink | Profile::TableauConnectedApp | Profile::PositConnect => None,
    }
}

/// Every case of every profile.
pub fn all() -> Vec<Case> {
    Profile::ALL.into_iter().flat_map(of).cloned().collect()
}
