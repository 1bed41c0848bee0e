//! A JSON object as the verifier reads it, against another reader.

use claimproof_token::{Claim, Index, JwsPart, Object};

use super::peer;

/// The text is taken or not as the other reader says, and holds the same.
pub fn check(bytes: &[u8]) {
    let Ok(json) = std::str::from_utf8(bytes) else { return };
    let mut index = Index::new();
    let ours = Object::parse(json, JwsPart::Payload, &mut index);
    let theirs = peer::object(json);
    assert_eq!(ours.is_ok(), theirs.is_some(), "taken by one alone: {:?}", ours.err());
    if let (Ok(object), Some(members)) = (ours, theirs) {
        same_members(&object, &members);
    }
}

/// The same names in the same order, with the same values.
pub(crate) fn same_members(ours: &Object<'_>, theirs: &peer::Members<'_>) {
    assert_eq!((ours.len(), ours.is_empty()), (theirs.0.len(), theirs.0.is_empty()));
    assert!(ours.names().eq(theirs.0.iter().map(|(name, _)| name.as_str())), "other names");
    for (name, value) in &theirs.0 {
        same(&ours.get(name), value.get());
    }
}

fn same(claim: &Claim<'_>, json: &str) {
    assert_eq!(claim.as_text().map(str::to_owned), text_of(json), "text");
    assert_eq!(claim.as_i64(), integer_of(json), "integer");
    match *claim {
        Claim::Missing => panic!("a member is missing"),
        Claim::Null => assert_eq!(json, "null"),
        Claim::Bool(truth) => assert_eq!(json, truth.to_string()),
        Claim::Text(_) => assert!(json.starts_with('"')),
        Claim::Integer(written) => assert_eq!((written, is_integer(json)), (json, true)),
        Claim::Number(written) => assert_eq!((written, is_integer(json)), (json, false)),
        Claim::Object(written) => assert_eq!((written, json.starts_with('{')), (json, true)),
        Claim::List(written) => {
            assert_eq!(written, json);
            same_elements(claim, json);
        }
    }
}

fn same_elements(list: &Claim<'_>, json: &str) {
    let mut index = Index::new();
    let (ours, theirs) = (list.elements(&mut index), peer::elements(json).unwrap_or_default());
    assert_eq!(ours.len(), theirs.len(), "elements");
    ours.iter().zip(theirs).for_each(|(claim, value)| same(claim, value.get()));
}

fn text_of(json: &str) -> Option<String> {
    json.starts_with('"').then(|| peer::text(json).unwrap_or_default())
}

fn is_integer(json: &str) -> bool {
    json.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

fn integer_of(json: &str) -> Option<i64> {
    if is_integer(json) { json.parse().ok() } else { None }
}
