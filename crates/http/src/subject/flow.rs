//! The parties around a Connect server, moved as a case says: administration over the documented
//! API, viewers whose browsers keep cookies and follow redirects, and providers of ours.

use claimproof_cast::{ExposeSecret, SigningKey};
use claimproof_idp::{Knobs, Provider};
use claimproof_suite::{Evidence, Held, NoVerdict, Observation, Outcome};
use claimproof_vectors::flow::Move;
use claimproof_vectors::texts;
use lending::Lending;
use providers::Parties;
use sha2::{Digest, Sha256};
use url::form_urlencoded::byte_serialize;

use super::HttpSubject;
use crate::target::{Fields, Rendered, Response};

pub(super) mod administration;
pub(super) mod browser;
pub(super) mod exchange;
mod lending;
mod look;
mod providers;
mod viewer;

/// What a subject keeps for all cases of a run.
#[derive(Debug)]
pub(super) struct Flows {
    parties: Parties,
    pub(super) contents: Lending,
    cookies: viewer::Cookies,
}

impl Flows {
    pub(super) fn of(players: &claimproof_cast::Players) -> Self {
        Self {
            parties: Parties::default(),
            contents: Lending::of(players),
            cookies: viewer::Cookies::default(),
        }
    }
}

/// How much of a body is cleaned for the evidence, which shows far less of it: what is cut off here
/// in the middle of a secret is not shown.
const MAX_CLEANED: usize = 16 * 1024;

/// What came back, with the request that asked for it.
type Answered = (Rendered, Response);

impl HttpSubject {
    pub(super) async fn act(
        &self,
        held: &mut Held,
        moved: &Move,
    ) -> Result<Observation, NoVerdict> {
        match moved {
            Move::Provider(knobs) => self.provide(held, knobs).await,
            Move::Integrate(integration) => self.integrate(held, integration).await,
            Move::Configure(setting) => self.configure(held, *setting).await,
            Move::Associate { content, with } => self.associate(held, *content, *with).await,
            Move::DeleteSession { viewer } => self.delete_session(held, viewer).await,
            Move::Login { viewer } => self.log_in(held, viewer).await,
            Move::Callback { begins, returns, forged } => {
                self.call_back(held, begins, returns, *forged).await
            }
            Move::Visit { viewer, content, solo, keep } => {
                self.visit(held, viewer, *content, *solo, keep).await
            }
            Move::Given { role, keep } => self.given(held, role, keep),
            Move::Dashboard { viewer, content } => self.dashboard(held, viewer, *content).await,
            Move::Exchange(exchange) => self.exchange_once(held, exchange).await,
            Move::ExchangeAtOnce { subject, times } => {
                self.exchange_at_once(held, subject, *times).await
            }
            Move::Use { access } => self.use_access(held, access).await,
            Move::Look(look) => self.look(held, look).await,
        }
    }

    fn given(
        &self,
        held: &mut Held,
        role: &str,
        keep: &'static str,
    ) -> Result<Observation, NoVerdict> {
        held.flow.subjects.insert(keep, self.secret_of(role)?);
        Ok(Observation::of(Outcome::Accepted))
    }

    /// The case's provider is put up, or told to behave otherwise.
    async fn provide(&self, held: &mut Held, knobs: &Knobs) -> Result<Observation, NoVerdict> {
        let providers = self.flows.parties.up().await?;
        let tag = tag(held);
        if held.flow.provided {
            providers.with(&tag, |provider| provider.behave(knobs.clone()));
        } else {
            providers.add(&tag, Provider::new(knobs.clone(), &tag, &self.callback()));
            held.flow.provided = true;
        }
        Ok(Observation::of(Outcome::Accepted))
    }

    /// Reads or changes the case's provider.
    async fn provider<T>(
        &self,
        held: &Held,
        with: impl FnOnce(&mut Provider) -> T,
    ) -> Result<T, NoVerdict> {
        let found = self.flows.parties.up().await?.with(&tag(held), with);
        found.ok_or_else(|| NoVerdict::Lost("the case has set up no provider".to_owned()))
    }

    /// Where a conforming server is called back: the public address, one slash, the documented path.
    pub(super) fn callback(&self) -> String {
        let address = self.target.fields.get("address").unwrap_or(&self.target.base_url);
        format!("{}/__oauth__/integrations/callback", address.trim_end_matches('/'))
    }

    /// The secret a player holds.
    pub(super) fn secret_of(&self, role: &str) -> Result<String, NoVerdict> {
        match &self.players.player(role)?.key {
            Some(SigningKey::Secret(secret)) => Ok(secret.expose_secret().to_owned()),
            Some(SigningKey::Rsa { .. }) | None => {
                Err(NoVerdict::Unsendable(format!("the player of `{role}` has no secret")))
            }
        }
    }

    /// What every request of a case may name.
    pub(super) fn named(&self, held: &Held) -> Fields {
        let mut fields = self.target.fields.clone();
        if let Some(integration) = &held.flow.integration {
            fields.insert("integration".to_owned(), integration.clone());
        }
        for (name, role) in [("admin_key", "admin"), ("publisher_key", "publisher")] {
            if let Ok(key) = self.secret_of(role) {
                fields.insert(name.to_owned(), key);
            }
        }
        fields
    }

    /// An outcome with its evidence, every secret of the case taken out.
    async fn seen(
        &self,
        held: &Held,
        outcome: Outcome,
        (request, response): &Answered,
    ) -> Observation {
        let secrets = self.secrets(held).await;
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
        };
        let exchange: Evidence = self.evidence(&request, &shown, None);
        let breaches = self.watched(&outcome, None, response, Some(""));
        Observation {
            breaches,
            status: Some(response.status),
            text: Some(text),
            exchange: Some(exchange),
            ..Observation::of(self.quotable(outcome, None))
        }
    }

    /// Everything of this case that belongs in no answer and in no report, the longest first.
    async fn secrets(&self, held: &Held) -> Vec<String> {
        let mut all =
            self.provider(held, |provider| provider.issued.clone()).await.unwrap_or_default();
        all.extend(held.flow.subjects.values().cloned());
        all.extend(held.flow.access.values().map(|one| one.token.clone()));
        all.retain(|one| one.len() >= 8);
        let spelled: Vec<String> =
            all.iter().map(|one| byte_serialize(one.as_bytes()).collect()).collect();
        all.extend(spelled);
        all.sort_by_key(|one| std::cmp::Reverse(one.len()));
        all
    }

    /// What a provider said and why it stopped its last call, told once.
    async fn heard(&self, held: &Held, seen: &mut Observation) {
        let heard =
            self.provider(held, |provider| (provider.said.clone(), provider.stopped.take())).await;
        (seen.said_by_provider, seen.stopped) = heard.unwrap_or_default();
    }

    /// Takes down what the case put up and gives back what it borrowed.
    pub(super) async fn take_down(&self, held: &mut Held) {
        if held.flow.integration.is_some() {
            let _ = self.clear(held).await;
        }
        if held.flow.provided
            && let Ok(providers) = self.flows.parties.up().await
        {
            providers.remove(&tag(held));
        }
        self.flows.contents.give_back(std::mem::take(&mut held.flow.contents));
    }
}

/// What the provider of a case goes by in URLs.
fn tag(held: &Held) -> String {
    Sha256::digest(held.tag.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
