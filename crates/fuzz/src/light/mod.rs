//! What is built without the client: these share the build of the gate.

pub mod compact;
pub mod json;
pub mod keys;
pub mod known_failures;
mod peer;
pub mod reports;
pub mod texts;
