//! Checks on the request: its format, the path, the presence of a token.

use super::Violation;
use super::facts::Facts;
use super::page::Page;
use super::steps::{Checked, Given};
use crate::list::refuse_if;

/// No `Accept` at all, or one that a page satisfies; a range of weight 0 is not acceptable
/// (RFC 9110 section 12.4.2).
pub(super) fn asks_for_html(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let Some(accept) = facts.request.accept else { return Ok(()) };
    refuse_if(!accept.split(',').any(is_page), Violation::NotHtml)
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

pub(super) fn is_no_script(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let with = facts.request.requested_with.unwrap_or_default().trim();
    refuse_if(with.eq_ignore_ascii_case("XMLHttpRequest"), Violation::Xhr)
}

/// Before parsing, since URL parsers drop tabs and line ends silently.
pub(super) fn path_is_clean(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let path = facts.request.path.unwrap_or_default();
    refuse_if(path.chars().any(char::is_control), Violation::PathControl)
}

pub(super) fn path_is_url(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.page == Page::NoUrl, Violation::PathNotUrl)
}

pub(super) fn path_is_absolute(facts: &Facts<'_>, given: &Given<'_>) -> Checked {
    refuse_if(facts.page == Page::Relative && !given.policy.relative_paths, Violation::PathRelative)
}

pub(super) fn path_is_https(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.page == Page::NotHttps, Violation::PathNotHttps)
}

pub(super) fn path_is_ours(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.page == Page::Foreign, Violation::PathForeignHost)
}

pub(super) fn token_present(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.token.is_none(), Violation::TokenMissing)
}
