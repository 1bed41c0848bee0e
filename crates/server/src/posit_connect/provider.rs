//! The way to the providers' token endpoints: what the engine wants asked is asked, once.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use claimproof_reference::{AnyReference, PositConnect};
use claimproof_verifier::posit_connect::{Answer, Effect, Event, Ticket, TokenRequest};
use tokio::sync::watch;
use url::Url;

use super::entropy;
use crate::binding::Binding;
use crate::client::{Client, is_loopback};
use crate::state::State;

/// Where questions to providers go out, and where those who wait for an answer stand.
pub(crate) struct Desk {
    client: OnceLock<Client>,
    answered: watch::Sender<()>,
}

impl Default for Desk {
    fn default() -> Self {
        Self { client: OnceLock::new(), answered: watch::Sender::new(()) }
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
    async fn ask(&self, request: &TokenRequest, binding: &Binding) -> Answer {
        let Ok(url) = Url::parse(&request.url) else { return Answer::Unreachable };
        if !binding.remote_providers && !is_loopback(&url) {
            return Answer::Unreachable;
        }
        let asked = post(self.client.get_or_init(Client::new), &url, request);
        match tokio::time::timeout(binding.provider_deadline, asked).await {
            Ok(Some((status, body))) => Answer::Http { status, body },
            Ok(None) | Err(_) => Answer::Unreachable,
        }
    }
}

async fn post(client: &Client, url: &Url, request: &TokenRequest) -> Option<(u16, Vec<u8>)> {
    let mut headers = vec![
        ("content-type", "application/x-www-form-urlencoded"),
        // GitHub answers with a form unless JSON is asked for.
        ("accept", "application/json"),
    ];
    headers.extend(request.authorization.as_deref().map(|value| ("authorization", value)));
    let form =
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&request.form).finish();
    client.post(url, &headers, form).await.ok()
}

/// Sees an effect through: a question is put to its provider, and what the engine makes of the answer
/// is the effect. That goes on when the one who asked hangs up, since others may wait for it.
pub(super) async fn settle(state: &Arc<State>, effect: Effect, now: i64) -> Option<Effect> {
    let Effect::Ask { ticket, request } = effect else { return Some(effect) };
    let state = Arc::clone(state);
    let asking = tokio::spawn(async move {
        let answer = state.desk.ask(&request, &state.binding).await;
        let AnyReference::PositConnect(connect) = &state.binding.reference else { return None };
        let effect = connect.step(Event::Answered { ticket, answer }, now, &entropy()?);
        state.desk.answered.send_replace(());
        Some(effect)
    });
    asking.await.ok().flatten()
}
