//! The way to the providers' token endpoints: what the engine wants asked is asked, once.

use std::sync::Arc;

use claimproof_verifier::posit_connect::{Effect, Event, ProviderAnswer, Ticket, TokenRequest};

use super::{Connect, entropy};
use crate::server::Server;

/// Sees an effect through: a question is put to its provider, and what the engine makes of the
/// answer is the effect. That goes on when the one who asked hangs up, since others may wait for it.
pub(super) async fn settle(
    server: &Arc<Server>,
    connect: &Connect,
    effect: Effect,
    now: i64,
) -> Option<Effect> {
    let Effect::Ask { ticket, request } = effect else { return Some(effect) };
    let (server, connect) = (Arc::clone(server), Arc::clone(connect));
    let asking = tokio::spawn(async move {
        let answer = ask(&server, &request).await;
        let effect = connect.step(Event::Answered { ticket, answer }, now, &entropy()?);
        server.providers.answered();
        Some(effect)
    });
    asking.await.ok().flatten()
}

/// Waits until a question has its answer.
pub(super) async fn wait(server: &Server, connect: &Connect, ticket: Ticket) {
    server.providers.until(|| !connect.state().asked.contains_key(&ticket)).await;
}

async fn ask(server: &Server, request: &TokenRequest) -> ProviderAnswer {
    let mut headers = vec![
        ("content-type", "application/x-www-form-urlencoded"),
        // GitHub answers with a form unless JSON is asked for.
        ("accept", "application/json"),
    ];
    headers.extend(request.authorization.as_deref().map(|value| ("authorization", value)));
    let form =
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&request.form).finish();
    match server.providers.ask(&request.url, &headers, form).await {
        Some((status, body)) => ProviderAnswer::Http { status, body },
        None => ProviderAnswer::Unreachable,
    }
}
