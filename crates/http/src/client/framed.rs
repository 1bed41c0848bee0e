//! Whether a page that opens a session works in a frame, and in whose: seen on every accepted
//! direct link.

use claimproof_suite::{Breach, Outcome};

use super::Client;
use crate::target::{Response, cookie_name, framing};

impl Client {
    /// What an accepted link sets and allows, and should not.
    pub(crate) fn framed(&self, outcome: &Outcome, response: &Response) -> Vec<Breach> {
        if !self.target.profile.sheet().is_framed || *outcome != Outcome::Accepted {
            return Vec::new();
        }
        // Without `Secure` browsers keep no such cookie; of http on loopback they ask nothing.
        let secure = self.target.base_url.starts_with("https:");
        let breach =
            |rule, what: Option<String>| what.map(|what| Breach { rule, what: what.into() });
        let all = [
            breach("WDL-BRW-07", kept_by_no_frame(response, secure)),
            breach("CPX-framed-by", by_all(response)),
        ];
        all.into_iter().flatten().collect()
    }
}

/// The cookies of which none reaches a frame on another site. A page that sets none keeps its
/// session elsewhere.
fn kept_by_no_frame(response: &Response, secure: bool) -> Option<String> {
    let mut names = Vec::new();
    for cookie in response.headers("set-cookie") {
        let has =
            |due: &str| cookie.split(';').skip(1).any(|own| own.trim().eq_ignore_ascii_case(due));
        if has("SameSite=None") && (has("Secure") || !secure) {
            return None;
        }
        names.push(cookie_name(cookie));
    }
    let due = if secure { "`SameSite=None; Secure`" } else { "`SameSite=None`" };
    (!names.is_empty()).then(|| {
        format!("no cookie of the page has {due}, so none reaches a frame: {}", names.join(", "))
    })
}

/// The source of `frame-ancestors` that is every site (CSP Level 3, section 6.4.2).
fn by_all(response: &Response) -> Option<String> {
    let (ancestors, _) = framing(response);
    let all = ["*", "https:", "http:", "https://*", "http://*"];
    let found = ancestors?
        .split_whitespace()
        .find(|one| all.contains(&one.to_ascii_lowercase().as_str()))?
        .to_owned();
    Some(format!("`frame-ancestors` lists `{found}`, so every site may frame the page"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &str, values: &[&str]) -> Response {
        let headers = values.iter().map(|value| (name.to_owned(), (*value).to_owned())).collect();
        Response { headers, ..Response::default() }
    }

    #[test]
    fn one_cookie_for_frames_is_enough() {
        let none = |values: &[&str], secure| {
            kept_by_no_frame(&with("Set-Cookie", values), secure).is_some()
        };
        assert!(none(&["a=1; Path=/"], false));
        assert!(none(&["a=SameSite=None"], false));
        assert!(!none(&["a=1; Path=/", "b=1; samesite=none"], false));
        assert!(none(&["b=1; samesite=none"], true));
        assert!(!none(&["b=1;SameSite=None;secure"], true));
        assert!(!none(&[], true));
    }

    #[test]
    fn a_source_that_is_every_site_is_named() {
        let all = |policy: &str| by_all(&with("content-security-policy", &[policy])).is_some();
        assert!(all("frame-ancestors *"));
        assert!(all("default-src *; frame-ancestors https://a.example HTTPS:"));
        assert!(!all("default-src *; frame-ancestors https://*.a.example"));
        assert!(!all("default-src *"));
    }
}
