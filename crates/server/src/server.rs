//! What a server is made of while it runs, and what it remembers.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use http::HeaderMap;
use sha2::{Digest, Sha256};

use crate::binding::{Binding, Front, ReplyEdit, TokenEdit};
use crate::clock;
use crate::host::Hosts;
use crate::providers::Providers;
use crate::received::Received;
use crate::reply::Reply;
use crate::service::Service;
use crate::sessions::Sessions;

/// A server that runs.
pub struct Server {
    pub(crate) service: Arc<dyn Service>,
    pub(crate) edit: Option<ReplyEdit>,
    pub(crate) token: Option<TokenEdit>,
    pub(crate) front: Option<Front>,
    pub(crate) hosts: Hosts,
    pub(crate) sessions: Sessions,
    pub(crate) providers: Providers,
    address: SocketAddr,
    issued: AtomicU64,
    /// The furthest second a request has set the clock to.
    furthest: AtomicI64,
}

impl Server {
    pub(crate) fn new(binding: Binding, address: SocketAddr) -> Self {
        Self {
            hosts: Hosts::of(binding.public_address.as_deref()),
            providers: Providers::new(binding.provider_deadline, binding.remote_providers),
            service: binding.service.into(),
            edit: binding.edit,
            token: binding.token,
            front: binding.front,
            sessions: Sessions::default(),
            address,
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

    pub(crate) async fn route(self: &Arc<Self>, call: &Received) -> Reply {
        if call.segments() == ["claimproof", "store"] {
            return self.switch_store(call);
        }
        Arc::clone(&self.service).route(self, call).await
    }

    /// A fixture of ours: `POST /claimproof/store` with `up` or `down`.
    fn switch_store(&self, call: &Received) -> Reply {
        let up = match call.body.as_ref() {
            b"up" => true,
            b"down" => false,
            _ => return Reply::new(400, "text/plain", "the body is `up` or `down`\n".to_owned()),
        };
        let Some(switch) = self.service.store_up() else {
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
