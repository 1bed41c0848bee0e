//! Connect servers that refuse too much.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use claimproof_reference::PositConnect;
use claimproof_verifier::posit_connect::{Effect, Event, Phase, Violation};
use claimproof_verifier::refuse_if;

use super::{PROFILE, on_effect, on_event};
use crate::edit::last;
use crate::mutant::Breaks::{EveryAcceptance, EveryRefusal};
use crate::mutant::{Mutant, edited};

pub(super) fn mutants() -> Vec<Mutant> {
    [answers(), members(), logins(), visits(), exchanges()]
        .concat()
        .into_iter()
        .map(Mutant::strict)
        .collect()
}

mutants! {
    /// Demands on the answers of providers.
    fn answers in PROFILE, edited::<PositConnect>;

    "demands-expiry", "A token answer without expires_in is refused", ["PCX-05", "RFC6749-A.14"] =>
        |connect| {
            last(&mut connect.flow.redemption, |facts, _| {
                let told = facts
                    .members
                    .as_ref()
                    .is_some_and(|members| members.contains_key("expires_in"));
                refuse_if(!told, Violation::AnswerUnusable(Phase::Redemption))
            })
        };
    "demands-bearer-in-upper-case", "The token type must be spelled Bearer",
        ["PCO-GH-02", "PCO-GH-03"] =>
        |connect| {
            last(&mut connect.flow.redemption, |facts, _| {
                let spelled = facts.text("token_type") == Some("Bearer");
                refuse_if(!spelled, Violation::TokenType(Phase::Redemption))
            })
        };
}

mutants! {
    /// Demands on what else an answer holds.
    fn members in PROFILE, edited::<PositConnect>;

    "demands-new-refresh-token", "A refresh must bring a new refresh token",
        ["PCX-19", "PCO-RT-04"] =>
        |connect| {
            last(&mut connect.flow.refresh, |facts, _| {
                let brought = facts.text("refresh_token").is_some();
                refuse_if(!brought, Violation::MissingRefreshToken)
            })
        };
    "refuses-unknown-members", "A token answer with members of the provider's own is refused",
        EveryAcceptance =>
        |connect| {
            last(&mut connect.flow.redemption, |facts, _| {
                const KNOWN: [&str; 6] = [
                    "access_token",
                    "token_type",
                    "expires_in",
                    "refresh_token",
                    "scope",
                    "id_token",
                ];
                let strange = facts.members.as_ref().is_some_and(|members| {
                    members.keys().any(|name| !KNOWN.contains(&name.as_str()))
                });
                refuse_if(strange, Violation::AnswerUnusable(Phase::Redemption))
            })
        };
}

mutants! {
    /// Demands on logins and visits.
    fn logins in PROFILE, edited::<PositConnect>;

    "demands-offline-access", "A login without the scope offline_access is refused",
        EveryAcceptance =>
        |connect| {
            last(&mut connect.flow.login, |facts, _| {
                let scopes =
                    facts.integration.map(|one| one.config.scopes.as_str()).unwrap_or_default();
                let asks = scopes.split(' ').any(|scope| scope == "offline_access");
                refuse_if(!asks, Violation::MissingRefreshToken)
            })
        };
    "refuses-other-scopes", "A login whose scopes are not those of the resource is refused",
        ["PCO-AZ-02"] =>
        |connect| {
            last(&mut connect.flow.login, |facts, _| {
                let scopes =
                    facts.integration.map(|one| one.config.scopes.as_str()).unwrap_or_default();
                refuse_if(scopes.contains("graph.microsoft.com"), Violation::NotPermitted)
            })
        };
    "login-expires-at-once", "A login is stale as soon as it begins", EveryAcceptance =>
        |connect| connect.flow.policy.login_life = 0;
}

mutants! {
    /// Demands on visits, and on what a login sends.
    fn visits in PROFILE, edited::<PositConnect>;

    "always-pkce", "PKCE is used where the integration switches it off", ["RFC7636-4.2"] =>
        |connect| {
            on_effect(connect, |_, effect| match effect {
                Effect::Redirect(location)
                    if location.contains("response_type=code")
                        && !location.contains("code_challenge") =>
                {
                    Effect::Redirect(format!(
                        "{location}&code_challenge={}&code_challenge_method=S256",
                        "A".repeat(43)
                    ))
                }
                other => other,
            })
        };
    "dashboard-demands-login", "Content in the dashboard leads to the login by itself",
        EveryRefusal =>
        |connect| {
            on_event(connect, |_, event| match event {
                Event::Visit { viewer, content, .. } => {
                    Event::Visit { viewer, content, solo: true }
                }
                other => other,
            })
        };
}

mutants! {
    /// Demands on exchanges.
    fn exchanges in PROFILE, edited::<PositConnect>;

    "subject-token-once", "A subject token can be exchanged once", EveryAcceptance =>
        |connect| {
            let spent: Mutex<BTreeSet<Vec<u8>>> = Mutex::default();
            on_event(connect, move |_, event| match event {
                Event::Exchange(mut request) if request.waited.is_none() => {
                    let mut spent = spent.lock().unwrap_or_else(PoisonError::into_inner);
                    if !spent.insert(request.body.clone()) {
                        request.body.extend_from_slice(b"&subject_token=again");
                    }
                    Event::Exchange(request)
                }
                other => other,
            });
        };
    "demands-requested-type", "requested_token_type must be named", EveryAcceptance =>
        |connect| {
            last(&mut connect.flow.exchange, |facts, _| {
                let named = facts.member("requested_token_type").is_some();
                refuse_if(!named, Violation::MemberMissing("requested_token_type"))
            })
        };
    "refuses-unknown-form-members", "A form member that Connect does not know is refused",
        ["CPX-odd-accept"] =>
        |connect| {
            last(&mut connect.flow.exchange, |facts, _| {
                let odd = facts.member("unknown").is_some();
                refuse_if(odd, Violation::FormUnreadable)
            })
        };
    "subject-token-of-no-time", "A subject token is expired when it is issued", EveryAcceptance =>
        |connect| connect.flow.policy.subject_life = 0;
}
