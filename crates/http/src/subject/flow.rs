//! The parties around a Connect server, moved as a case says: administration over the documented
//! API, viewers whose browsers keep cookies and follow redirects, and providers of ours.

use claimproof_cast::{ExposeSecret, SigningKey};
use claimproof_idp::{Knobs, Provider};
use claimproof_suite::{Exchange, NoVerdict, Observation, Outcome, Stage};
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
        stage: &mut Stage,
        moved: &Move,
    ) -> Result<Observation, NoVerdict> {
        match moved {
            Move::Provider(knobs) => self.provide(stage, knobs).await,
            Move::Integrate(integration) => self.integrate(stage, integration).await,
            Move::Configure(setting) => self.configure(stage, *setting).await,
            Move::Associate { content, with } => self.associate(stage, *content, *with).await,
            Move::DeleteSession { viewer } => self.delete_session(stage, viewer).await,
            Move::Login { viewer } => self.log_in(stage, viewer).await,
            Move::Callback { begins, returns, forged } => {
                self.call_back(stage, begins, returns, *forged).await
            }
            Move::Visit { viewer, content, solo, keep } => {
                self.visit(stage, viewer, *content, *solo, keep).await
            }
            Move::Given { role, keep } => self.given(stage, role, keep),
            Move::Dashboard { viewer, content } => self.dashboard(stage, viewer, *content).await,
            Move::Exchange(exchange) => self.exchange_once(stage, exchange).await,
            Move::ExchangeAtOnce { subject, times } => {
                self.exchange_at_once(stage, subject, *times).await
            }
            Move::Use { access } => self.use_access(stage, access).await,
            Move::Look(look) => self.look(stage, look).await,
        }
    }

    fn given(
        &self,
        stage: &mut Stage,
        role: &str,
        keep: &'static str,
    ) -> Result<Observation, NoVerdict> {
        stage.flow.subjects.insert(keep, self.secret_of(role)?);
        Ok(Observation::of(Outcome::Accepted))
    }

    /// The case's provider is put up, or told to behave otherwise.
    async fn provide(&self, stage: &mut Stage, knobs: &Knobs) -> Result<Observation, NoVerdict> {
        let providers = self.flows.parties.up().await?;
        let tag = tag(stage);
        if stage.flow.provided {
            providers.with(&tag, |provider| provider.behave(knobs.clone()));
        } else {
            providers.add(&tag, Provider::new(knobs.clone(), &tag, &self.callback()));
            stage.flow.provided = true;
        }
        Ok(Observation::of(Outcome::Accepted))
    }

    /// Reads or changes the case's provider.
    async fn provider<T>(
        &self,
        stage: &Stage,
        with: impl FnOnce(&mut Provider) -> T,
    ) -> Result<T, NoVerdict> {
        let found = self.flows.parties.up().await?.with(&tag(stage), with);
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
    pub(super) fn named(&self, stage: &Stage) -> Fields {
        let mut fields = self.target.fields.clone();
        if let Some(integration) = &stage.flow.integration {
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
        stage: &Stage,
        outcome: Outcome,
        (request, response): &Answered,
    ) -> Observation {
        let secrets = self.secrets(stage).await;
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
        let exchange: Exchange = self.evidence(&request, &shown, None);
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
    async fn secrets(&self, stage: &Stage) -> Vec<String> {
        let mut all =
            self.provider(stage, |provider| provider.issued.clone()).await.unwrap_or_default();
        all.extend(stage.flow.subjects.values().cloned());
        all.extend(stage.flow.access.values().map(|one| one.token.clone()));
        all.retain(|one| one.len() >= 8);
        let spelled: Vec<String> =
            all.iter().map(|one| byte_serialize(one.as_bytes()).collect()).collect();
        all.extend(spelled);
        all.sort_by_key(|one| std::cmp::Reverse(one.len()));
        all
    }

    /// What a provider said and why it stopped its last call, told once.
    async fn heard(&self, stage: &Stage, seen: &mut Observation) {
        let heard =
            self.provider(stage, |provider| (provider.said.clone(), provider.stopped.take())).await;
        (seen.said_by_provider, seen.stopped) = heard.unwrap_or_default();
    }

    /// Takes down what the case put up and gives back what it borrowed.
    pub(super) async fn take_down(&self, stage: &mut Stage) {
        if stage.flow.integration.is_some() {
            let _ = self.clear(stage).await;
        }
        if stage.flow.provided
            && let Ok(providers) = self.flows.parties.up().await
        {
            providers.remove(&tag(stage));
        }
        self.flows.contents.give_back(std::mem::take(&mut stage.flow.contents));
    }
}

/// What the provider of a case goes by in URLs.
fn tag(stage: &Stage) -> String {
    Sha256::digest(stage.tag.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
