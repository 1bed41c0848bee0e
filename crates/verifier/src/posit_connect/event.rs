//! What happens to a Connect server, and what it does about it.

use std::fmt;

use claimproof_cast::SecretString;

use super::Violation;
use crate::Rejected;

/// Something that happens. Viewers are named by the GUID of whoever's browser it is.
#[derive(Clone, Debug)]
pub enum Event {
    /// A browser opens an integration's login.
    Login {
        /// Whose browser it is; nobody's where it is not logged in to Connect.
        viewer: Option<String>,
        /// GUID of the integration.
        integration: String,
        /// GUID of the content to return to.
        back: Option<String>,
    },
    /// A browser comes back from the provider.
    Callback {
        /// Whose browser it is.
        viewer: Option<String>,
        /// The query, decoded, in order.
        query: Vec<(String, String)>,
    },
    /// The provider's token endpoint answered.
    Answered {
        /// What was asked.
        ticket: Ticket,
        /// What came of it.
        answer: ProviderAnswer,
    },
    /// A browser opens content.
    Visit {
        /// Whose browser it is.
        viewer: Option<String>,
        /// GUID of the content.
        content: String,
        /// Whether the content is opened alone, in the mode that leads to the login by itself.
        solo: bool,
    },
    /// Content exchanges a subject token.
    Exchange(ExchangeRequest),
}

/// A request to the exchange, as it came.
#[derive(Clone, Default)]
pub struct ExchangeRequest {
    /// The values of all `Authorization` headers.
    pub authorization: Vec<String>,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// The body.
    pub body: Vec<u8>,
    /// The refresh this request has waited for, where it comes again.
    pub waited: Option<Ticket>,
}

impl fmt::Debug for ExchangeRequest {
    /// The key and the subject token stay out of it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExchangeRequest")
            .field("content_type", &self.content_type)
            .finish_non_exhaustive()
    }
}

/// One question put to a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// What came of a question put to a provider.
#[derive(Clone)]
pub enum ProviderAnswer {
    /// An HTTP answer.
    Http {
        /// The status.
        status: u16,
        /// The body, as far as it was read.
        body: Vec<u8>,
    },
    /// None: no connection, none in time, or one without end.
    Unreachable,
}

impl fmt::Debug for ProviderAnswer {
    /// The body holds tokens.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Http { status, body } => write!(f, "Http({status}, {} bytes)", body.len()),
            Self::Unreachable => f.write_str("Unreachable"),
        }
    }
}

/// What is done about an event.
#[derive(Clone, Debug)]
pub enum Effect {
    /// The browser is sent there.
    Redirect(String),
    /// This is asked of a provider, and [`Event::Answered`] must follow, whatever comes of it.
    Ask {
        /// What the answer belongs to.
        ticket: Ticket,
        /// What to send.
        request: TokenRequest,
    },
    /// Somebody else's refresh of the same session is under way. The request comes again, with this
    /// ticket in [`ExchangeRequest::waited`], once that has been answered.
    Wait {
        /// The refresh under way.
        ticket: Ticket,
    },
    /// The content is shown, and receives this subject token.
    Subject(SecretString),
    /// The exchange succeeds.
    Credentials(Credentials),
    /// The login succeeded.
    LoggedIn {
        /// GUID of the content to return to.
        back: Option<String>,
    },
    /// It is refused.
    Refused(Rejected<Violation>),
}

/// A `POST` of a form to a token endpoint, whose answer is wanted as JSON.
#[derive(Clone)]
pub struct TokenRequest {
    /// The token endpoint.
    pub url: String,
    /// The `Authorization` header.
    pub authorization: Option<String>,
    /// The form, in order.
    pub form: Vec<(String, String)>,
}

impl fmt::Debug for TokenRequest {
    /// Names alone: the values are secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.form.iter().map(|(name, _)| name).collect();
        f.debug_struct("TokenRequest")
            .field("url", &self.url)
            .field("form", &names)
            .finish_non_exhaustive()
    }
}

/// What a successful exchange hands out.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The provider's access token.
    pub access_token: SecretString,
    /// Seconds it has left; none where the provider told no expiry.
    pub expires_in: Option<i64>,
}
