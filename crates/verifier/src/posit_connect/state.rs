//! Everything a Connect server remembers, as plain data.

use std::collections::BTreeMap;

pub use claimproof_cast::posit_connect::ClientAuth;
use claimproof_cast::posit_connect::{self as cast, Content, Directory, User};
use claimproof_cast::{ExposeSecret, SecretString};
use claimproof_token::Key;

use super::Phase;
use super::event::Ticket;
use super::steps::Rejected;
use crate::BadKey;

/// What an integration needs to know of a provider.
#[derive(Clone, Debug)]
pub struct Config {
    /// The provider's authorization page.
    pub authorization_uri: String,
    /// The provider's token endpoint.
    pub token_uri: String,
    /// The client ID at the provider.
    pub client_id: String,
    /// The client secret there; none where the client is public.
    pub client_secret: Option<SecretString>,
    /// The scopes to ask for, separated by blanks.
    pub scopes: String,
    /// How the client proves itself.
    pub auth: ClientAuth,
    /// Whether PKCE is used.
    pub pkce: bool,
}

/// An OAuth integration.
#[derive(Clone, Debug)]
pub struct Integration {
    /// Its identifier.
    pub guid: String,
    /// Its name.
    pub name: String,
    /// What it is for, in words.
    pub description: String,
    /// The kind it was made as.
    pub template: String,
    /// The provider's side.
    pub config: Config,
    /// Client secrets it had before: a late answer may still repeat one.
    pub retired: Vec<SecretString>,
    /// When it was made, seconds since 1970.
    pub created: i64,
    /// When it was last changed.
    pub updated: i64,
}

impl Integration {
    /// How many of the secrets it had before are remembered.
    pub(super) const MAX_RETIRED: usize = 16;
}

impl From<&cast::PresetIntegration> for Integration {
    /// One that is there before any clock is asked.
    fn from(own: &cast::PresetIntegration) -> Self {
        let config = Config {
            authorization_uri: own.authorization_uri.clone(),
            token_uri: own.token_uri.clone(),
            client_id: own.client_id.clone(),
            client_secret: own.client_secret.clone(),
            scopes: own.scopes.clone(),
            auth: own.auth,
            pkce: own.pkce,
        };
        let (guid, name, template) = (own.guid.clone(), own.name.clone(), "custom".to_owned());
        Self {
            guid,
            name,
            description: String::new(),
            template,
            config,
            retired: Vec::new(),
            created: 0,
            updated: 0,
        }
    }
}

fn associations(integrations: &[cast::PresetIntegration]) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for own in integrations {
        for content in &own.contents {
            all.entry(content.clone()).or_default().push(own.guid.clone());
        }
    }
    all
}

/// A viewer's credentials at one integration.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its identifier.
    pub guid: String,
    /// GUID of the viewer.
    pub user: String,
    /// GUID of the integration.
    pub integration: String,
    /// The provider's access token.
    pub access_token: SecretString,
    /// When that expires, seconds since 1970; none where the provider did not say.
    pub expires: Option<i64>,
    /// The provider's refresh token, where it gave one.
    pub refresh_token: Option<SecretString>,
    /// The refresh under way.
    pub refreshing: Option<Ticket>,
    /// How the last refresh ended, for those who waited for it.
    pub refreshed: Option<(Ticket, Result<(), Rejected>)>,
    /// When it was made.
    pub created: i64,
    /// When it was last refreshed.
    pub updated: i64,
}

/// A login that was begun. It stays until its time is over, so that a second use is noticed.
#[derive(Clone, Debug)]
pub struct Login {
    /// GUID of the viewer whose browser began it.
    pub viewer: String,
    /// GUID of the integration.
    pub integration: String,
    /// GUID of the content to return to.
    pub back: Option<String>,
    /// The PKCE verifier.
    pub verifier: Option<SecretString>,
    /// Whether its `state` came back already.
    pub used: bool,
    /// From when on it counts no more.
    pub until: i64,
    /// Its place in the order of logins.
    pub number: u64,
}

/// A question a provider has not answered yet.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Redemption or refresh.
    pub phase: Phase,
    /// GUID of the viewer.
    pub viewer: String,
    /// GUID of the integration.
    pub integration: String,
    /// The session that is refreshed.
    pub session: Option<String>,
    /// The content to return to after a login.
    pub back: Option<String>,
    /// What the question held that must appear in no text.
    pub secrets: Vec<SecretString>,
    /// When it was asked: lifetimes count from here.
    pub at: i64,
}

/// Everything a Connect server remembers.
#[derive(Clone, Debug)]
pub struct State {
    /// The public address, without a slash at its end; also the issuer of subject tokens.
    pub address: String,
    /// Users.
    pub users: Vec<User>,
    /// Content items by GUID.
    pub contents: BTreeMap<String, Content>,
    /// Integrations by GUID.
    pub integrations: BTreeMap<String, Integration>,
    /// GUIDs of integrations by GUID of content.
    pub associations: BTreeMap<String, Vec<String>>,
    /// Sessions by GUID.
    pub sessions: BTreeMap<String, Session>,
    /// Logins under way by `state`.
    pub logins: BTreeMap<String, Login>,
    /// Questions under way.
    pub asked: BTreeMap<Ticket, Asked>,
    pub(super) key: Key,
    issued: u64,
}

impl State {
    /// A server that knows a directory and nothing else yet, at this public address.
    pub fn new(directory: &Directory, address: &str) -> Result<Self, BadKey> {
        let key = Key::hmac(directory.token_secret.expose_secret());
        let integrations =
            directory.integrations.iter().map(|own| (own.guid.clone(), own.into())).collect();
        let contents = directory
            .contents
            .iter()
            .map(|content| (content.guid.clone(), content.clone()))
            .collect();
        Ok(Self {
            address: address.trim_end_matches('/').to_owned(),
            users: directory.users.clone(),
            contents,
            integrations,
            associations: associations(&directory.integrations),
            sessions: BTreeMap::new(),
            logins: BTreeMap::new(),
            asked: BTreeMap::new(),
            key: key.map_err(BadKey::of("subject tokens"))?,
            issued: 0,
        })
    }

    /// The redirect URI of every integration.
    pub fn callback(&self) -> String {
        format!("{}/__oauth__/integrations/callback", self.address)
    }

    /// Where a viewer logs in at an integration, to return to content.
    pub fn login_url(&self, integration: &str, back: Option<&str>) -> String {
        let own = format!("{}/__oauth__/integrations/{integration}/login", self.address);
        back.map_or(own.clone(), |content| format!("{own}?content={content}"))
    }

    /// The user of this GUID.
    pub fn user(&self, guid: &str) -> Option<&User> {
        self.users.iter().find(|user| user.guid == guid)
    }

    /// The user of this API key.
    pub fn caller(&self, api_key: &str) -> Option<&User> {
        self.users
            .iter()
            .find(|user| user.api_key.as_ref().is_some_and(|own| own.expose_secret() == api_key))
    }

    /// The user who logs in with this name and password.
    pub fn log_in(&self, name: &str, password: &str) -> Option<&User> {
        let knows = |user: &&User| {
            user.password.as_ref().is_some_and(|own| own.expose_secret() == password)
        };
        self.users.iter().find(|user| user.name == name).filter(knows)
    }

    /// A viewer's own session at an integration.
    pub fn session(&self, viewer: &str, integration: &str) -> Option<&Session> {
        self.sessions
            .values()
            .find(|session| session.user == viewer && session.integration == integration)
    }

    /// The integrations associated with content.
    pub fn associated(&self, content: &str) -> &[String] {
        self.associations.get(content).map(Vec::as_slice).unwrap_or_default()
    }

    /// A number that was not given before.
    pub(super) fn number(&mut self) -> u64 {
        self.issued += 1;
        self.issued
    }
}
