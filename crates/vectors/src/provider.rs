//! The identity providers of the suite: what they answer, as plain functions over what they were
//! told to be. The transport that mounts them on a socket is another crate's.

use std::collections::BTreeMap;

/// Whose wire shapes a provider speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Personality {
    /// Microsoft Entra ID.
    Entra,
    /// Snowflake.
    Snowflake,
    /// Keycloak.
    Keycloak,
    /// GitHub.
    Github,
}

/// How a client proves itself at the token endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuth {
    /// `client_secret_basic`: an `Authorization` header.
    Basic,
    /// `client_secret_post`: form members.
    Post,
}

/// Which redirect URIs are registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registered {
    /// The callback a conforming server sends.
    Callback,
    /// None at all.
    Nothing,
    /// The callback with this done to it, and nothing else.
    Other(Differs),
}

/// How a registered redirect URI differs from the callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Differs {
    /// A slash behind it.
    Slash,
    /// An upper-case letter in its path.
    Case,
    /// The other scheme.
    Scheme,
    /// Another port.
    Port,
    /// Another path.
    Path,
}

/// What the provider thinks of client secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secrets {
    /// The first one is good.
    First,
    /// The first one has expired; the second is good.
    FirstExpired,
    /// The first one was replaced; the second is good.
    Replaced,
}

/// When a refresh token is issued at redemption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refresh {
    /// Always.
    Always,
    /// Where this scope was asked for.
    WithScope(&'static str),
    /// Never: the member is absent.
    Never,
    /// The member is null.
    Null,
    /// The member is an empty string.
    Empty,
}

/// What the token endpoint answers in place of what it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// These bytes with this status and content type.
    Answer {
        /// The HTTP status.
        status: u16,
        /// The content type.
        content_type: &'static str,
        /// The body.
        body: &'static str,
    },
    /// An error whose description repeats the client secret it was sent.
    EchoesSecret,
    /// An error whose description is markup and control characters.
    Markup,
    /// An error of a megabyte.
    Huge,
    /// The first half of a good answer.
    Truncated,
    /// No answer within any deadline.
    Stalls,
    /// The connection is closed without an answer.
    Closes,
}

/// When a fault holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// When a code is redeemed.
    Redemption,
    /// When a token is refreshed.
    Refresh,
}

/// How a provider behaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Knobs {
    /// Whose shapes it speaks.
    pub personality: Personality,
    /// The redirect URIs it knows.
    pub registered: Registered,
    /// Which secrets it takes.
    pub secrets: Secrets,
    /// When it issues refresh tokens.
    pub refresh: Refresh,
    /// Whether a refresh answers with a new refresh token.
    pub rotates: bool,
    /// Seconds an access token lives; none where the answer does not say.
    pub expires_in: Option<u32>,
    /// The scope without which the protected resource cannot verify the access token.
    pub resource_scope: Option<&'static str>,
    /// Whether Entra's error texts end in lines, as until 2023, or on one line.
    pub trailer_in_lines: bool,
    /// What it does wrong, and when.
    pub fault: Option<(At, Fault)>,
}

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

/// What a provider answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// An HTTP answer.
    Http {
        /// The HTTP status.
        status: u16,
        /// Header names in lower case, and values.
        headers: Vec<(&'static str, String)>,
        /// The body.
        body: String,
    },
    /// None within any deadline.
    Stalls,
    /// The connection is closed.
    Closes,
}

/// What a provider was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The authorization page was opened.
    Authorize(Call),
    /// A code was redeemed, or tried to be.
    Redeem(Call),
    /// A token was refreshed, or tried to be.
    Refresh(Call),
    /// Something else was asked of the token endpoint.
    Other(Call),
}

/// A provider with its memory.
#[derive(Clone, Debug)]
pub struct Provider {
    /// How it behaves now.
    pub knobs: Knobs,
    /// Distinguishes the strings it issues from those of any other.
    pub tag: String,
    /// The callback a conforming server sends.
    pub callback: String,
    /// What it was asked, in order.
    pub journal: Vec<Entry>,
    /// What it issued and must be found in no answer of Connect: codes, refresh tokens, secrets.
    pub issued: Vec<String>,
    memory: BTreeMap<String, String>,
}
