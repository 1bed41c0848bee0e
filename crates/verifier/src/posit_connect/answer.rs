//! What a provider's token endpoint answered: a token, or what is wrong.

use claimproof_cast::SecretString;
use serde_json::{Map, Value};

use super::event::ProviderAnswer;
use super::state::{Asked, Integration};
use super::steps::{Checked, Given};
use super::texts::spellings;
use super::violation::ProviderText;
use super::{Phase, Policy, Violation};
use crate::list::refuse_if;

/// What is known of an answer.
pub struct AnswerFacts<'a> {
    /// What it answers.
    pub phase: Phase,
    /// The HTTP status; none where nothing came.
    pub status: Option<u16>,
    /// Its body.
    pub body: &'a [u8],
    /// Its members, where it is a JSON object.
    pub members: Option<Map<String, Value>>,
    /// What it says is wrong, fit to be passed on.
    pub said: ProviderText,
}

impl<'a> AnswerFacts<'a> {
    pub(super) fn read(
        asked: &Asked,
        integration: Option<&Integration>,
        answer: &'a ProviderAnswer,
        policy: &Policy,
    ) -> Self {
        let (status, body) = match answer {
            ProviderAnswer::Http { status, body } => (Some(*status), body.as_slice()),
            ProviderAnswer::Unreachable => (None, &[][..]),
        };
        let members = match serde_json::from_slice(body) {
            Ok(Value::Object(members)) if body.len() <= policy.max_answer => Some(members),
            _ => None,
        };
        let text = |name: &str| {
            members.as_ref().and_then(|members| text(members, name)).map(str::to_owned)
        };
        // Snowflake calls the description `message`.
        let description = text("error_description").or_else(|| text("message"));
        let said = ProviderText { status, error: text("error"), description };
        let said = said.cleaned(&spellings(integration, &asked.secrets), policy);
        Self { phase: asked.phase, status, body, members, said }
    }

    /// A member that is a string and not empty.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.members.as_ref().and_then(|members| text(members, name))
    }

    /// The token, where there is one.
    pub(super) fn issued(&self) -> Option<Issued> {
        Some(Issued {
            access_token: self.text("access_token")?.into(),
            expires_in: self
                .members
                .as_ref()
                .and_then(|members| members.get("expires_in"))
                .and_then(seconds),
            refresh_token: self.text("refresh_token").map(Into::into),
        })
    }
}

/// What a provider issued.
pub(super) struct Issued {
    pub(super) access_token: SecretString,
    pub(super) expires_in: Option<i64>,
    pub(super) refresh_token: Option<SecretString>,
}

fn text<'m>(members: &'m Map<String, Value>, name: &str) -> Option<&'m str> {
    members.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// Whole seconds, never negative; some providers write them as text, with a fraction part or with
/// an exponent.
fn seconds(value: &Value) -> Option<i64> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    text.parse().ok().or_else(|| begun(&text)).map(|whole: i64| whole.max(0))
}

/// The whole seconds of a number that is not written as an integer; what is too large lasts for
/// ever.
fn begun(text: &str) -> Option<i64> {
    let written = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E');
    let number: f64 = text.parse().ok().filter(|_| text.chars().all(written))?;
    let whole = format!("{:.0}", number.trunc());
    Some(whole.parse().unwrap_or(if number < 0.0 { 0 } else { i64::MAX }))
}

pub(super) fn answered(facts: &AnswerFacts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.status.is_none(), Violation::Unreachable(facts.phase))
}

pub(super) fn size(facts: &AnswerFacts<'_>, given: &Given<'_>) -> Checked {
    refuse_if(facts.body.len() > given.policy.max_answer, Violation::AnswerTooLarge(facts.phase))
}

pub(super) fn status(facts: &AnswerFacts<'_>, _: &Given<'_>) -> Checked {
    let refused = facts.status.is_some_and(|status| !(200..300).contains(&status));
    refuse_if(refused, Violation::Provider(facts.phase, facts.said.clone()))
}

/// GitHub answers an error with status 200.
pub(super) fn without_error(facts: &AnswerFacts<'_>, _: &Given<'_>) -> Checked {
    let error = facts.members.as_ref().and_then(|members| members.get("error"));
    let is_error = error.is_some_and(|error| !error.is_null());
    refuse_if(is_error, Violation::Provider(facts.phase, facts.said.clone()))
}

pub(super) fn is_token(facts: &AnswerFacts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.text("access_token").is_none(), Violation::AnswerUnusable(facts.phase))
}

/// In any case of letters; one that is not named is taken for a bearer token.
pub(super) fn bearer(facts: &AnswerFacts<'_>, _: &Given<'_>) -> Checked {
    let other = facts.text("token_type").is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer"));
    refuse_if(other, Violation::TokenType(facts.phase))
}

pub(super) fn refresh_token_present(facts: &AnswerFacts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.text("refresh_token").is_none(), Violation::MissingRefreshToken)
}
