//! The accounts of a target file where they stand in it, so that a wrong role is told with its
//! line.

use claimproof_cast::{is_role, roles};
use claimproof_catalog::Profile;
use serde::Deserialize;
use toml::Spanned;

use super::fault::{TargetFault, nearest};

#[derive(Deserialize)]
struct Outline {
    profile: Option<Profile>,
    #[serde(default)]
    surface: Vec<Place>,
    #[serde(default)]
    account: Vec<Spanned<Entry>>,
    #[serde(default)]
    player: Vec<Spanned<Entry>>,
}

#[derive(Deserialize)]
struct Place {
    accept: Option<Spanned<toml::Table>>,
}

#[derive(Deserialize)]
struct Entry {
    role: Option<Spanned<String>>,
}

/// Whether each role is one of the profile's cast. What is no such file at all is told by its
/// reader.
pub(super) fn check(text: &str) -> Result<(), TargetFault> {
    let Ok(outline) = toml::from_str::<Outline>(text) else { return Ok(()) };
    let line = |place| line(text, place);
    if let (Some(_), Some(old)) = (outline.account.first(), outline.player.first()) {
        let at = line(old.span().start);
        return Err(TargetFault::new(format!(
            "line {at}: [[player]] is the former name of [[account]]; give all entries one name"
        )));
    }
    let Some(profile) = outline.profile else { return Ok(()) };
    let entries = outline.account.iter().chain(&outline.player);
    for role in entries.filter_map(|entry| entry.get_ref().role.as_ref()) {
        let name = role.get_ref();
        if !is_role(profile, name) {
            let known = roles(profile);
            let near = nearest(name, known.iter().map(String::as_str));
            return Err(TargetFault::new(format!(
                "line {}: `{name}` is no role of {profile}",
                line(role.span().start)
            ))
            .near(near));
        }
    }
    Ok(())
}

/// Where each surface says what an acceptance looks like.
pub(super) fn accept_lines(text: &str) -> Vec<usize> {
    let Ok(outline) = toml::from_str::<Outline>(text) else { return Vec::new() };
    let of =
        |place: &Place| place.accept.as_ref().map_or(1, |accept| line(text, accept.span().start));
    outline.surface.iter().map(of).collect()
}

/// Where each account begins.
pub(super) fn account_lines(text: &str) -> Vec<usize> {
    let Ok(outline) = toml::from_str::<Outline>(text) else { return Vec::new() };
    let entries = outline.account.iter().chain(&outline.player);
    entries.map(|entry| line(text, entry.span().start)).collect()
}

fn line(text: &str, place: usize) -> usize {
    text.get(..place).unwrap_or_default().matches('\n').count() + 1
}
