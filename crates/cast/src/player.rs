//! Who fills a role.

use std::collections::BTreeMap;

use secrecy::SecretString;

/// What a player signs with.
#[derive(Clone, Debug)]
pub enum SigningKey {
    /// An HMAC secret, as the text that was pasted.
    Secret(SecretString),
    /// An RSA pair.
    Rsa {
        /// PKCS#8 PEM.
        private: SecretString,
        /// SPKI PEM.
        public: String,
        /// The public key's text exactly as the server was given it: the same, or another form. Empty where
        /// nobody has said.
        configured: String,
    },
}

/// Who fills a role: the name it goes by on the wire, and what it signs with.
#[derive(Clone, Debug)]
pub struct Player {
    /// Vendor ID, team ID, API key, client ID, secret ID, user name, content URL.
    pub id: String,
    /// What it signs with, where it signs.
    pub key: Option<SigningKey>,
}

/// The players of a run by role, and what holds for all of their tokens.
#[derive(Clone, Debug, Default)]
pub struct Players {
    by_role: BTreeMap<String, Player>,
    longest_lifetime: Option<i64>,
}

impl Players {
    /// The longest lifetime of a token that the document names, in seconds.
    pub const LONGEST_LIFETIME: i64 = 600;

    /// How long a token may live on the target, in seconds: its own value, or the document's.
    pub fn longest_lifetime(&self) -> i64 {
        self.longest_lifetime.unwrap_or(Self::LONGEST_LIFETIME)
    }

    /// States the target's own value.
    pub const fn state_longest_lifetime(&mut self, seconds: i64) {
        self.longest_lifetime = Some(seconds);
    }

    /// Gives a role to a player; the last one given it keeps it.
    pub fn cast(&mut self, role: &str, player: Player) {
        self.by_role.insert(role.to_owned(), player);
    }

    /// Who plays the role.
    pub fn get(&self, role: &str) -> Option<&Player> {
        self.by_role.get(role)
    }

    /// Every role that is played, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Player)> {
        self.by_role.iter().map(|(role, player)| (role.as_str(), player))
    }
}
