//! Where the two wings meet: the reference as a subject without a socket, what it decides on one
//! presentation, and the target and directory files of its server.

pub mod directory;
mod subject;
mod target;

pub use subject::{Decision, InProcess, decide, explain};
pub use target::of_reference;
