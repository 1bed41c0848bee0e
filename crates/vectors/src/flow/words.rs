//! Moves in words, for whoever reads a report.

use claimproof_idp::{Knobs, Secret};

use super::{Content, Exchange, Forged, FormEdit, Look, Move, Setting};

impl Move {
    /// What is done.
    pub fn describe(&self) -> String {
        match self {
            Self::Provider(knobs) => provider(knobs),
            Self::Integrate(one) => {
                format!(
                    "an integration is made with {} and the scopes `{}`",
                    secret(one.secret),
                    one.scopes
                )
            }
            Self::Configure(Setting::Scopes(scopes)) => {
                format!("the integration's scopes become `{scopes}`")
            }
            Self::Configure(Setting::Secret(which)) => {
                format!("the integration is given {}", secret(*which))
            }
            Self::Associate { content: which, with: true } => {
                format!("{} is associated with it", content(*which))
            }
            Self::Associate { content: which, with: false } => {
                format!("the associations of {} are taken away", content(*which))
            }
            Self::Login { viewer } => format!("{viewer} logs in"),
            Self::Callback { begins, returns, forged } => callback(begins, returns, *forged),
            Self::Visit { viewer, content: which, keep, .. } => {
                format!("{viewer} opens {}, which receives subject token `{keep}`", content(*which))
            }
            Self::Given { role, keep } => format!("subject token `{keep}` is the secret of {role}"),
            Self::Dashboard { viewer, content: which } => {
                format!("{viewer} opens the page of {} in the dashboard", content(*which))
            }
            Self::Exchange(one) => exchange(one),
            Self::ExchangeAtOnce { subject, times } => {
                format!("subject token `{subject}` is exchanged {times} times at the same moment")
            }
            Self::DeleteSession { viewer } => format!("the session of {viewer} is deleted"),
            Self::Use { access } => {
                format!("access token `{access}` is presented to the protected resource")
            }
            Self::Look(one) => format!("it is looked at whether {}", one.describe()),
        }
    }
}

const fn content(which: Content) -> &'static str {
    match which {
        Content::Own => "the content",
        Content::Second => "the second content",
    }
}

const fn secret(which: Secret) -> &'static str {
    match which {
        Secret::Current => "a good client secret",
        Secret::Wrong => "a wrong client secret",
        Secret::Id => "the secret's id in place of a client secret",
    }
}

fn provider(knobs: &Knobs) -> String {
    match &knobs.fault {
        None => "the provider grants".to_owned(),
        Some((at, fault)) => {
            format!("the provider has a fault at the {}: {}", at.name(), fault.name())
        }
    }
}

fn callback(begins: &str, returns: &str, forged: Forged) -> String {
    let who = if begins == returns {
        "their own browser".to_owned()
    } else {
        format!("the browser of {returns}")
    };
    let how = match forged {
        Forged::Nothing => "as the provider says".to_owned(),
        Forged::Again => "twice".to_owned(),
        Forged::UsedState { code_of } => {
            format!("once more with its state and the code of the login of {code_of}")
        }
        Forged::NoState => "without state".to_owned(),
        Forged::OtherState => "with a state nobody began".to_owned(),
        Forged::AlteredState => "with one character of state altered".to_owned(),
        Forged::NoCode => "without code and error".to_owned(),
        Forged::ProviderError { error, .. } => {
            format!("with the error `{error}` in place of the code")
        }
    };
    format!("{begins} begins a login, and {who} calls back {how}")
}

fn exchange(exchange: &Exchange) -> String {
    let edits: String =
        exchange.edits.iter().map(|edit| format!(", {}", edit.describe())).collect();
    format!("content exchanges subject token `{}`{edits}", exchange.subject)
}

impl FormEdit {
    /// What differs from a plain exchange.
    pub fn describe(&self) -> String {
        match self {
            Self::Set(name, value) => format!("{name} is `{value}`"),
            Self::Without(name) => format!("without {name}"),
            Self::Twice(name) => format!("{name} twice"),
            Self::Subject(_) => "another subject token".to_owned(),
            Self::Caller(Some(role)) => format!("called by {role}"),
            Self::Caller(None) => "called by nobody".to_owned(),
            Self::Key(_) => "called with another API key".to_owned(),
            Self::Scheme(scheme) => format!("under the scheme {scheme}"),
            Self::InQuery => "in the query".to_owned(),
            Self::AsJson => "as JSON".to_owned(),
            Self::Body(_, kind) => format!("a body of {kind}"),
            Self::Pad(bytes) => format!("padded with {bytes} bytes"),
            Self::Header(name, _) => format!("with the header {name}"),
        }
    }
}

impl Look {
    /// What must hold.
    pub fn describe(self) -> String {
        match self {
            Self::Provider(seen) => seen.describe(),
            Self::SameAccess(a, b) => format!("access tokens `{a}` and `{b}` are the same"),
            Self::OtherAccess(a, b) => format!("access tokens `{a}` and `{b}` differ"),
            Self::OtherSubject(a, b) => format!("subject tokens `{a}` and `{b}` differ"),
            Self::LaterExpiry(a, b) => format!("subject token `{b}` expires later than `{a}`"),
            Self::SuccessMembers(access) => {
                format!("the answer that granted `{access}` names both token types")
            }
            Self::ExpiresWithin(access, seconds) => {
                format!("the answer that granted `{access}` says it expires within {seconds} s")
            }
            Self::NoExpiry(access) => format!("the answer that granted `{access}` names no expiry"),
            Self::Envelopes => "every refusal is a JSON object with `code` and `error`".to_owned(),
            Self::Answered(name, value) => {
                format!("the last answer has the header {name} with `{value}`")
            }
            Self::SecretWithheld => {
                "the integration API keeps the client secret to itself".to_owned()
            }
            Self::SecretsKept => {
                "no answer repeats a client secret, an API key, a password or a refresh token"
                    .to_owned()
            }
            Self::NothingLeaked => "no answer repeats a code, a token or a secret".to_owned(),
            Self::NamesApplication => {
                "what was told names the application the provider names".to_owned()
            }
            Self::NoMarkup => "no page carries the provider's text as markup".to_owned(),
            Self::Sessions(viewer, count) => format!("{viewer} has {count} sessions"),
            Self::Associations(which, true) => {
                format!("{} is listed with its integration", content(which))
            }
            Self::Associations(which, false) => {
                format!("{} is listed with no integration", content(which))
            }
        }
    }
}
