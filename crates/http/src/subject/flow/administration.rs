//! Integrations, associations and sessions, over the methods the target file describes.

use claimproof_idp::{ClientAuth, Secret};
use claimproof_suite::{NoVerdict, Observation, Outcome, Stage};
use claimproof_vectors::ManageMethod;
use claimproof_vectors::flow::{Content, Integration, Setting};
use serde_json::Value;

use super::{Answered, tag};
use crate::subject::HttpSubject;
use crate::target::{Fields, first_group, render};

impl HttpSubject {
    /// Calls a method of the target file by its name.
    pub(super) async fn administer(
        &self,
        stage: &Stage,
        name: ManageMethod,
        more: Fields,
    ) -> Result<Answered, NoVerdict> {
        let method = self.method(name)?;
        let mut fields = self.named(stage);
        fields.extend(more);
        let mut request = render(method, &fields).map_err(NoVerdict::Lost)?;
        self.at(&mut request, stage.now).await?;
        let response = self.ask_target(&request, None).await?;
        Ok((request, response))
    }

    /// A management call as an observation: what is no 2xx and no 4xx is neither.
    async fn done(&self, stage: &mut Stage, answered: Answered) -> Observation {
        let outcome = match answered.1.status {
            200..=299 => Outcome::Accepted,
            400..=499 => Outcome::Refused(None),
            other => Outcome::Neither(format!("status {other}")),
        };
        stage.flow.said.push(answered.1.body.clone());
        self.seen(stage, outcome, &answered).await
    }

    pub(super) async fn integrate(
        &self,
        stage: &mut Stage,
        integration: &Integration,
    ) -> Result<Observation, NoVerdict> {
        let providers = self.flows.parties.up().await?;
        let secret = integration.secret;
        let (client_id, secret) = self
            .provider(stage, |provider| (provider.client_id(), provider.secret(secret)))
            .await?;
        let tag = tag(stage);
        let mut fields = settings(integration);
        fields.extend(entries([
            ("name", format!("claimproof {tag}")),
            ("authorization_uri", providers.authorize_url(&tag)),
            ("token_uri", providers.token_url(&tag)),
            ("client_id", client_id),
            ("client_secret", secret),
        ]));
        let answered = self.administer(stage, ManageMethod::IntegrationCreate, fields).await?;
        let pattern = self
            .target
            .managing(ManageMethod::IntegrationCreate)
            .and_then(|method| method.made.clone());
        stage.flow.integration =
            pattern.and_then(|pattern| first_group(&pattern, &answered.1.body));
        Ok(self.done(stage, answered).await)
    }

    pub(super) async fn configure(
        &self,
        stage: &mut Stage,
        setting: Setting,
    ) -> Result<Observation, NoVerdict> {
        let field = match setting {
            Setting::Scopes(scopes) => ("scopes", scopes.to_owned()),
            Setting::Secret(secret) => ("client_secret", self.client_secret(stage, secret).await?),
        };
        let answered =
            self.administer(stage, ManageMethod::IntegrationUpdate, entries([field])).await?;
        Ok(self.done(stage, answered).await)
    }

    async fn client_secret(&self, stage: &Stage, secret: Secret) -> Result<String, NoVerdict> {
        self.provider(stage, |provider| provider.secret(secret)).await
    }

    pub(super) async fn associate(
        &self,
        stage: &mut Stage,
        content: Content,
        with: bool,
    ) -> Result<Observation, NoVerdict> {
        let content = self.lent(stage, content).await?;
        let name = if with { ManageMethod::Associate } else { ManageMethod::Dissociate };
        let answered = self.administer(stage, name, entries([("content", content)])).await?;
        Ok(self.done(stage, answered).await)
    }

    /// A content for this case alone, with nothing associated when it is lent.
    pub(super) async fn lent(
        &self,
        stage: &mut Stage,
        content: Content,
    ) -> Result<String, NoVerdict> {
        if stage.flow.contents.is_empty() {
            stage.flow.contents = self.flows.contents.borrow().await;
            self.dissociate_all(stage).await;
        }
        let lent = stage.flow.content(content).map(str::to_owned);
        lent.ok_or_else(|| {
            NoVerdict::Unsendable("nobody plays the roles `content.1` and `content.2`".to_owned())
        })
    }

    async fn dissociate_all(&self, stage: &Stage) {
        for content in &stage.flow.contents {
            let _ = self
                .administer(
                    stage,
                    ManageMethod::Dissociate,
                    entries([("content", content.clone())]),
                )
                .await;
        }
    }

    pub(super) async fn delete_session(
        &self,
        stage: &mut Stage,
        viewer: &str,
    ) -> Result<Observation, NoVerdict> {
        let sessions = self.sessions(stage, viewer).await?;
        let Some(session) = sessions.first().cloned() else {
            return Err(NoVerdict::Lost(format!(
                "the session list shows none of `{viewer}` to delete"
            )));
        };
        let answered = self
            .administer(stage, ManageMethod::SessionDelete, entries([("session", session)]))
            .await?;
        Ok(self.done(stage, answered).await)
    }

    /// The guids of a viewer's sessions with the case's integration.
    pub(super) async fn sessions(
        &self,
        stage: &Stage,
        viewer: &str,
    ) -> Result<Vec<String>, NoVerdict> {
        let (_, response) = self.administer(stage, ManageMethod::Sessions, Fields::new()).await?;
        let all: Vec<Value> = serde_json::from_str(&response.body).map_err(|error| {
            NoVerdict::Lost(format!("the session list is no JSON array: {error}"))
        })?;
        let whose = self.players.get(&format!("{viewer}.guid")).map(|player| player.id.as_str());
        let text = |session: &Value, name: &str| {
            session.get(name).and_then(Value::as_str).map(str::to_owned)
        };
        let own = |session: &&Value| {
            text(session, "oauth_integration_guid") == stage.flow.integration
                && whose.is_none_or(|guid| text(session, "user_guid").as_deref() == Some(guid))
        };
        Ok(all.iter().filter(own).filter_map(|session| text(session, "guid")).collect())
    }

    /// Undoes what the case administered.
    pub(super) async fn clear(&self, stage: &Stage) -> Result<(), NoVerdict> {
        self.dissociate_all(stage).await;
        self.administer(stage, ManageMethod::IntegrationDelete, Fields::new()).await.map(drop)
    }
}

/// What a case chooses about its integration.
pub(in crate::subject) fn settings(integration: &Integration) -> Fields {
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

pub(in crate::subject) fn entries<const N: usize>(entries: [(&str, String); N]) -> Fields {
    entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
