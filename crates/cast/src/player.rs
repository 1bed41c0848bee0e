//! Who fills a role.

use std::borrow::Cow;
use std::collections::BTreeMap;

use secrecy::SecretString;

use crate::Terms;

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
    /// Of the roles that another account plays on each site: by role, then by the site's role.
    by_site: BTreeMap<String, BTreeMap<String, Player>>,
    terms: Terms,
}

/// Nobody plays this role.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nobody plays the role `{0}`")]
pub struct Unplayed(pub String);

impl Players {
    /// The longest lifetime of a token that the document names, in seconds.
    pub const LONGEST_LIFETIME: i64 = 600;

    /// How long a token may live on the target, in seconds: its own value, or the document's.
    pub fn longest_lifetime(&self) -> i64 {
        self.terms.longest_lifetime.unwrap_or(Self::LONGEST_LIFETIME)
    }

    /// What holds for all tokens.
    pub const fn terms(&self) -> &Terms {
        &self.terms
    }

    /// States what holds for all tokens.
    pub fn state(&mut self, terms: Terms) {
        self.terms = terms;
    }

    /// Gives a role to a player on one site alone.
    pub fn cast_on(&mut self, role: &str, site: &str, player: Player) {
        self.by_role.entry(role.to_owned()).or_insert_with(|| player.clone());
        self.by_site.entry(role.to_owned()).or_default().insert(site.to_owned(), player);
    }

    /// Who plays on the site of this role. What is played on sites alone is unplayed on the others.
    pub fn on(&self, site: Option<&str>) -> Cow<'_, Self> {
        if self.by_site.is_empty() {
            return Cow::Borrowed(self);
        }
        let mut here = self.clone();
        for (role, sites) in &self.by_site {
            match site.and_then(|site| sites.get(site)) {
                Some(player) => drop(here.by_role.insert(role.clone(), player.clone())),
                None => drop(here.by_role.remove(role)),
            }
        }
        Cow::Owned(here)
    }

    /// Gives a role to a player; the last one given it keeps it.
    pub fn cast(&mut self, role: &str, player: Player) {
        self.by_role.insert(role.to_owned(), player);
    }

    /// Who plays the role.
    pub fn get(&self, role: &str) -> Option<&Player> {
        self.by_role.get(role)
    }

    /// The same, or which role is unplayed.
    ///
    /// # Errors
    ///
    /// Nobody plays it.
    pub fn player(&self, role: &str) -> Result<&Player, Unplayed> {
        self.get(role).ok_or_else(|| Unplayed(role.to_owned()))
    }

    /// Every role that is played, in order, those of single sites last.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Player)> {
        let by_site = self
            .by_site
            .iter()
            .flat_map(|(role, sites)| sites.values().map(move |player| (role, player)));
        self.by_role.iter().chain(by_site).map(|(role, player)| (role.as_str(), player))
    }
}
