//! What an answer must not carry, whatever its case is about: looked for wherever one is observed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use claimproof_cast::MADE_SECRET;
use claimproof_cast::{ExposeSecret, Players, SecretString, SigningKey};
use claimproof_suite::{Breach, Outcome};
use regex::{Regex, RegexBuilder};

use super::Client;
use super::evidence::forms;
use crate::target::{Response, SurfaceEntry, cookie_name};

/// A shorter secret is a word that may stand anywhere.
const SHORTEST: usize = 16;

/// A page that is only not framed is served as it is.
const FRAMED: &str = "x-frame-options";

/// What is looked for in answers.
pub(crate) struct Watch {
    secrets: Option<Regex>,
    /// Each spelling of a secret, and whose it is.
    owners: BTreeMap<String, String>,
    /// Secrets that the target has made.
    made: Mutex<Vec<SecretString>>,
    cookies: Mutex<Cookies>,
}

/// Names of cookies, by what came with them.
#[derive(Default)]
struct Cookies {
    accepted: BTreeSet<String>,
    tokenless: BTreeSet<String>,
}

impl std::fmt::Debug for Watch {
    /// The pattern is the secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Watch")
    }
}

impl Watch {
    pub(crate) fn of(players: &Players) -> Result<Self, regex::Error> {
        let owners = spellings(players);
        let forms: Vec<String> = owners.keys().map(|form| regex::escape(form)).collect();
        let any = RegexBuilder::new(&forms.join("|")).size_limit(usize::MAX).build()?;
        Ok(Self {
            secrets: (!forms.is_empty()).then_some(any),
            owners,
            made: Mutex::default(),
            cookies: Mutex::default(),
        })
    }

    /// One more secret, which the target has made.
    pub(crate) fn add(&self, secret: &str) {
        if secret.len() >= SHORTEST {
            self.made
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .extend(forms(secret.to_owned()).map(SecretString::from));
        }
    }

    /// Whose secret stands in a text.
    fn owner(&self, text: &str) -> Option<&str> {
        let found = self.secrets.as_ref().and_then(|any| any.find(text));
        let own = found.and_then(|found| self.owners.get(found.as_str())).map(String::as_str);
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        own.or_else(|| {
            made.iter().any(|form| text.contains(form.expose_secret())).then_some(MADE_SECRET)
        })
    }

    fn note(&self, response: &Response, accepted: bool) {
        let names = response.headers("set-cookie").map(|value| cookie_name(value).to_owned());
        let mut cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        if accepted { cookies.accepted.extend(names) } else { cookies.tokenless.extend(names) }
    }

    /// Whether a cookie is one of those that an acceptance sets and a request without a token does
    /// not get, or one of all it sets where these are the same.
    fn is_mark(&self, name: &str) -> bool {
        let cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        let shared = cookies.accepted.is_subset(&cookies.tokenless);
        cookies.accepted.contains(name) && (shared || !cookies.tokenless.contains(name))
    }
}

/// Every long secret as it stands, in base64 and in a URL; of a private key, a line of its PEM
/// text.
fn spellings(players: &Players) -> BTreeMap<String, String> {
    let mut owners = BTreeMap::new();
    for (role, player) in players.iter() {
        let forms = match &player.key {
            Some(SigningKey::Secret(secret)) if secret.expose_secret().len() >= SHORTEST => {
                forms(secret.expose_secret().to_owned()).to_vec()
            }
            Some(SigningKey::Rsa { private, .. }) => {
                let lines: Vec<&str> = private.expose_secret().lines().collect();
                lines.get(lines.len() / 2).map(|line| (*line).to_owned()).into_iter().collect()
            }
            Some(SigningKey::Secret(_)) | None => Vec::new(),
        };
        owners.extend(forms.into_iter().map(|form| (form, role.to_owned())));
    }
    owners
}

impl Client {
    /// What an answer carries and should not. A token that was not sent cannot be repeated.
    pub(crate) fn watched(
        &self,
        outcome: &Outcome,
        surface: Option<&SurfaceEntry>,
        response: &Response,
        token: Option<&str>,
    ) -> Vec<Breach> {
        if *outcome == Outcome::Accepted || token.is_none() {
            self.watch.note(response, *outcome == Outcome::Accepted);
        }
        let refused = matches!(outcome, Outcome::Refused(code) if code.as_deref() != Some(FRAMED));
        let text = format!("{}\n{}", headers(response), response.body);
        let mark = surface.filter(|_| refused).and_then(|surface| self.mark(surface, response));
        let secret =
            self.watch.owner(&text).map(|role| format!("the answer holds the secret of `{role}`"));
        let repeated = token.filter(|token| refused && repeats(&text, token));
        let repeated = repeated.map(|_| "the refusal repeats the token".to_owned());
        let breach =
            |rule, what: Option<String>| what.map(|what| Breach { rule, what: what.into() });
        let all = [
            breach("CPX-mark", mark),
            breach("CPX-secret", secret),
            breach("CPX-token-kept", repeated),
        ];
        all.into_iter().flatten().chain(self.framed(outcome, response)).collect()
    }

    fn mark(&self, surface: &SurfaceEntry, response: &Response) -> Option<String> {
        let place = self.target.surfaces.iter().position(|one| one.name == surface.name)?;
        let mark = surface.accept.mark(response, &|name| self.watch.is_mark(name))?;
        let line = self
            .target
            .accept_lines
            .get(place)
            .map(|line| format!(", line {line} of the target file"));
        let line = line.unwrap_or_default();
        Some(format!(
            "the refusal carries {mark}, by which `accept` of surface {} knows an acceptance{line}",
            surface.name
        ))
    }
}

fn headers(response: &Response) -> String {
    response.headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect()
}

/// Whether a text holds the token, whole or by its signature or payload, or all of it in base64.
fn repeats(text: &str, token: &str) -> bool {
    let long = |part: &str| part.len() >= SHORTEST && text.contains(part);
    token.split('.').skip(1).any(long)
        || [STANDARD_NO_PAD.encode(token), URL_SAFE_NO_PAD.encode(token)]
            .iter()
            .any(|one| long(one))
}
