//! Cases: what is changed about tokens and requests, what must come of it, and the forge that mints them.
//!
//! Expected results are written by hand from the documents. This crate cannot call the verifier:
//! that the two agree is the evidence.

#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::disallowed_types))]

pub mod brought;
mod case;
pub mod cases;
mod change;
mod draft;
mod expect;
pub mod flow;
mod forge;
pub mod keys;
pub mod precedence;
mod presentation;
mod scene;
pub mod sign;
pub mod terms;
pub mod texts;

pub use case::{Act, Case, Manage, ManageMethod, Need, Turn, level};
pub use change::{Change, Edit, Part, RequestEdit, Segment, Size};
pub use expect::{Answer, Expect, Form, Refusal};
pub use forge::{Forge, ForgeError, Ledger, Minted};
pub use presentation::{Header, Presentation, Surface};
pub use scene::Scene;
pub use sign::{Alg, Signature};

/// The instant of the golden vectors, in seconds since 1970.
pub const FROZEN_NOW: i64 = 1_700_000_000;
