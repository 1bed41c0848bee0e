//! What these tests make.

use claimproof_cast::Cast;
use claimproof_in_process::Judged;

/// The reference over a cast; the tests of `proof` put a fault into it.
pub(crate) fn reference(cast: &Cast) -> Box<dyn Judged> {
    claimproof_in_process::reference(cast).unwrap()
}
