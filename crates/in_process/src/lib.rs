//! Where the two wings meet: the reference as a subject without a socket, what it decides on one
//! presentation, and the target and directory files of its server.

pub mod directory;
mod judged;
mod own;
mod posit_connect;
mod subject;
mod tableau_connected_app;
mod target;
mod workato_api;
mod workato_direct_link;

pub use judged::{Decision, Judged, decide, explain};
pub use own::reference;
pub use subject::InProcess;
pub use target::of_reference;
