//! The parties around a Connect server, moved as a case says: administration over the documented
//! API, viewers whose browsers keep cookies and follow redirects, and providers of ours.

use claimproof_idp::{Knobs, Provider};
use claimproof_suite::{Evidence, Held, NoVerdict, Observation, Outcome};
use claimproof_vectors::flow::Move;
use claimproof_vectors::texts;
use sha2::{Digest, Sha256};
use url::form_urlencoded::byte_serialize;

use crate::client::Client;
use crate::target::{Rendered, Response};
pub(crate) use contents::Contents;
pub(crate) use providers::StartedOnce;
pub(crate) use viewer::Cookies;

pub(crate) mod administration;
pub(crate) mod browser;
mod contents;
pub(crate) mod exchange;
mod look;
mod providers;
mod viewer;

/// What a Connect case is played with: what it sends through, what the cases of a run share, and
/// what it holds.
#[derive(Debug)]
pub(crate) struct Connect<'s> {
    pub(crate) client: &'s Client,
    pub(crate) providers: &'s StartedOnce,
    pub(crate) contents: &'s Contents,
    pub(crate) cookies: &'s Cookies,
    pub(crate) held: &'s mut Held,
}

/// How much of a body is cleaned for the evidence, which shows far less of it: what is cut off here
/// in the middle of a secret is not shown.
const MAX_CLEANED: usize = 16 * 1024;

/// What came back, with the request that asked for it.
type Answered = (Rendered, Response);

impl Connect<'_> {
    pub(crate) async fn act(&mut self, moved: &Move) -> Result<Observation, NoVerdict> {
        match moved {
            Move::Provider(knobs) => self.provide(knobs).await,
            Move::Integrate(integration) => self.integrate(integration).await,
            Move::Configure(setting) => self.configure(*setting).await,
            Move::Associate { content, with } => self.associate(*content, *with).await,
            Move::DeleteSession { viewer } => self.delete_session(viewer).await,
            Move::Login { viewer } => self.log_in(viewer).await,
            Move::Callback { begins, returns, forged } => {
                self.call_back(begins, returns, *forged).await
            }
            Move::Visit { viewer, content, solo, keep } => {
                self.visit(viewer, *content, *solo, keep).await
            }
            Move::Given { role, keep } => self.given(role, keep),
            Move::Dashboard { viewer, content } => self.dashboard(viewer, *content).await,
            Move::Exchange(exchange) => self.exchange_once(exchange).await,
            Move::ExchangeAtOnce { subject, times } => self.exchange_at_once(subject, *times).await,
            Move::Use { access } => self.use_access(access).await,
            Move::Look(look) => self.look(look).await,
        }
    }

    fn given(&mut self, role: &str, keep: &'static str) -> Result<Observation, NoVerdict> {
        self.held.flow.subjects.insert(keep, self.client.secret_of(role)?);
        Ok(Observation::of(Outcome::Accepted))
    }

    /// The case's provider is put up, or told to behave otherwise.
    async fn provide(&mut self, knobs: &Knobs) -> Result<Observation, NoVerdict> {
        let providers = self.providers.up().await?;
        let tag = tag(self.held);
        if self.held.flow.provided {
            providers.with(&tag, |provider| provider.behave(knobs.clone()));
        } else {
            providers.add(&tag, Provider::new(knobs.clone(), &tag, &self.client.callback()));
            self.held.flow.provided = true;
        }
        Ok(Observation::of(Outcome::Accepted))
    }

    /// Reads or changes the case's provider.
    async fn provider<T>(&self, with: impl FnOnce(&mut Provider) -> T) -> Result<T, NoVerdict> {
        let found = self.providers.up().await?.with(&tag(self.held), with);
        found.ok_or_else(|| NoVerdict::Lost("the case has set up no provider".into()))
    }

    /// An outcome with its evidence, every secret of the case taken out.
    async fn seen(&self, outcome: Outcome, (request, response): &Answered) -> Observation {
        let secrets = self.secrets().await;
        let clean = |text: &str| {
            let start: String = text.chars().take(MAX_CLEANED).collect();
            secrets.iter().fold(start, |text, one| text.replace(one, "[secret]"))
        };
        let pairs = |all: &[(String, String)]| {
            all.iter().map(|(name, value)| (name.clone(), clean(value))).collect()
        };
        let request = Rendered {
            method: request.method.clone(),
            path: clean(&request.path),
            query: pairs(&request.query),
            headers: pairs(&request.headers),
            body: clean(&request.body),
        };
        let text = texts::plain(&response.body.chars().take(MAX_CLEANED).collect::<String>());
        let shown = Response {
            status: response.status,
            headers: pairs(&response.headers),
            body: clean(&response.body),
            ..Response::default()
        };
        let exchange: Evidence = self.client.evidence(&request, &shown, None);
        let breaches = self.client.watched(&outcome, None, response, Some(""));
        Observation {
            breaches,
            status: Some(response.status),
            text: Some(text),
            exchange: Some(exchange),
            ..Observation::of(self.client.quotable(outcome, None))
        }
    }

    /// Everything of this case that belongs in no answer and in no report, the longest first.
    async fn secrets(&self) -> Vec<String> {
        let mut all = self.provider(|provider| provider.issued.clone()).await.unwrap_or_default();
        all.extend(self.held.flow.subjects.values().cloned());
        all.extend(self.held.flow.access.values().map(|one| one.token.clone()));
        all.retain(|one| one.len() >= 8);
        let spelled: Vec<String> =
            all.iter().map(|one| byte_serialize(one.as_bytes()).collect()).collect();
        all.extend(spelled);
        all.sort_by_key(|one| std::cmp::Reverse(one.len()));
        all
    }

    /// What a provider said and why it stopped its last call, told once.
    async fn heard(&self, seen: &mut Observation) {
        let heard =
            self.provider(|provider| (provider.said.clone(), provider.stopped.take())).await;
        (seen.said_by_provider, seen.stopped) = heard.unwrap_or_default();
    }

    /// Takes down what the case put up and gives back what it borrowed.
    pub(crate) async fn take_down(&mut self) {
        if self.held.flow.integration.is_some() {
            let _ = self.clear().await;
        }
        if self.held.flow.provided
            && let Ok(providers) = self.providers.up().await
        {
            providers.remove(&tag(self.held));
        }
        self.contents.give_back(std::mem::take(&mut self.held.flow.contents));
    }
}

/// What the provider of a case goes by in URLs.
fn tag(held: &Held) -> String {
    Sha256::digest(held.tag.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
