//! Who plays in a run: roles, the players who fill them, and the directories a reference keeps.
//!
//! A case names roles (`member.unconfirmed`, `app.disabled`); a cast fills them. [`public`] is the
//! cast of the golden vectors, [`seeded`] another one with the same roles and other names.

mod conditions;
mod directory;
mod keys;
mod player;
pub mod posit_connect;
mod seed;
mod strangers;
pub mod tableau_connected_app;
mod terms;
pub mod workato_api;
pub mod workato_direct_link;

pub use conditions::{Condition, Probe, condition, conditions};
pub use directory::Directory;
pub use keys::{RsaPair, pool};
pub use player::{Player, Players, SigningKey, Unplayed};
pub use secrecy::{ExposeSecret, SecretString};
pub use seed::Seed;
pub use strangers::is_stranger;
pub use terms::{Constant, Place, Terms};

use claimproof_catalog::Profile;

/// One profile's players together with what the reference knows about them.
#[derive(Clone, Debug)]
pub struct Cast {
    /// The system they play in.
    pub profile: Profile,
    /// Who fills which role, with what they sign with.
    pub players: Players,
    /// The accounts, apps or access profiles on the server's side.
    pub directory: Directory,
}

/// The cast of the golden vectors.
pub fn public(profile: Profile) -> Cast {
    seeded(profile, Seed::PUBLIC)
}

/// Who calls Tableau's management methods, where that is none of the users of the cases.
pub const MANAGEMENT: &str = "management";

/// Every role of a profile, in order.
pub fn roles(profile: Profile) -> std::collections::BTreeSet<String> {
    let given: &[&str] = match profile {
        Profile::PositConnect => &posit_connect::GIVEN,
        Profile::TableauConnectedApp => &[MANAGEMENT],
        Profile::WorkatoDirectLink | Profile::WorkatoApi => &[],
    };
    let given = given.iter().map(|role| (*role).to_owned());
    public(profile).players.iter().map(|(role, _)| role.to_owned()).chain(given).collect()
}

/// The same roles under other names, secrets and keys.
pub fn seeded(profile: Profile, seed: Seed) -> Cast {
    let (players, directory) = match profile {
        Profile::WorkatoDirectLink => workato_direct_link::fill(seed),
        Profile::WorkatoApi => workato_api::fill(seed),
        Profile::TableauConnectedApp => tableau_connected_app::fill(seed),
        Profile::PositConnect => posit_connect::fill(seed),
    };
    Cast { profile, players, directory }
}
