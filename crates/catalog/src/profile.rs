//! The four systems under the documents.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A system under the documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// Workato JWT direct linking.
    WorkatoDirectLink,
    /// The Workato API platform.
    WorkatoApi,
    /// Tableau connected apps, direct trust.
    TableauConnectedApp,
    /// Posit Connect OAuth integrations.
    PositConnect,
}

impl Profile {
    /// Every profile, in the order of the documents.
    pub const ALL: [Self; 4] =
        [Self::WorkatoDirectLink, Self::WorkatoApi, Self::TableauConnectedApp, Self::PositConnect];

    /// The profiles whose credential is a JWT the caller mints.
    pub const JWT: [Self; 3] =
        [Self::WorkatoDirectLink, Self::WorkatoApi, Self::TableauConnectedApp];

    /// The name used in ids, files and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::WorkatoDirectLink => "workato-direct-link",
            Self::WorkatoApi => "workato-api",
            Self::TableauConnectedApp => "tableau-connected-app",
            Self::PositConnect => "posit-connect",
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Profile {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.map(Self::name).join(", ");
        Self::ALL
            .into_iter()
            .find(|profile| profile.name() == name)
            .ok_or_else(|| format!("`{name}` is no profile; the profiles are {known}"))
    }
}
