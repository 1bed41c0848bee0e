//! What the five documents say, as tables: codes, requirements, readings, and the rules that
//! are not a vendor's. Plain data in our own words; no logic beyond look-up.

pub mod citation;
pub mod codes;
pub mod elsewhere;
mod profile;
pub mod readings;
pub mod requirements;
pub mod rules;

pub use citation::{Citation, Document};
pub use codes::{CodeKind, CodeRow};
pub use profile::Profile;
pub use readings::{Family, Graded, Reading};
pub use requirements::{Kind, Level, Observable, Requirement};
pub use rules::Rule;

/// What a deviation from this requirement or rule weighs; `None` where no row has the id.
pub fn level(id: &str) -> Option<Level> {
    let requirement = requirements::find(id).map(Requirement::level);
    requirement.or_else(|| rules::find(id).map(|rule| rule.level))
}
