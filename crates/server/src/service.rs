//! An implementation behind routes: what the server asks of the profile it serves.

use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;

use claimproof_reference::Implementation;
use http::HeaderMap;

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
