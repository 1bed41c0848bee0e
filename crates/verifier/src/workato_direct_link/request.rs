//! Checks on the request: its format, the path, the presence of a token.

use url::Url;

use super::facts::{Facts, Policy};
use super::{Violation, WorkatoDirectLink};

type Step = crate::Step<WorkatoDirectLink>;
type Verdict = Result<(), Violation>;

/// Before the token is looked at.
pub(super) const STEPS: &[Step] = &[
    Step::check("asks_for_html", &["WDL-HTTP-02", "WDL-HTTP-04"], asks_for_html),
    Step::check("is_no_script", &["WDL-HTTP-03", "WDL-HTTP-04"], is_no_script),
    Step::check("path_is_clean", &["WDL-PATH-01"], path_is_clean),
    Step::check("path_is_url", &["WDL-PATH-01"], path_is_url),
    Step::check("path_is_absolute", &["WDL-PATH-02", "WDL-PATH-01"], path_is_absolute),
    Step::check("path_is_https", &["WDL-PATH-02"], path_is_https),
    Step::check("path_is_ours", &["WDL-PATH-01"], path_is_ours),
    Step::check("token_present", &["WDL-JWT-22"], token_present),
];

/// No `Accept` at all, or one that a page satisfies; a range of weight 0 is not acceptable
/// (RFC 9110 section 12.4.2).
fn asks_for_html(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let Some(accept) = facts.request.accept else { return Ok(()) };
    let pages = ["text/html", "application/xhtml+xml", "text/*", "*/*"];
    let is_page = |entry: &str| {
        let entry = entry.to_ascii_lowercase();
        let mut parts = entry.split(';').map(str::trim);
        parts.next().is_some_and(|range| pages.contains(&range)) && !parts.any(is_weight_zero)
    };
    if accept.split(',').any(is_page) { Ok(()) } else { Err(Violation::NotHtml) }
}

fn is_weight_zero(parameter: &str) -> bool {
    parameter.strip_prefix("q=0").is_some_and(|rest| rest.bytes().all(|byte| matches!(byte, b'.' | b'0')))
}

fn is_no_script(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let with = facts.request.requested_with.unwrap_or_default().trim();
    if with.eq_ignore_ascii_case("XMLHttpRequest") { Err(Violation::Xhr) } else { Ok(()) }
}

/// Before parsing, since URL parsers drop tabs and line ends silently.
fn path_is_clean(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let path = facts.request.path.unwrap_or_default();
    if path.chars().any(char::is_control) { Err(Violation::PathControl) } else { Ok(()) }
}

/// Browsers take a backslash for a slash, so what follows two of either is a host.
fn is_relative(path: &str) -> bool {
    path.strip_prefix('/').is_some_and(|rest| !rest.starts_with(['/', '\\']))
}

fn path_is_url(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let path = facts.request.path.unwrap_or_default();
    if is_relative(path) || Url::parse(path).is_ok() { Ok(()) } else { Err(Violation::PathNotUrl) }
}

fn path_is_absolute(facts: &Facts<'_>, policy: &Policy) -> Verdict {
    let relative = facts.request.path.is_some_and(is_relative);
    if relative && !policy.relative_paths { Err(Violation::PathRelative) } else { Ok(()) }
}

fn url(facts: &Facts<'_>) -> Option<Url> {
    Url::parse(facts.request.path?).ok()
}

fn path_is_https(facts: &Facts<'_>, _: &Policy) -> Verdict {
    match url(facts) {
        Some(url) if url.scheme() != "https" => Err(Violation::PathNotHttps),
        _ => Ok(()),
    }
}

fn path_is_ours(facts: &Facts<'_>, policy: &Policy) -> Verdict {
    match (url(facts), &policy.host) {
        (Some(url), Some(host)) if url.scheme() == "https" && url.host_str() != Some(host) => {
            Err(Violation::PathForeignHost)
        }
        _ => Ok(()),
    }
}

fn token_present(facts: &Facts<'_>, _: &Policy) -> Verdict {
    if facts.token.is_none() { Err(Violation::TokenMissing) } else { Ok(()) }
}
