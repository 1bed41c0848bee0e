//! What tells an answer apart: a status, headers, places in the body.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::response::{Response, cookie_name, describes, matches};

/// Everything given must hold.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// What of an answer an acceptance is known by, in words: a header, a place in the body, a way
    /// on. A status marks nothing; cookies are told apart by their names, which the caller knows.
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

    /// Whether it holds and names this very status, and not only a class of them.
    pub(super) fn names(&self, response: &Response) -> bool {
        let own = self.status.contains(&response.status.to_string());
        let any = || self.or.iter().flatten().any(|one| one.names(response));
        self.holds(response) && (own || any())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Response {
        let headers =
            headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Response { status, headers, body: body.to_owned(), ..Response::default() }
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
