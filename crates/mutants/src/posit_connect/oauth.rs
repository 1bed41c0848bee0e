//! What is sent to a token endpoint, and what is read of its answer, spelled wrongly.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use claimproof_reference::PositConnect;
use claimproof_verifier::posit_connect::{
    AnswerFacts, Effect, Event, Phase, ProviderAnswer, Violation,
};
use claimproof_verifier::refuse_if;
use serde_json::Value;
use url::form_urlencoded::{byte_serialize, parse};

use super::requests::{member, parameter};
use super::{PROFILE, on_effect, on_event};
use crate::edit::last;
use crate::mutant::{Mutant, edited};

pub(super) fn mutants() -> Vec<Mutant> {
    [spellings(), lifetimes(), logins()].concat()
}

const FORM: &[&str] = &["RFC6749-2.3.1"];

mutants! {
    fn spellings in PROFILE, edited::<PositConnect>;

    "raw-secret", "The client secret stands in the form as it is", FORM =>
        |connect| on_effect(connect, |_, effect| raw(effect, "client_secret"));
    "raw-secret-in-the-header", "The client secret stands in Basic as it is", FORM =>
        |connect| {
            on_effect(connect, |_, effect| match effect {
                Effect::Ask { ticket, mut request } => {
                    request.authorization = request.authorization.map(|value| raw_basic(&value));
                    Effect::Ask { ticket, request }
                }
                other => other,
            })
        };
    "raw-code", "The code stands in the form as it is", FORM =>
        |connect| on_effect(connect, |_, effect| raw(effect, "code"));
    "double-code", "The code is form-encoded twice", FORM =>
        |connect| {
            on_effect(connect, |_, effect| member(effect, "code", |code| Some(encoded(code))))
        };
    "double-refresh-token", "The refresh token is form-encoded twice", FORM =>
        |connect| {
            on_effect(connect, |_, effect| {
                member(effect, "refresh_token", |token| Some(encoded(token)))
            })
        };
}

/// What the other side reads of a member that stands in the form as it is.
fn raw(effect: Effect, name: &str) -> Effect {
    let Effect::Ask { ticket, mut request } = effect else { return effect };
    let read = |(own, value): (String, String)| -> Vec<(String, String)> {
        if own != name {
            return vec![(own, value)];
        }
        parse(format!("{own}={value}").as_bytes()).into_owned().collect()
    };
    request.form = request.form.into_iter().flat_map(read).collect();
    Effect::Ask { ticket, request }
}

fn raw_basic(value: &str) -> String {
    let coded = value.trim_start_matches("Basic ");
    let halves = STANDARD
        .decode(coded)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_default();
    let (id, secret) = halves.split_once(':').unwrap_or_default();
    format!("Basic {}", STANDARD.encode(format!("{}:{}", decoded(id), decoded(secret))))
}

fn decoded(half: &str) -> String {
    parse(format!("x={half}").as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

fn encoded(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

const LIFETIME: &[&str] = &["RFC6749-A.14"];

mutants! {
    fn lifetimes in PROFILE, edited::<PositConnect>;

    strict "lifetime-in-text-refused", "A token answer with expires_in as text is refused",
        LIFETIME =>
        |connect| {
            last(&mut connect.flow.redemption, |facts, _| {
                let odd = told(facts).is_some_and(Value::is_string);
                refuse_if(odd, Violation::AnswerUnusable(Phase::Redemption))
            })
        };
    strict "lifetime-of-nothing-refused", "An expires_in that is not positive is refused",
        LIFETIME =>
        |connect| {
            last(&mut connect.flow.redemption, |facts, _| {
                let odd = told(facts)
                    .is_some_and(|value| value.as_i64().is_some_and(|seconds| seconds <= 0));
                refuse_if(odd, Violation::AnswerUnusable(Phase::Redemption))
            })
        };
    strict "lifetime-beyond-a-word-refused", "An expires_in beyond 64 bits is refused", LIFETIME =>
        |connect| {
            last(&mut connect.flow.redemption, |facts, _| {
                let odd = told(facts)
                    .is_some_and(|value| value.as_f64().is_some_and(|seconds| seconds > 1e18));
                refuse_if(odd, Violation::AnswerUnusable(Phase::Redemption))
            })
        };
    "lifetime-dropped", "An expires_in that is no integer is as if it were not there", LIFETIME =>
        |connect| {
            on_event(connect, |_, event| match event {
                Event::Answered { ticket, answer: ProviderAnswer::Http { status, body } } => {
                    Event::Answered {
                        ticket,
                        answer: ProviderAnswer::Http { status, body: without_odd_lifetime(body) },
                    }
                }
                other => other,
            })
        };
}

fn told<'f>(facts: &'f AnswerFacts<'_>) -> Option<&'f Value> {
    facts.members.as_ref()?.get("expires_in")
}

fn without_odd_lifetime(body: Vec<u8>) -> Vec<u8> {
    match serde_json::from_slice(&body) {
        Ok(Value::Object(mut members)) => {
            if members.get("expires_in").is_some_and(|value| value.as_i64().is_none()) {
                members.remove("expires_in");
            }
            Value::Object(members).to_string().into_bytes()
        }
        _ => body,
    }
}

mutants! {
    /// What a login begins with.
    fn logins in PROFILE, edited::<PositConnect>;

    "one-verifier", "Every login has the same PKCE verifier", ["PCX-10"] =>
        |connect| {
            on_effect(connect, |_, effect| {
                let effect = parameter(effect, "code_challenge", |_| Some(CHALLENGE.to_owned()));
                member(effect, "code_verifier", |_| Some(VERIFIER.to_owned()))
            })
        };
    "short-state", "A state has 64 bits", ["RFC6749-10.10"] =>
        |connect| {
            on_effect(connect, |_, effect| {
                parameter(effect, "state", |state| Some(state.chars().take(SHORT).collect()))
            });
            on_event(connect, |state, event| match event {
                Event::Callback { viewer, mut query } => {
                    let whole = |short: &str| {
                        let begun = |own: &&String| short.len() == SHORT && own.starts_with(short);
                        state.logins.keys().find(begun).cloned()
                    };
                    for (_, value) in query.iter_mut().filter(|(name, _)| name == "state") {
                        *value = whole(value).unwrap_or_else(|| value.clone());
                    }
                    Event::Callback { viewer, query }
                }
                other => other,
            });
        };
}

const VERIFIER: &str = "one-verifier-for-every-login-0123456789abcdef";
/// The S256 challenge of `VERIFIER`.
const CHALLENGE: &str = "_jNkvMUXmCcdn0kNn206RVIMlkunDymEDv-moGFIljg";
const SHORT: usize = 16;
