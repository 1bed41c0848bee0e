//! Strict compact JWS, typed claims, public keys and signatures.
//!
//! The crate knows no vendor profile and no clock; it reads no file, socket or environment. It says
//! what is in a token and whether a signature holds; whether that is acceptable is for its callers.
//!
//! - [`Compact::parse`] takes a token apart, or says with [`Malformed`] why it is none.
//! - [`Object::get`] answers with a [`Claim`], which tells a missing member, `null` and every JSON type apart.
//! - [`Key::hmac`] and [`Key::rsa`] take keys as they are pasted; the algorithm comes from the key.
//! - [`Engine`] answers whether signatures hold; [`OneByOne`] is the one there is.

#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::disallowed_types))]

mod certificate;
mod claim;
mod compact;
mod decoded;
mod engine;
mod escape;
mod header;
mod index;
mod key;
mod malformed;
mod object;
mod pem;
mod plain;
mod scan;
mod sizes;
pub mod ssh;

pub use crate::claim::Claim;
pub use crate::compact::{Compact, Scratch};
pub use crate::engine::{Engine, Job, OneByOne};
pub use crate::index::Index;
pub use crate::key::{Key, KeyError};
pub use crate::malformed::{JwsPart, Malformed};
pub use crate::object::Object;
pub use crate::sizes::Sizes;
