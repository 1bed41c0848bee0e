//! The tests of two faults at once, over a reference with one more.

#[path = "../../../in_process/tests/in_process/precedence.rs"]
mod precedence;

mod make {
    pub(crate) use crate::properties::fault::any as reference;
}
