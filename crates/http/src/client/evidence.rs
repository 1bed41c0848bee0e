//! What is kept of an exchange: no token, session or secret is in it.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{LazyLock, Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use claimproof_cast::{ExposeSecret, Player, Players, SecretString, SigningKey};
use claimproof_catalog::codes;
use claimproof_suite::{Evidence, Outcome, Passage, Text};
use regex::{Regex, RegexBuilder};

use super::Client;
use crate::target::{Rendered, Response, first_group};

impl Client {
    /// What a target says for a code reaches messages, so it is cleaned like any evidence.
    pub(crate) fn quotable(&self, outcome: Outcome, token: Option<&str>) -> Outcome {
        let clean = |text: &str| Text::from(self.redacted(text, token)).cut(MAX_QUOTED);
        match outcome {
            Outcome::Refused(Some(code)) if codes::find(self.target.profile, &code).is_none() => {
                Outcome::Refused(Some(clean(&code)))
            }
            Outcome::Neither(why) => Outcome::Neither(clean(&why)),
            other @ (Outcome::Accepted
            | Outcome::Refused(_)
            | Outcome::AtOnce(_)
            | Outcome::Crashed(_)) => other,
        }
    }

    /// Request and answer with the token's segments, sessions and every secret of the cast taken
    /// out.
    pub(crate) fn evidence(
        &self,
        request: &Rendered,
        response: &Response,
        token: Option<&str>,
    ) -> Evidence {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&request.query)
            .finish();
        let headers = |all: &[(String, String)]| {
            all.iter()
                .map(|(name, value)| format!("{name}: {}\n", shown(name, value)))
                .collect::<String>()
        };
        let line = format!(
            "{} {}{}{query}\n",
            request.method,
            request.path,
            if query.is_empty() { "" } else { "?" }
        );
        let request_head = format!("{line}{}", headers(&request.headers));
        let response_head = format!("{}\n{}", response.status, headers(&response.headers));
        // Cut after cleaning: half a token is no longer found.
        let clean = |text: &str| Passage::from(self.redacted(text, token).as_str()).cut(MAX_SHOWN);
        let passage = |head: &str, body: &str| {
            Passage::from(format!("{}\n{}", clean(head).as_str(), clean(body).as_str()).as_str())
        };
        Evidence {
            request: passage(&request_head, &request.body),
            response: passage(&response_head, &self.without_session(&response.body)),
        }
    }

    fn without_session(&self, body: &str) -> String {
        let read = self.target.session.iter().flat_map(|session| session.read.values());
        let values =
            read.filter_map(|pattern| first_group(pattern, body)).filter(|value| !value.is_empty());
        values.fold(body.to_owned(), |text, value| text.replace(&value, "[session]"))
    }

    pub(crate) fn redacted(&self, text: &str, token: Option<&str>) -> String {
        let mut text = text.to_owned();
        // Runs of base64url characters read the same in every encoding a token may travel in.
        let in_segment = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let words =
            token.unwrap_or_default().split(|c| !in_segment(c)).filter(|word| word.len() > 8);
        for word in words {
            if text.contains(word) {
                text = text.replace(word, "[token]");
            }
        }
        // A target may show a token of another request.
        ANY_TOKEN.replace_all(&self.secrets.taken_out(&text), "[token]").into_owned()
    }
}

/// A compact JWS, whoever sent it, in either alphabet of base64, letters outside of both included:
/// some cases sign over them.
pub(crate) static ANY_TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::unwrap_used, reason = "a constant pattern, compiled in every test")]
    Regex::new(r"ey[\p{L}0-9_+/=-]{6,}\.[\p{L}0-9_+/=-]*\.[\p{L}0-9_+/=-]*").unwrap()
});

/// How many characters of a target's own words a message quotes.
const MAX_QUOTED: usize = 200;
/// How many characters of all headers together, and of a body, evidence keeps.
const MAX_SHOWN: usize = 2048;

/// Every secret of the cast, found in a text in one pass: whatever is sent and answered goes
/// through it. Those that are made on the way are looked for one by one.
pub(crate) struct Secrets {
    any: Option<Regex>,
    made: Mutex<Vec<SecretString>>,
}

impl std::fmt::Debug for Secrets {
    /// The pattern is the secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets")
    }
}

impl Secrets {
    pub(crate) fn of(players: &Players) -> Result<Self, regex::Error> {
        let mut forms = spellings(players);
        // The first alternative that fits is taken, so of two that begin alike the longer one comes
        // first.
        forms.sort_by_key(|form| std::cmp::Reverse(form.expose_secret().len()));
        let forms: Vec<String> =
            forms.iter().map(|form| regex::escape(form.expose_secret())).collect();
        let any = RegexBuilder::new(&forms.join("|")).size_limit(usize::MAX).build()?;
        Ok(Self { any: (!forms.is_empty()).then_some(any), made: Mutex::default() })
    }

    /// One more, which the target has made.
    pub(crate) fn add(&self, secret: &str) {
        let forms = forms(secret.to_owned()).map(SecretString::from);
        self.made.lock().unwrap_or_else(PoisonError::into_inner).extend(forms);
    }

    fn taken_out<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let text =
            self.any.as_ref().map_or(Cow::Borrowed(text), |any| any.replace_all(text, "[secret]"));
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.iter().map(SecretString::expose_secret).fold(text, |text, form| {
            match text.contains(form) {
                true => Cow::Owned(text.replace(form, "[secret]")),
                false => text,
            }
        })
    }
}

/// Every secret of the cast as it stands, and as it stands in a URL or in base64.
fn spellings(players: &Players) -> Vec<SecretString> {
    let secret = |player: &Player| match &player.key {
        Some(SigningKey::Secret(secret)) => Some(secret.expose_secret().to_owned()),
        Some(SigningKey::Rsa { .. }) | None => None,
    };
    let secrets =
        players.iter().filter_map(|(_, player)| secret(player)).filter(|secret| !secret.is_empty());
    let all: BTreeSet<String> = secrets.flat_map(forms).collect();
    all.into_iter().map(SecretString::from).collect()
}

/// A secret as it stands in base64, in a URL, and as it is.
pub(crate) fn forms(secret: String) -> [String; 4] {
    let percent = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    [STANDARD_NO_PAD.encode(&secret), URL_SAFE_NO_PAD.encode(&secret), percent, secret]
}

/// A header's value; of those that are sessions, only that there is one.
fn shown<'v>(name: &str, value: &'v str) -> Cow<'v, str> {
    match name.to_ascii_lowercase().as_str() {
        "cookie" | "x-tableau-auth" => "[session]".into(),
        "set-cookie" => {
            let own = value.split('=').next().unwrap_or_default();
            let attributes =
                value.split_once(';').map(|(_, rest)| format!(";{rest}")).unwrap_or_default();
            format!("{own}=[session]{attributes}").into()
        }
        _ => value.into(),
    }
}
