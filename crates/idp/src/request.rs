//! What a provider is asked, and by whom.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use url::form_urlencoded;

use super::ClientAuth;

/// A request as a provider sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Call {
    /// Query of the authorization page, form of the token endpoint; in order, repeats kept.
    pub parameters: Vec<(String, String)>,
    /// The `Authorization` header.
    pub authorization: Option<String>,
    /// The `Accept` header.
    pub accept: Option<String>,
}

impl Call {
    /// A parameter by its name; the first where it stands twice.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Whether a parameter stands twice.
    pub(super) fn repeats(&self) -> bool {
        let mut names = BTreeSet::new();
        !self.parameters.iter().all(|(name, _)| names.insert(name))
    }

    /// Client and secret, by header or form as the client chose.
    pub(super) fn credentials(&self) -> (Option<String>, Option<String>) {
        let form = || {
            (self.get("client_id").map(str::to_owned), self.get("client_secret").map(str::to_owned))
        };
        match self.basic() {
            Some((client, secret)) => (Some(client), Some(secret)),
            None => form(),
        }
    }

    /// What a `Basic` header says; both halves are form-encoded (RFC 6749, section 2.3.1).
    fn basic(&self) -> Option<(String, String)> {
        let (scheme, coded) = self.authorization.as_deref()?.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("basic") {
            return None;
        }
        let text = String::from_utf8(STANDARD.decode(coded.trim()).ok()?).ok()?;
        let (client, secret) = text.split_once(':')?;
        Some((decoded(client), decoded(secret)))
    }

    /// How it authenticates; both where it does both, which no client may.
    pub(super) fn authenticates(&self) -> Vec<ClientAuth> {
        let by_header = self.authorization.as_ref().map(|_| ClientAuth::Basic);
        by_header.into_iter().chain(self.get("client_secret").map(|_| ClientAuth::Post)).collect()
    }
}

fn decoded(half: &str) -> String {
    let pair = format!("x={half}");
    form_urlencoded::parse(pair.as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}
