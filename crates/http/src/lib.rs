//! Any HTTP implementation as a subject.

mod client;
mod clock;
mod connect;
mod connection;
mod subject;
pub mod target;
mod unanswered;
mod wire;

pub use connection::{Connection, Prepared};
pub use subject::{
    ConnectError, Consequence, HttpSubject, NotSetBack, Planned, Rehearsal, is_loopback,
};
pub use target::{Target, TargetError};
pub use unanswered::{TlsFailure, Unanswered};
