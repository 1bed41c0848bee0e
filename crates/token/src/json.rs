//! JSON read strictly in one pass, with serde_json as the only judge of syntax.
//!
//! serde_json alone would turn numbers into floats, keep the last of two equal names and skip strings
//! nobody asks for unread. So scalars and names are taken as raw text and looked at here. A seed must
//! know a value's type before serde_json has read it, therefore [`Cursor`] follows along in the text.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::{Claim, Malformed, Part};

/// Objects and lists open at once; far above what a token needs, far below what a stack bears.
pub(crate) const MAX_DEPTH: usize = 100;

/// Up to here names are compared pairwise, which needs no table; beyond, cost must stay linear.
const FEW: usize = 16;

/// The members of an object in the order of the text, their names unescaped.
pub(crate) type Members<'a> = Vec<(Cow<'a, str>, Claim<'a>)>;

/// The members of the one object that `text` is.
pub(crate) fn members(text: &str, part: Part) -> Result<Members<'_>, Malformed> {
    if deeper_than(text, MAX_DEPTH) {
        return Err(Malformed::TooDeep { part, max: MAX_DEPTH });
    }
    let not_json = |error: serde_json::Error| Malformed::NotJson { part, detail: error.to_string() };
    let mut cursor = Cursor { rest: text, repeated: None };
    if !cursor.next().starts_with('{') {
        let other = serde_json::from_str::<IgnoredAny>(text);
        return Err(other.map_or_else(not_json, |_| Malformed::NotObject { part }));
    }
    let mut json = serde_json::Deserializer::from_str(text);
    let members = json.deserialize_map(Object(&mut cursor));
    if let Some(name) = cursor.repeated {
        return Err(Malformed::Duplicate { part, name });
    }
    let members = members.map_err(not_json)?;
    json.end().map_err(not_json)?;
    Ok(members)
}

/// The elements of a list, or nothing where `text` is none.
pub(crate) fn elements(text: &str) -> Option<Vec<Claim<'_>>> {
    let values: Vec<&RawValue> = serde_json::from_str(text).ok()?;
    values.into_iter().map(|value| typed(value.get())).collect()
}

/// Where serde_json is in the text; right as long as the text is, and then serde_json has the word.
struct Cursor<'de> {
    rest: &'de str,
    /// The name that ended the reading because it was there before.
    repeated: Option<String>,
}

impl<'de> Cursor<'de> {
    fn next(&self) -> &'de str {
        self.rest.trim_start_matches([' ', '\t', '\n', '\r', ',', ':'])
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.next().get(bytes..).unwrap_or_default();
    }

    fn name<E: Error>(&mut self, raw: &'de RawValue) -> Result<Cow<'de, str>, E> {
        self.skip(raw.get().len());
        unescaped(raw.get()).ok_or_else(lone_surrogate)
    }

    /// What has been read since the text was `start`.
    fn since(&self, start: &'de str) -> &'de str {
        &start[..start.len() - self.rest.len()]
    }
}

struct Value<'c, 'de>(&'c mut Cursor<'de>);

impl<'de> DeserializeSeed<'de> for Value<'_, 'de> {
    type Value = Claim<'de>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        let Self(cursor) = self;
        let start = cursor.next();
        if start.starts_with('{') {
            json.deserialize_map(Object(cursor))?;
            return Ok(Claim::Object(cursor.since(start)));
        }
        if start.starts_with('[') {
            json.deserialize_seq(List(cursor))?;
            return Ok(Claim::List(cursor.since(start)));
        }
        let raw = <&RawValue>::deserialize(json)?.get();
        cursor.skip(raw.len());
        typed(raw).ok_or_else(lone_surrogate)
    }
}

struct Object<'c, 'de>(&'c mut Cursor<'de>);

impl<'de> Visitor<'de> for Object<'_, 'de> {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let Self(cursor) = self;
        let mut members = Vec::with_capacity(FEW);
        cursor.skip("{".len());
        while let Some(name) = map.next_key::<&RawValue>()? {
            let name = cursor.name(name)?;
            members.push((name, map.next_value_seed(Value(cursor))?));
        }
        cursor.skip("}".len());
        match repeated(&members) {
            None => Ok(members),
            Some(name) => {
                cursor.repeated = Some(name.to_owned());
                Err(A::Error::custom("a repeated name"))
            }
        }
    }
}

struct List<'c, 'de>(&'c mut Cursor<'de>);

impl<'de> Visitor<'de> for List<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let Self(cursor) = self;
        cursor.skip("[".len());
        while list.next_element_seed(Value(cursor))?.is_some() {}
        cursor.skip("]".len());
        Ok(())
    }
}

/// The type of a value whose syntax is known to be right; nothing where a surrogate stands alone.
fn typed(text: &str) -> Option<Claim<'_>> {
    Some(match text.as_bytes() {
        [b'"', ..] => Claim::Text(unescaped(text)?),
        [b'{', ..] => Claim::Object(text),
        [b'[', ..] => Claim::List(text),
        b"true" => Claim::Bool(true),
        b"false" => Claim::Bool(false),
        b"null" => Claim::Null,
        number if number.iter().any(|byte| matches!(byte, b'.' | b'e' | b'E')) => Claim::Number(text),
        _ => Claim::Integer(text),
    })
}

/// A quoted string, copied only where it has escapes.
fn unescaped(quoted: &str) -> Option<Cow<'_, str>> {
    if quoted.contains('\\') {
        return serde_json::from_str(quoted).ok().map(Cow::Owned);
    }
    quoted.strip_prefix('"')?.strip_suffix('"').map(Cow::Borrowed)
}

/// Strings are the only values that can have the right syntax and yet no meaning (RFC 8259 section 8.2).
fn lone_surrogate<E: Error>() -> E {
    E::custom("expected surrogate escapes in pairs, found one alone")
}

fn repeated<'m>(members: &'m Members<'_>) -> Option<&'m str> {
    let mut names = members.iter().map(|(name, _)| name.as_ref());
    if members.len() > FEW {
        let mut seen = HashSet::with_capacity(members.len());
        return names.find(|name| !seen.insert(*name));
    }
    let before = |index: usize, name: &str| members[..index].iter().any(|(other, _)| other == name);
    names.enumerate().find(|(index, name)| before(*index, name)).map(|(_, name)| name)
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
