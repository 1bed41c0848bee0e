//! What any bytes at all must not break. Each module is one kind of input; its `check` panics on a
//! finding.
//!
//! libFuzzer calls them (`fuzz_targets`), and `crates/claimproof/tests/fuzz.rs` replays the seeds as
//! a plain test.

#![forbid(unsafe_code)]

pub mod light;
#[cfg(feature = "whole")]
pub mod whole;
