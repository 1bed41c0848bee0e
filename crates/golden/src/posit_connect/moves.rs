//! Moves as the golden files have them: a name, and arguments by name.

use std::collections::BTreeMap;

use claimproof_idp::{
    Awkward, Differs, Knobs, Personality, Refresh, Registered, Secret, Secrets, Seen,
};
use claimproof_vectors::flow::{
    Content, Exchange, Forged, FormEdit, Integration, Look, Move, Setting,
};

/// Arguments by name.
pub(crate) type With = BTreeMap<String, String>;

/// The name of a move and its arguments.
pub(crate) fn described(moved: &Move) -> (&'static str, With) {
    match moved {
        Move::Provider(knobs) => ("provider", provider(knobs)),
        Move::Integrate(integration) => ("integrate", integrate(integration)),
        Move::Configure(Setting::Scopes(scopes)) => ("configure", with(&[("scopes", scopes)])),
        Move::Configure(Setting::Secret(which)) => {
            ("configure", with(&[("secret", secret(*which))]))
        }
        Move::Associate { content: which, with: is } => {
            ("associate", with(&[("content", content(*which)), ("with", word(*is))]))
        }
        Move::Login { viewer } => ("login", with(&[("viewer", viewer)])),
        Move::Callback { begins, returns, forged } => {
            ("callback", callback(begins, returns, *forged))
        }
        Move::Visit { viewer, content: which, solo, keep } => {
            let pairs = [
                ("viewer", *viewer),
                ("content", content(*which)),
                ("solo", word(*solo)),
                ("keep", *keep),
            ];
            ("visit", with(&pairs))
        }
        Move::Given { role, keep } => ("given", with(&[("role", role), ("keep", keep)])),
        Move::Dashboard { viewer, content: which } => {
            ("dashboard", with(&[("viewer", viewer), ("content", content(*which))]))
        }
        Move::Exchange(one) => ("exchange", exchange(one)),
        Move::ExchangeAtOnce { subject, times } => {
            ("exchange-at-once", with(&[("subject", subject), ("times", &times.to_string())]))
        }
        Move::DeleteSession { viewer } => ("delete-session", with(&[("viewer", viewer)])),
        Move::Use { access } => ("use", with(&[("access", access)])),
        Move::Look(one) => ("look", look(*one)),
    }
}

fn with(pairs: &[(&str, &str)]) -> With {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

const fn word(is: bool) -> &'static str {
    if is { "true" } else { "false" }
}

const fn content(which: Content) -> &'static str {
    match which {
        Content::Own => "own",
        Content::Second => "second",
    }
}

const fn secret(which: Secret) -> &'static str {
    match which {
        Secret::Current => "current",
        Secret::Wrong => "wrong",
        Secret::Id => "id",
    }
}

fn integrate(integration: &Integration) -> With {
    with(&[
        ("scopes", integration.scopes),
        ("secret", secret(integration.secret)),
        ("token_endpoint_auth_method", integration.auth.name()),
        ("use_pkce", word(integration.pkce)),
    ])
}

fn provider(knobs: &Knobs) -> With {
    let mut said = with(&[
        ("personality", personality(knobs.personality)),
        ("registered", registered(knobs.registered)),
        ("secrets", secrets(knobs.secrets)),
        ("refresh", &refresh(knobs.refresh)),
        ("rotates", word(knobs.rotates)),
        (
            "expires_in",
            &knobs.expires_in.map_or_else(|| "not named".to_owned(), |seconds| seconds.to_string()),
        ),
    ]);
    if let Some(text) = knobs.expires_as {
        said.extend(with(&[("expires_in_written", text)]));
    }
    if let Some(which) = knobs.awkward {
        said.extend(with(&[("awkward", awkward(which))]));
    }
    if let Some(scope) = knobs.resource_scope {
        said.extend(with(&[("resource_scope", scope)]));
    }
    if let Some((at, fault)) = &knobs.fault {
        said.extend(with(&[("fault", fault.name()), ("fault_at", at.name())]));
    }
    said
}

const fn awkward(which: Awkward) -> &'static str {
    match which {
        Awkward::Secrets => "client secrets",
        Awkward::Codes => "codes",
        Awkward::RefreshTokens => "refresh tokens",
    }
}

const fn personality(of: Personality) -> &'static str {
    match of {
        Personality::Entra => "entra",
        Personality::Snowflake => "snowflake",
        Personality::Keycloak => "keycloak",
        Personality::GithubOauthApp => "github-oauth-app",
        Personality::GithubApp => "github-app",
    }
}

const fn registered(registered: Registered) -> &'static str {
    match registered {
        Registered::Callback => "the callback",
        Registered::Nothing => "nothing",
        Registered::Other(Differs::Slash) => "the callback with a slash behind it",
        Registered::Other(Differs::Case) => "the callback with a capital letter",
        Registered::Other(Differs::Scheme) => "the callback with the other scheme",
        Registered::Other(Differs::Port) => "the callback with another port",
        Registered::Other(Differs::Path) => "the callback with another path",
    }
}

const fn secrets(secrets: Secrets) -> &'static str {
    match secrets {
        Secrets::First => "the first is good",
        Secrets::FirstExpired => "the first has expired, the second is good",
        Secrets::Replaced => "the first is replaced by the second",
    }
}

fn refresh(refresh: Refresh) -> String {
    match refresh {
        Refresh::Always => "always".to_owned(),
        Refresh::WithScope(scope) => format!("with scope {scope}"),
        Refresh::Never => "never".to_owned(),
        Refresh::Null => "null".to_owned(),
        Refresh::Empty => "an empty text".to_owned(),
    }
}

fn callback(begins: &str, returns: &str, forged: Forged) -> With {
    let mut said = with(&[("begins", begins), ("returns", returns)]);
    let done = match forged {
        Forged::Nothing => "nothing",
        Forged::Again => "called twice",
        Forged::UsedState { code_of } => {
            said.extend(with(&[("code_of", code_of)]));
            "called once more, with its state and the code of another viewer's login"
        }
        Forged::NoState => "without state",
        Forged::OtherState => "with a state nobody began",
        Forged::AlteredState => "with one character of state altered",
        Forged::NoCode => "without code and error",
        Forged::ProviderError { error, description } => {
            said.extend(with(&[("error", error), ("error_description", description)]));
            "with an error in place of the code"
        }
    };
    said.extend(with(&[("forged", done)]));
    said
}

fn exchange(exchange: &Exchange) -> With {
    let mut said = with(&[("subject", exchange.subject), ("keep", exchange.keep)]);
    if !exchange.edits.is_empty() {
        let edits: Vec<String> = exchange.edits.iter().map(FormEdit::describe).collect();
        said.insert("change".to_owned(), edits.join(", "));
    }
    said
}

fn look(look: Look) -> With {
    match look {
        Look::Provider(seen) => at_the_provider(seen),
        Look::SameAccess(a, b) => with(&[("at", "same-access"), ("first", a), ("second", b)]),
        Look::OtherAccess(a, b) => with(&[("at", "other-access"), ("first", a), ("second", b)]),
        Look::OtherSubject(a, b) => with(&[("at", "other-subject"), ("first", a), ("second", b)]),
        Look::LaterExpiry(a, b) => with(&[("at", "later-expiry"), ("first", a), ("second", b)]),
        Look::SuccessMembers(access) => with(&[("at", "success-members"), ("access", access)]),
        Look::ExpiresWithin(access, seconds) => {
            with(&[("at", "expires-within"), ("access", access), ("seconds", &seconds.to_string())])
        }
        Look::NoExpiry(access) => with(&[("at", "no-expiry"), ("access", access)]),
        Look::Envelopes => with(&[("at", "envelopes")]),
        Look::Answered(name, value) => {
            with(&[("at", "answered"), ("header", name), ("value", value)])
        }
        Look::SecretWithheld => with(&[("at", "secret-withheld")]),
        Look::SecretsKept => with(&[("at", "secrets-kept")]),
        Look::NamesApplication => with(&[("at", "names-application")]),
        Look::NothingLeaked => with(&[("at", "nothing-leaked")]),
        Look::NoMarkup => with(&[("at", "no-markup")]),
        Look::Sessions(viewer, count) => {
            with(&[("at", "sessions"), ("viewer", viewer), ("count", &count.to_string())])
        }
        Look::Associations(which, is) => {
            with(&[("at", "associations"), ("content", content(which)), ("with", word(is))])
        }
    }
}

fn at_the_provider(seen: Seen) -> With {
    let times = |what: &str, times: usize| with(&[("at", what), ("times", &times.to_string())]);
    match seen {
        Seen::Authorized(count) => times("authorized", count),
        Seen::Redeemed(count) => times("redeemed", count),
        Seen::Refreshed(count) => times("refreshed", count),
        Seen::RedirectUri => with(&[("at", "redirect-uri")]),
        Seen::Scopes(scopes) => with(&[("at", "scopes"), ("scopes", scopes)]),
        Seen::Verifier => with(&[("at", "verifier")]),
        Seen::Challenge => with(&[("at", "challenge")]),
        Seen::NoPkce => with(&[("at", "no-pkce")]),
        Seen::State => with(&[("at", "state")]),
        Seen::FreshState => with(&[("at", "fresh-state")]),
        Seen::FrontChannel => with(&[("at", "front-channel")]),
        Seen::ClientAuth(auth) => with(&[("at", "client-auth"), ("method", auth.name())]),
    }
}
