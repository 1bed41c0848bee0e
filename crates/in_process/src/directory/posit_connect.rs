//! Users, content and integrations of one's own.

use std::path::PathBuf;

use claimproof_cast::posit_connect::{self as cast, Rank};
use claimproof_cast::{ExposeSecret, SecretString, Seed};
use claimproof_catalog::Profile;
use serde::{Deserialize, Serialize};
use url::Url;

use super::intake::{Intake, Source};
use super::mistake::{Mistake, all_differ, is_given, is_one_of};
use super::written::{Roles, Tables, is_false, is_true, yes};
use claimproof_files::Keys;

/// A directory file of a Connect server. Unknown keys are errors.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "PositConnect"))]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// The system it is for.
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("const" = "posit-connect")))]
    #[serde(rename = "profile")]
    _profile: Profile,
    /// Who may do everything; the secret is the API key.
    #[serde(default)]
    administrator: Vec<User>,
    /// Who owns content; the secret is the API key.
    #[serde(default)]
    publisher: Vec<User>,
    /// Who looks at content; the secret is the password.
    #[serde(default)]
    viewer: Vec<User>,
    /// Deployed content.
    #[serde(default)]
    content: Vec<Content>,
    /// OAuth integrations that are there from the start; others are made through the API.
    #[serde(default)]
    integration: Vec<Integration>,
    /// The HMAC key of subject tokens; made up at each start where none is named.
    subject_tokens: Option<SubjectTokens>,
}

/// A user.
#[derive(Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct User {
    /// The name, which a login form takes.
    name: String,
    /// The identifier API answers carry; made up unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    guid: Option<String>,
    /// A file with the API key or password, relative to this file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    secret_file: Option<PathBuf>,
    /// An environment variable with the API key or password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    secret_env: Option<String>,
    /// Whether the secret is all there is, byte for byte, with the line end behind it and whatever stands around it.
    #[serde(default, skip_serializing_if = "is_false")]
    verbatim: bool,
}

/// A content item.
#[derive(Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Content {
    /// Its identifier, part of its URL.
    guid: String,
    /// The name of the publisher who owns it.
    owner: String,
}

/// An OAuth integration.
#[derive(Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Integration {
    /// Its name.
    name: String,
    /// Its identifier; made up unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    guid: Option<String>,
    /// The provider's authorization page.
    authorization_uri: String,
    /// The provider's token endpoint.
    token_uri: String,
    /// The client ID at the provider.
    client_id: String,
    /// A file with the client secret, relative to this file; without one the client is public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    secret_file: Option<PathBuf>,
    /// An environment variable with the client secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    secret_env: Option<String>,
    /// Whether the secret is all there is, byte for byte, with the line end behind it and whatever stands around it.
    #[serde(default, skip_serializing_if = "is_false")]
    verbatim: bool,
    /// The scopes to ask for, separated by blanks.
    #[serde(default)]
    scopes: String,
    /// How the client proves itself at the token endpoint.
    #[serde(default)]
    auth_method: AuthMethod,
    /// Whether PKCE is used; it is unless said.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pkce: bool,
    /// GUIDs of the contents it is associated with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    contents: Vec<String>,
}

#[derive(Clone, Copy, Default, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
enum AuthMethod {
    #[default]
    ClientSecretBasic,
    ClientSecretPost,
}

/// Where the HMAC key of subject tokens is.
#[derive(Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct SubjectTokens {
    /// A file with the key, relative to this file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    secret_file: Option<PathBuf>,
    /// An environment variable with the key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    secret_env: Option<String>,
    /// Whether the secret is all there is, byte for byte, with the line end behind it and whatever stands around it.
    #[serde(default, skip_serializing_if = "is_false")]
    verbatim: bool,
}

impl File {
    pub(super) fn taken(self, intake: &Intake<'_>) -> Result<cast::Directory, Mistake> {
        if self.publisher.is_empty() {
            return Err(Mistake::of_file("no [[publisher]]: nobody could own content"));
        }
        let token_secret = self.token_secret(intake)?;
        let groups = [
            ("administrator", Rank::Administrator, self.administrator),
            ("publisher", Rank::Publisher, self.publisher),
            ("viewer", Rank::Viewer, self.viewer),
        ];
        let mut users: Vec<cast::User> = Vec::new();
        for (group, rank, own) in groups {
            for (n, user) in own.into_iter().enumerate() {
                let (at, user) =
                    (format!("{group}.{n}"), user.taken(&format!("{group}.{n}"), rank, intake)?);
                if users.iter().any(|known| known.name == user.name) {
                    return Err(Mistake::at(
                        format!("{at}.name"),
                        format!("`{}` stands twice", user.name),
                    ));
                }
                users.push(user);
            }
        }
        let contents = contents(self.content, &users)?;
        let integrations = integrations(self.integration, &contents, intake)?;
        Ok(cast::Directory { users, contents, integrations, token_secret })
    }

    fn token_secret(&self, intake: &Intake<'_>) -> Result<SecretString, Mistake> {
        match &self.subject_tokens {
            Some(own) => {
                let source = Source {
                    file: &own.secret_file,
                    variable: &own.secret_env,
                    verbatim: own.verbatim,
                };
                intake.own_secret(&source, "subject_tokens")
            }
            None => random().ok_or_else(|| {
                Mistake::of_file("the system gives no random bytes; name [subject_tokens]")
            }),
        }
    }
}

fn random() -> Option<SecretString> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).ok()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into())
}

impl User {
    fn taken(self, at: &str, rank: Rank, intake: &Intake<'_>) -> Result<cast::User, Mistake> {
        let Self { name, guid, secret_file, secret_env, verbatim } = self;
        is_given(&name, || format!("{at}.name"))?;
        let source = Source { file: &secret_file, variable: &secret_env, verbatim };
        let secret = Some(intake.own_secret(&source, at)?);
        let (password, api_key) =
            if rank == Rank::Viewer { (secret, None) } else { (None, secret) };
        let guid = guid.unwrap_or_else(|| Seed::PUBLIC.uuid(&format!("own user {name}")));
        Ok(cast::User { guid, name, password, api_key, rank })
    }
}

fn contents(own: Vec<Content>, users: &[cast::User]) -> Result<Vec<cast::Content>, Mistake> {
    all_differ(own.iter().map(|one| one.guid.as_str()), |n| format!("content.{n}.guid"))?;
    let publishers = users.iter().filter(|user| user.rank == Rank::Publisher);
    let publishers: Vec<&str> = publishers.map(|user| user.name.as_str()).collect();
    let taken = |(n, content): (usize, Content)| {
        is_given(&content.guid, || format!("content.{n}.guid"))?;
        is_one_of(&content.owner, &publishers, "[[publisher]]", || format!("content.{n}.owner"))?;
        let owner =
            users.iter().find(|user| user.name == content.owner).map(|user| user.guid.clone());
        Ok(cast::Content { guid: content.guid, owner: owner.unwrap_or_default() })
    };
    own.into_iter().enumerate().map(taken).collect()
}

fn integrations(
    own: Vec<Integration>,
    contents: &[cast::Content],
    intake: &Intake<'_>,
) -> Result<Vec<cast::PresetIntegration>, Mistake> {
    all_differ(own.iter().map(|one| one.name.as_str()), |n| format!("integration.{n}.name"))?;
    let contents: Vec<&str> = contents.iter().map(|one| one.guid.as_str()).collect();
    let taken =
        |(n, one): (usize, Integration)| one.taken(&format!("integration.{n}"), &contents, intake);
    own.into_iter().enumerate().map(taken).collect()
}

impl Integration {
    fn taken(
        self,
        at: &str,
        contents: &[&str],
        intake: &Intake<'_>,
    ) -> Result<cast::PresetIntegration, Mistake> {
        is_given(&self.name, || format!("{at}.name"))?;
        is_given(&self.client_id, || format!("{at}.client_id"))?;
        for (key, page) in
            [("authorization_uri", &self.authorization_uri), ("token_uri", &self.token_uri)]
        {
            is_page(page, &format!("{at}.{key}"))?;
        }
        for content in &self.contents {
            is_one_of(content, contents, "[[content]]", || format!("{at}.contents"))?;
        }
        let source =
            Source { file: &self.secret_file, variable: &self.secret_env, verbatim: self.verbatim };
        let client_secret = intake.secret(&source, at)?;
        if client_secret.is_none() && !self.pkce {
            return Err(Mistake::at(
                at,
                "a client without a secret uses PKCE: name secret_file, or leave pkce out",
            ));
        }
        let auth = match self.auth_method {
            AuthMethod::ClientSecretBasic => cast::ClientAuth::Basic,
            AuthMethod::ClientSecretPost => cast::ClientAuth::Post,
        };
        let Self {
            name,
            guid,
            authorization_uri,
            token_uri,
            client_id,
            scopes,
            pkce,
            contents,
            ..
        } = self;
        let guid = guid.unwrap_or_else(|| Seed::PUBLIC.uuid(&format!("own integration {name}")));
        Ok(cast::PresetIntegration {
            guid,
            name,
            authorization_uri,
            token_uri,
            client_id,
            client_secret,
            scopes,
            auth,
            pkce,
            contents,
        })
    }
}

fn is_page(text: &str, key: &str) -> Result<(), Mistake> {
    let url = Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let what = || format!("`{text}` is no address like https://provider.example/token");
    url.map(drop).ok_or_else(|| Mistake::at(key, what()))
}

pub(super) fn written(directory: &cast::Directory, roles: &Roles, keys: &Keys) -> Tables {
    let mut tables = Tables::default();
    for own in &directory.users {
        let (group, id, secret) = match own.rank {
            Rank::Administrator => ("administrator", &own.guid, &own.api_key),
            Rank::Publisher => ("publisher", &own.guid, &own.api_key),
            Rank::Viewer => ("viewer", &own.name, &own.password),
        };
        let role = roles.of_id(id);
        let put =
            |secret: &SecretString| keys.put(&format!("{role}.secret"), secret.expose_secret());
        let secret_file = secret.as_ref().map(put);
        let (name, guid) = (own.name.clone(), Some(own.guid.clone()));
        tables.push(
            group,
            role,
            &User { name, guid, secret_file, secret_env: None, verbatim: false },
        );
    }
    for own in &directory.contents {
        let owner = directory
            .users
            .iter()
            .find(|user| user.guid == own.owner)
            .map(|user| user.name.clone());
        let (guid, owner) = (own.guid.clone(), owner.unwrap_or_default());
        tables.push("content", roles.of_id(&own.guid), &Content { guid, owner });
    }
    for own in &directory.integrations {
        tables.push("integration", "made beforehand", &integration(own, keys));
    }
    let file = keys.put("subject-tokens.secret", directory.token_secret.expose_secret());
    let subject_tokens =
        SubjectTokens { secret_file: Some(file), secret_env: None, verbatim: false };
    tables.put("subject_tokens", "what subject tokens are signed with", &subject_tokens);
    tables
}

fn integration(own: &cast::PresetIntegration, keys: &Keys) -> Integration {
    let put = |secret: &SecretString| {
        keys.put(&format!("integration-{}.secret", own.guid), secret.expose_secret())
    };
    Integration {
        name: own.name.clone(),
        guid: Some(own.guid.clone()),
        authorization_uri: own.authorization_uri.clone(),
        token_uri: own.token_uri.clone(),
        client_id: own.client_id.clone(),
        secret_file: own.client_secret.as_ref().map(put),
        secret_env: None,
        verbatim: false,
        scopes: own.scopes.clone(),
        auth_method: match own.auth {
            cast::ClientAuth::Basic => AuthMethod::ClientSecretBasic,
            cast::ClientAuth::Post => AuthMethod::ClientSecretPost,
        },
        pkce: own.pkce,
        contents: own.contents.clone(),
    }
}
