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
    pub const fn sheet(self) -> &'static Sheet {
        match self {
            Self::WorkatoDirectLink => &workato_direct_link::SHEET,
            Self::WorkatoApi => &workato_api::SHEET,
            Self::TableauConnectedApp => &tableau_connected_app::SHEET,
            Self::PositConnect => &posit_connect::SHEET,
        }
    }
}

/// One profile as a value: what its document says, in the profile's own module.
#[derive(Debug)]
pub struct Sheet {
    /// The name used in ids, files and on the command line.
    pub name: &'static str,
    /// Its place among the documents, from 0.
    pub number: u8,
    /// Whether it is about logins and exchanges among several parties, and not about a token that
    /// the caller mints and presents.
    pub is_flow: bool,
    /// Whether a token's `jti` counts once.
    pub is_single_use: bool,
    /// Whether it bounds the lifetime of a token.
    pub bounds_lifetime: bool,
    /// Whether it names several places of a token where the account is read.
    pub has_several_places: bool,
    /// Whether what is accepted is a page in a frame, so that not framing it is a refusal.
    pub is_framed: bool,
    /// The header parameters that every token carries.
    pub header: &'static [&'static str],
    /// The claims that every token carries.
    pub claims: &'static [&'static str],
    /// The codes, in the document's order.
    pub codes: &'static [Code],
    /// The requirements, in the document's order.
    pub requirements: &'static [Requirement],
    /// The questions it leaves open.
    pub families: &'static [Family],
    /// Rules that complete this document alone.
    pub completions: &'static [Rule],
    /// Messages of other editions and products.
    pub elsewhere: &'static [ForeignText],
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
