//! Roles that only have to be unknown to a server, made up where nobody plays them.

use claimproof_catalog::Profile;

use crate::{ExposeSecret, Player, Players, Seed, SigningKey, keys, seeded};

/// Of no directory that a server is set up with.
const NOWHERE: Seed = Seed(0x6e6f_7768_6572_6500);

/// Whether a role is one no server must know.
pub fn is_stranger(role: &str) -> bool {
    role.ends_with(".unknown") || role == "key.foreign" || role == "secret.foreign"
}

impl Players {
    /// Gives each such role that is not played to a player nobody has heard of, with a key that none of the
    /// others has.
    pub fn invent_strangers(&mut self, profile: Profile) {
        let cast = seeded(profile, NOWHERE).players;
        for (role, player) in cast.iter().filter(|(role, _)| is_stranger(role)) {
            if self.get(role).is_none() {
                let key = player.key.clone().map(|key| self.unused(key));
                self.cast(role, Player { id: player.id.clone(), key });
            }
        }
    }

    /// The key, or one of the pool where somebody has it.
    fn unused(&self, key: SigningKey) -> SigningKey {
        let SigningKey::Rsa { .. } = &key else { return key };
        let is_free = |key: &SigningKey| {
            !self.iter().any(|(_, player)| signs_alike(player.key.as_ref(), key))
        };
        let mut others = keys::all().map(SigningKey::from);
        if is_free(&key) { key } else { others.find(is_free).unwrap_or(key) }
    }
}

fn signs_alike(own: Option<&SigningKey>, other: &SigningKey) -> bool {
    match (own, other) {
        (Some(SigningKey::Rsa { private: own, .. }), SigningKey::Rsa { private: other, .. }) => {
            own.expose_secret().split_whitespace().eq(other.expose_secret().split_whitespace())
        }
        _ => false,
    }
}
