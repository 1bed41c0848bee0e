//! The reference server: one profile on one port of the loopback interface.

use std::time::Duration;

mod answer;
mod binding;
mod client;
mod clock;
mod listen;
mod posit_connect;
mod providers;
mod received;
pub mod reply;
mod server;
mod service;
mod sessions;
mod tableau_connected_app;
mod workato_api;
mod workato_direct_link;

pub use axum::body::Bytes;
pub use axum::http::request::Parts;
pub use binding::{Binding, Front, ReplyEdit, TokenEdit};
pub use listen::{Running, ServeError, serve};
pub use service::Service;

/// How long a request may take to arrive: its head, then its body.
const DEADLINE: Duration = Duration::from_secs(10);
