//! Posit Connect OAuth integrations.

mod codes;
mod readings;
mod requirements;
mod rules;

pub use codes::Code;

use crate::Sheet;
use crate::elsewhere::ForeignText;

/// Messages of later editions of the document.
static ELSEWHERE: &[ForeignText] = &[
    ForeignText {
        part: "does not support the auth flow",
        belongs: "the message is of a later edition of Connect's document than 2024.11, which is the one implemented here",
    },
    ForeignText {
        part: "requested_token_type",
        belongs: "requested_token_type is of a later edition of Connect's document than 2024.11, which is the one \
                  implemented here",
    },
];
/// What the document says.
pub(crate) static SHEET: Sheet = Sheet {
    name: "posit-connect",
    number: 3,
    is_flow: true,
    is_single_use: false,
    bounds_lifetime: false,
    has_several_places: false,
    is_framed: false,
    header: &[],
    claims: &[],
    codes: codes::CODES,
    requirements: requirements::ROWS,
    families: readings::FAMILIES,
    completions: rules::COMPLETIONS,
    elsewhere: ELSEWHERE,
};
