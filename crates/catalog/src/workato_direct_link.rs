//! Workato JWT direct linking.

mod codes;
mod readings;
mod requirements;
mod words;

pub use codes::Code;
pub use words::WORDS;

use crate::Sheet;

/// What the document says.
pub(crate) static SHEET: Sheet = Sheet {
    name: "workato-direct-link",
    number: 0,
    is_flow: false,
    is_single_use: true,
    bounds_lifetime: false,
    has_several_places: false,
    is_framed: true,
    header: &["alg", "typ"],
    claims: &["sub", "iat", "jti"],
    codes: codes::CODES,
    requirements: requirements::ROWS,
    families: readings::FAMILIES,
    completions: &[],
    elsewhere: &[],
};
