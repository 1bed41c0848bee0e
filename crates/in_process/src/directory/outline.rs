//! Where things stand in a directory file, and what must not stand there.

use claimproof_catalog::Profile;
use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::mistake::Mistake;
use claimproof_http::target::nearest;

#[derive(Deserialize)]
struct Outline {
    profile: Option<Spanned<String>>,
}

/// The profile, which says how the rest is read.
pub(super) fn profile(text: &str) -> Result<Profile, Mistake> {
    let outline: Outline = toml::from_str(text).map_err(|error| Mistake::of_toml(&error))?;
    let all = Profile::ALL.map(Profile::name);
    let Some(name) = outline.profile else {
        return Err(Mistake::of_file(format!(
            "no `profile`; the file says which it is for: {}",
            all.join(", ")
        )));
    };
    let found = Profile::ALL.into_iter().find(|profile| profile.name() == name.get_ref());
    found.ok_or_else(|| {
        let near = nearest(name.get_ref(), all.into_iter());
        let what = format!("profile: `{}` is none of {}{near}", name.get_ref(), all.join(", "));
        Mistake::in_span(name.span(), what)
    })
}

/// Keys under which people write a secret or a key itself, and what names its file instead.
const INLINE: [(&str, &str); 14] = [
    ("secret", SECRET),
    ("secrets", SECRET),
    ("secret_value", SECRET),
    ("value", SECRET),
    ("password", SECRET),
    ("client_secret", SECRET),
    ("token_secret", SECRET),
    ("hmac_secret", SECRET),
    ("key", SECRET),
    ("public_key", PUBLIC),
    ("verification_key", PUBLIC),
    ("certificate", PUBLIC),
    ("private_key", PRIVATE),
    ("private_key_file", PRIVATE),
];

const SECRET: &str = "a secret does not stand in this file: name a file that holds it, secret_file = \"FILE\", or an \
                      environment variable, secret_env = \"NAME\"";
const PUBLIC: &str =
    "a key does not stand in this file: name a file that holds it, public_key_file = \"FILE\"";
const PRIVATE: &str =
    "a server knows no private key: name the public one, public_key_file = \"FILE\"";

/// Whether every secret and key is elsewhere. Asked first, so that no other message shows one.
pub(super) fn nothing_inline(text: &str, profile: Profile) -> Result<(), Mistake> {
    let table = DeTable::parse(text).map_err(|error| Mistake::of_toml(&error))?;
    none_in(table.get_ref(), profile)
}

fn none_in(table: &DeTable<'_>, profile: Profile) -> Result<(), Mistake> {
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        // Who takes part in a flow proves it by one; elsewhere it is the name of an account.
        let api_key = (name == "api_key" && profile.sheet().is_flow).then_some(SECRET);
        let found = INLINE.iter().find(|(own, _)| *own == name).map(|(_, what)| *what).or(api_key);
        match (found, value.get_ref()) {
            (_, DeValue::Table(inner)) => none_in(inner, profile)?,
            (Some(what), DeValue::Array(many)) if many.iter().any(|one| one.get_ref().is_str()) => {
                return Err(Mistake::in_span(key.span(), format!("{name}: {what}")));
            }
            (_, DeValue::Array(many)) => {
                let mut tables = many.iter().filter_map(|one| one.get_ref().as_table());
                tables.try_for_each(|inner| none_in(inner, profile))?;
            }
            (Some(what), _) => return Err(Mistake::in_span(key.span(), format!("{name}: {what}"))),
            (None, _) => {}
        }
    }
    Ok(())
}

/// The line of a key by names and numbers, or of the nearest table around it.
pub(super) fn line_of(text: &str, key: &str) -> usize {
    let Ok(whole) = DeTable::parse(text) else { return 1 };
    let (mut at, mut value): (usize, Option<&DeValue<'_>>) = (0, None);
    for step in key.split('.') {
        let next = match (value, step.parse::<usize>()) {
            (Some(DeValue::Array(many)), Ok(n)) => {
                many.get(n).map(|one| (one.span().start, one.get_ref()))
            }
            (Some(DeValue::Table(table)), _) => member(table, step),
            (None, _) => member(whole.get_ref(), step),
            (Some(_), _) => None,
        };
        let Some((start, inner)) = next else { break };
        (at, value) = (start, Some(inner));
    }
    line(text, at)
}

fn member<'t>(table: &'t DeTable<'t>, name: &str) -> Option<(usize, &'t DeValue<'t>)> {
    let found = table.iter().find(|(own, _)| own.get_ref().as_ref() == name);
    found.map(|(own, value)| (own.span().start, value.get_ref()))
}

/// The line of a place in a text.
pub(super) fn line(text: &str, place: usize) -> usize {
    text.get(..place).unwrap_or_default().matches('\n').count() + 1
}
