//! Any path behind Bearer; the claims are echoed.

use std::sync::Arc;

use claimproof_reference::Reference;
use claimproof_verifier::workato_api::{Credentials, WorkatoApi};

use crate::received::Received;
use crate::reply::Reply;
use crate::server::Server;
use crate::service::{Pending, Service, at_once};

mod reply;

impl Service for Reference<WorkatoApi> {
    fn route<'c>(self: Arc<Self>, _: &'c Arc<Server>, call: &'c Received) -> Pending<'c> {
        at_once(echo(&self, call))
    }
}

fn echo(reference: &Reference<WorkatoApi>, call: &Received) -> Reply {
    let values = call.headers.get_all("authorization").iter();
    let values: Option<Vec<&str>> =
        values.map(|value| std::str::from_utf8(value.as_bytes()).ok()).collect();
    // A header that is no text is no bearer token.
    let credentials = values.as_deref().map_or(Credentials::Other, Credentials::read);
    let token = match credentials {
        Credentials::Bearer(token) => Some(call.token(token)),
        Credentials::None | Credentials::Other | Credentials::Several => None,
    };
    let credentials = token.as_deref().map_or(credentials, Credentials::Bearer);
    call.present(reference, credentials, |verdict| match verdict {
        Ok(grant) => reply::accepted(&grant, call.uri.path()),
        Err(rejection) => reply::refused(rejection.violation),
    })
}
