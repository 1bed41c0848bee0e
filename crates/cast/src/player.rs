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

/// The players of a run by role.
#[derive(Clone, Debug, Default)]
pub struct Players(BTreeMap<String, Player>);

impl Players {
    /// Gives a role to a player; the last one given it keeps it.
    pub fn cast(&mut self, role: &str, player: Player) {
        self.0.insert(role.to_owned(), player);
    }

    /// Who plays the role.
    pub fn get(&self, role: &str) -> Option<&Player> {
        self.0.get(role)
    }

    /// Every role that is played, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Player)> {
        self.0.iter().map(|(role, player)| (role.as_str(), player))
    }
}
