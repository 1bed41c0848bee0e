//! A token in the wrong place, or with something around it, in any profile.

use super::common::Kit;
use super::table::case;
use crate::case::Case;
use crate::change::{Change, RequestEdit};
use crate::expect::Expect;

/// What clients leave around a token. None of it is base64url, so the first segment cannot be decoded.
pub(super) fn wrapped(kit: &Kit) -> Vec<Case> {
    let before = |slug: &str, title: &'static str, alter| {
        kit.text(slug, title, "RFC7515-5.2", alter, &kit.header)
    };
    let behind = |slug: &str, title: &'static str, alter| {
        kit.text(slug, title, "RFC7515-5.2", alter, &kit.signature)
    };
    cases! {
        before:
            "in-double-quotes", "The token in double quotes, as JSON text has it":
                |t| format!("\"{t}\"");
            "in-single-quotes", "The token in single quotes": |t| format!("'{t}'");
        behind:
            "quote-behind", "A double quote behind the token": |t| format!("{t}\"");
        before:
            "scheme-before", "The word Bearer before the token, once too often":
                |t| format!("Bearer {t}");
        behind:
            "word-behind", "A word behind the token": |t| format!("{t} word");
        before:
            "name-before", "A name and an equals sign before the token": |t| format!("jwt={t}");
            "object-around", "The token inside a JSON object":
                |t| format!("{{\"token\":\"{t}\"}}");
    }
}

/// The token alone in another header: what a document does not name it does not forbid, so this is advice.
pub(super) fn elsewhere(
    kit: &Kit,
    folder: &str,
    expect: &Expect,
    headers: &[(&str, &'static str, &'static str)],
) -> Vec<Case> {
    let alone = |(slug, header, value): &(&str, &'static str, &'static str)| {
        let title = format!("The token in the header {header} alone, as `{value}`");
        let change = Change::Request(RequestEdit::TokenIn(header, value));
        let id = format!("{folder}/in-{slug}");
        case(&id, &title, &kit.scene, &["CPX-one-place"], change, expect.clone())
    };
    headers.iter().map(alone).collect()
}
