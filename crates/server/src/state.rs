//! What a server remembers, and which profile's routes a request takes.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use axum::http::HeaderMap;
use claimproof_reference::AnyReference;
use sha2::{Digest, Sha256};

use crate::binding::Binding;
use crate::call::Call;
use crate::reply::Reply;
use crate::{clock, posit_connect, tableau_connected_app, workato_api, workato_direct_link};

/// What a server remembers.
pub(crate) struct State {
    pub(crate) binding: Binding,
    address: SocketAddr,
    pub(crate) sessions: tableau_connected_app::Sessions,
    pub(crate) viewers: posit_connect::Viewers,
    pub(crate) desk: posit_connect::Desk,
    issued: AtomicU64,
    /// The furthest second a request has set the clock to.
    furthest: AtomicI64,
}

impl State {
    pub(crate) fn new(binding: Binding, address: SocketAddr) -> Self {
        Self {
            binding,
            address,
            sessions: tableau_connected_app::Sessions::default(),
            viewers: posit_connect::Viewers::default(),
            desk: posit_connect::Desk::default(),
            issued: AtomicU64::new(0),
            furthest: AtomicI64::new(i64::MIN),
        }
    }

    /// What the request says the time is; else the system's, but never before what was set already.
    pub(crate) fn now(&self, headers: &HeaderMap) -> i64 {
        if let Some(set) = clock::set(headers) {
            self.furthest.fetch_max(set, Ordering::SeqCst);
            return set;
        }
        self.moved().unwrap_or_else(clock::system)
    }

    /// Where the clock stands if it was moved ahead of the system's. `Date` tells it, so that the
    /// next run starts there: the store vouches for nothing before.
    pub(crate) fn moved(&self) -> Option<i64> {
        let furthest = self.furthest.load(Ordering::SeqCst);
        (furthest > clock::system()).then_some(furthest)
    }

    pub(crate) async fn route(self: &Arc<Self>, call: &Call) -> Reply {
        if call.segments() == ["claimproof", "store"] {
            return self.switch_store(call);
        }
        match &self.binding.reference {
            AnyReference::WorkatoDirectLink(reference) => {
                workato_direct_link::route(self, reference, call)
            }
            AnyReference::WorkatoApi(reference) => workato_api::route(reference, call),
            AnyReference::TableauConnectedApp(reference) => {
                tableau_connected_app::route(self, reference, call)
            }
            AnyReference::PositConnect(connect) => posit_connect::route(self, connect, call).await,
        }
    }

    /// What a request is answered whose body did not come whole.
    pub(crate) fn unread(&self, headers: &HeaderMap, path: &str, status: u16, why: &str) -> Reply {
        match &self.binding.reference {
            AnyReference::PositConnect(_) => posit_connect::unread(headers, path),
            AnyReference::WorkatoDirectLink(_)
            | AnyReference::WorkatoApi(_)
            | AnyReference::TableauConnectedApp(_) => {
                Reply::new(status, "text/plain", why.to_owned())
            }
        }
    }

    /// A fixture of ours: `POST /claimproof/store` with `up` or `down`.
    fn switch_store(&self, call: &Call) -> Reply {
        let up = match call.body.as_ref() {
            b"up" => true,
            b"down" => false,
            _ => return Reply::new(400, "text/plain", "the body is `up` or `down`\n".to_owned()),
        };
        let Some(switch) = self.binding.reference.store_up() else {
            return Reply::new(404, "text/plain", "this server has no store\n".to_owned());
        };
        switch.store(up, Ordering::SeqCst);
        Reply::new(200, "text/plain", String::new())
    }

    /// A session id for tests: unguessable enough for a loopback server of public test keys.
    pub(crate) fn session(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(self.address.to_string());
        hash.update(clock::system().to_be_bytes());
        hash.update(self.issued.fetch_add(1, Ordering::SeqCst).to_be_bytes());
        hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}
