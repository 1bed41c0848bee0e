//! JSON of another shape, in a header or payload whose signature holds.

use serde_json::Value;

use super::json::rewritten;
use super::{Kit, PARTS, Rewrite};
use crate::case::Case;

/// Decoders that fill a map may take a list of pairs for one, and an empty list for an empty one (RFC 7515 section 4,
/// RFC 7519 section 7.2 step 10: each part is a JSON object).
pub(super) fn cases(kit: &Kit) -> Vec<Case> {
    let rows: [(&str, &'static str, Rewrite); 4] = [
        ("list-of-pairs", "is a list of pairs", pairs),
        ("empty-list", "is an empty list", |_| b"[]".to_vec()),
        ("list-of-lists", "is a list of its names and a list of its values", columns),
        ("text-of-object", "is a string that holds the object", |json| {
            Value::from(json).to_string().into_bytes()
        }),
    ];
    let mut cases = Vec::new();
    for (part, word) in PARTS {
        for (slug, what, rewrite) in rows {
            let title = format!("The {word} {what}");
            let slug = format!("{word}-{slug}");
            cases.push(rewritten(kit, part, &slug, &title, "RFC7515-10.12", what, rewrite));
        }
    }
    cases
}

fn members(json: &str) -> Vec<(String, Value)> {
    serde_json::from_str::<serde_json::Map<String, Value>>(json)
        .unwrap_or_default()
        .into_iter()
        .collect()
}

fn pairs(json: &str) -> Vec<u8> {
    let pairs: Vec<Value> = members(json)
        .into_iter()
        .map(|(name, value)| Value::from(vec![Value::from(name), value]))
        .collect();
    Value::from(pairs).to_string().into_bytes()
}

fn columns(json: &str) -> Vec<u8> {
    let (names, values): (Vec<String>, Vec<Value>) = members(json).into_iter().unzip();
    Value::from(vec![Value::from(names), Value::from(values)]).to_string().into_bytes()
}
