//! What was read: the exchange, its token, and what they name.

use claimproof_cast::posit_connect::{Content, User};
use claimproof_token::{Claim, Compact, Key, Scratch};

use super::event::ExchangeRequest;
use super::form::Form;
use super::state::{Integration, Session, State};
use crate::claims::{Token, header, payload, readable};

/// What is known of an exchange. A look-up answers with what comes nearest, and a step says whether
/// that is the right one: without the step the nearest one counts.
pub struct ExchangeFacts<'a> {
    /// Seconds since 1970.
    pub now: i64,
    /// The request.
    pub request: &'a ExchangeRequest,
    form: &'a Form,
    /// Who proved to be calling.
    pub caller: Option<&'a User>,
    /// The subject token.
    pub token: Token<'a>,
    /// The key subject tokens are signed with.
    pub key: &'a Key,
    /// The issuer of subject tokens.
    pub issuer: &'a str,
    /// The viewer the token names.
    pub viewer: Option<&'a User>,
    /// The content the token names.
    pub content: Option<&'a Content>,
    /// GUIDs of the integrations associated with the content.
    pub associated: &'a [String],
    /// The integration in question: an associated one, else whichever content of the same owner
    /// has.
    pub integration: Option<&'a Integration>,
    /// A session at that integration: the viewer's, else anybody's.
    pub session: Option<&'a Session>,
}

impl<'a> ExchangeFacts<'a> {
    pub(super) fn read(
        state: &'a State,
        request: &'a ExchangeRequest,
        form: &'a Form,
        scratch: &'a mut Scratch,
        now: i64,
    ) -> Self {
        let token: Token<'a> = form.get("subject_token").map(|text| Compact::parse(text, scratch));
        let named = |name: &str| payload(&token, name).as_text().map(str::to_owned);
        let viewer = named("sub").and_then(|guid| state.user(&guid));
        let content = named("content").and_then(|guid| state.contents.get(&guid));
        let associated = content.map(|content| state.associated(&content.guid)).unwrap_or_default();
        let integration = integration(state, content, associated, form.get("audience"));
        let session = integration.and_then(|integration| session(state, viewer, integration));
        let caller = api_key(&request.authorization).and_then(|key| state.caller(key));
        let (key, issuer) = (&state.key, state.address.as_str());
        Self {
            now,
            request,
            form,
            caller,
            token,
            key,
            issuer,
            viewer,
            content,
            associated,
            integration,
            session,
        }
    }

    /// A member of the form.
    pub fn member(&self, name: &str) -> Option<&str> {
        self.form.get(name)
    }

    /// Whether a member of the form stands there more than once.
    pub fn repeats(&self, name: &str) -> bool {
        self.form.repeats(name)
    }

    /// A member of the token's header.
    pub fn header(&self, name: &str) -> Claim<'_> {
        header(&self.token, name)
    }

    /// A claim of the token.
    pub fn payload(&self, name: &str) -> Claim<'_> {
        payload(&self.token, name)
    }

    /// Whether there is a token that could be read.
    pub fn is_readable(&self) -> bool {
        readable(&self.token).is_some()
    }
}

/// The key in the one `Authorization` header there may be: the word `Key`, one blank, the key.
pub fn api_key(authorization: &[String]) -> Option<&str> {
    let [value] = authorization else { return None };
    let (scheme, key) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("Key").then_some(key)
}

fn integration<'a>(
    state: &'a State,
    content: Option<&Content>,
    associated: &'a [String],
    audience: Option<&str>,
) -> Option<&'a Integration> {
    let asked = audience.and_then(|audience| state.integrations.get(audience));
    let own = associated.first().and_then(|guid| state.integrations.get(guid));
    let of_owner = |guid: &String| {
        state.contents.get(guid).map(|other| &other.owner) == content.map(|own| &own.owner)
    };
    let of_others = || {
        state
            .associations
            .iter()
            .filter(|(guid, _)| of_owner(guid))
            .flat_map(|(_, all)| all)
            .next_back()
    };
    asked.or(own).or_else(|| of_others().and_then(|guid| state.integrations.get(guid)))
}

fn session<'a>(
    state: &'a State,
    viewer: Option<&User>,
    integration: &Integration,
) -> Option<&'a Session> {
    let own = viewer.and_then(|viewer| state.session(&viewer.guid, &integration.guid));
    own.or_else(|| state.sessions.values().find(|session| session.integration == integration.guid))
}
