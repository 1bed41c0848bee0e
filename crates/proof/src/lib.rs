//! What shows that the suite notices: the kill matrix, isolation, coverage, properties.
//!
//! Judge and judged meet here: every mutant of the reference is served and the suite run against
//! it.

mod blame;
mod cores;
pub mod coverage;
pub mod isolation;
mod lint;
pub mod matrix;
pub mod properties;
mod snapshot;
mod threads;

pub use snapshot::{Kills, NoSnapshot, Snapshot};
