//! Posit Connect OAuth integrations, document `002_0cf3702efc03fb52.txt`.
//!
//! No token comes from outside to be verified here: four parties hand things to each other. So the
//! engine is a flow. An [`Event`] and the [`State`] give the next state and an [`Effect`]; clock
//! and randomness are arguments, and what is to be sent to a provider is an effect whose answer is
//! the next event. Every decision is a list of named steps over facts, as in the other profiles.

mod answer;
mod entropy;
mod event;
mod exchange;
mod explain;
mod facts;
mod form;
mod login;
mod manage;
mod policy;
mod request;
mod state;
mod steps;
mod subject;
mod texts;
mod violation;
mod visit;

pub use answer::AnswerFacts;
pub use claimproof_cast::posit_connect::{Content, Rank, User};
pub use entropy::Entropy;
pub use event::{
    Credentials, Effect, Event, ExchangeRequest, ProviderAnswer, Ticket, TokenRequest,
};
pub use facts::{ExchangeFacts, api_key};
pub use form::{ACCESS_TOKEN_TYPE, GRANT_TYPE, MEMBERS, SUBJECT_TOKEN_TYPE};
pub use login::{CallbackFacts, LoginFacts};
pub use policy::Policy;
pub use state::{Asked, ClientAuth, Config, Integration, Login, Session, State};
pub use steps::{Beginning, Exchanging, Redeeming, Refreshing, Returning, Visiting};
pub use violation::{Number, Phase, ProviderText, Violation};
pub use visit::VisitFacts;

use answer::Issued;
use claimproof_token::{OneByOne, Scratch};
use facts::ExchangeFacts as Facts;
use form::Form;
use steps::{Given, Rejected};

use crate::List;

/// A Connect server's rules: policy, and a list of steps for each decision.
#[derive(Clone, Default)]
pub struct Flow {
    /// Lifetimes and limits.
    pub policy: Policy,
    /// Whether a login may begin.
    pub login: List<Beginning>,
    /// Whether a code that came back is redeemed.
    pub callback: List<Returning>,
    /// Whether the answer to a redemption makes a session.
    pub redemption: List<Redeeming>,
    /// Whether the answer to a refresh renews a session.
    pub refresh: List<Refreshing>,
    /// Whether content is shown.
    pub visit: List<Visiting>,
    /// Whether an exchange is granted.
    pub exchange: List<Exchanging>,
}

impl Flow {
    /// What is done about an event. `entropy` is drawn anew for each.
    pub fn step(&self, state: &mut State, event: Event, now: i64, entropy: &Entropy) -> Effect {
        let effect = match event {
            Event::Login { viewer, integration, back } => {
                self.begin(state, viewer.as_deref(), &integration, back, now, entropy)
            }
            Event::Callback { viewer, query } => {
                self.come_back(state, viewer.as_deref(), &query, now)
            }
            Event::Answered { ticket, answer } => {
                self.answered(state, ticket, &answer, now, entropy)
            }
            Event::Visit { viewer, content, solo } => {
                self.show(state, viewer.as_deref(), &content, solo, now, entropy)
            }
            Event::Exchange(request) => self.exchange(state, &request, now),
        };
        effect.unwrap_or_else(Effect::Refused)
    }

    /// Every step of every list with what it enforces, in order.
    pub fn names(&self) -> Vec<(&'static str, &'static [&'static str])> {
        let login = self.login.names().chain(self.callback.names()).chain(self.redemption.names());
        login
            .chain(self.refresh.names())
            .chain(self.visit.names())
            .chain(self.exchange.names())
            .collect()
    }

    const fn given(&self) -> Given<'_> {
        Given { policy: &self.policy, engine: &OneByOne }
    }

    fn exchange(
        &self,
        state: &mut State,
        request: &ExchangeRequest,
        now: i64,
    ) -> Result<Effect, Rejected> {
        let form = Form::read(request, self.policy.max_body);
        let mut scratch = Scratch::new();
        let facts = Facts::read(state, request, &form, &mut scratch, now);
        self.exchange.walk(&facts, &self.given())?;
        let session =
            facts.session.map(|session| session.guid.clone()).ok_or(Rejected::INCOMPLETE)?;
        let session = state.sessions.get(&session).ok_or(Rejected::INCOMPLETE)?;
        if let Some((ticket, outcome)) = &session.refreshed
            && request.waited == Some(*ticket)
        {
            return outcome.clone().map(|()| Effect::Credentials(session.credentials(now)));
        }
        if !session.is_due(&self.policy, now) {
            return Ok(Effect::Credentials(session.credentials(now)));
        }
        match session.refreshing {
            Some(ticket) => Ok(Effect::Wait { ticket }),
            None => renew(state, &session.guid.clone(), now),
        }
    }

    fn answered(
        &self,
        state: &mut State,
        ticket: Ticket,
        answer: &ProviderAnswer,
        now: i64,
        entropy: &Entropy,
    ) -> Result<Effect, Rejected> {
        let asked = state.asked.remove(&ticket).ok_or(Rejected::INCOMPLETE)?;
        let integration = state.integrations.get(&asked.integration);
        let facts = AnswerFacts::read(&asked, integration, answer, &self.policy);
        match asked.phase {
            Phase::Redemption => {
                let verdict = self.redemption.walk(&facts, &self.given());
                redeemed(state, asked, verdict, facts.issued(), now, entropy)
            }
            Phase::Refresh => {
                let verdict = self.refresh.walk(&facts, &self.given());
                refreshed(state, &asked, ticket, verdict, facts.issued(), now)
            }
        }
    }
}

/// A login has succeeded only now: a session is made, in the place of an earlier one.
fn redeemed(
    state: &mut State,
    asked: Asked,
    verdict: Result<(), Rejected>,
    issued: Option<Issued>,
    now: i64,
    entropy: &Entropy,
) -> Result<Effect, Rejected> {
    verdict?;
    make_session(state, &asked, issued.ok_or(Rejected::INCOMPLETE)?, now, entropy.uuid("session"))?;
    Ok(Effect::LoggedIn { back: asked.back })
}

/// Integrations may be deleted while a browser is away at their provider.
fn make_session(
    state: &mut State,
    asked: &Asked,
    issued: Issued,
    now: i64,
    guid: String,
) -> Result<(), Rejected> {
    if !state.integrations.contains_key(&asked.integration) {
        return Err(Rejected::INCOMPLETE);
    }
    state.sessions.retain(|_, session| {
        session.user != asked.viewer || session.integration != asked.integration
    });
    let session = Session {
        guid: guid.clone(),
        user: asked.viewer.clone(),
        integration: asked.integration.clone(),
        access_token: issued.access_token,
        expires: issued.expires_in.map(|seconds| asked.at.saturating_add(seconds)),
        refresh_token: issued.refresh_token,
        refreshing: None,
        refreshed: None,
        created: now,
        updated: now,
    };
    state.sessions.insert(guid, session);
    Ok(())
}

/// Asks for a new access token; until the answer is there, nobody else asks for this session.
fn renew(state: &mut State, guid: &str, now: i64) -> Result<Effect, Rejected> {
    let ticket = Ticket(state.number());
    let session = state.sessions.get_mut(guid).ok_or(Rejected::INCOMPLETE)?;
    let integration = state.integrations.get(&session.integration).ok_or(Rejected::INCOMPLETE)?;
    let token = session.refresh_token.clone().ok_or(Rejected::INCOMPLETE)?;
    session.refreshing = Some(ticket);
    let request = request::refresh(&integration.config, &token);
    let asked = Asked {
        phase: Phase::Refresh,
        viewer: session.user.clone(),
        integration: session.integration.clone(),
        session: Some(session.guid.clone()),
        back: None,
        secrets: vec![token, session.access_token.clone()],
        at: now,
    };
    state.asked.insert(ticket, asked);
    Ok(Effect::Ask { ticket, request })
}

/// A failed refresh leaves the session as it was: once its cause is cured, the next exchange works.
fn refreshed(
    state: &mut State,
    asked: &Asked,
    ticket: Ticket,
    verdict: Result<(), Rejected>,
    issued: Option<Issued>,
    now: i64,
) -> Result<Effect, Rejected> {
    let verdict = verdict.and_then(|()| issued.ok_or(Rejected::INCOMPLETE));
    let own = asked.session.as_ref().and_then(|guid| state.sessions.get_mut(guid));
    if let Some(session) = own {
        session.refreshing = None;
        session.refreshed = Some((ticket, verdict.as_ref().map(|_| ()).map_err(Clone::clone)));
        if let Ok(issued) = verdict.as_ref() {
            session.renew(issued, asked.at, now);
        }
    }
    verdict?;
    // Deleted meanwhile, or replaced by another login: what there is now counts.
    let gone = Rejected { step: Some("session_exists"), violation: Some(Violation::NoSession) };
    let session = state.session(&asked.viewer, &asked.integration).ok_or(gone)?;
    Ok(Effect::Credentials(session.credentials(now)))
}

impl Session {
    /// Whether the access token is expired, or so near to it that it is refreshed.
    pub fn is_due(&self, policy: &Policy, now: i64) -> bool {
        self.expires.is_some_and(|expires| expires <= now.saturating_add(policy.refresh_slack))
    }

    fn credentials(&self, now: i64) -> Credentials {
        let left = |expires: i64| expires.saturating_sub(now).max(0);
        Credentials { access_token: self.access_token.clone(), expires_in: self.expires.map(left) }
    }

    fn renew(&mut self, issued: &Issued, asked: i64, now: i64) {
        self.access_token = issued.access_token.clone();
        self.expires = issued.expires_in.map(|seconds| asked.saturating_add(seconds));
        if issued.refresh_token.is_some() {
            self.refresh_token.clone_from(&issued.refresh_token);
        }
        self.updated = now;
    }
}
