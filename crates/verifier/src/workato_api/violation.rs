//! Everything that can be wrong with an API call, and the documented failure it maps to.

use claimproof_catalog::workato_api::Code;
use claimproof_token::Malformed;

use crate::violation::violations;

violations! { workato_api;
    NoCredentials => AccessRefused;
    NotBearer => AccessRefused;
    SeveralCredentials => AccessRefused;
    PayloadTooLarge { chars: usize, max: usize } => PayloadTooLarge;
    TokenMalformed(why: Malformed) => AccessRefused;
    ExtensionDemanded => AccessRefused;
    NoApiKey => AccessRefused;
    UnknownApiKey => AccessRefused;
    ProfileDisabled => AccessRefused;
    AlgMismatch => AccessRefused;
    SignatureMismatch => AccessRefused;
}
