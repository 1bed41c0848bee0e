//! The reference server: one profile on one port of the loopback interface.

mod answer;
mod binding;
mod client;
mod clock;
mod host;
mod listen;
mod markup;
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

pub use binding::{Binding, Front, ReplyEdit, TokenEdit};
pub use http::request::Parts;
pub use hyper::body::Bytes;
pub use listen::{ConnectionNumber, Running, ServeError, serve};
pub use service::Service;
pub use workato_direct_link::CODE_HEADER;

use std::time::Duration;

use claimproof_cast::Cast;
use claimproof_catalog::Profile;
use claimproof_reference::{CastError, PositConnect, Reference};
use claimproof_verifier::tableau_connected_app::TableauConnectedApp;
use claimproof_verifier::workato_api::WorkatoApi;
use claimproof_verifier::workato_direct_link::WorkatoDirectLink;

/// How long a request may take to arrive: its head, then its body.
const DEADLINE: Duration = Duration::from_secs(10);

/// The reference of the profile that the cast plays.
fn service(cast: &Cast) -> Result<Box<dyn Service>, CastError> {
    Ok(match cast.profile {
        Profile::WorkatoDirectLink => Box::new(Reference::<WorkatoDirectLink>::of(cast)?),
        Profile::WorkatoApi => Box::new(Reference::<WorkatoApi>::of(cast)?),
        Profile::TableauConnectedApp => Box::new(Reference::<TableauConnectedApp>::of(cast)?),
        Profile::PositConnect => Box::new(PositConnect::of(cast)?),
    })
}
