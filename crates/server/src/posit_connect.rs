//! A Connect server: the routes that unmodified clients and browsers use, each an event of the engine.

use std::sync::Arc;

use claimproof_reference::PositConnect;
use claimproof_verifier::posit_connect::{Entropy, User, Violation, api_key};
use http::HeaderMap;
use serde_json::json;

use crate::received::Received;
use crate::reply::Reply;
use crate::server::Server;
use crate::service::{Pending, Service};

mod administration;
mod browser;
mod exchange;
mod provider;
mod reply;

/// The version it says it is: the edition of the document.
const VERSION: &str = "2024.11.0";
const CORRELATION: &str = "x-correlation-id";

/// The server that an event is settled for.
type Connect = Arc<PositConnect>;

impl Service for PositConnect {
    fn route<'c>(self: Arc<Self>, server: &'c Arc<Server>, call: &'c Received) -> Pending<'c> {
        Box::pin(async move { correlated(&call.headers, route(server, &self, call).await) })
    }

    fn unread(&self, headers: &HeaderMap, path: &str, _: Reply) -> Reply {
        let is_api = path.trim_start_matches('/').starts_with("__api__");
        let answer = if is_api { reply::refused } else { reply::failed };
        correlated(headers, answer(&Violation::BodyTooLarge))
    }

    fn listens_at(&self, address: &str) {
        self.state().address = address.to_owned();
    }
}

async fn route(server: &Arc<Server>, connect: &Connect, call: &Received) -> Reply {
    match call.segments().as_slice() {
        ["__ping__"] => reply::answer(200, &json!({})),
        ["__api__", rest @ ..] => api(server, connect, call, rest).await,
        _ => browser::route(server, connect, call).await,
    }
}

async fn api(server: &Arc<Server>, connect: &Connect, call: &Received, path: &[&str]) -> Reply {
    match (call.method.as_str(), path) {
        ("GET", ["server_settings"]) => reply::answer(200, &json!({ "version": VERSION })),
        ("POST", ["v1", "oauth", "integrations", "credentials"]) => {
            exchange::exchange(server, connect, call).await
        }
        (method, ["v1", rest @ ..]) => {
            let done = caller(server, connect, call)
                .and_then(|caller| administration::route(connect, call, &caller, method, rest));
            done.unwrap_or_else(|violation| reply::refused(&violation))
        }
        _ => reply::refused(&Violation::NotFound),
    }
}

/// Who calls: by an API key, or by the cookie of a viewer's browser.
fn caller(server: &Server, connect: &PositConnect, call: &Received) -> Result<User, Violation> {
    let authorization = call.authorization();
    let known = match api_key(&authorization) {
        Some(key) => connect.state().caller(key).cloned(),
        None => browser::viewer(server, call).and_then(|guid| connect.state().user(&guid).cloned()),
    };
    known.ok_or(Violation::CallerUnproven)
}

/// Every answer repeats the request's correlation ID, or has one of its own.
fn correlated(headers: &HeaderMap, reply: Reply) -> Reply {
    let plain =
        |id: &&str| (1..=128).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic());
    match headers.get(CORRELATION).and_then(|id| id.to_str().ok()).filter(plain) {
        Some(id) => reply.with(CORRELATION, id),
        None => match entropy() {
            Some(drawn) => reply.with(CORRELATION, &drawn.uuid("correlation")),
            None => reply,
        },
    }
}

/// Drawn anew for each event; nothing where the system has none to give.
fn entropy() -> Option<Entropy> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).ok().map(|()| Entropy(bytes))
}

/// What is answered where the system gives no randomness: without it no secret can be made.
fn no_entropy() -> Reply {
    reply::page(503, "Posit Connect reference", "The system gives no random numbers.")
}
