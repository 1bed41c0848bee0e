//! The reference verifier: for each profile an ordered list of short checks over facts.
//!
//! Pure: it reads no clock, file, socket, environment or random source; `now`, keys and accounts
//! are arguments. Replay is a question it leaves open at the end, so a refused token spends
//! nothing.

#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::disallowed_types))]

mod accounts;
mod claims;
mod list;
mod pipeline;
pub mod posit_connect;
pub mod tableau_connected_app;
mod violation;
pub mod workato_api;
pub mod workato_direct_link;

pub use accounts::BadKey;
pub use claims::Token;
pub use list::{Check, Checked, Decision, Given, List, Rejected, Step, refuse_if};
pub use pipeline::{JtiKind, Once, Read, Rules, SingleUse, Unredeemed, Verifier};
pub use violation::Explained;
