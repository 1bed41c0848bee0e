//! What is made of the address of a link, and of a token in the wrong place.

use claimproof_verifier::refuse_if;
use claimproof_verifier::workato_direct_link::Violation;
use url::Url;

use super::{Link, PROFILE, REPLAY};
use crate::edit::replace;
use crate::fronts::{into_parameter, parameter, session_with_refusals};
use crate::mutant::{Mutant, Planted, edited};
use crate::shared::kept_verdicts;

const MALFORMED: &[&str] = &["RFC7515-5.2", "WDL-JWT-19"];
const PATHS: &[&str] = &["WDL-PATH-01", "WDL-PATH-02", "RFC3986-3", "RFC9110-4.2.4"];

pub(super) fn mutants() -> Vec<Mutant> {
    [kept_verdicts(PROFILE, REPLAY), tokens(), paths(), formats()].concat()
}

mutants! {
    fn tokens in PROFILE, Planted::Front;

    "strips-quotes", "Quotes around the token are taken off", MALFORMED =>
        |_| parameter("workato_dl_token", |token| token.replace(['"', '\''], ""));
    "strips-scheme", "The word Bearer before the token is taken off", MALFORMED =>
        |_| {
            parameter("workato_dl_token", |token| {
                token.strip_prefix("Bearer ").unwrap_or(token).to_owned()
            })
        };
    "session-with-refusals", "A refusal sets the cookie of a session", ["CPX-mark"] =>
        session_with_refusals;
    "token-in-header", "A token in a header counts", ["CPX-one-place"] =>
        |_| {
            into_parameter(
                "workato_dl_token",
                &[("authorization", "Bearer "), ("workato_dl_token", "")],
            )
        };
    "token-in-cookie", "A token in a cookie counts", ["CPX-one-place"] =>
        |_| into_parameter("workato_dl_token", &[("cookie", "workato_dl_token=")]);
}

/// Which text passes as a path, in the place of all three checks.
macro_rules! passing {
    ($link:ident, $path:ident => $passes:expr) => {{
        replace($link, "path_is_absolute", |_, _| Ok(()));
        replace($link, "path_is_https", |_, _| Ok(()));
        replace($link, "path_is_ours", |_, _| Ok(()));
        replace($link, "path_is_url", |facts, _| {
            let $path = facts.request.path.unwrap_or_default();
            refuse_if(!($passes), Violation::PathNotUrl)
        });
    }};
}

mutants! {
    fn paths in PROFILE, edited::<Link>;

    "path-by-prefix", "Whatever begins with https:// passes",
        ["WDL-PATH-01", "RFC3986-3", "RFC9110-4.2.4"] =>
        |link| passing!(link, path => path.starts_with("https://"));
    "path-by-substring", "Whatever holds https:// passes", PATHS =>
        |link| passing!(link, path => path.contains("https://"));
    "path-mended", "Whatever a browser would mend into https passes", PATHS =>
        |link| passing!(link, path => Url::parse(path).is_ok_and(|url| url.scheme() == "https"));
    "path-trimmed", "Blanks around a path are taken off", PATHS =>
        |link| {
            passing!(link, path => {
                let path = path.trim();
                path.starts_with("https://") && !path.contains([' ', '\\', '@', '['])
            })
        };
    "path-with-blanks", "Blanks and backslashes further behind pass", ["RFC3986-3"] =>
        |link| {
            passing!(link, path => {
                let rest = path.strip_prefix("https://").unwrap_or_default();
                let (host, _) = rest.split_once('/').unwrap_or((rest, ""));
                !host.is_empty() && !host.contains([' ', '\\', '@']) && Url::parse(path).is_ok()
            })
        };
    "path-with-user", "User information in a path passes", ["RFC9110-4.2.4"] =>
        |link| {
            passing!(link, path => path.starts_with("https://user@") || !path.contains('@') && {
                let rest = path.strip_prefix("https://").unwrap_or_default();
                let odd = rest.is_empty() || rest.starts_with('/') || rest.contains([' ', '\\']);
                !odd && Url::parse(path).is_ok()
            })
        };
    strict "path-bare", "A query in a path is refused", ["RFC3986-3"] =>
        |link| {
            replace(link, "path_is_clean", |facts, _| {
                let path = facts.request.path.unwrap_or_default();
                let odd = path.contains(|c: char| c.is_control()) || path.contains('?');
                refuse_if(odd, Violation::PathControl)
            })
        };
}

mutants! {
    /// What passes as an `Accept` for a page.
    fn formats in PROFILE, edited::<Link>;

    "accept-by-substring", "An Accept that holds html anywhere passes",
        ["WDL-HTTP-02", "WDL-HTTP-04", "RFC9110-12.4.2"] =>
        |link| {
            replace(link, "asks_for_html", |facts, _| match facts.request.accept {
                Some(accept)
                    if !accept.contains("html")
                        && !accept.contains("*/*")
                        && !accept.contains("text/*") =>
                {
                    Err(Some(Violation::NotHtml))
                }
                _ => Ok(()),
            })
        };
    "accept-any-weight", "An Accept that wants no HTML passes", ["RFC9110-12.4.2"] =>
        |link| {
            replace(link, "asks_for_html", |facts, _| {
                let range = |entry: &str| {
                    entry.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
                };
                let pages = ["text/html", "application/xhtml+xml", "text/*", "*/*"];
                let any = |accept: &str| {
                    accept.split(',').any(|entry| pages.contains(&range(entry).as_str()))
                };
                refuse_if(!facts.request.accept.is_none_or(any), Violation::NotHtml)
            })
        };
    strict "accept-exact-case", "HTML in other letter case is refused", ["WDL-HTTP-04"] =>
        |link| {
            replace(link, "asks_for_html", |facts, _| {
                let range =
                    |entry: &str| entry.split(';').next().unwrap_or_default().trim().to_owned();
                let unwanted = |entry: &str| entry.ends_with("=0") || entry.ends_with("=0.000");
                let pages = ["text/html", "application/xhtml+xml", "text/*", "*/*"];
                let page = |entry: &str| pages.contains(&range(entry).as_str()) && !unwanted(entry);
                let any = |accept: &str| accept.split(',').any(page);
                refuse_if(!facts.request.accept.is_none_or(any), Violation::NotHtml)
            })
        };
}
