//! An answer as it came, and what patterns find in it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use regex::Regex;

/// An answer as it came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
    /// How long the exchange took, its connection included, where that was measured.
    pub(crate) took: Duration,
}

impl Response {
    pub(crate) fn headers<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r str> {
        self.headers
            .iter()
            .filter(move |(own, _)| own.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    pub(super) fn pointer(&self, pointer: &str) -> Option<String> {
        let json: serde_json::Value = serde_json::from_str(&self.body).ok()?;
        match json.pointer(pointer)? {
            serde_json::Value::Null => None,
            serde_json::Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }
    }
}

/// A pattern of a target file, compiled once however many answers it is held against. What is no
/// pattern was refused when the file was read.
fn compiled(pattern: &str) -> Option<Regex> {
    static KNOWN: Mutex<BTreeMap<String, Regex>> = Mutex::new(BTreeMap::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(regex) = known.get(pattern) {
        return Some(regex.clone());
    }
    let regex = Regex::new(pattern).ok()?;
    known.insert(pattern.to_owned(), regex.clone());
    Some(regex)
}

/// The name of the cookie a `Set-Cookie` sets.
pub(crate) fn cookie_name(value: &str) -> &str {
    value.split('=').next().unwrap_or_default().trim()
}

/// What the first group of a pattern finds in a text.
pub(crate) fn first_group(pattern: &str, text: &str) -> Option<String> {
    compiled(pattern)?.captures(text)?.get(1).map(|group| group.as_str().to_owned())
}

/// What the first group takes at each place where the pattern fits.
pub(crate) fn every_group(pattern: &str, text: &str) -> BTreeSet<String> {
    let Some(pattern) = compiled(pattern) else { return BTreeSet::new() };
    let groups = pattern.captures_iter(text).filter_map(|found| found.get(1));
    groups.map(|group| group.as_str().to_owned()).collect()
}

pub(super) fn matches(pattern: &str, text: &str) -> bool {
    compiled(pattern).is_some_and(|regex| regex.is_match(text))
}

/// Whether a header describes the content of an answer, as it does in a refusal too (RFC 9110
/// section 8).
pub(super) fn describes(header: &str) -> bool {
    ["content-type", "content-length", "content-language", "content-encoding"]
        .iter()
        .any(|own| header.eq_ignore_ascii_case(own))
}

/// What a page may be framed by: CSP first where it speaks of it, as browsers do.
pub(crate) fn framing(response: &Response) -> (Option<String>, bool) {
    let ancestors = response
        .headers("content-security-policy")
        .flat_map(|policy| policy.split(';'))
        .find_map(|one| {
            let one = one.trim();
            one.to_ascii_lowercase()
                .starts_with("frame-ancestors")
                .then(|| one["frame-ancestors".len()..].trim().to_owned())
        });
    if let Some(ancestors) = ancestors {
        let refused = ancestors.is_empty() || ancestors == "'self'" || ancestors == "'none'";
        return (Some(ancestors), refused);
    }
    let refused = response.headers("x-frame-options").any(|value| {
        value.trim().eq_ignore_ascii_case("sameorigin") || value.trim().eq_ignore_ascii_case("deny")
    });
    (None, refused)
}

/// The body, and behind it every JSON string of it unescaped, so that a text is found either way.
pub(super) fn unescaped(body: &str) -> String {
    match serde_json::from_str::<serde_json::Value>(body) {
        Ok(value) => {
            let mut text = body.to_owned();
            strings(&value, &mut text);
            text
        }
        Err(_) => body.to_owned(),
    }
}

fn strings(value: &serde_json::Value, text: &mut String) {
    match value {
        serde_json::Value::String(one) => {
            text.push('\n');
            text.push_str(one);
        }
        serde_json::Value::Array(many) => many.iter().for_each(|one| strings(one, text)),
        serde_json::Value::Object(many) => many.values().for_each(|one| strings(one, text)),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}
