//! Who plays in a run: roles, the players who fill them, and the directories a reference keeps.
//!
//! A case names roles (`member.unconfirmed`, `app.disabled`); a cast fills them. [`public`] is the
//! cast of the golden vectors, [`seeded`] another one with the same roles and other names.

#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::disallowed_types))]

mod conditions;
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
pub use keys::{KEY_FILES, RsaPair, pool};
pub use player::{Player, Players, SigningKey, Unplayed};
pub use posit_connect::ClientAuth;
pub use secrecy::{ExposeSecret, SecretString};
pub use seed::Seed;
pub use strangers::is_stranger;
pub use terms::{Constant, Place, Terms};

use claimproof_catalog::Profile;
use serde::Serialize;

/// One profile's players together with what the reference knows about them.
#[derive(Clone, Debug)]
pub struct Cast {
    /// The system they play in.
    pub profile: Profile,
    /// Who fills which role, with what they sign with.
    pub players: Players,
    /// The accounts, apps or access profiles on the server's side.
    pub directory: AnyDirectory,
}

/// What the server's side knows about the players: the directory of one profile.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum AnyDirectory {
    /// Vendors, teams and members.
    WorkatoDirectLink(workato_direct_link::Directory),
    /// Access profiles.
    WorkatoApi(workato_api::Directory),
    /// Sites, apps, secrets and users.
    TableauConnectedApp(tableau_connected_app::Directory),
    /// Users and content.
    PositConnect(posit_connect::Directory),
}

/// The cast of the golden vectors.
pub fn public(profile: Profile) -> Cast {
    seeded(profile, Seed::PUBLIC)
}

/// Who calls Tableau's management methods, where that is none of the users of the cases.
pub const MANAGEMENT: &str = "management";

/// The role of the secret that a management call makes. Nobody plays it on a target: who does is read from the
/// answer to the call.
pub const MADE_SECRET: &str = "secret.made";

/// Every role of a profile, in order.
pub fn roles(profile: Profile) -> std::collections::BTreeSet<String> {
    let given = roles_of(profile).given.iter().map(|role| (*role).to_owned());
    public(profile).players.iter().map(|(role, _)| role.to_owned()).chain(given).collect()
}

/// Whether a profile knows the role, those included of which a server may have more than the cast.
pub fn is_role(profile: Profile, role: &str) -> bool {
    (roles_of(profile).is_further)(role) || roles(profile).contains(role)
}

/// The hosts in origins of a profile's cases that are there on a target, maybe under another name.
pub const fn hosts(profile: Profile) -> &'static [&'static str] {
    roles_of(profile).hosts
}

/// The same roles under other names, secrets and keys.
pub fn seeded(profile: Profile, seed: Seed) -> Cast {
    let (players, directory) = (roles_of(profile).fill)(seed);
    Cast { profile, players, directory }
}

/// The roles of one profile as a value, in the profile's own module.
pub(crate) struct Roles {
    /// Fills them, and sets the server's side up accordingly.
    fill: fn(Seed) -> (Players, AnyDirectory),
    /// Roles that no cast of ours fills, and a target file may.
    given: &'static [&'static str],
    /// Whether it is a role beyond the cast's, of a kind of which a server may have more.
    is_further: fn(&str) -> bool,
    hosts: &'static [&'static str],
    conditions: &'static [Condition],
}

const fn roles_of(profile: Profile) -> &'static Roles {
    match profile {
        Profile::WorkatoDirectLink => &workato_direct_link::ROLES,
        Profile::WorkatoApi => &workato_api::ROLES,
        Profile::TableauConnectedApp => &tableau_connected_app::ROLES,
        Profile::PositConnect => &posit_connect::ROLES,
    }
}
