//! An implementation behind routes: what the server asks of the profile it serves.

use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;

use axum::http::HeaderMap;
use claimproof_cast::Cast;
use claimproof_catalog::Profile;
use claimproof_reference::{CastError, Implementation, PositConnect, Reference};
use claimproof_verifier::tableau_connected_app::TableauConnectedApp;
use claimproof_verifier::workato_api::WorkatoApi;
use claimproof_verifier::workato_direct_link::WorkatoDirectLink;

use crate::received::Received;
use crate::reply::Reply;
use crate::server::Server;

/// A reply that may have to wait for somebody else's answer.
pub(crate) type Pending<'c> = Pin<Box<dyn Future<Output = Reply> + Send + 'c>>;

/// One implementation a profile, beside its routes.
pub trait Service: Implementation {
    /// What a request is answered.
    fn route<'c>(self: Arc<Self>, server: &'c Arc<Server>, call: &'c Received) -> Pending<'c>;

    /// What a request is answered whose body did not come whole: that, in plain words.
    fn unread(&self, _: &HeaderMap, _path: &str, plain: Reply) -> Reply {
        plain
    }

    /// Tells it where callers reach it.
    fn listens_at(&self, _address: &str) {}
}

/// A reply that waits for nobody.
pub(crate) fn at_once<'c>(reply: Reply) -> Pending<'c> {
    Box::pin(ready(reply))
}

/// The reference of the profile that the cast plays.
pub(crate) fn service(cast: &Cast) -> Result<Box<dyn Service>, CastError> {
    Ok(match cast.profile {
        Profile::WorkatoDirectLink => Box::new(Reference::<WorkatoDirectLink>::of(cast)?),
        Profile::WorkatoApi => Box::new(Reference::<WorkatoApi>::of(cast)?),
        Profile::TableauConnectedApp => Box::new(Reference::<TableauConnectedApp>::of(cast)?),
        Profile::PositConnect => Box::new(PositConnect::of(cast)?),
    })
}
