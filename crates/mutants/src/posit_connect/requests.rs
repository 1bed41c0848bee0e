//! Wrong requests to providers: the authorization page, the redemption, the refresh.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use claimproof_cast::ExposeSecret;
use claimproof_reference::PositConnect;
use claimproof_verifier::posit_connect::{Effect, TokenRequest};
use url::Url;

use super::{PROFILE, on_effect};
use crate::mutant::Breaks::EveryAcceptance;
use crate::mutant::{Mutant, edited};

pub(super) fn mutants() -> Vec<Mutant> {
    [authorization(), challenges(), token()].concat()
}

/// A parameter of the authorization page, changed; `None` leaves it out.
pub(super) fn parameter(
    effect: Effect,
    name: &str,
    mut change: impl FnMut(&str) -> Option<String>,
) -> Effect {
    let Effect::Redirect(location) = effect else { return effect };
    let Ok(mut url) = Url::parse(&location) else { return Effect::Redirect(location) };
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let changed = pairs.into_iter().filter_map(|(own, value)| {
        let value = if own == name { change(&value)? } else { value };
        Some((own, value))
    });
    let changed: Vec<_> = changed.collect();
    url.query_pairs_mut().clear().extend_pairs(changed);
    Effect::Redirect(url.into())
}

/// A member of what is sent to the token endpoint, changed.
pub(super) fn member(
    effect: Effect,
    name: &str,
    change: impl Fn(&str) -> Option<String>,
) -> Effect {
    let Effect::Ask { ticket, mut request } = effect else { return effect };
    request.form = request
        .form
        .into_iter()
        .filter_map(|(own, value)| {
            if own == name { change(&value).map(|value| (own, value)) } else { Some((own, value)) }
        })
        .collect();
    Effect::Ask { ticket, request }
}

mutants! {
    fn authorization in PROFILE, edited::<PositConnect>;

    "callback-with-slash", "The redirect URI ends in a slash", EveryAcceptance =>
        |connect| {
            on_effect(connect, |_, effect| {
                parameter(effect, "redirect_uri", |uri| Some(format!("{uri}/")))
            })
        };
    "callback-of-integration", "The redirect URI names the integration", EveryAcceptance =>
        |connect| {
            on_effect(connect, |_, effect| {
                parameter(effect, "redirect_uri", |uri| {
                    Some(uri.replace("/callback", "/1/callback"))
                })
            })
        };
    "no-scopes", "The configured scopes are not asked for",
        ["PCO-RT-05", "PCO-RT-06", "PCO-RT-08", "PCO-AZ-02", "PCO-AZ-03"] =>
        |connect| on_effect(connect, |_, effect| parameter(effect, "scope", |_| None));
    "first-scope-alone", "Only the first scope is asked for",
        ["PCO-RT-05", "PCO-RT-06", "PCO-RT-08", "PCO-AZ-02", "PCO-AZ-03"] =>
        |connect| {
            on_effect(connect, |_, effect| {
                parameter(effect, "scope", |scopes| scopes.split(' ').next().map(str::to_owned))
            })
        };
    "always-offline-access", "offline_access is asked for whatever is configured",
        ["PCO-RT-05", "PCO-RT-01", "PCO-RT-02", "PCO-RT-06", "PCO-RT-07", "PCO-RT-08",
         "PCO-RT-10", "PCO-GN-02"] =>
        |connect| {
            on_effect(connect, |_, effect| {
                parameter(effect, "scope", |scopes| Some(format!("{scopes} offline_access")))
            })
        };
}

mutants! {
    /// PKCE and state.
    fn challenges in PROFILE, edited::<PositConnect>;

    "no-challenge", "No PKCE challenge is sent", ["RFC7636-4.2"] =>
        |connect| on_effect(connect, |_, effect| parameter(effect, "code_challenge", |_| None));
    "plain-challenge", "The PKCE challenge is the verifier itself", EveryAcceptance =>
        |connect| {
            on_effect(connect, |state, effect| {
                let begun = state.logins.values().max_by_key(|login| login.number);
                let verifier = begun.and_then(|login| login.verifier.clone());
                let plain =
                    |_: &str| verifier.as_ref().map(|verifier| verifier.expose_secret().to_owned());
                parameter(
                    parameter(effect, "code_challenge", plain),
                    "code_challenge_method",
                    |_| Some("plain".to_owned()),
                )
            })
        };
    "no-state", "No state is sent", EveryAcceptance =>
        |connect| on_effect(connect, |_, effect| parameter(effect, "state", |_| None));
}

mutants! {
    fn token in PROFILE, edited::<PositConnect>;

    "redeems-without-redirect-uri", "The redemption names no redirect URI", EveryAcceptance =>
        |connect| on_effect(connect, |_, effect| member(effect, "redirect_uri", |_| None));
    "other-verifier", "The redemption sends another verifier", EveryAcceptance =>
        |connect| {
            on_effect(connect, |_, effect| {
                member(effect, "code_verifier", |verifier| Some(format!("{verifier}x")))
            })
        };
    "always-post", "The client secret travels in the form, whatever is configured", ["PCX-12"] =>
        |connect| {
            on_effect(connect, |_, effect| match effect {
                Effect::Ask { ticket, request } => {
                    Effect::Ask { ticket, request: as_post(request) }
                }
                other => other,
            })
        };
    "always-basic", "The client secret travels in a header, whatever is configured", ["PCX-12"] =>
        |connect| {
            on_effect(connect, |_, effect| match effect {
                Effect::Ask { ticket, request } => {
                    Effect::Ask { ticket, request: as_basic(request) }
                }
                other => other,
            })
        };
}

fn decoded(text: &str) -> String {
    let pairs = format!("x={text}");
    url::form_urlencoded::parse(pairs.as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

fn as_post(mut request: TokenRequest) -> TokenRequest {
    let proof = request.authorization.take();
    let proof = proof.as_deref().and_then(|value| value.strip_prefix("Basic "));
    let proof = proof
        .and_then(|encoded| STANDARD.decode(encoded).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok());
    if let Some((id, secret)) = proof.as_deref().and_then(|proof| proof.split_once(':')) {
        request.form.push(("client_id".to_owned(), decoded(id)));
        request.form.push(("client_secret".to_owned(), decoded(secret)));
    }
    request
}

fn as_basic(mut request: TokenRequest) -> TokenRequest {
    let mut take = |name: &str| {
        let place = request.form.iter().position(|(own, _)| own == name)?;
        let value = request.form.remove(place).1;
        Some(url::form_urlencoded::byte_serialize(value.as_bytes()).collect::<String>())
    };
    if let (Some(id), Some(secret)) = (take("client_id"), take("client_secret")) {
        request.authorization =
            Some(format!("Basic {}", STANDARD.encode(format!("{id}:{secret}"))));
    }
    request
}
