//! The property tests of the reference, over one with the fault.

#[expect(
    dead_code,
    reason = "its other users are not here, and one function has another in its place"
)]
#[path = "../../../reference/tests/reference/make.rs"]
mod plain;
#[path = "../../../reference/tests/reference/sequences.rs"]
mod sequences;

mod make {
    pub(crate) use super::plain::*;
    pub(crate) use crate::properties::fault::reference;
}
