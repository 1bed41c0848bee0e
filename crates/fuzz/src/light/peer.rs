//! Another reader of compact tokens and their JSON, of other people's parts: serde_json, base64.

use std::collections::BTreeSet;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_token::{Compact, Object};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The members of one object in the order of its text, each value as it is written.
pub(crate) struct Members<'j>(pub(crate) Vec<(String, &'j RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        json.deserialize_map(InOrder)
    }
}

struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}

/// The members of a JSON object that is strict at every depth; nothing where it is not.
pub(crate) fn object(json: &str) -> Option<Members<'_>> {
    members(json, 1)
}

fn members(json: &str, depth: usize) -> Option<Members<'_>> {
    let members: Members<'_> = serde_json::from_str(json).ok()?;
    let names: BTreeSet<&str> = members.0.iter().map(|(name, _)| name.as_str()).collect();
    let all_differ = names.len() == members.0.len();
    let fine = all_differ && members.0.iter().all(|(_, value)| is_strict(value.get(), depth + 1));
    fine.then_some(members)
}

/// Whether a value is as deep as ours may be, with no name twice and no half of a surrogate pair.
fn is_strict(json: &str, depth: usize) -> bool {
    match json.as_bytes().first() {
        Some(b'{' | b'[') if depth > Object::MAX_DEPTH => false,
        Some(b'{') => members(json, depth).is_some(),
        Some(b'[') => {
            elements(json).is_some_and(|all| all.iter().all(|one| is_strict(one.get(), depth + 1)))
        }
        Some(b'"') => text(json).is_some(),
        _ => true,
    }
}

/// The elements of a list, each as it is written.
pub(crate) fn elements(json: &str) -> Option<Vec<&RawValue>> {
    serde_json::from_str(json).ok()
}

/// A string without its escapes.
pub(crate) fn text(json: &str) -> Option<String> {
    serde_json::from_str(json).ok()
}

/// The three parts of a compact token, decoded.
pub(crate) struct Parts {
    pub(crate) header: String,
    pub(crate) payload: String,
    pub(crate) signature: Vec<u8>,
}

/// Takes a token apart; nothing where it is none.
pub(crate) fn compact(token: &str) -> Option<Parts> {
    let parts: Vec<&str> = token.split('.').collect();
    let [header, payload, signature] = parts.as_slice() else { return None };
    let bytes = |part: &str| URL_SAFE_NO_PAD.decode(part).ok();
    let json = |part: &str| {
        let text = String::from_utf8(bytes(part)?).ok()?;
        object(&text)?;
        Some(text)
    };
    let (header, payload, signature) = (json(header)?, json(payload)?, bytes(signature)?);
    (token.len() <= Compact::MAX_BYTES).then_some(Parts { header, payload, signature })
}

/// A segment of a token.
pub(crate) fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
