//! Sites, connected apps with their secrets, and users of one's own.

use std::path::PathBuf;

use claimproof_cast::tableau_connected_app as cast;
use claimproof_cast::{SecretString, Seed};
use claimproof_catalog::Profile;
use serde::{Deserialize, Serialize};

use super::intake::{Intake, Source, plain};
use super::mistake::{Mistake, all_differ, is_given, is_one_of};
use super::written::{Roles, Tables, is_false, is_true, yes};
use claimproof_files::Keys;

/// A directory file of connected apps. Unknown keys are errors.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "TableauConnectedApp"))]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// The system it is for.
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("const" = "tableau-connected-app")))]
    #[serde(rename = "profile")]
    _profile: Profile,
    /// Sites.
    #[serde(default)]
    site: Vec<Site>,
    /// Connected apps.
    #[serde(default)]
    app: Vec<App>,
    /// Users.
    #[serde(default)]
    user: Vec<User>,
}

/// A site.
#[derive(Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Site {
    /// The name in URLs, `contentUrl` on REST and `siteName` in embedding requests; empty for the default site.
    content_url: String,
    /// The identifier REST answers carry; made up unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    luid: Option<String>,
    /// Whether it is a Tableau Cloud site; on-demand access exists only there.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    cloud: bool,
    /// Whether it has the usage-based licence that on-demand access needs.
    #[serde(default, skip_serializing_if = "is_false")]
    usage_based: bool,
    /// Whether content may be embedded anywhere; it may unless said.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    unrestricted_embedding: bool,
    /// Where it may be embedded otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    allow_list: Vec<String>,
}

/// A connected app.
#[derive(Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct App {
    /// The client ID, `iss` in tokens.
    client_id: String,
    /// Its name in the settings; the client ID unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// The sites it exists on, by content URL; all of this file unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sites: Option<Vec<String>>,
    /// Whether it is enabled; it is unless said.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    enabled: bool,
    /// Its secrets, at most two.
    #[serde(default)]
    secret: Vec<AppSecret>,
}

/// One of an app's secrets.
#[derive(Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct AppSecret {
    /// The secret ID, `kid` in tokens.
    id: String,
    /// A file with the secret value, relative to this file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    secret_file: Option<PathBuf>,
    /// An environment variable with the secret value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    secret_env: Option<String>,
    /// Whether the secret is all there is, byte for byte, with the line end behind it and whatever stands around it.
    #[serde(default, skip_serializing_if = "is_false")]
    verbatim: bool,
}

/// A user.
#[derive(Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct User {
    /// The user name; on Cloud the e-mail address.
    name: String,
    /// The identifier REST answers carry; made up unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    luid: Option<String>,
    /// Whether the user may sign in; the user may unless said.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    may_sign_in: bool,
}

/// The document lets an app have so many.
const MOST_SECRETS: usize = 2;

impl File {
    pub(super) fn taken(self, intake: &Intake<'_>) -> Result<cast::Directory, Mistake> {
        for (name, is_empty) in [
            ("site", self.site.is_empty()),
            ("app", self.app.is_empty()),
            ("user", self.user.is_empty()),
        ] {
            if is_empty {
                return Err(Mistake::of_file(format!("no [[{name}]]: nobody could sign in")));
            }
        }
        all_differ(self.site.iter().map(|one| one.content_url.as_str()), |n| {
            format!("site.{n}.content_url")
        })?;
        all_differ(self.app.iter().map(|one| one.client_id.as_str()), |n| {
            format!("app.{n}.client_id")
        })?;
        all_differ(self.user.iter().map(|one| one.name.as_str()), |n| format!("user.{n}.name"))?;
        let sites: Vec<String> = self.site.iter().map(|one| one.content_url.clone()).collect();
        let apps = self.app.into_iter().enumerate().map(|(n, app)| app.taken(n, &sites, intake));
        let users = self.user.into_iter().enumerate().map(|(n, user)| user.taken(n));
        Ok(cast::Directory {
            apps: apps.collect::<Result<_, _>>()?,
            users: users.collect::<Result<_, _>>()?,
            sites: self.site.into_iter().map(cast::Site::from).collect(),
        })
    }
}

impl From<Site> for cast::Site {
    fn from(site: Site) -> Self {
        let Site { content_url, luid, cloud, usage_based, unrestricted_embedding, allow_list } =
            site;
        let luid = luid.unwrap_or_else(|| Seed::PUBLIC.uuid(&format!("own site {content_url}")));
        Self { content_url, luid, cloud, usage_based, unrestricted_embedding, allow_list }
    }
}

impl App {
    fn taken(self, n: usize, all: &[String], intake: &Intake<'_>) -> Result<cast::App, Mistake> {
        let at = format!("app.{n}");
        let Self { client_id, name, sites, enabled, secret } = self;
        is_given(&client_id, || format!("{at}.client_id"))?;
        let known: Vec<&str> = all.iter().map(String::as_str).collect();
        for site in sites.iter().flatten() {
            is_one_of(site, &known, "[[site]]", || format!("{at}.sites"))?;
        }
        if secret.len() > MOST_SECRETS {
            return Err(Mistake::at(
                format!("{at}.secret.{MOST_SECRETS}.id"),
                "an app has at most two secrets",
            ));
        }
        all_differ(secret.iter().map(|one| one.id.as_str()), |s| format!("{at}.secret.{s}.id"))?;
        let secrets = secret.into_iter().enumerate();
        let secrets = secrets
            .map(|(s, one)| one.taken(&format!("{at}.secret.{s}"), intake))
            .collect::<Result<_, _>>()?;
        let name = name.unwrap_or_else(|| client_id.clone());
        Ok(cast::App {
            client_id,
            name,
            sites: sites.unwrap_or_else(|| all.to_vec()),
            enabled,
            secrets,
        })
    }
}

impl AppSecret {
    fn taken(self, at: &str, intake: &Intake<'_>) -> Result<cast::AppSecret, Mistake> {
        is_given(&self.id, || format!("{at}.id"))?;
        let source =
            Source { file: &self.secret_file, variable: &self.secret_env, verbatim: self.verbatim };
        let value: SecretString = intake.own_secret(&source, at)?;
        Ok(cast::AppSecret { id: self.id, value: plain(&value) })
    }
}

impl User {
    fn taken(self, n: usize) -> Result<cast::User, Mistake> {
        let Self { name, luid, may_sign_in } = self;
        is_given(&name, || format!("user.{n}.name"))?;
        let luid = luid.unwrap_or_else(|| Seed::PUBLIC.uuid(&format!("own user {name}")));
        Ok(cast::User { name, luid, may_sign_in })
    }
}

pub(super) fn written(directory: &cast::Directory, roles: &Roles, keys: &Keys) -> Tables {
    let mut tables = Tables::default();
    for own in directory.sites.iter().cloned() {
        let cast::Site {
            content_url,
            luid,
            cloud,
            usage_based,
            unrestricted_embedding,
            allow_list,
        } = own;
        let role = roles.of_id(&content_url).to_owned();
        let luid = Some(luid);
        let site =
            Site { content_url, luid, cloud, usage_based, unrestricted_embedding, allow_list };
        tables.push("site", &role, &site);
    }
    for own in &directory.apps {
        tables.push("app", roles.of_id(&own.client_id), &app(own, &directory.sites, roles, keys));
    }
    for own in directory.users.iter().cloned() {
        let cast::User { name, luid, may_sign_in } = own;
        let role = roles.of_id(&name).to_owned();
        tables.push("user", &role, &User { name, luid: Some(luid), may_sign_in });
    }
    tables
}

/// An app of a site that is not here exists on none of those that are.
fn app(own: &cast::App, sites: &[cast::Site], roles: &Roles, keys: &Keys) -> App {
    let is_here = |site: &&String| sites.iter().any(|here| here.content_url == **site);
    let here: Vec<String> = own.sites.iter().filter(is_here).cloned().collect();
    let secret = |secret: &cast::AppSecret| {
        let file = keys.put(&format!("{}.secret", roles.of_id(&secret.id)), &secret.value);
        AppSecret {
            id: secret.id.clone(),
            secret_file: Some(file),
            secret_env: None,
            verbatim: false,
        }
    };
    App {
        client_id: own.client_id.clone(),
        name: Some(own.name.clone()),
        sites: (here.len() < sites.len()).then_some(here),
        enabled: own.enabled,
        secret: own.secrets.iter().map(secret).collect(),
    }
}
