//! What a case looks at: the provider's journal, kept tokens, what the server has said.

use claimproof_suite::{Held, Mismatch, NoVerdict, Observation, Outcome};
use claimproof_vectors::ManageMethod;
use claimproof_vectors::flow::{Content, Look};
use claimproof_vectors::texts;
use serde_json::Value;

use super::Connect;
use super::administration::entries;
use crate::target::Fields;

impl Connect<'_> {
    /// Accepted where it holds; where not, why.
    pub(crate) async fn look(&mut self, look: &Look) -> Result<Observation, NoVerdict> {
        let holds = match self.held.flow.holds(look) {
            Some(kept) => kept,
            None => self.holds(look).await?,
        };
        Ok(Observation::of(match holds {
            Ok(()) => Outcome::Accepted,
            Err(why) => Outcome::Neither(why.to_string().into()),
        }))
    }

    async fn holds(&mut self, look: &Look) -> Result<Result<(), Mismatch>, NoVerdict> {
        match look {
            Look::Provider(seen) => {
                let holds = self.provider(|provider| provider.holds(*seen)).await?;
                Ok(holds.map_err(|why| Mismatch::Beside(why.into())))
            }
            Look::SecretWithheld => self.secret_withheld().await,
            Look::SecretsKept => self.secrets_kept().await,
            Look::NothingLeaked => self.nothing_leaked().await,
            Look::NamesApplication => self.names_application().await,
            Look::Sessions(viewer, count) => {
                let own = self.sessions(viewer).await?.len();
                Ok(expected(own == *count, || {
                    format!("the viewer has {own} sessions, expected {count}")
                }))
            }
            Look::Associations(content, with) => self.associations(*content, *with).await,
            kept => {
                Err(NoVerdict::Lost(format!("nothing shows whether {}", kept.describe()).into()))
            }
        }
    }

    /// Read one by one, and in the list where the target has one.
    async fn secret_withheld(&self) -> Result<Result<(), Mismatch>, NoVerdict> {
        let secrets = self.provider(|provider| provider.kept()).await?;
        for method in [ManageMethod::IntegrationRead, ManageMethod::Integrations] {
            let is_listed = self.client.target.managing(method).is_some();
            if method == ManageMethod::Integrations && !is_listed {
                continue;
            }
            let (_, response) = self.administer(method, Fields::new()).await?;
            if !(200..300).contains(&response.status) {
                return Err(NoVerdict::Lost(
                    format!(
                        "[manage.{}] cannot be read: status {}",
                        method.name(),
                        response.status
                    )
                    .into(),
                ));
            }
            if secrets.iter().any(|secret| response.body.contains(secret.as_str())) {
                return Ok(Err(Mismatch::Beside(
                    format!(
                        "the integration API returns the client secret, at [manage.{}]",
                        method.name()
                    )
                    .into(),
                )));
            }
        }
        Ok(Ok(()))
    }

    /// What the provider issued and only Connect may know, and the API keys and passwords of the
    /// cast.
    async fn secrets_kept(&self) -> Result<Result<(), Mismatch>, NoVerdict> {
        let own =
            self.client.players.iter().filter_map(|(role, _)| self.client.secret_of(role).ok());
        let own = own.filter(|secret| secret.len() >= SHORTEST_SECRET);
        let mut secrets = self.provider(|provider| provider.kept()).await?;
        secrets.extend(own);
        Ok(leaked(self.held, &secrets))
    }

    /// What passes through a browser or content anyway.
    async fn nothing_leaked(&self) -> Result<Result<(), Mismatch>, NoVerdict> {
        let kept = self.provider(|provider| provider.kept()).await?;
        let mut all = self.secrets().await;
        all.retain(|one| !kept.contains(one));
        Ok(leaked(self.held, &all))
    }

    async fn names_application(&self) -> Result<Result<(), Mismatch>, NoVerdict> {
        let app = self.provider(|provider| provider.client_id()).await?;
        let told = self.held.flow.said.last().map(|body| texts::plain(body)).unwrap_or_default();
        Ok(expected(told.contains(&app), || {
            "the provider's text is told without the ID of the application".to_owned()
        }))
    }

    async fn associations(
        &mut self,
        content: Content,
        with: bool,
    ) -> Result<Result<(), Mismatch>, NoVerdict> {
        let content = self.lent(content).await?;
        let (_, response) = self
            .administer(ManageMethod::Associations, entries([("content", content.clone())]))
            .await?;
        let list: Vec<Value> = serde_json::from_str(&response.body).map_err(|error| {
            NoVerdict::Lost(format!("the association list is no JSON array: {error}").into())
        })?;
        let text =
            |one: &Value, name: &str| one.get(name).and_then(Value::as_str).map(str::to_owned);
        let own = |one: &&Value| {
            let named = text(one, "content_guid").or_else(|| text(one, "app_guid"));
            named.as_deref() == Some(&content)
                && text(one, "oauth_integration_guid") == self.held.flow.integration
        };
        let found = list.iter().filter(own).count();
        let wanted = usize::from(with);
        Ok(expected(found == wanted && list.len() == wanted, || {
            format!(
                "of {} associations {found} name this content and this integration, expected {wanted}",
                list.len()
            )
        }))
    }
}

/// What is shorter could stand in any text.
const SHORTEST_SECRET: usize = 16;

/// The texts are read as a person reads them too: entities and escapes undone.
fn leaked(held: &Held, secrets: &[String]) -> Result<(), Mismatch> {
    let said = held.flow.said.iter().flat_map(|body| [body.clone(), texts::plain(body)]);
    let leak = said
        .into_iter()
        .find_map(|body| secrets.iter().find(|secret| body.contains(secret.as_str())).cloned());
    leak.map_or(Ok(()), |secret| {
        Err(Mismatch::Beside(
            format!("an answer repeats a secret of {} characters", secret.chars().count()).into(),
        ))
    })
}

fn expected(holds: bool, why: impl FnOnce() -> String) -> Result<(), Mismatch> {
    if holds { Ok(()) } else { Err(Mismatch::Beside(why().into())) }
}
