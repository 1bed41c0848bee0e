//! Users of a Connect server with their credentials, and the content it serves.

mod conditions;

use std::fmt;

use secrecy::SecretString;
use serde::{Serialize, Serializer};

use crate::{AnyDirectory, ExposeSecret, Player, Players, Roles, Seed, SigningKey};

/// What a user may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Rank {
    /// Everything but to exchange for the content of others.
    Administrator,
    /// Owns content and integrations.
    Publisher,
    /// Looks at content.
    Viewer,
}

/// A user.
#[derive(Clone, Debug, Serialize)]
pub struct User {
    /// The identifier API answers carry.
    pub guid: String,
    /// The name a login form takes.
    pub name: String,
    /// The password, of those who log in with a browser.
    #[serde(serialize_with = "shown")]
    pub password: Option<SecretString>,
    /// The API key, of those who call the API.
    #[serde(serialize_with = "shown")]
    pub api_key: Option<SecretString>,
    /// What the user may do.
    pub rank: Rank,
}

/// A deployed content item.
#[derive(Clone, Debug, Serialize)]
pub struct Content {
    /// Its identifier, part of its URL.
    pub guid: String,
    /// GUID of the publisher who owns it.
    pub owner: String,
}

/// How a client proves itself at the token endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum ClientAuth {
    /// `client_secret_basic`: an `Authorization` header.
    #[serde(rename = "client_secret_basic")]
    Basic,
    /// `client_secret_post`: form members.
    #[serde(rename = "client_secret_post")]
    Post,
}

impl ClientAuth {
    /// Its name in configurations, RFC 7591 section 2.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Basic => "client_secret_basic",
            Self::Post => "client_secret_post",
        }
    }
}

impl fmt::Display for ClientAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An OAuth integration that is there from the start; others are made through the API.
#[derive(Clone, Debug, Serialize)]
pub struct PresetIntegration {
    /// Its identifier.
    pub guid: String,
    /// Its name.
    pub name: String,
    /// The provider's authorization page.
    pub authorization_uri: String,
    /// The provider's token endpoint.
    pub token_uri: String,
    /// The client ID at the provider.
    pub client_id: String,
    /// The client secret there; none where the client is public.
    #[serde(serialize_with = "shown")]
    pub client_secret: Option<SecretString>,
    /// The scopes to ask for, separated by blanks.
    pub scopes: String,
    /// How the client proves itself.
    pub auth: ClientAuth,
    /// Whether PKCE is used.
    pub pkce: bool,
    /// GUIDs of the contents it is associated with.
    pub contents: Vec<String>,
}

/// Everything the server knows when it starts.
#[derive(Clone, Debug, Serialize)]
pub struct Directory {
    /// Users.
    pub users: Vec<User>,
    /// Content items.
    pub contents: Vec<Content>,
    /// Integrations; the public cast has none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub integrations: Vec<PresetIntegration>,
    /// The HMAC key of subject tokens.
    #[serde(serialize_with = "shown_secret")]
    pub token_secret: SecretString,
}

/// Roles whose secret is a subject token, handed in where the suite cannot set up what such a token stands for: content with
/// integration and session, one that has expired, content without integration, a viewer without session.
pub const GIVEN: [&str; 4] =
    ["subject.good", "subject.expired", "subject.unassociated", "subject.without-session"];

/// How many contents the publisher owns. A case borrows two, so half of it plays at once: as many as suit a
/// server that is far away.
pub const CONTENTS: usize = 128;

/// The role of the content of a number from 1 to [`CONTENTS`].
pub fn content(number: usize) -> String {
    format!("content.{number}")
}

/// Whether a role is a content the publisher owns, of whatever number.
pub fn is_content(role: &str) -> bool {
    role.strip_prefix("content.")
        .is_some_and(|number| number.parse::<usize>().is_ok_and(|number| number > 0))
}

pub(crate) const ROLES: Roles = Roles {
    fill,
    given: &GIVEN,
    is_further: is_content,
    hosts: &[],
    conditions: conditions::CONDITIONS,
};

fn fill(seed: Seed) -> (Players, AnyDirectory) {
    let mut players = Players::default();
    let token_secret = seed.secret("subject tokens").into();
    let mut directory = Directory {
        users: Vec::new(),
        contents: Vec::new(),
        integrations: Vec::new(),
        token_secret,
    };
    callers(seed, &mut players, &mut directory);
    viewers(seed, &mut players, &mut directory);
    contents(seed, &mut players, &mut directory);
    (players, AnyDirectory::PositConnect(directory))
}

/// Those who call the API go by their GUID and prove themselves by an API key.
fn callers(seed: Seed, players: &mut Players, directory: &mut Directory) {
    let rows = [
        ("admin", Rank::Administrator),
        ("publisher", Rank::Publisher),
        ("publisher.other", Rank::Publisher),
    ];
    for (role, rank) in rows {
        let (guid, api_key) = (seed.uuid(role), SecretString::from(seed.secret(role)));
        players.cast(
            role,
            Player { id: guid.clone(), key: Some(SigningKey::Secret(api_key.clone())) },
        );
        let user =
            User { guid, name: seed.word(role), password: None, api_key: Some(api_key), rank };
        directory.users.push(user);
    }
    let nobody = SigningKey::Secret(seed.secret("publisher.unknown").into());
    players.cast(
        "publisher.unknown",
        Player { id: seed.uuid("publisher.unknown"), key: Some(nobody) },
    );
}

/// Those who only look at content log in with a name and a password.
fn viewers(seed: Seed, players: &mut Players, directory: &mut Directory) {
    for role in ["viewer.a", "viewer.b"] {
        let (name, password) = (seed.word(role), SecretString::from(seed.secret(role)));
        players.cast(
            role,
            Player { id: name.clone(), key: Some(SigningKey::Secret(password.clone())) },
        );
        let guid = seed.uuid(role);
        // The API lists sessions by GUID.
        players.cast(&format!("{role}.guid"), Player { id: guid.clone(), key: None });
        directory.users.push(User {
            guid,
            name,
            password: Some(password),
            api_key: None,
            rank: Rank::Viewer,
        });
    }
}

fn contents(seed: Seed, players: &mut Players, directory: &mut Directory) {
    let own = (1..=CONTENTS).map(|number| (content(number), "publisher"));
    for (role, owner) in own.chain([("content.other".to_owned(), "publisher.other")]) {
        let guid = seed.uuid(&role);
        players.cast(&role, Player { id: guid.clone(), key: None });
        directory.contents.push(Content { guid, owner: seed.uuid(owner) });
    }
}

/// The public cast is written down whole: its secrets are test data.
fn shown<S: Serializer>(secret: &Option<SecretString>, to: S) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(ExposeSecret::expose_secret).serialize(to)
}

fn shown_secret<S: Serializer>(secret: &SecretString, to: S) -> Result<S::Ok, S::Error> {
    secret.expose_secret().serialize(to)
}
