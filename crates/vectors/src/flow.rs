//! What the parties around a Connect server do: moves of a script, and what is looked at after.
//!
//! A case has one provider and one integration that points at it. Contents are lent to a case for
//! its time, so cases do not meet; viewers are shared, and their sessions hang on the integration.

mod alteration;
pub mod form;
mod words;

use claimproof_idp::{ClientAuth, Knobs, Secret, Seen};

/// The two contents a case may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Content {
    /// The content the case is about.
    Own,
    /// Another one of the same publisher.
    Second,
}

/// One move.
#[derive(Clone, Debug, PartialEq)]
pub enum Move {
    /// The case's provider behaves so from here on; what it has issued stays valid.
    Provider(Knobs),
    /// The case's integration is made.
    Integrate(Integration),
    /// One member of its configuration is changed.
    Configure(Setting),
    /// The associations of a content are put: the case's integration, or none.
    Associate {
        /// Which content.
        content: Content,
        /// Whether the integration is associated.
        with: bool,
    },
    /// A viewer's browser opens the login and follows it to its end.
    Login {
        /// Role of the viewer.
        viewer: &'static str,
    },
    /// A viewer begins a login, and the callback is called by hand.
    Callback {
        /// Role of the viewer who begins.
        begins: &'static str,
        /// Role of the viewer whose browser calls back.
        returns: &'static str,
        /// What is done to what the provider hands back.
        forged: Forged,
    },
    /// A viewer's browser opens content; the subject token the content receives is kept.
    Visit {
        /// Role of the viewer.
        viewer: &'static str,
        /// Which content.
        content: Content,
        /// Whether in the mode that redirects to the login.
        solo: bool,
        /// The name it is kept under.
        keep: &'static str,
    },
    /// A subject token is handed in, as the secret of a role that names what it stands for.
    Given {
        /// The role.
        role: &'static str,
        /// The name it is kept under.
        keep: &'static str,
    },
    /// A viewer's browser opens content in the dashboard; accepted where it is offered the login, stays, and the login that
    /// is offered leads to its end.
    Dashboard {
        /// Role of the viewer.
        viewer: &'static str,
        /// Which content.
        content: Content,
    },
    /// Content exchanges a kept subject token; the access token is kept.
    Exchange(Exchange),
    /// Several exchanges of the same token at once; accepted where all give the same access token.
    ExchangeAtOnce {
        /// The kept subject token.
        subject: &'static str,
        /// How many.
        times: usize,
    },
    /// A viewer's session with the integration is deleted.
    DeleteSession {
        /// Role of the viewer.
        viewer: &'static str,
    },
    /// A kept access token is presented to the protected resource.
    Use {
        /// The kept access token.
        access: &'static str,
    },
    /// Something is looked at; accepted where it holds.
    Look(Look),
}

/// How the case's integration is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Integration {
    /// The scopes, separated by blanks.
    pub scopes: &'static str,
    /// The client secret.
    pub secret: Secret,
    /// How it proves itself at the token endpoint.
    pub auth: ClientAuth,
    /// Whether it uses PKCE.
    pub pkce: bool,
}

/// One member of an integration's configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// The scopes.
    Scopes(&'static str),
    /// The client secret.
    Secret(Secret),
}

/// What is done to a callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forged {
    /// Nothing: it is called as the provider says.
    Nothing,
    /// It is called as the provider says, and once more.
    Again,
    /// It is called as the provider says, and once more with its `state` and the code of another viewer's login.
    UsedState {
        /// Role of the other viewer.
        code_of: &'static str,
    },
    /// Without `state`.
    NoState,
    /// With a `state` nobody began.
    OtherState,
    /// With one character of `state` changed.
    AlteredState,
    /// Without `code` and `error`.
    NoCode,
    /// With `error` and `error_description` in place of `code`.
    ProviderError {
        /// The OAuth error.
        error: &'static str,
        /// Its description.
        description: &'static str,
    },
}

/// One exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// The kept subject token.
    pub subject: &'static str,
    /// What differs from a plain exchange.
    pub edits: Vec<FormEdit>,
    /// The name the access token is kept under.
    pub keep: &'static str,
}

/// What differs from a plain exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormEdit {
    /// A form member has this value.
    Set(&'static str, &'static str),
    /// A form member is left out.
    Without(&'static str),
    /// A form member stands twice with its own value.
    Twice(&'static str),
    /// The subject token is altered.
    Subject(Alteration),
    /// The caller is another role, or nobody.
    Caller(Option<&'static str>),
    /// The caller's API key is altered.
    Key(Alteration),
    /// The scheme of the `Authorization` header.
    Scheme(&'static str),
    /// The parameters travel in the query, and the body is empty.
    InQuery,
    /// The parameters travel as a JSON object.
    AsJson,
    /// The body is this text of this content type.
    Body(&'static str, &'static str),
    /// The body is padded with an unknown member of this many bytes.
    Pad(usize),
    /// A request header.
    Header(&'static str, &'static str),
}

/// What is done to a subject token; the last two need the internals declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alteration {
    /// It is this text.
    Text(&'static str),
    /// The last half is cut off.
    Truncated,
    /// One character in the middle of its last segment is another.
    SignatureAltered,
    /// Its payload names another subject; the signature stays.
    PayloadAltered,
    /// Its header says `none` and its signature is empty.
    Unsigned,
    /// It is signed anew by a key of ours.
    ForeignKey,
}

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The journal of the provider shows this.
    Provider(Seen),
    /// Two kept access tokens are the same.
    SameAccess(&'static str, &'static str),
    /// Two kept access tokens differ.
    OtherAccess(&'static str, &'static str),
    /// Two kept subject tokens differ.
    OtherSubject(&'static str, &'static str),
    /// The second kept subject token expires later; needs the internals declared.
    LaterExpiry(&'static str, &'static str),
    /// The exchange that kept this access token named its issued type and its token type.
    SuccessMembers(&'static str),
    /// The exchange that kept this access token said it expires within so many seconds.
    ExpiresWithin(&'static str, i64),
    /// The exchange that kept this access token named no expiry.
    NoExpiry(&'static str),
    /// Every refused exchange of this case was answered as an SDK reads it: a JSON object, declared
    /// as such, with an integer `code` and a string `error`.
    Envelopes,
    /// The last answer of an exchange had this header with this value.
    Answered(&'static str, &'static str),
    /// The integration API does not return the secret.
    SecretWithheld,
    /// No answer of this case repeated a client secret, an API key, a password or a refresh token.
    SecretsKept,
    /// No answer of this case repeated a code, a subject token or an access token either.
    NothingLeaked,
    /// What was last told names the application that the provider's text names.
    NamesApplication,
    /// No page of this case carried provider text as markup.
    NoMarkup,
    /// The viewer has so many sessions with the integration.
    Sessions(&'static str, usize),
    /// Whether the association list of a content names content and integration.
    Associations(Content, bool),
}
