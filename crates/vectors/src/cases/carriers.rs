//! A token in the wrong place, or with something around it, in any profile.

use super::common::Kit;
use crate::case::Case;
use crate::change::{Change, RequestEdit};
use crate::expect::Expect;

type Alter = fn(&str) -> String;

/// What clients leave around a token. None of it is base64url, so the first segment cannot be decoded.
pub(super) fn wrapped(kit: &Kit) -> Vec<Case> {
    let (before, behind) = (&kit.header, &kit.signature);
    let rows: &[(&str, &'static str, Alter, &Expect)] = &[
        (
            "in-double-quotes",
            "The token in double quotes, as JSON text has it",
            |t| format!("\"{t}\""),
            before,
        ),
        ("in-single-quotes", "The token in single quotes", |t| format!("'{t}'"), before),
        ("quote-behind", "A double quote behind the token", |t| format!("{t}\""), behind),
        (
            "scheme-before",
            "The word Bearer before the token, once too often",
            |t| format!("Bearer {t}"),
            before,
        ),
        ("word-behind", "A word behind the token", |t| format!("{t} word"), behind),
        (
            "name-before",
            "A name and an equals sign before the token",
            |t| format!("jwt={t}"),
            before,
        ),
        (
            "object-around",
            "The token inside a JSON object",
            |t| format!("{{\"token\":\"{t}\"}}"),
            before,
        ),
    ];
    let case = |(slug, title, alter, expect): &(&str, &'static str, Alter, &Expect)| {
        let id = format!("{}/{slug}", kit.folder);
        let cites = [kit.cites, &["RFC7515-5.2"]].concat();
        Case::one(
            &kit.scene,
            &id,
            title,
            &cites,
            vec![Change::Text(title, *alter)],
            (*expect).clone(),
        )
    };
    rows.iter().map(case).collect()
}

/// The token alone in another header: what a document does not name it does not forbid, so this is advice.
pub(super) fn elsewhere(
    kit: &Kit,
    folder: &str,
    expect: &Expect,
    headers: &[(&str, &'static str, &'static str)],
) -> Vec<Case> {
    let case = |(slug, header, value): &(&str, &'static str, &'static str)| {
        let title = format!("The token in the header {header} alone, as `{value}`");
        let change = Change::Request(RequestEdit::TokenIn(header, value));
        Case::one(
            &kit.scene,
            &format!("{folder}/in-{slug}"),
            &title,
            &["CPX-one-place"],
            vec![change],
            expect.clone(),
        )
    };
    headers.iter().map(case).collect()
}
