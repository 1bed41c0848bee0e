//! The management methods the documented codes speak of: secrets, apps, embedding settings.

use claimproof_token::{Key, KeyError};

use super::Violation;
use super::accounts::{Accounts, AppAccount, AppKey, SiteAccount};
use super::allow_list::AllowList;

/// Why a management method is refused.
#[derive(Debug)]
pub enum ManageError {
    /// No app, secret or site has this ID; the code of such an answer is not judged.
    NotFound,
    /// A documented code.
    Refused(Violation),
    /// The value cannot be a secret.
    BadSecret(KeyError),
}

/// What may be changed about an app.
#[derive(Clone, Debug, Default)]
pub struct AppChange {
    /// Enable or disable.
    pub enabled: Option<bool>,
    /// A new domain allowlist, entries separated by blanks.
    pub domain_safelist: Option<String>,
}

/// What no host source can contain (TCA-R-allowlist-characters): control characters and these.
const INVALID: &str = "<>\"`\\{}|^";

fn check_list(list: &str) -> Result<(), ManageError> {
    let bad = |c: char| c.is_control() || INVALID.contains(c);
    if list.chars().any(bad) { Err(ManageError::Refused(Violation::ListCharacter)) } else { Ok(()) }
}

impl Accounts {
    /// Secrets an app may hold.
    pub const MAX_SECRETS: usize = 2;

    /// Adds an app without secrets to every site.
    pub fn create_app(
        &mut self,
        client_id: String,
        name: String,
        change: AppChange,
    ) -> Result<(), ManageError> {
        check_list(change.domain_safelist.as_deref().unwrap_or_default())?;
        let sites = self.sites.keys().cloned().collect();
        let enabled = change.enabled.unwrap_or(false);
        let app = AppAccount { client_id, name, sites, enabled, secrets: Vec::new() };
        self.apps.insert(app.client_id.clone(), app);
        Ok(())
    }

    /// Changes an app.
    pub fn update_app(&mut self, client_id: &str, change: AppChange) -> Result<(), ManageError> {
        check_list(change.domain_safelist.as_deref().unwrap_or_default())?;
        let app = self.app_mut(client_id)?;
        app.enabled = change.enabled.unwrap_or(app.enabled);
        Ok(())
    }

    /// Removes an app and its secrets.
    pub fn delete_app(&mut self, client_id: &str) -> Result<(), ManageError> {
        self.apps.remove(client_id).map(drop).ok_or(ManageError::NotFound)
    }

    /// Adds a secret; a third one is refused.
    pub fn create_secret(
        &mut self,
        client_id: &str,
        id: String,
        value: &str,
    ) -> Result<(), ManageError> {
        let app = self.app_mut(client_id)?;
        if app.secrets.len() >= Self::MAX_SECRETS {
            return Err(ManageError::Refused(Violation::ThirdSecret));
        }
        let key = Key::hmac(value).map_err(ManageError::BadSecret)?;
        app.secrets.push(AppKey { id, key });
        Ok(())
    }

    /// Removes a secret.
    pub fn delete_secret(&mut self, client_id: &str, id: &str) -> Result<(), ManageError> {
        let app = self.app_mut(client_id)?;
        let before = app.secrets.len();
        app.secrets.retain(|secret| secret.id != id);
        if app.secrets.len() < before { Ok(()) } else { Err(ManageError::NotFound) }
    }

    /// The app with this client ID.
    pub fn find_app(&self, client_id: &str) -> Option<&AppAccount> {
        self.apps.get(client_id)
    }

    /// Sets a site's embedding settings; the list's entries are separated by blanks.
    pub fn set_site_embedding(
        &mut self,
        content_url: &str,
        unrestricted: bool,
        allow_list: &str,
    ) -> Result<(), ManageError> {
        check_list(allow_list)?;
        let site = self.sites.get_mut(content_url).ok_or(ManageError::NotFound)?;
        site.unrestricted_embedding = unrestricted;
        site.allow_list = AllowList::of(allow_list.split_whitespace().map(str::to_owned));
        Ok(())
    }

    /// The site with this identifier.
    pub fn find_site(&self, luid: &str) -> Option<&SiteAccount> {
        self.sites.values().find(|site| site.luid == luid)
    }

    fn app_mut(&mut self, client_id: &str) -> Result<&mut AppAccount, ManageError> {
        self.apps.get_mut(client_id).ok_or(ManageError::NotFound)
    }
}
