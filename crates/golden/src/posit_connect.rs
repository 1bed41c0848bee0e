//! What the vectors of Posit Connect hold: moves with their messages, and beside the cases of a
//! server tokens to verify and replies to a client.

mod clients;
mod dialogue;
mod exchange;
mod moves;
mod tokens;

pub(crate) use dialogue::Dialogue;
pub(crate) use moves::described;

use claimproof_vectors::sign::SignError;

use crate::Vector;

/// What no server is asked for.
pub(super) fn beside() -> Result<Vec<Vector>, SignError> {
    Ok([tokens::vectors()?, clients::vectors()].concat())
}
