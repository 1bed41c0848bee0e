//! Servers that let a stranger in or a secret out.

use std::sync::{Arc, Mutex, PoisonError};

use claimproof_cast::ExposeSecret;
use claimproof_reference::{PositConnect, Steps};
use claimproof_verifier::Rejected;
use claimproof_verifier::posit_connect::{
    Effect, Event, ExchangeRequest, Phase, ProviderAnswer, ProviderText, State, Violation, api_key,
};
use serde_json::Value;
use url::Url;

use super::memory::exchanged;
use super::{PROFILE, on_effect, on_event, on_state};
use crate::mutant::{Mutant, edited};

pub(super) fn mutants() -> Vec<Mutant> {
    [callers(), logins(), secrets()].concat()
}

mutants! {
    fn callers in PROFILE, edited::<PositConnect>;

    "any-key", "Any API key will do, if there is one", ["PCX-02"] =>
        |connect| on_event(connect, |state, event| admitted(state, event, |_, _| true));
    "key-by-its-start", "Of an API key only the start is compared", ["PCX-02"] =>
        |connect| {
            on_event(connect, |state, event| {
                admitted(state, event, |given, own| given.get(..8) == own.get(..8))
            })
        };
}

/// An exchange whose key nobody has, called by the owner of its content where the keys are alike.
fn admitted(state: &State, event: Event, alike: impl Fn(&str, &str) -> bool) -> Event {
    let Event::Exchange(mut request) = event else { return event };
    let given = api_key(&request.authorization).filter(|key| state.caller(key).is_none());
    let owner =
        exchanged(&request).and_then(|content| state.user(&state.contents.get(&content)?.owner));
    let own = owner.and_then(|owner| owner.api_key.as_ref()).map(ExposeSecret::expose_secret);
    if let (Some(given), Some(own)) = (given, own)
        && alike(given, own)
    {
        request.authorization = vec![format!("Key {own}")];
    }
    Event::Exchange(request)
}

mutants! {
    fn logins in PROFILE, edited::<PositConnect>;

    "session-without-refresh-token",
        "A login without refresh token tells so, and its session serves the viewer",
        ["PCO-RT-10"] => keeps_the_session;
    "login-on-an-error", "A login succeeds on an error of status 200",
        ["PCO-RT-01", "PCO-RT-10", "PCX-20"] =>
        |connect| {
            on_effect(connect, |_, effect| match &effect {
                Effect::Refused(Rejected {
                    violation: Some(Violation::Provider(Phase::Redemption, text)),
                    ..
                }) if text.status == Some(200) => Effect::LoggedIn { back: None },
                _ => effect,
            })
        };
}

fn keeps_the_session(connect: &mut PositConnect) {
    connect.flow.redemption.leave_out(&["refresh_token_present"]);
    let lacking: Arc<Mutex<bool>> = Arc::default();
    let noted = Arc::clone(&lacking);
    on_event(connect, move |_, event| {
        *noted.lock().unwrap_or_else(PoisonError::into_inner) = match &event {
            Event::Answered { answer: ProviderAnswer::Http { body, .. }, .. } => {
                !has_refresh_token(body)
            }
            _ => false,
        };
        event
    });
    on_effect(connect, move |_, effect| match effect {
        Effect::LoggedIn { .. } if *lacking.lock().unwrap_or_else(PoisonError::into_inner) => {
            Effect::Refused(Rejected {
                step: Some("refresh_token_present"),
                violation: Some(Violation::MissingRefreshToken),
            })
        }
        other => other,
    });
}

fn has_refresh_token(body: &[u8]) -> bool {
    let body: Option<Value> = serde_json::from_slice(body).ok();
    body.is_some_and(|body| {
        body.get("refresh_token").and_then(Value::as_str).is_some_and(|token| !token.is_empty())
    })
}

mutants! {
    fn secrets in PROFILE, edited::<PositConnect>;

    "secret-in-the-api", "The integration API tells the client secret", ["PCX-13"] =>
        |connect| {
            on_state(connect, |state| {
                for integration in state.integrations.values_mut() {
                    let secret =
                        integration.config.client_secret.as_ref().map(ExposeSecret::expose_secret);
                    integration.description = secret.unwrap_or_default().to_owned();
                }
            })
        };
    "secret-in-front", "The authorization request carries the client secret",
        ["PCX-13", "PCX-10"] =>
        |connect| {
            on_effect(connect, |state, effect| match effect {
                Effect::Redirect(location) => Effect::Redirect(with_secret(state, location)),
                other => other,
            })
        };
    "key-in-a-refusal", "A refusal repeats the API key", ["PCX-13", "CPX-status", "PCX-16"] =>
        |connect| repeats(connect, |request| api_key(&request.authorization).map(str::to_owned));
    "token-in-a-refusal", "A refusal repeats the subject token", ["CPX-quiet", "CPX-status"] =>
        |connect| {
            repeats(connect, |request| {
                let mut form = url::form_urlencoded::parse(&request.body);
                form.find(|(name, _)| name == "subject_token").map(|(_, token)| token.into_owned())
            })
        };
}

fn with_secret(state: &State, location: String) -> String {
    let Ok(mut url) = Url::parse(&location) else { return location };
    let client =
        url.query_pairs().find(|(name, _)| name == "client_id").map(|(_, id)| id.into_owned());
    let config = state
        .integrations
        .values()
        .map(|one| &one.config)
        .find(|own| Some(&own.client_id) == client.as_ref());
    if let Some(secret) = config.and_then(|config| config.client_secret.as_ref()) {
        url.query_pairs_mut().append_pair("client_secret", secret.expose_secret());
    }
    url.into()
}

/// Whoever does not own the content is told what was sent.
fn repeats(connect: &mut PositConnect, what: fn(&ExchangeRequest) -> Option<String>) {
    let sent: Arc<Mutex<Option<String>>> = Arc::default();
    let noted = Arc::clone(&sent);
    on_event(connect, move |_, event| {
        if let Event::Exchange(request) = &event {
            *noted.lock().unwrap_or_else(PoisonError::into_inner) = what(request);
        }
        event
    });
    on_effect(connect, move |_, effect| match effect {
        Effect::Refused(Rejected { step, violation: Some(Violation::NotOwner) }) => {
            let sent =
                sent.lock().unwrap_or_else(PoisonError::into_inner).clone().unwrap_or_default();
            let text = ProviderText {
                description: Some(format!("Not yours: {sent}")),
                ..ProviderText::default()
            };
            let violation = Some(Violation::Provider(Phase::Refresh, text));
            Effect::Refused(Rejected { step, violation })
        }
        other => other,
    });
}
