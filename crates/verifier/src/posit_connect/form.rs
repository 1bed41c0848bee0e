//! The form of an exchange, read and not judged.

use super::event::ExchangeRequest;

/// The one grant type there is.
pub const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
/// The one type of subject token there is.
pub const SUBJECT_TOKEN_TYPE: &str = "urn:posit:connect:user-session-token";
/// The one type of token that is handed out.
pub const ACCESS_TOKEN_TYPE: &str = "urn:ietf:params:oauth:token-type:access_token";

/// The members that are known; others are ignored.
pub const MEMBERS: [&str; 5] =
    ["grant_type", "subject_token_type", "subject_token", "requested_token_type", "audience"];

/// The form of an exchange.
#[derive(Default)]
pub(super) struct Form {
    members: Vec<(String, String)>,
}

impl Form {
    /// Reads what there is, whatever the content type says.
    pub(super) fn read(exchange: &ExchangeRequest, max: usize) -> Self {
        // What is too long is refused, and reading it would only cost.
        let body = exchange.body.get(..max.min(exchange.body.len())).unwrap_or_default();
        Self { members: url::form_urlencoded::parse(body).into_owned().collect() }
    }

    /// The first member of a name; an empty one is absent.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.values(name).next().filter(|value| !value.is_empty())
    }

    /// Whether a member stands there more than once.
    pub(super) fn repeats(&self, name: &str) -> bool {
        self.values(name).nth(1).is_some()
    }

    fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.members.iter().filter(move |(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}
