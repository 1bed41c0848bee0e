//! Sites with parsed allowlists, apps with parsed secrets, and users, indexed.

use claimproof_cast::tableau_connected_app as cast;
use claimproof_token::Key;

use super::allow_list::AllowList;
use crate::accounts::{BadKey, ById};

pub use cast::User;

/// A site.
#[derive(Clone, Debug)]
pub struct SiteAccount {
    /// The name in URLs.
    pub content_url: String,
    /// The identifier REST answers carry.
    pub luid: String,
    /// Whether it is a Tableau Cloud site; on-demand access exists only there.
    pub cloud: bool,
    /// Whether it has the usage-based licence that on-demand access needs.
    pub usage_based: bool,
    /// Whether content may be embedded anywhere.
    pub unrestricted_embedding: bool,
    /// Where it may be embedded otherwise.
    pub allow_list: AllowList,
}

impl From<&cast::Site> for SiteAccount {
    fn from(site: &cast::Site) -> Self {
        Self {
            content_url: site.content_url.clone(),
            luid: site.luid.clone(),
            cloud: site.cloud,
            usage_based: site.usage_based,
            unrestricted_embedding: site.unrestricted_embedding,
            allow_list: AllowList::of(site.allow_list.iter().cloned()),
        }
    }
}

/// One secret of an app.
#[derive(Debug)]
pub struct AppKey {
    /// The secret ID.
    pub id: String,
    /// The HMAC key, from the text of the value.
    pub key: Key,
}

/// A connected app.
#[derive(Debug)]
pub struct AppAccount {
    /// The client ID.
    pub client_id: String,
    /// Its name.
    pub name: String,
    /// The sites it exists on, by content URL.
    pub sites: Vec<String>,
    /// Whether it is enabled.
    pub enabled: bool,
    /// At most two.
    pub secrets: Vec<AppKey>,
}

impl AppAccount {
    pub(super) fn secret(&self, id: &str) -> Option<&AppKey> {
        self.secrets.iter().find(|secret| secret.id == id)
    }
}

/// Everybody the server knows.
#[derive(Debug)]
pub struct Accounts {
    pub(super) sites: ById<SiteAccount>,
    pub(super) apps: ById<AppAccount>,
    users: ById<User>,
}

impl Accounts {
    /// Indexes a directory; a secret value that is none names its secret ID.
    pub fn new(directory: &cast::Directory) -> Result<Self, BadKey> {
        let mut apps = ById::default();
        for app in &directory.apps {
            let secrets = app.secrets.iter().map(secret).collect::<Result<_, _>>()?;
            let (client_id, name) = (app.client_id.clone(), app.name.clone());
            let app = AppAccount {
                client_id,
                name,
                sites: app.sites.clone(),
                enabled: app.enabled,
                secrets,
            };
            apps.insert(app.client_id.clone(), app);
        }
        let sites =
            directory.sites.iter().map(|site| (site.content_url.clone(), site.into())).collect();
        let users = directory.users.iter().map(|user| (user.name.clone(), user.clone())).collect();
        Ok(Self { sites, apps, users })
    }

    pub(super) fn site(&self, content_url: &str) -> Option<&SiteAccount> {
        self.sites.get(content_url)
    }

    /// An app counts on the sites it exists on and nowhere else.
    pub(super) fn app(&self, client_id: &str, site: &SiteAccount) -> Option<&AppAccount> {
        self.apps.get(client_id).filter(|app| app.sites.contains(&site.content_url))
    }

    /// User names are case sensitive.
    pub(super) fn user(&self, name: &str) -> Option<&User> {
        self.users.get(name)
    }
}

fn secret(secret: &cast::AppSecret) -> Result<AppKey, BadKey> {
    let key = Key::hmac(&secret.value).map_err(BadKey::of(&secret.id))?;
    Ok(AppKey { id: secret.id.clone(), key })
}
