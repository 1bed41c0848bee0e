//! The reference over HTTP, and any HTTP implementation as a subject.

pub mod bounded;
mod clock;
mod connection;
pub mod directory;
mod files;
pub mod reply;
pub mod server;
mod subject;
pub mod target;
mod wire;

pub use connection::{Connection, Prepared};
pub use files::WriteError;
pub use server::{Binding, Running, ServeError, serve};
pub use subject::{ConnectError, Effect, HttpSubject, Planned, Rehearsal};
pub use target::{Target, TargetError};
