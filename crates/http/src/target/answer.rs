//! What an answer means: accepted, refused with which code, or neither.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use claimproof_suite::{Observation, Outcome};
use claimproof_vectors::texts;
use regex::Regex;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Surface, Target};

/// An answer as it came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Response {
    pub(crate) fn headers<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r str> {
        self.headers
            .iter()
            .filter(move |(own, _)| own.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    fn pointer(&self, pointer: &str) -> Option<String> {
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

fn matches(pattern: &str, text: &str) -> bool {
    compiled(pattern).is_some_and(|regex| regex.is_match(text))
}

/// Whether a header describes the content of an answer, as it does in a refusal too (RFC 9110 section 8).
fn describes(header: &str) -> bool {
    ["content-type", "content-length", "content-language", "content-encoding"]
        .iter()
        .any(|own| header.eq_ignore_ascii_case(own))
}

/// Everything given must hold.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Predicate {
    /// Statuses: `200`, `4xx`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub status: Vec<String>,
    /// A header that must be there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
    /// A JSON pointer that must lead to something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub json: Option<String>,
    /// A pattern the body must match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// A pattern `Location` must match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// Headers with a pattern that one of their values must match.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// One of these must hold too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub or: Option<Vec<Self>>,
    /// This must not hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent: Option<Box<Self>>,
}

impl Predicate {
    /// What of an answer an acceptance is known by, in words: a header, a place in the body, a way on. A status
    /// marks nothing; cookies are told apart by their names, which the caller knows.
    pub(crate) fn mark(
        &self,
        response: &Response,
        cookie: &dyn Fn(&str) -> bool,
    ) -> Option<String> {
        let header = self.header.as_ref().filter(|name| !describes(name)).filter(|name| {
            let is_cookie = name.eq_ignore_ascii_case("set-cookie");
            response.headers(name).any(|value| !is_cookie || cookie(cookie_name(value)))
        });
        let header = header.map(|name| format!("the header `{name}`"));
        let json = || self.json.as_ref().filter(|pointer| response.pointer(pointer).is_some());
        let body = || self.body.as_ref().filter(|pattern| matches(pattern, &response.body));
        let location = || {
            let leads =
                |pattern: &&String| response.headers("location").any(|to| matches(pattern, to));
            self.location.as_ref().filter(leads)
        };
        header
            .or_else(|| json().map(|pointer| format!("something at `{pointer}`")))
            .or_else(|| body().map(|pattern| format!("what `{pattern}` matches")))
            .or_else(|| location().map(|pattern| format!("a location that `{pattern}` matches")))
            .or_else(|| self.mark_of_value(response, &cookie))
            .or_else(|| {
                self.or
                    .iter()
                    .flatten()
                    .filter(|one| one.holds(response))
                    .find_map(|one| one.mark(response, &cookie))
            })
    }

    fn mark_of_value(&self, response: &Response, cookie: &dyn Fn(&str) -> bool) -> Option<String> {
        let is_own = |name: &str, value: &str| {
            !name.eq_ignore_ascii_case("set-cookie") || cookie(cookie_name(value))
        };
        let found = |(name, pattern): &(&String, &String)| {
            !describes(name)
                && response
                    .headers(name)
                    .any(|value| is_own(name, value) && matches(pattern, value))
        };
        let (name, pattern) = self.headers.iter().find(found)?;
        Some(format!("a header `{name}` that `{pattern}` matches"))
    }

    /// Any 4xx, whatever else is in the answer.
    pub fn any_4xx() -> Self {
        Self { status: vec!["4xx".to_owned()], ..Self::default() }
    }

    /// Whether it names this very status, and not only a class of them.
    fn names(&self, status: u16) -> bool {
        self.status.contains(&status.to_string())
            || self.or.iter().flatten().any(|one| one.names(status))
    }

    pub(crate) fn holds(&self, response: &Response) -> bool {
        let status = response.status.to_string();
        let like =
            |pattern: &String| pattern.chars().zip(status.chars()).all(|(p, s)| p == 'x' || p == s);
        (self.status.is_empty() || self.status.iter().any(like))
            && self.header.as_ref().is_none_or(|name| response.headers(name).next().is_some())
            && self.json.as_ref().is_none_or(|pointer| response.pointer(pointer).is_some())
            && self.body.as_ref().is_none_or(|pattern| matches(pattern, &response.body))
            && self
                .location
                .as_ref()
                .is_none_or(|pattern| response.headers("location").any(|to| matches(pattern, to)))
            && self
                .headers
                .iter()
                .all(|(name, pattern)| response.headers(name).any(|value| matches(pattern, value)))
            && self.or.as_ref().is_none_or(|any| any.iter().any(|one| one.holds(response)))
            && self.absent.as_ref().is_none_or(|one| !one.holds(response))
    }
}

/// One place a code is read from.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "from", rename_all = "kebab-case", deny_unknown_fields)]
pub enum CodeFrom {
    /// A JSON pointer.
    Json {
        /// The pointer.
        at: String,
    },
    /// A response header.
    Header {
        /// Its name.
        name: String,
    },
    /// The first group of a pattern over the body.
    Body {
        /// The pattern.
        pattern: String,
    },
    /// A parameter of the URL in `Location`.
    RedirectQuery {
        /// Its name.
        name: String,
    },
    /// A body that matches stands for a code.
    BodyIs {
        /// The pattern.
        pattern: String,
        /// The documented code.
        code: String,
    },
    /// The documented text at a JSON pointer, or anywhere on the page, stands for its code.
    Text {
        /// The pointer; without one, the page.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<String>,
    },
    /// A status stands for a code.
    Status {
        /// The status.
        status: u16,
        /// The documented code.
        code: String,
    },
}

impl CodeFrom {
    fn read(&self, response: &Response) -> Option<String> {
        match self {
            Self::Json { at } => response.pointer(at),
            Self::Header { name } => response.headers(name).next().map(str::to_owned),
            Self::Body { pattern } => first_group(pattern, &response.body),
            Self::RedirectQuery { name } => {
                let location = response.headers("location").next()?;
                let query = location.split_once('?')?.1.split('#').next()?;
                let mut pairs = url::form_urlencoded::parse(query.as_bytes());
                pairs.find(|(own, _)| own == name).map(|(_, value)| value.into_owned())
            }
            Self::BodyIs { pattern, code } => {
                matches(pattern, &response.body).then(|| code.clone())
            }
            Self::Status { status, code } => (response.status == *status).then(|| code.clone()),
            Self::Text { at } => {
                let code = match at {
                    Some(at) => texts::code_of_error(&response.pointer(at)?),
                    None => texts::code_of(&response.body),
                };
                code.map(str::to_owned)
            }
        }
    }
}

impl Surface {
    /// Whether this very status is one of its signals.
    pub(crate) fn names(&self, status: u16) -> bool {
        let code = |from: &CodeFrom| matches!(from, CodeFrom::Status { status: own, .. } if *own == status);
        self.accept.names(status) || self.refuse.names(status) || self.code.iter().any(code)
    }
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

/// The documented code of an answer, read at the first of these places that has one.
pub(crate) fn code(target: &Target, places: &[&CodeFrom], response: &Response) -> Option<String> {
    let own = places.iter().find_map(|from| from.read(response))?;
    Some(target.codes.get(&own).cloned().unwrap_or(own))
}

/// The outcome of an answer, and who may frame it. A code counts only together with the reject
/// signal, so that a 200 with an error body is neither, unless the target file says that refusals
/// look so.
pub(crate) fn outcome(
    target: &Target,
    surface: &Surface,
    response: &Response,
) -> (Outcome, Option<String>) {
    let code = code(target, &surface.code.iter().collect::<Vec<_>>(), response);
    let (framed_by, frame_refused) = framing(response);
    let (accepts, refuses) = (surface.accept.holds(response), surface.refuse.holds(response));
    let frames = target.profile.sheet().is_framed;
    let status = response.status;
    let outcome = match code {
        // Not framing the page is all the document asks there, whatever code stands beside.
        Some(code) if refuses || (frames && frame_refused) => Outcome::Refused(Some(code)),
        None if frames && frame_refused => Outcome::Refused(Some("x-frame-options".to_owned())),
        None if accepts && !refuses => Outcome::Accepted,
        None if refuses && !accepts => Outcome::Refused(None),
        Some(code) => Outcome::Neither(format!(
            "status {status} with code {code}, which `refuse` does not fit"
        )),
        None if accepts => {
            Outcome::Neither(format!("status {status} fits both `accept` and `refuse`"))
        }
        None => Outcome::Neither(format!("status {status} fits neither `accept` nor `refuse`")),
    };
    (outcome, framed_by.map(|by| target.with_our_hosts(&by)))
}

/// Everything there is to see of an answer.
pub(crate) fn classify(target: &Target, surface: &Surface, response: &Response) -> Observation {
    let (outcome, framed_by) = outcome(target, surface, response);
    let claims = surface.claims.as_ref().and_then(|pointer| response.pointer(pointer));
    Observation {
        outcome,
        status: Some(response.status),
        number: None,
        said_by_provider: None,
        stopped: None,
        text: Some(unescaped(&response.body)),
        claims,
        differs: None,
        framed_by,
        unframed: framing(response).1,
        opaque: surface.code.is_empty(),
        breaches: Vec::new(),
        ill_formed: Vec::new(),
        exchange: None,
    }
}

/// The body, and behind it every JSON string of it unescaped, so that a text is found either way.
fn unescaped(body: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Response {
        let headers =
            headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Response { status, headers, body: body.to_owned() }
    }

    fn predicate(text: &str) -> Predicate {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn alternatives_absences_and_values_of_headers_hold_together() {
        let known = predicate(
            r#"
            status = ["2xx"]
            or = [{ json = "/token" }, { headers = { set-cookie = "^session=.*SameSite=None" } }]
            absent = { json = "/error" }
            "#,
        );
        let cookie = [("set-cookie", "other=1"), ("Set-Cookie", "session=1; SameSite=None")];
        assert!(known.holds(&answer(200, &[], r#"{"token":"a"}"#)));
        assert!(known.holds(&answer(204, &cookie, "")));
        assert!(!known.holds(&answer(204, &cookie[..1], "")), "no alternative");
        assert!(
            !known.holds(&answer(200, &[], r#"{"token":"a","error":1}"#)),
            "what must be absent is there"
        );
        assert!(!known.holds(&answer(403, &cookie, "")));
    }

    /// A refusal has a content type as well.
    #[test]
    fn what_describes_an_answer_is_no_mark_of_an_acceptance() {
        let mark = |text: &str, headers: &[(&str, &str)]| {
            predicate(text).mark(&answer(403, headers, ""), &|_| true)
        };
        let json = [("Content-Type", "application/json"), ("x-caller", "somebody")];
        assert_eq!(mark(r#"headers = { content-type = "json" }"#, &json), None);
        assert_eq!(mark(r#"header = "content-type""#, &json), None);
        let due = "a header `x-caller` that `some` matches";
        assert_eq!(mark(r#"headers = { x-caller = "some" }"#, &json).as_deref(), Some(due));
        let either = r#"or = [{ header = "x-other" }, { header = "x-caller" }]"#;
        assert_eq!(mark(either, &json).as_deref(), Some("the header `x-caller`"));
    }
}
