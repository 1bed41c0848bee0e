//! Where the token stands in a request.

use super::Platform;
use crate::outsiders::wire::Request;

impl Platform {
    /// The token of the one Authorization header, behind the scheme and its blanks.
    pub(super) fn credentials(&self, request: &Request) -> Option<String> {
        let values: Vec<&str> = request.all("authorization").collect();
        let value = match values.as_slice() {
            [one] => *one,
            [first, ..] if self.way.is("first-of-two-lines") => *first,
            [] if self.way.is("token-in-cookie-or-query") => return elsewhere(request),
            [] if self.way.is("token-in-query") => return request.parameter("access_token"),
            _ => return None,
        };
        if self.way.is("token-without-scheme") {
            return value.split(' ').next_back().map(str::to_owned);
        }
        let (scheme, rest) = value.split_once(' ')?;
        let known = if self.way.is("scheme-by-letter") {
            scheme == "Bearer"
        } else {
            scheme.eq_ignore_ascii_case("bearer")
        };
        if !known || (self.way.is("one-blank-only") && rest.starts_with(' ')) {
            return None;
        }
        let rest = rest.trim_start_matches(' ');
        Some(match self.way.0 {
            "first-word-counts" => rest.split(' ').next().unwrap_or_default().to_owned(),
            "doubled-scheme" => rest.trim_start_matches("Bearer ").to_owned(),
            "quotes-stripped" => rest.trim_matches('"').to_owned(),
            _ => rest.to_owned(),
        })
    }
}

/// Whatever looks like a token in a cookie or the query.
fn elsewhere(request: &Request) -> Option<String> {
    let cookies = request.all("cookie").flat_map(|line| line.split(';'));
    let cookies =
        cookies.filter_map(|pair| pair.split_once('=')).map(|(_, value)| value.trim().to_owned());
    let query = request.query().into_iter().map(|(_, value)| value);
    cookies.chain(query).find(|value| value.matches('.').count() == 2)
}
