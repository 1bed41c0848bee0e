//! The scanner and the decoder against well-known ones: same texts taken, same values read.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_token::{Claim, Index, JwsPart, Malformed, Object};
use proptest::prelude::*;
use rstest::rstest;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::make::{parses, refusal};

/// What serde_json reads, strictly: any JSON, with no name twice in an object.
struct Strict;

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        json.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self, A::Error> {
        while list.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self, A::Error> {
        let mut names = std::collections::BTreeSet::new();
        while let Some((name, Self)) = map.next_entry::<String, Self>()? {
            if !names.insert(name) {
                return Err(A::Error::custom("a name twice"));
            }
        }
        Ok(self)
    }
}

/// Whether serde_json takes the text for an object; `None` where only the size of a number stops it.
fn serde_takes(json: &str) -> Option<bool> {
    match serde_json::from_str::<Strict>(json) {
        Ok(Strict) => Some(json.trim_start().starts_with('{')),
        Err(error) if error.to_string().starts_with("number out of range") => None,
        Err(_) => Some(false),
    }
}

fn ours_takes(json: &str) -> bool {
    Object::parse(json, JwsPart::Payload, &mut Index::new()).is_ok()
}

fn agree(json: &str) {
    if let Some(taken) = serde_takes(json) {
        assert_eq!(ours_takes(json), taken, "{json:?}");
    }
}

/// Every member reads as serde_json reads it, numbers by their text.
fn same_values(json: &str) {
    let (Ok(Value::Object(members)), true) = (serde_json::from_str(json), ours_takes(json)) else {
        return;
    };
    let mut index = Index::new();
    let object = Object::parse(json, JwsPart::Payload, &mut index).unwrap();
    assert_eq!(object.len(), members.len());
    for (name, value) in &members {
        let claim = object.get(name);
        let same = match &claim {
            Claim::Missing => false,
            Claim::Null => value.is_null(),
            Claim::Bool(truth) => value.as_bool() == Some(*truth),
            Claim::Text(text) => value.as_str() == Some(*text),
            Claim::Integer(text)
            | Claim::Number(text)
            | Claim::List(text)
            | Claim::Object(text) => serde_json::from_str::<Value>(text).unwrap() == *value,
        };
        assert!(same, "{name:?} is {claim:?}, not {value:?}");
    }
}

/// The rows of JSONTestSuite that its own parsers disagree on most, and their fine neighbors.
#[rstest]
#[case(r#"{"a":[1,2,3]}"#)]
#[case(r#"{"a":[1,,2]}"#)]
#[case(r#"{"a":[1 2]}"#)]
#[case(r#"{"a":[]]}"#)]
#[case(r#"{"a":[1}"#)]
#[case(r#"{"a"}"#)]
#[case(r#"{"a":"b"#)]
#[case(r#"{"a":"\"#)]
#[case(r#"{"a":"\u"}"#)]
#[case(r#"{"a":"\u+041"}"#)]
#[case(r#"{"a":"\u-041"}"#)]
#[case(r#"{"a":"\u00G0"}"#)]
#[case(r#"{"a":"\ud83d\u+e00"}"#)]
#[case(r#"{"a":"\ud83d\ude0"}"#)]
#[case(r#"{"a":"\ud83d\\de00"}"#)]
#[case(r#"{"a":"\é"}"#)]
#[case(r#"{"a":"\u00é"}"#)]
#[case("{\"a\":\"\u{1f}\"}")]
#[case("{\"a\":\"\u{7f}\"}")]
#[case("{\"a\":\"0123456789abcdef0123456789abcdef\u{1f}\"}")]
#[case("{\"a\":1}\u{feff}")]
#[case("{\u{a0}\"a\":1}")]
#[case("\u{c}{\"a\":1}")]
#[case(r#"{"a":-}"#)]
#[case(r#"{"a":--1}"#)]
#[case(r#"{"a":1.}"#)]
#[case(r#"{"a":1.e1}"#)]
#[case(r#"{"a":1e}"#)]
#[case(r#"{"a":1e+-1}"#)]
#[case(r#"{"a":1E400}"#)]
#[case(r#"{"a":00}"#)]
#[case(r#"{"a":-0.0e-0}"#)]
#[case(r#"{"a":tru}"#)]
#[case(r#"{"a":truee}"#)]
#[case(r#"{"a":nulL}"#)]
#[case(r#"{"a":1,"a":1}"#)]
#[case(r#"{"a":{"b":1,"\u0062":1}}"#)]
#[case(r#"{"a":[{"b":[{"c":1,"c":1}]}]}"#)]
#[case("{}}")]
#[case("{}{}")]
#[case("[]")]
#[case("\"{}\"")]
#[case("")]
#[case("{")]
#[case(r#"{"a":1,}"#)]
#[case(r#"{,"a":1}"#)]
#[case(r#"{"a":1;"b":2}"#)]
fn known_quarrels(#[case] json: &str) {
    agree(json);
    same_values(json);
}

/// Text of JSON's own pieces, which gets further than arbitrary text.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\"a\"",
        "\"b\":",
        "\"a\":1",
        "{}",
        "[]",
        "1",
        "0",
        "-",
        ".",
        "e",
        "E+",
        "true",
        "null",
        " ",
        "\n",
        "\\u0061",
        "\\ud83d\\ude00",
        "\\ud800",
        "\\n",
        "é",
        "\u{1}",
        "\"\\u0061\"",
        "12.5e-3",
    ]);
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

/// Valid objects, often with a name twice, written with blanks and escapes.
fn objects() -> impl Strategy<Value = String> {
    let string = || {
        prop_oneof![
            prop::sample::select(vec![
                "\"a\"",
                "\"\\u0061\"",
                "\"\"",
                "\"\\\\\"",
                "\"\\\"\"",
                "\"a\\ud83d\\ude00\"",
                "\"é\\/\""
            ])
            .prop_map(str::to_owned),
            any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap()),
        ]
    };
    let number = "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,4})?([eE][+-]?[0-9]{1,2})?";
    let leaf = prop_oneof![
        string(),
        number,
        prop::sample::select(vec!["true", "false", "null"]).prop_map(str::to_owned)
    ];
    let blank = || prop::sample::select(vec!["", "", " ", "\n\t", "\r"]);
    let value = leaf.prop_recursive(4, 32, 5, move |inner| {
        let list = (blank(), prop::collection::vec(inner.clone(), 0..5))
            .prop_map(|(blank, parts)| format!("[{blank}{}]", parts.join(&format!("{blank},"))));
        let member = (string(), blank(), inner)
            .prop_map(|(name, blank, value)| format!("{name}{blank}:{blank}{value}"));
        let object = prop::collection::vec(member, 0..5)
            .prop_map(|parts| format!("{{{}}}", parts.join(",")));
        prop_oneof![list, object]
    });
    prop::collection::vec((string(), blank(), value), 0..20).prop_map(|members| {
        let members: Vec<_> = members
            .into_iter()
            .map(|(name, blank, value)| format!("{name}{blank}:{value}{blank}"))
            .collect();
        format!("{{{}}}", members.join(","))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn pieces_are_judged_alike(json in pieces()) {
        agree(&json);
        agree(&format!("{{{json}}}"));
        agree(&format!("{{\"x\":{json}}}"));
    }

    #[test]
    fn objects_are_read_alike(json in objects()) {
        agree(&json);
        same_values(&json);
    }

    /// One character of a valid object put elsewhere, left out or doubled.
    #[test]
    fn damaged_objects_are_judged_alike(json in objects(), at in any::<prop::sample::Index>(), with in "[\\\\\"{}\\[\\],:0u\u{1}é]?") {
        let characters: Vec<char> = json.chars().collect();
        let at = at.index(characters.len());
        let (before, after) = (&characters[..at], &characters[at + 1..]);
        agree(&before.iter().collect::<String>());
        agree(&before.iter().copied().chain(with.chars()).chain(after.iter().copied()).collect::<String>());
        agree(&characters.iter().copied().take(at + 1).chain(characters[at..].iter().copied()).collect::<String>());
    }

    /// Strings of every length, with one byte that ends or interrupts them anywhere.
    #[test]
    fn long_strings_are_judged_alike(before in 0..200_usize, with in "[\\\\\"\u{0}\u{1f}\u{20}\u{7f}é]", after in 0..80_usize) {
        let json = format!("{{\"a\":\"{}{with}{}\"}}", "x".repeat(before), "y".repeat(after));
        agree(&json);
        agree(&json.replace('\\', "\\\\"));
        same_values(&json);
    }

    /// Segments are what base64's strict engine decodes, whatever is in them.
    #[test]
    fn segments_are_decoded_alike(segment in "[A-Za-z0-9_-]{0,70}|[A-Za-z0-9_=+/\\- \n-]{0,9}|\\PC{0,6}") {
        let strict = URL_SAFE_NO_PAD.decode(&segment);
        let text = format!("e30.e30.{segment}");
        if segment.contains('.') {
            prop_assert!(!parses(&text));
        } else {
            prop_assert_eq!(parses(&text), strict.is_ok(), "{:?}", segment);
        }
    }
}

/// Every pair of characters, alone and behind whole groups: canonical or refused.
#[test]
fn every_ending_is_canonical() {
    let characters: Vec<char> = (0_u8..=127).map(char::from).filter(|one| *one != '.').collect();
    for start in ["", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        for one in &characters {
            for other in &characters {
                for segment in [
                    format!("{start}{one}"),
                    format!("{start}{one}{other}"),
                    format!("{start}A{one}{other}"),
                ] {
                    let strict = URL_SAFE_NO_PAD.decode(&segment).is_ok();
                    assert_eq!(parses(&format!("e30.e30.{segment}")), strict, "{segment:?}");
                }
            }
        }
    }
}

/// Depth is the one bound of our own.
#[test]
fn depth_alone_is_judged_otherwise() {
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(100), "]".repeat(100));
    assert_eq!(serde_takes(&deep), Some(true));
    assert!(matches!(refusal(&super::make::with_payload(&deep)), Malformed::TooDeep { .. }));
}
