//! What the request says beside the token: format, path.

use super::Partner;
use crate::outsiders::wire::Request;

impl Partner {
    pub(super) fn elsewhere(&self, request: &Request) -> Option<String> {
        if !self.way.is("token-in-a-header") {
            return None;
        }
        let words = request.headers.iter().flat_map(|(_, value)| value.split([' ', '=', ';']));
        words
            .into_iter()
            .find(|word| word.matches('.').count() == 2 && word.len() > 100)
            .map(str::to_owned)
    }

    /// One of the media ranges of `Accept` covers HTML (RFC 9110 section 12.5.1).
    pub(super) fn wants_html(&self, request: &Request) -> bool {
        let Some(accept) = request.header("accept") else { return true };
        if self.way.is("html-anywhere") {
            return accept.contains("html") || accept.contains("*/*");
        }
        accept.split(',').any(|range| {
            let mut parts = range.split(';').map(|part| part.trim().to_ascii_lowercase());
            let kind = parts.next().unwrap_or_default();
            let zero =
                |part: String| part.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0_f64));
            let html =
                matches!(kind.as_str(), "text/html" | "application/xhtml+xml" | "text/*" | "*/*");
            html && (self.way.is("weight-zero") || !parts.any(zero))
        })
    }

    pub(super) fn path_is_valid(&self, path: &str) -> bool {
        match self.way.0 {
            "prefix-alone" => return path.starts_with("https://"),
            "prefix-anywhere" => return path.contains("https://"),
            "what-a-browser-takes" => {
                return url::Url::parse(path)
                    .is_ok_and(|url| url.scheme() == "https" && url.has_host());
            }
            _ => {}
        }
        let rest = match path.get(..8) {
            Some("https://") => &path[8..],
            Some(prefix)
                if self.way.is("https-in-capitals") && prefix.eq_ignore_ascii_case("https://") =>
            {
                &path[8..]
            }
            _ => return false,
        };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let user_info = authority.contains('@') && !self.way.is("user-info-in-a-path");
        let odd = |c: char| c.is_control() || c == ' ' || c == '\\';
        !authority.is_empty() && !user_info && !rest.contains(odd) && url::Url::parse(path).is_ok()
    }
}
