//! The administration of integrations, associations and sessions.

use claimproof_cast::posit_connect::{Content, Rank, User};
use serde_json::{Map, Value};
use url::Url;

use super::state::{ClientAuth, Config, Integration, Session, State};
use super::{Entropy, Policy, Violation};

type Done<T> = Result<T, Violation>;

fn permit(may: bool) -> Done<()> {
    may.then_some(()).ok_or(Violation::NotPermitted)
}

/// The kinds of integration there are. All are made alike here: of what the vendor fills in for a
/// known provider, the tests must be able to set every part.
const TEMPLATES: [&str; 4] = ["custom", "azure", "github", "snowflake"];

impl State {
    /// Every integration, for whoever may see them.
    pub fn integrations(&self, caller: &User) -> Done<impl Iterator<Item = &Integration>> {
        permit(caller.rank != Rank::Viewer)?;
        Ok(self.integrations.values())
    }

    /// One integration.
    pub fn integration(&self, caller: &User, guid: &str) -> Done<&Integration> {
        permit(caller.rank != Rank::Viewer)?;
        self.integrations.get(guid).ok_or(Violation::NotFound)
    }

    /// Makes an integration of a JSON object with `name`, `description`, `template` and `config`.
    pub fn create_integration(
        &mut self,
        caller: &User,
        body: &Value,
        policy: &Policy,
        now: i64,
        entropy: &Entropy,
    ) -> Done<&Integration> {
        permit(caller.rank == Rank::Administrator)?;
        let body = body.as_object().ok_or(Violation::NotJson)?;
        let name = name(body)?.ok_or(Violation::IntegrationName)?;
        let template = text(body, "template").filter(|name| TEMPLATES.contains(name));
        let template = template.ok_or(Violation::IntegrationTemplate)?;
        let config = body
            .get("config")
            .and_then(Value::as_object)
            .ok_or(Violation::IntegrationConfig("config"))?;
        let integration = Integration {
            guid: entropy.uuid("integration"),
            name,
            description: text(body, "description").unwrap_or_default().to_owned(),
            template: template.to_owned(),
            config: Config::made(config, policy)?,
            retired: Vec::new(),
            created: now,
            updated: now,
        };
        Ok(self.integrations.entry(integration.guid.clone()).or_insert(integration))
    }

    /// Changes what a JSON object names; of the configuration, member by member. Sessions stay: a
    /// corrected secret works without a new login (`PCO-R-relogin-after-cure`).
    pub fn update_integration(
        &mut self,
        caller: &User,
        guid: &str,
        body: &Value,
        now: i64,
    ) -> Done<&Integration> {
        permit(caller.rank == Rank::Administrator)?;
        let integration = self.integrations.get_mut(guid).ok_or(Violation::NotFound)?;
        let body = body.as_object().ok_or(Violation::NotJson)?;
        let mut changed = integration.clone();
        changed.name = name(body)?.unwrap_or(changed.name);
        changed.description = text(body, "description").map_or(changed.description, str::to_owned);
        if let Some(config) = body.get("config") {
            changed
                .config
                .change(config.as_object().ok_or(Violation::IntegrationConfig("config"))?)?;
        }
        changed.updated = now;
        changed.retired.extend(integration.config.client_secret.take());
        changed.retired.drain(..changed.retired.len().saturating_sub(Integration::MAX_RETIRED));
        *integration = changed;
        Ok(integration)
    }

    /// Removes an integration with its associations, sessions and logins.
    pub fn delete_integration(&mut self, caller: &User, guid: &str) -> Done<()> {
        permit(caller.rank == Rank::Administrator)?;
        self.integrations.remove(guid).ok_or(Violation::NotFound)?;
        for associated in self.associations.values_mut() {
            associated.retain(|own| own != guid);
        }
        self.sessions.retain(|_, session| session.integration != guid);
        self.logins.retain(|_, login| login.integration != guid);
        Ok(())
    }

    /// GUIDs of the contents an integration is associated with.
    pub fn contents_of(&self, caller: &User, guid: &str) -> Done<impl Iterator<Item = &str>> {
        self.integration(caller, guid)?;
        let with = move |associated: &[String]| associated.iter().any(|own| own == guid);
        Ok(self
            .associations
            .iter()
            .filter(move |(_, all)| with(all))
            .map(|(content, _)| content.as_str()))
    }

    /// One content item, for its owner and administrators.
    pub fn content(&self, caller: &User, guid: &str) -> Done<&Content> {
        let content = self.contents.get(guid).ok_or(Violation::NotFound)?;
        permit(caller.rank == Rank::Administrator || content.owner == caller.guid)?;
        Ok(content)
    }

    /// Puts a list of integrations in the place of those associated with content.
    pub fn associate(&mut self, caller: &User, content: &str, body: &Value) -> Done<()> {
        self.content(caller, content)?;
        let mut all = Vec::new();
        for entry in body.as_array().ok_or(Violation::AssociationForm)? {
            let guid = entry.get("oauth_integration_guid").and_then(Value::as_str);
            let guid = guid.ok_or(Violation::AssociationForm)?.to_owned();
            if !self.integrations.contains_key(&guid) {
                return Err(Violation::AssociationUnknown);
            }
            if all.contains(&guid) {
                return Err(Violation::AssociationForm);
            }
            all.push(guid);
        }
        self.associations.insert(content.to_owned(), all);
        Ok(())
    }

    /// The caller's own sessions, or everybody's for an administrator.
    pub fn sessions(&self, caller: &User, all: bool) -> Done<impl Iterator<Item = &Session>> {
        permit(!all || caller.rank == Rank::Administrator)?;
        let own = caller.guid.clone();
        Ok(self.sessions.values().filter(move |session| all || session.user == own))
    }

    /// One session, the caller's own or for an administrator anybody's.
    pub fn session_of(&self, caller: &User, guid: &str) -> Done<&Session> {
        let may =
            |session: &&Session| caller.rank == Rank::Administrator || session.user == caller.guid;
        self.sessions.get(guid).filter(may).ok_or(Violation::NotFound)
    }

    /// Removes such a session.
    pub fn delete_session(&mut self, caller: &User, guid: &str) -> Done<()> {
        self.session_of(caller, guid)?;
        self.sessions.remove(guid);
        Ok(())
    }
}

fn text<'b>(body: &'b Map<String, Value>, name: &str) -> Option<&'b str> {
    body.get(name).and_then(Value::as_str)
}

/// The name, where one is given: a string that is not blank.
fn name(body: &Map<String, Value>) -> Done<Option<String>> {
    let Some(given) = body.get("name") else { return Ok(None) };
    let name =
        given.as_str().filter(|name| !name.trim().is_empty()).ok_or(Violation::IntegrationName)?;
    Ok(Some(name.to_owned()))
}

impl Config {
    /// Reads the members of a new integration's configuration.
    fn made(members: &Map<String, Value>, policy: &Policy) -> Done<Self> {
        let mut config = Self {
            authorization_uri: String::new(),
            token_uri: String::new(),
            client_id: String::new(),
            client_secret: None,
            scopes: String::new(),
            auth: ClientAuth::Basic,
            pkce: policy.pkce,
        };
        config.change(members)?;
        Ok(config)
    }

    /// Sets the members that are named; unknown ones are refused, as a typing error would be lost.
    fn change(&mut self, members: &Map<String, Value>) -> Done<()> {
        for (name, value) in members {
            self.set(name, value)?;
        }
        if text(members, "auth_mode") == Some("Public") {
            self.client_secret = None;
        }
        self.check()
    }

    fn set(&mut self, name: &str, value: &Value) -> Done<()> {
        let text =
            |name| value.as_str().map(str::to_owned).ok_or(Violation::IntegrationConfig(name));
        match name {
            "authorization_uri" => self.authorization_uri = text("authorization_uri")?,
            "token_uri" => self.token_uri = text("token_uri")?,
            "client_id" => self.client_id = text("client_id")?,
            "client_secret" => {
                self.client_secret = Some(text("client_secret")?)
                    .filter(|secret| !secret.is_empty())
                    .map(Into::into);
            }
            "scopes" => {
                self.scopes = text("scopes")?.split_whitespace().collect::<Vec<_>>().join(" ")
            }
            "token_endpoint_auth_method" => {
                self.auth = match value.as_str() {
                    Some("client_secret_basic") => ClientAuth::Basic,
                    Some("client_secret_post") => ClientAuth::Post,
                    _ => return Err(Violation::IntegrationConfig("token_endpoint_auth_method")),
                };
            }
            "use_pkce" => {
                self.pkce = match (value.as_bool(), value.as_str()) {
                    (Some(pkce), _) => pkce,
                    (None, Some("true")) => true,
                    (None, Some("false")) => false,
                    _ => return Err(Violation::IntegrationConfig("use_pkce")),
                };
            }
            "auth_mode" => match value.as_str() {
                Some("Confidential" | "Public") => {}
                _ => return Err(Violation::IntegrationConfig("auth_mode")),
            },
            "auth_type" if value.as_str() == Some("Viewer") => {}
            "auth_type" => return Err(Violation::IntegrationConfig("auth_type")),
            _ => return Err(Violation::IntegrationConfig("config")),
        }
        Ok(())
    }

    fn check(&self) -> Done<()> {
        // A public client has PKCE alone to prove that it is who began.
        let proves = self.client_secret.is_some() || self.pkce;
        let members = [
            ("authorization_uri", is_page(&self.authorization_uri)),
            ("token_uri", is_page(&self.token_uri)),
            ("client_id", !self.client_id.is_empty()),
            ("use_pkce", proves),
        ];
        let wrong = members.into_iter().find(|(_, is_right)| !is_right);
        wrong.map_or(Ok(()), |(name, _)| Err(Violation::IntegrationConfig(name)))
    }
}

/// An address of the web, without user information and fragment (RFC 6749 sections 3.1 and 3.2).
fn is_page(text: &str) -> bool {
    let bare = |url: Url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.username().is_empty()
            && url.password().is_none()
            && url.fragment().is_none()
    };
    Url::parse(text).is_ok_and(bare)
}
