//! The Workato API platform.

mod codes;
mod readings;
mod requirements;
mod words;

pub use codes::Code;
pub use words::WORDS;

use crate::Sheet;

/// What the document says.
pub(crate) static SHEET: Sheet = Sheet {
    name: "workato-api",
    number: 1,
    is_flow: false,
    is_single_use: false,
    bounds_lifetime: false,
    has_several_places: true,
    is_framed: false,
    header: &["alg"],
    claims: &[],
    codes: codes::CODES,
    requirements: requirements::ROWS,
    families: readings::FAMILIES,
    completions: &[],
    elsewhere: &[],
};
