//! The four systems under the documents.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::elsewhere::ForeignText;
use crate::{Code, Family, Requirement, Rule};
use crate::{posit_connect, tableau_connected_app, workato_api, workato_direct_link};

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
        self.sheet().name
    }

    /// What its document says.
    pub(crate) const fn sheet(self) -> &'static Sheet {
        match self {
            Self::WorkatoDirectLink => &workato_direct_link::SHEET,
            Self::WorkatoApi => &workato_api::SHEET,
            Self::TableauConnectedApp => &tableau_connected_app::SHEET,
            Self::PositConnect => &posit_connect::SHEET,
        }
    }
}

/// One profile as a value: what its document says, in the profile's own module.
pub(crate) struct Sheet {
    pub(crate) name: &'static str,
    pub(crate) codes: &'static [Code],
    pub(crate) requirements: &'static [Requirement],
    pub(crate) families: &'static [Family],
    /// Rules that complete this document alone.
    pub(crate) completions: &'static [Rule],
    pub(crate) elsewhere: &'static [ForeignText],
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A name that is no profile's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no profile; the profiles are {known}", known = Profile::ALL.map(Profile::name).join(", "))]
pub struct UnknownProfile(pub String);

impl FromStr for Profile {
    type Err = UnknownProfile;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let named = Self::ALL.into_iter().find(|profile| profile.name() == name);
        named.ok_or_else(|| UnknownProfile(name.to_owned()))
    }
}
