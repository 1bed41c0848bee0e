//! No text makes the parser panic, and nothing near a good token is taken for it.

use claimproof_token::{Claim, Compact, Index, JwsPart, Key, Object, Scratch};
use proptest::prelude::*;
use rstest::rstest;
use serde_json::Value;

use super::keys::A_SPKI;
use super::make::{SECRET, encode, good, hs256, parses, token_holds, unsigned};

/// C18: whatever is cut off, it is refused or the signature is another and does not hold.
#[rstest]
#[case::hs256(good(), Key::hmac(SECRET).unwrap())]
#[case::escaped(hs256(r#"{"\u0061lg":"HS256"}"#, r#"{"a":["\ud83d\ude00"]}"#, SECRET), Key::hmac(SECRET).unwrap())]
#[case::rs256(include_str!("keys/a.rs256.jwt").trim().to_owned(), Key::rsa(A_SPKI).unwrap())]
fn c18_no_truncation_passes(#[case] text: String, #[case] key: Key) {
    assert!(token_holds(&key, &text));
    let (mut whole, mut cut) = (Scratch::new(), Scratch::new());
    let signature = Compact::parse(&text, &mut whole).unwrap().signature;
    for end in 0..text.len() {
        let shorter = &text[..end];
        if let Ok(token) = Compact::parse(shorter, &mut cut) {
            assert_ne!(token.signature, signature, "cut at {end}");
        }
        assert!(!token_holds(&key, shorter), "cut at {end}");
    }
}

proptest! {
    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        let _ = parses(&text);
    }

    #[test]
    fn any_bytes_in_the_parts_are_answered(header in any::<Vec<u8>>(), payload in any::<Vec<u8>>()) {
        let _ = parses(&unsigned(&header, &payload));
    }

    #[test]
    fn an_integer_is_what_its_digits_say(number in any::<i64>(), shift in 0..64_u32, blank in "[ \n]?") {
        let number = number >> shift;
        let text = format!(r#"{{"exp":{number}{blank}}}"#);
        let mut index = Index::new();
        let object = Object::parse(&text, JwsPart::Payload, &mut index);
        prop_assert_eq!(object.unwrap().get("exp").as_i64(), Some(number));
    }

    /// Text made of JSON's own characters gets further than arbitrary text.
    #[test]
    fn what_is_read_is_json(json in r#"\{["a\\u0d8{}\[\]:,1.e+\- tnl]{0,40}\}"#) {
        if Object::parse(&json, JwsPart::Payload, &mut Index::new()).is_ok() {
            prop_assert!(serde_json::from_str::<serde::de::IgnoredAny>(&json).is_ok());
        }
    }

    #[test]
    fn a_changed_token_does_not_hold(at in any::<prop::sample::Index>(), with in any::<char>(), how in 0..3) {
        let text = good();
        let at = at.index(text.len());
        let (before, after) = text.split_at(at);
        let changed = match how {
            0 => format!("{before}{with}{}", &after[1..]),
            1 => format!("{before}{with}{after}"),
            _ => format!("{before}{}", &after[1..]),
        };
        prop_assert_eq!(token_holds(&Key::hmac(SECRET).unwrap(), &changed), changed == text);
    }

    /// Every object of serde_json is read, with its names, and its texts as they were.
    #[test]
    fn any_object_is_read(members in prop::collection::btree_map(any::<String>(), value(), 0..40), pretty in any::<bool>()) {
        let object: serde_json::Map<String, Value> = members.into_iter().collect();
        let text = if pretty { serde_json::to_string_pretty(&object) } else { serde_json::to_string(&object) }.unwrap();
        let mut index = Index::new();
        let read = Object::parse(&text, JwsPart::Payload, &mut index).unwrap();
        prop_assert_eq!(read.len(), object.len());
        for (name, value) in &object {
            let claim = read.get(name);
            prop_assert!(!claim.is_missing());
            prop_assert_eq!(claim.as_text(), value.as_str());
            prop_assert_eq!(claim.as_i64(), value.as_i64());
            prop_assert_eq!(claim.elements(&mut Index::new()).len(), value.as_array().map_or(0, Vec::len));
            if let Claim::List(inner) | Claim::Object(inner) = claim {
                prop_assert_eq!(&serde_json::from_str::<Value>(inner).unwrap(), value);
            }
        }
    }

    #[test]
    fn any_repeated_name_is_refused(name in any::<String>(), others in 0..40_usize, at in any::<prop::sample::Index>()) {
        let name = serde_json::to_string(&name).unwrap();
        let mut members: Vec<_> = (0..others).map(|n| format!("\"unlike {n}\":{n}")).collect();
        members.insert(at.index(others + 1), format!("{name}:1"));
        let once = token_of(&members);
        prop_assert!(parses(&once));
        members.push(format!("{name}:2"));
        let twice = token_of(&members);
        prop_assert!(!parses(&twice));
    }
}

fn token_of(members: &[String]) -> String {
    format!("e30.{}.", encode(format!("{{{}}}", members.join(","))))
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}
