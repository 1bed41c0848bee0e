//! Checks on the request: its format, the path, the presence of a token.

use super::checks::refuse_if;
use super::facts::{Facts, Policy};
use super::page::Page;
use super::{Violation, WorkatoDirectLink};
use crate::list::steps;

type Verdict = Result<(), Violation>;

// Before the token is looked at.
steps! { WorkatoDirectLink:
    check asks_for_html ["WDL-HTTP-02", "WDL-HTTP-04", "RFC9110-12.4.2"];
    check is_no_script ["WDL-HTTP-03", "WDL-HTTP-04"];
    check path_is_clean ["WDL-PATH-01"];
    check path_is_url ["WDL-PATH-01", "WDL-PATH-02", "RFC3986-3", "RFC9110-4.2.4"];
    check path_is_absolute ["WDL-PATH-02", "WDL-PATH-01"];
    check path_is_https ["WDL-PATH-02"];
    check path_is_ours ["WDL-PATH-01"];
    check token_present ["WDL-JWT-22", "CPX-one-place"];
}

/// No `Accept` at all, or one that a page satisfies; a range of weight 0 is not acceptable
/// (RFC 9110 section 12.4.2).
fn asks_for_html(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let Some(accept) = facts.request.accept else { return Ok(()) };
    if accept.split(',').any(is_page) { Ok(()) } else { Err(Violation::NotHtml) }
}

fn is_page(entry: &str) -> bool {
    let mut parts = entry.split(';').map(str::trim);
    let range = parts.next().unwrap_or_default();
    let pages = ["text/html", "application/xhtml+xml", "text/*", "*/*"];
    pages.iter().any(|page| page.eq_ignore_ascii_case(range)) && !parts.any(is_weight_zero)
}

fn is_weight_zero(parameter: &str) -> bool {
    let (name, weight) = parameter.split_once('=').unwrap_or_default();
    let zero = weight
        .strip_prefix('0')
        .is_some_and(|rest| rest.bytes().all(|byte| matches!(byte, b'.' | b'0')));
    name.eq_ignore_ascii_case("q") && zero
}

fn is_no_script(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let with = facts.request.requested_with.unwrap_or_default().trim();
    refuse_if(with.eq_ignore_ascii_case("XMLHttpRequest"), Violation::Xhr)
}

/// Before parsing, since URL parsers drop tabs and line ends silently.
fn path_is_clean(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let path = facts.request.path.unwrap_or_default();
    refuse_if(path.chars().any(char::is_control), Violation::PathControl)
}

fn path_is_url(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.page == Page::NoUrl, Violation::PathNotUrl)
}

fn path_is_absolute(facts: &Facts<'_>, policy: &Policy) -> Verdict {
    refuse_if(facts.page == Page::Relative && !policy.relative_paths, Violation::PathRelative)
}

fn path_is_https(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.page == Page::NotHttps, Violation::PathNotHttps)
}

fn path_is_ours(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.page == Page::Foreign, Violation::PathForeignHost)
}

fn token_present(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.token.is_none(), Violation::TokenMissing)
}
