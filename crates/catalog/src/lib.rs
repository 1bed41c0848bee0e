//! What the five documents say, as tables: codes, requirements, readings, and the rules that
//! are not a vendor's. Plain data in our own words; no logic beyond look-up.

#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::disallowed_types))]

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The second argument where a row gives one, else the first.
macro_rules! given_or {
    ($default:expr) => {
        $default
    };
    ($default:expr, $given:expr) => {
        $given
    };
}

pub mod citation;
#[macro_use]
pub mod codes;
pub mod elsewhere;
pub mod part;
#[macro_use]
pub mod readings;
#[macro_use]
pub mod requirements;
#[macro_use]
pub mod rules;
mod sheet;
#[macro_use]
mod words;

pub mod posit_connect;
pub mod tableau_connected_app;
pub mod workato_api;
pub mod workato_direct_link;

pub use citation::{Citation, Document};
pub use codes::{Code, CodeKind, CodeRow};
pub use part::Part;
pub use readings::{Family, Graded, Reading};
pub use requirements::{Kind, Level, Observable, Requirement};
pub use rules::Rule;
pub use sheet::Sheet;
pub use words::Words;

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

/// What a deviation from this requirement or rule weighs; `None` where no row has the id.
pub fn level(id: &str) -> Option<Level> {
    let requirement = requirements::find(id).map(Requirement::level);
    requirement.or_else(|| rules::find(id).map(|rule| rule.level))
}
