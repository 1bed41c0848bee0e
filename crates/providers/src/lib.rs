//! The identity providers of a run on one socket: each case has its own, told apart by a tag in
//! the path.
//!
//! `/{tag}/authorize`, `/{tag}/token` and `/{tag}/resource` belong to the provider of that tag.
//! What they answer is decided in `claimproof_idp`; here it gets a socket.

mod socket;

use std::collections::BTreeMap;
use std::fmt;
use std::io::Error;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use claimproof_idp::Provider;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

/// The providers of a run.
pub struct Providers {
    task: JoinHandle<()>,
    base: Url,
    by_tag: Arc<ByTag>,
}

#[derive(Default)]
struct ByTag(Mutex<BTreeMap<String, Provider>>);

impl ByTag {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Provider>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Providers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Providers at {}", self.base)
    }
}

impl Drop for Providers {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Providers {
    /// Listens on a free port of the loopback interface; nobody is there yet.
    ///
    /// It is shut down when dropped. Requests are not recorded: each provider has its journal.
    ///
    /// # Errors
    ///
    /// Where the system has no port or no socket left.
    pub async fn start() -> Result<Self, Error> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let base = base(listener.local_addr()?);
        let by_tag = Arc::new(ByTag::default());
        let task = tokio::spawn(socket::accept(listener, Arc::clone(&by_tag)));
        Ok(Self { task, base, by_tag })
    }

    /// Puts a provider there, in place of any other of that tag.
    pub fn add(&self, tag: &str, provider: Provider) {
        self.by_tag.lock().insert(tag.to_owned(), provider);
    }

    /// Changes a provider or looks at it; `None` where nobody has that tag.
    pub fn with<T>(&self, tag: &str, f: impl FnOnce(&mut Provider) -> T) -> Option<T> {
        self.by_tag.lock().get_mut(tag).map(f)
    }

    /// Takes a provider away with all it remembers.
    pub fn remove(&self, tag: &str) {
        self.by_tag.lock().remove(tag);
    }

    /// Where they listen.
    pub const fn base(&self) -> &Url {
        &self.base
    }

    /// The authorization page of a provider.
    pub fn authorize_url(&self, tag: &str) -> String {
        self.place(tag, "authorize")
    }

    /// The token endpoint of a provider.
    pub fn token_url(&self, tag: &str) -> String {
        self.place(tag, "token")
    }

    /// The resource that takes a provider's access tokens.
    pub fn resource_url(&self, tag: &str) -> String {
        self.place(tag, "resource")
    }

    fn place(&self, tag: &str, what: &str) -> String {
        format!("{}{tag}/{what}", self.base)
    }
}

fn base(address: SocketAddr) -> Url {
    Url::parse(&format!("http://{address}/"))
        .unwrap_or_else(|_| unreachable!("an address is a host"))
}
