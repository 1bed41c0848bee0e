//! Tableau connected apps, direct trust.

mod codes;
mod readings;
mod requirements;
mod words;

pub use codes::Code;
pub use words::WORDS;

use crate::Sheet;
use crate::elsewhere::ForeignText;

/// Messages of neighbouring products.
static ELSEWHERE: &[ForeignText] = &[ForeignText {
    part: "unexpired trusted ticket",
    belongs: "the message is of trusted tickets and not of connected apps: the token went to the JavaScript API; a JWT \
              needs the Embedding API v3",
}];
/// What the document says.
pub(crate) static SHEET: Sheet = Sheet {
    name: "tableau-connected-app",
    number: 2,
    is_flow: false,
    is_single_use: true,
    bounds_lifetime: true,
    has_several_places: false,
    is_framed: false,
    header: &["alg", "typ", "kid", "iss"],
    claims: &["sub", "aud", "iat", "exp", "jti", "scp"],
    codes: codes::CODES,
    requirements: requirements::ROWS,
    families: readings::FAMILIES,
    completions: &[],
    elsewhere: ELSEWHERE,
};
