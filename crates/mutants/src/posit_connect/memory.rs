//! What is remembered wrongly: sessions, tokens, lifetimes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_cast::{ExposeSecret, SecretString};
use claimproof_reference::{PositConnect, Steps};
use claimproof_verifier::posit_connect::{
    Credentials, Effect, Event, ExchangeRequest, Session, State, Violation,
};
use url::Url;

use super::requests::parameter;
use super::{PROFILE, on_effect, on_event, on_state};
use crate::mutant::Breaks::EveryAcceptance;
use crate::mutant::{Mutant, edited};

pub(super) fn mutants() -> Vec<Mutant> {
    [sessions(), renewals(), lifetimes(), tokens(), requests()].concat()
}

mutants! {
    /// Refresh and its sessions.
    fn sessions in PROFILE, edited::<PositConnect>;

    "keeps-first-refresh-token", "A rotated refresh token is not taken over", ["PCO-RT-04"] =>
        |connect| {
            let first: Mutex<BTreeMap<String, SecretString>> = Mutex::default();
            on_state(connect, move |state| {
                let mut first = first.lock().unwrap_or_else(PoisonError::into_inner);
                for session in state.sessions.values_mut() {
                    let Some(own) = session.refresh_token.clone() else { continue };
                    session.refresh_token =
                        Some(first.entry(session.guid.clone()).or_insert(own).clone());
                }
            });
        };
    "undeletes-sessions", "A deleted session is back with the next exchange",
        ["PCX-15", "PCO-SE-01"] => undeletes;
    "keeps-first-scopes", "Scopes that are corrected are not taken over",
        ["PCO-RT-05", "PCO-RT-06", "PCO-RT-08", "PCO-AZ-03", "PCO-GN-03", "PCO-GH-03"] =>
        |connect| {
            let first: Mutex<BTreeMap<String, String>> = Mutex::default();
            on_effect(connect, move |_, effect| {
                let Some(client) = client_of(&effect) else { return effect };
                let mut first = first.lock().unwrap_or_else(PoisonError::into_inner);
                parameter(effect, "scope", |scopes| {
                    Some(first.entry(client.clone()).or_insert_with(|| scopes.to_owned()).clone())
                })
            });
        };
}

/// Sessions come back behind an exchange of content they belong to. Behind any other event they would
/// come back at an instant that hangs on the cases beside this one.
fn undeletes(connect: &mut PositConnect) {
    let exchanging: Arc<Mutex<Vec<String>>> = Arc::default();
    let noted = Arc::clone(&exchanging);
    on_event(connect, move |state, event| {
        let content = if let Event::Exchange(request) = &event { exchanged(request) } else { None };
        let own = content.map(|content| state.associated(&content).to_vec()).unwrap_or_default();
        *noted.lock().unwrap_or_else(PoisonError::into_inner) = own;
        event
    });
    let seen: Mutex<BTreeMap<String, Session>> = Mutex::default();
    on_state(connect, move |state| {
        let own = exchanging.lock().unwrap_or_else(PoisonError::into_inner);
        let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
        for (guid, session) in seen.iter().filter(|(_, session)| own.contains(&session.integration))
        {
            if state.session(&session.user, &session.integration).is_none() {
                state.sessions.insert(guid.clone(), session.clone());
            }
        }
        seen.extend(state.sessions.clone());
    });
}

mutants! {
    /// When sessions are renewed, and whose they are.
    fn renewals in PROFILE, edited::<PositConnect>;

    "refreshes-at-once", "Exchanges at the same time each refresh", ["PCX-06"] =>
        |connect| {
            on_state(connect, |state| {
                state.sessions.values_mut().for_each(|session| session.refreshing = None)
            })
        };
    "failed-refresh-ends-session", "A refresh that fails ends the session",
        ["PCO-AZ-16", "PCO-KC-05", "PCO-GN-03"] =>
        |connect| {
            on_state(connect, |state| {
                state.sessions.retain(|_, session| !matches!(session.refreshed, Some((_, Err(_)))));
            })
        };
    "one-session-for-all", "A viewer's session serves every viewer",
        ["PCO-SE-03", "PCO-SE-01", "PCO-SE-04"] =>
        |connect| connect.flow.exchange.leave_out(&["session_of_viewer"]);
}

const YEARS: i64 = 20 * 365 * 86_400;

mutants! {
    fn lifetimes in PROFILE, edited::<PositConnect>;

    "refreshes-always", "Every exchange refreshes", ["PCX-05", "PCX-06", "PCO-KC-06"] =>
        |connect| connect.flow.policy.refresh_slack = YEARS;
    "never-refreshes", "An expired access token is handed out",
        ["PCO-RT-04", "PCX-06", "PCX-19", "PCX-20", "RFC6749-A.14", "PCO-AZ-14", "PCO-AZ-17",
         "PCO-KC-02", "PCO-GN-02"] => |connect| connect.flow.policy.refresh_slack = -YEARS;
    "subject-tokens-for-years", "Subject tokens outlive every session",
        ["PCO-ST-01", "PCO-ST-04", "PCO-ST-05"] =>
        |connect| connect.flow.policy.subject_life = YEARS;
    "expiry-overstated", "expires_in says more than remains", ["PCX-05", "RFC6749-A.14"] =>
        |connect| {
            on_effect(connect, |_, effect| match effect {
                Effect::Credentials(own) => Effect::Credentials(Credentials {
                    expires_in: own.expires_in.map(|left| left + 3600),
                    ..own
                }),
                other => other,
            })
        };
    "expiry-invented", "expires_in is told where the provider told none", ["PCX-05"] =>
        |connect| {
            on_effect(connect, |_, effect| match effect {
                Effect::Credentials(own) => Effect::Credentials(Credentials {
                    expires_in: own.expires_in.or(Some(3600)),
                    ..own
                }),
                other => other,
            })
        };
}

mutants! {
    /// Subject tokens.
    fn tokens in PROFILE, edited::<PositConnect>;

    "same-subject-token", "A reload brings the subject token of the first visit", EveryAcceptance =>
        |connect| {
            let first: Mutex<BTreeMap<String, SecretString>> = Mutex::default();
            on_effect(connect, move |state, effect| {
                let Effect::Subject(token) = effect else { return effect };
                let Some(whose) = whose(state, &token) else { return Effect::Subject(token) };
                let mut first = first.lock().unwrap_or_else(PoisonError::into_inner);
                Effect::Subject(first.entry(whose).or_insert(token).clone())
            });
        };
    "subject-token-by-expiry-alone", "Nothing of a subject token is checked but its expiry",
        ["PCO-ST-03", "PCO-AZ-04", "RFC8725-3.1", "RFC8725-3.3"] =>
        |connect| {
            let checked = ["subject_algorithm", "subject_signature", "subject_issuer"];
            connect.flow.exchange.leave_out(&checked);
        };
}

mutants! {
    /// What an exchange is taken for.
    fn requests in PROFILE, edited::<PositConnect>;

    "expired-is-no-session", "An expired subject token is told to be a missing session",
        ["PCO-ST-01", "PCO-ST-04"] =>
        |connect| {
            on_effect(connect, |_, effect| match effect {
                Effect::Refused(mut refusal)
                    if refusal.violation == Some(Violation::SubjectExpired) =>
                {
                    refusal.violation = Some(Violation::NoSession);
                    Effect::Refused(refusal)
                }
                other => other,
            })
        };
    "json-body", "A JSON body is read as if it were a form", ["PCX-01"] =>
        |connect| {
            on_event(connect, |_, event| match event {
                Event::Exchange(mut request) => {
                    if let Ok(serde_json::Value::Object(members)) =
                        serde_json::from_slice(&request.body)
                    {
                        let mut form = url::form_urlencoded::Serializer::new(String::new());
                        for (name, value) in &members {
                            form.append_pair(name, value.as_str().unwrap_or_default());
                        }
                        request.body = form.finish().into_bytes();
                        request.content_type = Some("application/x-www-form-urlencoded".to_owned());
                    }
                    Event::Exchange(request)
                }
                other => other,
            })
        };
}

/// Viewer, content and integrations of a subject token. Contents are lent to one case after the other, so
/// without an integration it is not known which visits belong together.
fn whose(state: &State, token: &SecretString) -> Option<String> {
    let claims = claims(token.expose_secret())?;
    let own = state.associated(claims["content"].as_str()?);
    (!own.is_empty()).then(|| format!("{} {} {own:?}", claims["sub"], claims["content"]))
}

/// The content an exchange is for.
pub(super) fn exchanged(request: &ExchangeRequest) -> Option<String> {
    let mut form = url::form_urlencoded::parse(&request.body);
    let (_, token) = form.find(|(name, _)| name == "subject_token")?;
    claims(&token)?.get("content")?.as_str().map(str::to_owned)
}

fn claims(token: &str) -> Option<serde_json::Value> {
    let payload =
        token.split('.').nth(1).and_then(|segment| URL_SAFE_NO_PAD.decode(segment).ok())?;
    serde_json::from_slice(&payload).ok()
}

/// The client an authorization page is asked by, with the page: each case has its own.
fn client_of(effect: &Effect) -> Option<String> {
    let Effect::Redirect(location) = effect else { return None };
    let url = Url::parse(location).ok()?;
    let (_, client) = url.query_pairs().find(|(name, _)| name == "client_id")?;
    Some(format!("{} {client}", url.path()))
}
