//! Integrations, associations and sessions, over the methods the target file describes.

use claimproof_idp::{ClientAuth, Secret};
use claimproof_suite::{Back, NoVerdict, Observation, Outcome, Undo};
use claimproof_vectors::ManageMethod;
use claimproof_vectors::flow::{Content, Integration, Setting};
use futures::future::join_all;
use serde_json::Value;

use super::{Answered, Connect, tag};
use crate::target::{Fields, first_group, render};

impl Connect<'_> {
    /// Calls a method of the target file by its name.
    pub(crate) async fn administer(
        &self,
        name: ManageMethod,
        more: Fields,
    ) -> Result<Answered, NoVerdict> {
        let method = self.client.method(name)?;
        let mut fields = self.client.named(self.held);
        fields.extend(more);
        let mut request = render(method, &fields)?;
        self.client.at(&mut request, self.held.now).await?;
        let response = self.client.ask_target(&request, None).await?;
        let is_gone = request.method == "DELETE" && response.status == 404;
        if is_gone || (200..300).contains(&response.status) {
            self.client.changes.called(name, &fields);
        }
        Ok((request, response))
    }

    /// A management call as an observation: what is no 2xx and no 4xx is neither.
    async fn done(&mut self, answered: Answered) -> Observation {
        let outcome = match answered.1.status {
            200..=299 => Outcome::Accepted,
            400..=499 => Outcome::Refused(None),
            other => Outcome::Neither(format!("status {other}").into()),
        };
        self.held.flow.said.push(answered.1.body.clone());
        self.seen(outcome, &answered).await
    }

    pub(crate) async fn integrate(
        &mut self,
        integration: &Integration,
    ) -> Result<Observation, NoVerdict> {
        let providers = self.providers.up().await?;
        let secret = integration.secret;
        let (client_id, secret) =
            self.provider(|provider| (provider.client_id(), provider.secret(secret))).await?;
        let tag = tag(self.held);
        let name = format!("claimproof {tag}");
        let change = format!("integration {name}");
        let back = Back::Integration { name: name.clone() };
        self.client.changes.begin(Undo { name: change.clone(), back })?;
        let mut fields = settings(integration);
        fields.extend(entries([
            ("name", name),
            ("authorization_uri", providers.authorize_url(&tag)),
            ("token_uri", providers.token_url(&tag)),
            ("client_id", client_id),
            ("client_secret", secret),
        ]));
        let answered = self.administer(ManageMethod::IntegrationCreate, fields).await?;
        let pattern = self
            .client
            .target
            .managing(ManageMethod::IntegrationCreate)
            .and_then(|method| method.made.clone());
        self.held.flow.integration =
            pattern.and_then(|pattern| first_group(&pattern, &answered.1.body));
        if let Some(made) = self.held.flow.integration.clone() {
            let fields = entries([("integration", made)]);
            let method = ManageMethod::IntegrationDelete.name().to_owned();
            self.client
                .changes
                .begin(Undo { name: change, back: Back::Call { method, fields } })?;
        } else if (400..500).contains(&answered.1.status) {
            self.client.changes.end(&change);
        }
        Ok(self.done(answered).await)
    }

    pub(crate) async fn configure(&mut self, setting: Setting) -> Result<Observation, NoVerdict> {
        let field = match setting {
            Setting::Scopes(scopes) => ("scopes", scopes.to_owned()),
            Setting::Secret(secret) => ("client_secret", self.client_secret(secret).await?),
        };
        let answered = self.administer(ManageMethod::IntegrationUpdate, entries([field])).await?;
        Ok(self.done(answered).await)
    }

    async fn client_secret(&self, secret: Secret) -> Result<String, NoVerdict> {
        self.provider(|provider| provider.secret(secret)).await
    }

    pub(crate) async fn associate(
        &mut self,
        content: Content,
        with: bool,
    ) -> Result<Observation, NoVerdict> {
        let content = self.lent(content).await?;
        if with {
            let fields = entries([("content", content.clone())]);
            let change = Undo::by_call(ManageMethod::Dissociate.name(), fields);
            self.client.changes.begin(change)?;
        }
        let name = if with { ManageMethod::Associate } else { ManageMethod::Dissociate };
        let answered = self.administer(name, entries([("content", content)])).await?;
        Ok(self.done(answered).await)
    }

    /// A content for this case alone, with nothing associated when it is lent.
    pub(crate) async fn lent(&mut self, content: Content) -> Result<String, NoVerdict> {
        if self.held.flow.contents.is_empty() {
            self.held.flow.contents = self.contents.borrow().await;
            self.dissociate_all().await;
        }
        let lent = self.held.flow.content(content).map(str::to_owned);
        lent.ok_or_else(|| {
            NoVerdict::Unsendable("nobody plays the roles `content.1` and `content.2`".into())
        })
    }

    async fn dissociate_all(&self) {
        let all = self.held.flow.contents.iter().map(|content| {
            self.administer(ManageMethod::Dissociate, entries([("content", content.clone())]))
        });
        join_all(all).await;
    }

    pub(crate) async fn delete_session(&mut self, viewer: &str) -> Result<Observation, NoVerdict> {
        let sessions = self.sessions(viewer).await?;
        let Some(session) = sessions.first().cloned() else {
            return Err(NoVerdict::Lost(
                format!("the session list shows none of `{viewer}` to delete").into(),
            ));
        };
        let answered =
            self.administer(ManageMethod::SessionDelete, entries([("session", session)])).await?;
        Ok(self.done(answered).await)
    }

    /// The guids of a viewer's sessions with the case's integration.
    pub(crate) async fn sessions(&self, viewer: &str) -> Result<Vec<String>, NoVerdict> {
        let (_, response) = self.administer(ManageMethod::Sessions, Fields::new()).await?;
        let all: Vec<Value> = serde_json::from_str(&response.body).map_err(|error| {
            NoVerdict::Lost(format!("the session list is no JSON array: {error}").into())
        })?;
        let whose =
            self.client.players.get(&format!("{viewer}.guid")).map(|player| player.id.as_str());
        let text = |session: &Value, name: &str| {
            session.get(name).and_then(Value::as_str).map(str::to_owned)
        };
        let own = |session: &&Value| {
            text(session, "oauth_integration_guid") == self.held.flow.integration
                && whose.is_none_or(|guid| text(session, "user_guid").as_deref() == Some(guid))
        };
        Ok(all.iter().filter(own).filter_map(|session| text(session, "guid")).collect())
    }

    /// Undoes what the case administered.
    pub(crate) async fn clear(&self) -> Result<(), NoVerdict> {
        self.dissociate_all().await;
        self.administer(ManageMethod::IntegrationDelete, Fields::new()).await.map(drop)
    }
}

/// What a case chooses about its integration.
pub(crate) fn settings(integration: &Integration) -> Fields {
    entries([
        ("scopes", integration.scopes.to_owned()),
        ("auth_method", auth_method(integration.auth).to_owned()),
        ("pkce", integration.pkce.to_string()),
    ])
}

const fn auth_method(auth: ClientAuth) -> &'static str {
    match auth {
        ClientAuth::Basic => "client_secret_basic",
        ClientAuth::Post => "client_secret_post",
    }
}

pub(crate) fn entries<const N: usize>(entries: [(&str, String); N]) -> Fields {
    entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
