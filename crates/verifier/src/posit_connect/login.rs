//! A viewer's login at an integration: its start, and the way back from the provider.

use claimproof_cast::posit_connect::User;

use super::event::{Effect, Ticket};
use super::state::{Asked, Integration, Login, State};
use super::steps::{Checked, Given, Rejected};
use super::texts::spellings;
use super::violation::ProviderText;
use super::{Entropy, Flow, Phase, Policy, Violation, request};
use crate::list::refuse_if;

/// What is known of a login that is to begin.
pub struct LoginFacts<'a> {
    /// Whose browser it is.
    pub viewer: Option<&'a User>,
    /// The integration.
    pub integration: Option<&'a Integration>,
}

/// What is known of a callback.
pub struct CallbackFacts<'a> {
    /// Seconds since 1970.
    pub now: i64,
    /// GUID of the viewer whose browser it is.
    pub viewer: Option<&'a str>,
    /// The query, decoded, in order.
    pub query: &'a [(String, String)],
    /// The login of this `state`, else the last one this viewer began; with its own `state`.
    pub login: Option<(&'a str, &'a Login)>,
    /// The login's integration.
    pub integration: Option<&'a Integration>,
    /// What the provider says is wrong.
    pub said: Option<ProviderText>,
}

impl<'a> LoginFacts<'a> {
    pub(super) fn read(state: &'a State, viewer: Option<&str>, integration: &str) -> Self {
        Self {
            viewer: viewer.and_then(|guid| state.user(guid)),
            integration: state.integrations.get(integration),
        }
    }
}

impl<'a> CallbackFacts<'a> {
    pub(super) fn read(
        state: &'a State,
        viewer: Option<&'a str>,
        query: &'a [(String, String)],
        policy: &Policy,
        now: i64,
    ) -> Self {
        let own = parameter(query, "state").and_then(|given| state.logins.get_key_value(given));
        let last = || {
            let begun =
                state.logins.iter().filter(|(_, login)| Some(login.viewer.as_str()) == viewer);
            begun.max_by_key(|(_, login)| login.number)
        };
        let login = own.or_else(last).map(|(state, login)| (state.as_str(), login));
        let integration = login.and_then(|(_, login)| state.integrations.get(&login.integration));
        let said = parameter(query, "error").map(|error| {
            let description = parameter(query, "error_description").map(str::to_owned);
            let text = ProviderText { status: None, error: Some(error.to_owned()), description };
            let secrets = login.and_then(|(_, login)| login.verifier.clone());
            let code = parameter(query, "code").map(|code| code.to_owned().into());
            let secrets: Vec<_> = secrets.into_iter().chain(code).collect();
            // A callback that belongs to no login may quote a secret of any integration.
            let spelled = match integration {
                Some(own) => spellings([own], &secrets),
                None => spellings(state.integrations.values(), &secrets),
            };
            text.cleaned(&spelled, policy)
        });
        Self { now, viewer, query, login, integration, said }
    }

    /// A parameter of the query; an empty one is absent.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        parameter(self.query, name)
    }
}

fn parameter<'q>(query: &'q [(String, String)], name: &str) -> Option<&'q str> {
    let first = query.iter().find(|(own, _)| own == name);
    first.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
}

pub(super) fn login_viewer(facts: &LoginFacts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.viewer.is_none(), Violation::NotLoggedIn)
}

pub(super) fn login_integration(facts: &LoginFacts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.integration.is_none(), Violation::NotFound)
}

pub(super) fn parameters_once(facts: &CallbackFacts<'_>, _: &Given<'_>) -> Checked {
    let names = ["state", "code", "error", "error_description"];
    let repeated = |name: &&str| facts.query.iter().filter(|(own, _)| own == name).nth(1).is_some();
    let twice = names.into_iter().find(repeated);
    twice.map_or(Ok(()), |name| Err(Some(Violation::ParameterRepeated(name))))
}

pub(super) fn state_known(facts: &CallbackFacts<'_>, _: &Given<'_>) -> Checked {
    let known = facts.login.is_some_and(|(state, _)| facts.parameter("state") == Some(state));
    refuse_if(!known, Violation::StateUnknown)
}

pub(super) fn state_of_viewer(facts: &CallbackFacts<'_>, _: &Given<'_>) -> Checked {
    let foreign = facts.login.is_some_and(|(_, login)| facts.viewer != Some(login.viewer.as_str()));
    refuse_if(foreign, Violation::StateForeign)
}

pub(super) fn state_unused(facts: &CallbackFacts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.login.is_some_and(|(_, login)| login.used), Violation::StateUsed)
}

pub(super) fn state_fresh(facts: &CallbackFacts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.login.is_some_and(|(_, login)| login.until <= facts.now), Violation::StateStale)
}

pub(super) fn callback_integration(facts: &CallbackFacts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.login.is_some() && facts.integration.is_none(), Violation::NotFound)
}

pub(super) fn provider_agreed(facts: &CallbackFacts<'_>, _: &Given<'_>) -> Checked {
    facts.said.clone().map_or(Ok(()), |said| Err(Some(Violation::Denied(said))))
}

pub(super) fn code_present(facts: &CallbackFacts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.parameter("code").is_none(), Violation::CodeMissing)
}

impl Flow {
    pub(super) fn begin(
        &self,
        state: &mut State,
        viewer: Option<&str>,
        integration: &str,
        back: Option<String>,
        now: i64,
        entropy: &Entropy,
    ) -> Result<Effect, Rejected> {
        let facts = LoginFacts::read(state, viewer, integration);
        self.login.walk(&facts, &self.given())?;
        let (Some(viewer), Some(integration)) = (facts.viewer, facts.integration) else {
            return Err(Rejected::INCOMPLETE);
        };
        let (own, verifier) = (entropy.text("state"), entropy.text("verifier"));
        let verifier = integration.config.pkce.then_some(verifier);
        let url = request::authorization(
            &integration.config,
            &state.callback(),
            &own,
            verifier.as_deref(),
        );
        let url = url.ok_or(Rejected::INCOMPLETE)?;
        let login = Login {
            viewer: viewer.guid.clone(),
            integration: integration.guid.clone(),
            back: back.filter(|content| state.contents.contains_key(content)),
            verifier: verifier.map(Into::into),
            used: false,
            until: now.saturating_add(self.policy.login_life),
            number: 0,
        };
        self.remember(state, own, login, now);
        Ok(Effect::Redirect(url))
    }

    /// Logins whose time is over are forgotten, and the oldest ones where there are too many.
    fn remember(&self, state: &mut State, own: String, login: Login, now: i64) {
        state.logins.retain(|_, login| login.until > now);
        while state.logins.len() >= self.policy.max_logins.max(1) {
            let oldest = state.logins.iter().min_by_key(|(_, login)| login.number);
            let Some(oldest) = oldest.map(|(own, _)| own.clone()) else { break };
            state.logins.remove(&oldest);
        }
        let number = state.number();
        state.logins.insert(own, Login { number, ..login });
    }

    pub(super) fn come_back(
        &self,
        state: &mut State,
        viewer: Option<&str>,
        query: &[(String, String)],
        now: i64,
    ) -> Result<Effect, Rejected> {
        let facts = CallbackFacts::read(state, viewer, query, &self.policy, now);
        let verdict = self.callback.walk(&facts, &self.given());
        let code = facts.parameter("code").map(str::to_owned);
        let login = facts.login.map(|(own, login)| (own.to_owned(), login.clone()));
        if let Some((own, login)) = &login {
            spend(state, own, login, viewer, query);
        }
        verdict?;
        let (Some((_, login)), Some(code)) = (login, code) else {
            return Err(Rejected::INCOMPLETE);
        };
        redeem(state, login, &code, now)
    }
}

/// A `state` is used up by the browser it was made for and by no other, whatever else came with it.
fn spend(
    state: &mut State,
    own: &str,
    login: &Login,
    viewer: Option<&str>,
    query: &[(String, String)],
) {
    let came = query.iter().any(|(name, value)| name == "state" && value == own);
    if let Some(login) =
        state.logins.get_mut(own).filter(|_| came && viewer == Some(login.viewer.as_str()))
    {
        login.used = true;
    }
}

fn redeem(state: &mut State, login: Login, code: &str, now: i64) -> Result<Effect, Rejected> {
    use claimproof_cast::ExposeSecret;
    let config = &state.integrations.get(&login.integration).ok_or(Rejected::INCOMPLETE)?.config;
    let verifier = login.verifier.as_ref().map(ExposeSecret::expose_secret);
    let request = request::redemption(config, &state.callback(), code, verifier);
    let asked = Asked {
        phase: Phase::Redemption,
        viewer: login.viewer,
        integration: login.integration,
        session: None,
        back: login.back,
        secrets: login.verifier.into_iter().chain([code.to_owned().into()]).collect(),
        at: now,
    };
    let ticket = Ticket(state.number());
    state.asked.insert(ticket, asked);
    Ok(Effect::Ask { ticket, request })
}
