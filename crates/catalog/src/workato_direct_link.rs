//! Workato JWT direct linking.

mod codes;
mod readings;
mod requirements;

pub use codes::Code;

use crate::profile::Sheet;

/// What the document says.
pub(crate) static SHEET: Sheet = Sheet {
    name: "workato-direct-link",
    codes: codes::CODES,
    requirements: requirements::ROWS,
    families: readings::FAMILIES,
    completions: &[],
    elsewhere: &[],
};
