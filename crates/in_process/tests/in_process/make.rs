//! What these tests make.

use claimproof_cast::Cast;
use claimproof_reference::AnyReference;

/// The reference over a cast; the tests of `mutants` put a fault into it.
pub(crate) fn reference(cast: &Cast) -> AnyReference {
    AnyReference::of(cast).unwrap()
}
