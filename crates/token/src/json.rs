//! JSON read strictly, with serde_json as the only judge of syntax.
//!
//! One level is read at a time into names and raw values: so numbers keep their text, names can be
//! compared, and strings nobody asks for are still unescaped once (serde_json skips them unread).

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::{Claim, Malformed, Part};

/// Objects and lists open at once; far above what a token needs, far below what a stack bears.
pub(crate) const MAX_DEPTH: usize = 100;

/// Up to here names are compared pairwise, which needs no table; beyond, cost must stay linear.
const FEW: usize = 16;

/// The members of the one object that `text` is, each name unescaped and every value checked.
pub(crate) fn members(text: &str, part: Part) -> Result<Vec<(Cow<'_, str>, Claim<'_>)>, Malformed> {
    if deeper_than(text, MAX_DEPTH) {
        return Err(Malformed::TooDeep {
            part,
            max: MAX_DEPTH,
        });
    }
    if !text.trim_ascii_start().starts_with('{') {
        return Err(match serde_json::from_str::<IgnoredAny>(text) {
            Ok(_) => Malformed::NotObject { part },
            Err(error) => Malformed::NotJson {
                part,
                detail: error.to_string(),
            },
        });
    }
    let Level(level) = read(text, part)?;
    distinct(&level, part)?;
    level
        .into_iter()
        .map(|(name, value)| claim(&name, value, part).map(|claim| (name, claim)))
        .collect()
}

/// The elements of a list, or nothing where `text` is none.
pub(crate) fn elements(text: &str) -> Option<Vec<Claim<'_>>> {
    let values: Vec<&RawValue> = serde_json::from_str(text).ok()?;
    values
        .into_iter()
        .map(|value| typed(value.get()).ok())
        .collect()
}

fn claim<'a>(name: &str, value: &'a RawValue, part: Part) -> Result<Claim<'a>, Malformed> {
    let claim = typed(value.get()).map_err(|error| Malformed::NotJson {
        part,
        detail: format!("member {name:?}: {error}"),
    })?;
    match claim {
        Claim::List(text) | Claim::Object(text) => nested(name, text, part)?,
        _ => {}
    }
    Ok(claim)
}

/// Checks what is inside a list or object, and forgets it.
fn nested(within: &str, text: &str, part: Part) -> Result<(), Malformed> {
    if text.starts_with('{') {
        let Level(level) = read(text, part)?;
        distinct(&level, part)?;
        return level
            .iter()
            .try_for_each(|(name, value)| claim(name, value, part).map(drop));
    }
    let values: Vec<&RawValue> = read(text, part)?;
    values
        .into_iter()
        .try_for_each(|value| claim(within, value, part).map(drop))
}

fn read<'a, T: Deserialize<'a>>(text: &'a str, part: Part) -> Result<T, Malformed> {
    serde_json::from_str(text).map_err(|error| Malformed::NotJson {
        part,
        detail: error.to_string(),
    })
}

/// The type of a value whose syntax is known to be right; fails on a lone surrogate alone.
fn typed(text: &str) -> serde_json::Result<Claim<'_>> {
    Ok(match text.as_bytes() {
        [b'"', ..] => Claim::Text(serde_json::from_str::<Text<'_>>(text)?.0),
        [b'{', ..] => Claim::Object(text),
        [b'[', ..] => Claim::List(text),
        b"true" => Claim::Bool(true),
        b"false" => Claim::Bool(false),
        b"null" => Claim::Null,
        number if number.iter().any(|byte| matches!(byte, b'.' | b'e' | b'E')) => {
            Claim::Number(text)
        }
        _ => Claim::Integer(text),
    })
}

fn distinct(level: &[(Cow<'_, str>, &RawValue)], part: Part) -> Result<(), Malformed> {
    let names = || level.iter().map(|(name, _)| name.as_ref());
    let repeated = if level.len() <= FEW {
        names()
            .enumerate()
            .find(|(index, name)| names().take(*index).any(|earlier| earlier == *name))
            .map(|(_, name)| name)
    } else {
        let mut seen = HashSet::with_capacity(level.len());
        names().find(|name| !seen.insert(*name))
    };
    repeated.map_or(Ok(()), |name| {
        Err(Malformed::Duplicate {
            part,
            name: name.to_owned(),
        })
    })
}

/// Whether more than `max` brackets are open at once outside strings; exact for valid JSON.
fn deeper_than(text: &str, max: usize) -> bool {
    let (mut open, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => open += 1,
            b'}' | b']' if !in_string => open = open.saturating_sub(1),
            _ => {}
        }
        if open > max {
            return true;
        }
    }
    false
}

/// One object's members in order, repeated names included.
struct Level<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Level<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(LevelVisitor)
    }
}

struct LevelVisitor;

impl<'de> Visitor<'de> for LevelVisitor {
    type Value = Level<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::with_capacity(FEW);
        while let Some((Text(name), value)) = map.next_entry()? {
            members.push((name, value));
        }
        Ok(Level(members))
    }
}

/// A string that is copied only where it has escapes.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);
