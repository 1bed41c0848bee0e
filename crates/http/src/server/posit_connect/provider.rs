//! The way to the providers' token endpoints: what the engine wants asked is asked, once.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use claimproof_reference::{AnyReference, PositConnect};
use claimproof_verifier::posit_connect::{Answer, Effect, Event, Ticket, TokenRequest};
use tokio::sync::watch;
use url::Url;

use super::super::{Binding, State};
use super::entropy;
use crate::subject::is_loopback;
use crate::target::Rendered;
use crate::wire::Wire;

/// Where questions to providers go out, and where those who wait for an answer stand.
pub(in crate::server) struct Desk {
    wire: OnceLock<Option<Wire>>,
    answered: watch::Sender<()>,
}

impl Default for Desk {
    fn default() -> Self {
        Self { wire: OnceLock::new(), answered: watch::Sender::new(()) }
    }
}

impl Desk {
    /// Waits until a question has its answer, for as long as one may take and a second more.
    pub(super) async fn wait(&self, connect: &PositConnect, ticket: Ticket, deadline: Duration) {
        let mut answers = self.answered.subscribe();
        let gone = async {
            while connect.state().asked.contains_key(&ticket) && answers.changed().await.is_ok() {}
        };
        let _ = tokio::time::timeout(deadline + Duration::from_secs(1), gone).await;
    }

    /// A provider on another machine is not there, unless whoever started the server wants it asked.
    async fn ask(&self, request: TokenRequest, binding: &Binding) -> Answer {
        let deadline = binding.provider_deadline;
        let wire = self
            .wire
            .get_or_init(|| Some(Wire::new(&Url::parse("http://localhost/").ok()?, deadline)));
        let (Some(wire), Ok(url)) = (wire, Url::parse(&request.url)) else {
            return Answer::Unreachable;
        };
        if !binding.remote_providers && !is_loopback(&url) {
            return Answer::Unreachable;
        }
        match wire.send_to(&url, &rendered(request, &url)).await {
            Ok(response) => {
                Answer::Http { status: response.status, body: response.body.into_bytes() }
            }
            Err(_) => Answer::Unreachable,
        }
    }
}

fn rendered(request: TokenRequest, url: &Url) -> Rendered {
    let mut headers = vec![
        ("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned()),
        // GitHub answers with a form unless JSON is asked for.
        ("accept".to_owned(), "application/json".to_owned()),
    ];
    headers.extend(request.authorization.map(|value| ("authorization".to_owned(), value)));
    let body =
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&request.form).finish();
    Rendered {
        method: "POST".to_owned(),
        path: url.path().to_owned(),
        query: Vec::new(),
        headers,
        body,
    }
}

/// Sees an effect through: a question is put to its provider, and what the engine makes of the answer
/// is the effect. That goes on when the one who asked hangs up, since others may wait for it.
pub(super) async fn settle(state: &Arc<State>, effect: Effect, now: i64) -> Option<Effect> {
    let Effect::Ask { ticket, request } = effect else { return Some(effect) };
    let state = Arc::clone(state);
    let asking = tokio::spawn(async move {
        let answer = state.desk.ask(request, &state.binding).await;
        let AnyReference::PositConnect(connect) = &state.binding.reference else { return None };
        let effect = connect.step(Event::Answered { ticket, answer }, now, &entropy()?);
        state.desk.answered.send_replace(());
        Some(effect)
    });
    asking.await.ok().flatten()
}
