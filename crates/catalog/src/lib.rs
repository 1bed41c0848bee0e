//! What the five documents say, as tables: codes, requirements, readings, and the rules that
//! are not a vendor's. Plain data in our own words; no logic beyond look-up.

pub mod citation;
#[macro_use]
pub mod codes;
pub mod elsewhere;
pub mod posit_connect;
mod profile;
pub mod readings;
pub mod requirements;
pub mod rules;
pub mod tableau_connected_app;
pub mod workato_api;
pub mod workato_direct_link;

pub use citation::{Citation, Document};
pub use codes::{Code, CodeKind, CodeRow};
pub use profile::{Profile, UnknownProfile};
pub use readings::{Family, Graded, Reading};
pub use requirements::{Kind, Level, Observable, Requirement};
pub use rules::Rule;

/// What a deviation from this requirement or rule weighs; `None` where no row has the id.
pub fn level(id: &str) -> Option<Level> {
    let requirement = requirements::find(id).map(Requirement::level);
    requirement.or_else(|| rules::find(id).map(|rule| rule.level))
}
