//! `POST /__api__/v1/oauth/integrations/credentials`.

use std::sync::Arc;

use claimproof_verifier::posit_connect::{Effect, Event, ExchangeRequest, Phase, Violation};

use super::{Connect, entropy, no_entropy, provider, reply};
use crate::received::Received;
use crate::reply::Reply;
use crate::server::Server;

/// How often a request comes again that finds a refresh under way each time.
const MOST_WAITS: usize = 8;

pub(super) async fn exchange(server: &Arc<Server>, connect: &Connect, call: &Received) -> Reply {
    let mut request = ExchangeRequest {
        authorization: call.authorization(),
        content_type: call.header("content-type").map(str::to_owned),
        body: call.body.to_vec(),
        waited: None,
    };
    for _ in 0..MOST_WAITS {
        let Some(drawn) = entropy() else { return no_entropy() };
        let effect = connect.step(Event::Exchange(request.clone()), call.now(), &drawn);
        match provider::settle(server, connect, effect, call.now()).await {
            Some(Effect::Wait { ticket }) => {
                provider::wait(server, connect, ticket).await;
                request.waited = Some(ticket);
            }
            Some(effect) => return told(&effect),
            None => return reply::refused(&Violation::Incomplete),
        }
    }
    reply::refused(&Violation::Unreachable(Phase::Refresh))
}

fn told(effect: &Effect) -> Reply {
    match effect {
        Effect::Credentials(credentials) => reply::granted(credentials),
        Effect::Refused(refusal) => reply::refused(refusal.shown()),
        Effect::Redirect(_)
        | Effect::Ask { .. }
        | Effect::Wait { .. }
        | Effect::Subject(_)
        | Effect::LoggedIn { .. } => reply::refused(&Violation::Incomplete),
    }
}
