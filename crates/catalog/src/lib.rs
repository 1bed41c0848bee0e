//! What the five documents say, as tables: codes, requirements, readings, and the rules that
//! are not a vendor's. Plain data in our own words; no logic beyond look-up.

#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::disallowed_types))]

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
mod profile;
#[macro_use]
pub mod readings;
#[macro_use]
pub mod requirements;
#[macro_use]
pub mod rules;
#[macro_use]
mod words;

pub mod posit_connect;
pub mod tableau_connected_app;
pub mod workato_api;
pub mod workato_direct_link;

pub use citation::{Citation, Document};
pub use codes::{Code, CodeKind, CodeRow};
pub use part::Part;
pub use profile::{Profile, Sheet, UnknownProfile};
pub use readings::{Family, Graded, Reading};
pub use requirements::{Kind, Level, Observable, Requirement};
pub use rules::Rule;
pub use words::Words;

/// What a deviation from this requirement or rule weighs; `None` where no row has the id.
pub fn level(id: &str) -> Option<Level> {
    let requirement = requirements::find(id).map(Requirement::level);
    requirement.or_else(|| rules::find(id).map(|rule| rule.level))
}
