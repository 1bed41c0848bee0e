//! The exact request of an exchange, with a name where the subject token stands.

use std::collections::BTreeMap;

use claimproof_vectors::flow::form::{Pairs, sent};
use claimproof_vectors::flow::{Alteration, Exchange, FormEdit};

use crate::message::HttpRequest;

/// Where content exchanges, below the server's address.
pub(super) const PATH: &str = "/__api__/v1/oauth/integrations/credentials";

/// The form of a plain exchange for the subject token of this name.
pub(super) fn plain(subject: &str) -> Pairs {
    [
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
        ("subject_token_type", "urn:posit:connect:user-session-token"),
        ("subject_token", subject),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into()
}

pub(super) fn request(exchange: &Exchange, keys: &BTreeMap<String, String>) -> HttpRequest {
    let sent = sent(plain(&subject(exchange)), &exchange.edits);
    let mut headers = vec![("content-type".to_owned(), sent.content_type)];
    headers.extend(
        authorization(&exchange.edits, keys).map(|value| ("authorization".to_owned(), value)),
    );
    headers.extend(sent.headers);
    let headers: Vec<(&str, &str)> =
        headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let query =
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&sent.query).finish();
    let joint = if query.is_empty() { "" } else { "?" };
    HttpRequest::post(&named(&format!("{PATH}{joint}{query}")), &headers, &named(&sent.body))
}

/// A subject token is the server's own, so it is named; only a text of ours is written.
fn subject(exchange: &Exchange) -> String {
    let altered = exchange.edits.iter().find_map(|edit| match edit {
        FormEdit::Subject(Alteration::Text(text)) => Some((*text).to_owned()),
        FormEdit::Subject(Alteration::Truncated) => {
            Some(format!("{{{} truncated}}", exchange.subject))
        }
        FormEdit::Subject(Alteration::SignatureAltered) => {
            Some(format!("{{{} signature altered}}", exchange.subject))
        }
        FormEdit::Subject(Alteration::PayloadAltered) => {
            Some(format!("{{{} payload altered}}", exchange.subject))
        }
        FormEdit::Subject(Alteration::Unsigned) => {
            Some(format!("{{{} unsigned}}", exchange.subject))
        }
        FormEdit::Subject(Alteration::ForeignKey) => {
            Some(format!("{{{} signed by another key}}", exchange.subject))
        }
        _ => None,
    });
    altered.unwrap_or_else(|| format!("{{{}}}", exchange.subject))
}

/// Braces are not escaped, so that a name is found again.
fn named(coded: &str) -> String {
    let Some((before, rest)) = coded.split_once("%7B") else { return coded.to_owned() };
    let Some((name, behind)) = rest.split_once("%7D") else { return coded.to_owned() };
    format!("{before}{{{}}}{}", name.replace('+', " "), named(behind))
}

fn authorization(edits: &[FormEdit], keys: &BTreeMap<String, String>) -> Option<String> {
    let caller = edits
        .iter()
        .rev()
        .find_map(|edit| if let FormEdit::Caller(role) = edit { Some(*role) } else { None });
    let scheme = edits
        .iter()
        .rev()
        .find_map(|edit| if let FormEdit::Scheme(one) = edit { Some(*one) } else { None });
    let key = keys.get(caller.unwrap_or(Some("publisher"))?)?;
    let altered = edits
        .iter()
        .rev()
        .find_map(|edit| if let FormEdit::Key(one) = edit { Some(*one) } else { None });
    let key = altered.map_or_else(|| key.clone(), |one| one.apply(key));
    Some(format!("{} {key}", scheme.unwrap_or("Key")))
}
