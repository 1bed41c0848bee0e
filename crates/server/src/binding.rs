//! What a server is made of, and the edits a mutant puts into it.

use std::sync::Arc;
use std::time::Duration;

use claimproof_cast::Cast;
use claimproof_reference::CastError;
use http::request::Parts;
use hyper::body::Bytes;

use crate::reply::Reply;
use crate::service;
use crate::service::Service;

/// An edit of replies, from outside: what a mutant of how codes travel is made of.
pub type ReplyEdit = Arc<dyn Fn(Reply) -> Reply + Send + Sync>;

/// Another token in the place of one that was sent, or none: what a mutant of how tokens are read is
/// made of.
pub type TokenEdit = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// An edit of requests, from outside, which have the address they came from among their extensions;
/// it may bring an edit of the reply along. What a mutant of how tokens travel, or of what is
/// remembered of a request, is made of.
pub type Front = Arc<dyn Fn(&mut Parts, &mut Bytes) -> Option<ReplyEdit> + Send + Sync>;

/// What a server is made of.
pub struct Binding {
    /// Who is known, for the test routes.
    pub cast: Cast,
    /// What decides.
    pub service: Box<dyn Service>,
    /// What is done to each reply; nothing by default.
    pub edit: Option<ReplyEdit>,
    /// What is done to each token before it is read; nothing by default.
    pub token: Option<TokenEdit>,
    /// What is done to each request; nothing by default.
    pub front: Option<Front>,
    /// How long an identity provider may take to answer a Connect server.
    pub provider_deadline: Duration,
    /// Whether a Connect server may ask the token endpoint of a provider on another machine.
    pub remote_providers: bool,
    /// Where callers reach the server, if not where it listens: a Connect server sends browsers there.
    pub public_address: Option<String>,
}

impl Binding {
    /// The reference over a cast.
    pub fn of(cast: Cast) -> Result<Self, CastError> {
        Ok(Self {
            service: service(&cast)?,
            cast,
            edit: None,
            token: None,
            front: None,
            provider_deadline: Duration::from_secs(5),
            remote_providers: false,
            public_address: None,
        })
    }

    /// The same with little patience for providers: a run against our own on loopback need not wait
    /// long to see that one of them stalls.
    pub const fn impatient(mut self) -> Self {
        self.provider_deadline = Duration::from_millis(700);
        self
    }
}
