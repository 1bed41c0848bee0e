//! Valid but odd: what a strict parser must not refuse.

use claimproof_token::{Claim, Compact, Index, JwsPart, Object, Scratch};
use rstest::rstest;

use super::make::{HEADER, PAYLOAD, encode, good, parses, with_header, with_payload};

#[test]
fn a_good_token_is_taken_apart() {
    let text = good();
    let mut scratch = Scratch::new();
    let token = Compact::parse(&text, &mut scratch).unwrap();
    assert_eq!(token.header.text(), HEADER);
    assert_eq!(token.payload.text(), PAYLOAD);
    assert_eq!(token.header.get("alg").as_text(), Some("HS256"));
    assert_eq!(token.payload.names().collect::<Vec<_>>(), ["iss", "iat", "jti"]);
    assert_eq!(token.payload.len(), 3);
    assert_eq!(token.signing_input, format!("{}.{}", encode(HEADER), encode(PAYLOAD)));
    assert_eq!(token.signature.len(), 32);
    assert_eq!(token.sizes.payload_chars, encode(PAYLOAD).len());
}

/// One scratch serves many tokens and carries nothing over.
#[test]
fn scratch_is_reused() {
    let mut scratch = Scratch::new();
    for payload in [PAYLOAD, "{}", r#"{"a":"longer than the one before"}"#, "{}"] {
        let text = with_payload(payload);
        let token = Compact::parse(&text, &mut scratch).unwrap();
        assert_eq!(token.payload.text(), payload);
    }
    assert!(Compact::parse("e30.!.", &mut scratch).is_err());
    assert!(Compact::parse("e30.e30.", &mut scratch).unwrap().signature.is_empty());
}

#[rstest]
#[case::d22_white_space("\n { \t\"a\" : [ 1 , 2 ] ,\r\n \"b\" : { } } \n")]
#[case::e12_prototype(r#"{"__proto__":{"admin":true},"constructor":1,"":2}"#)]
#[case::empty_object("{}")]
#[case::escapes(r#"{"a\u0062c":"\" \\ \/ \b \f \n \r \t \u0041 \ud83d\ude00"}"#)]
#[case::e08_control_escapes(r#"{"sub":"a\u0000b","jti":"\u001f"}"#)]
#[case::huge_exponent(r#"{"a":1e400,"b":[-1E+400,1e-400],"c":{"d":123.456e789}}"#)]
#[case::minus_zero(r#"{"a":-0,"b":-0.0}"#)]
#[case::same_name_at_other_levels(r#"{"a":{"a":[{"a":1},{"a":2}]}}"#)]
#[case::names_by_code_point("{\"\u{e9}\":1,\"e\u{301}\":2}")]
#[case::e18_any_script("{\"sub\":\"\u{1f600}\u{202e}\u{5d0}e\u{301}\"}")]
#[case::del_and_c1("{\"a\":\"\u{7f}\u{85}\u{2028}\"}")]
#[case::raw_value_token(
    r#"{"$serde_json::private::RawValue":"1","b":{"$serde_json::private::RawValue":1}}"#
)]
fn odd_but_valid(#[case] json: &str) {
    assert!(parses(&with_header(json)));
    assert!(parses(&with_payload(json)));
}

#[rstest]
#[case(64)]
#[case(Object::MAX_DEPTH)]
fn e10_deep_enough(#[case] levels: usize) {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let inner = levels - 1;
        let json = format!("{{\"x\":{}0{}}}", open.repeat(inner), close.repeat(inner));
        assert!(parses(&with_header(&json)));
        assert!(parses(&with_payload(&json)));
    }
}

/// Depth is what is open at once, not how much there is.
#[test]
fn siblings_are_no_depth() {
    for sibling in ["[]", "{}", "[[0]]", "{\"a\":{}}"] {
        let json = format!("{{\"x\":[{}]}}", vec![sibling; 2 * Object::MAX_DEPTH].join(","));
        assert!(parses(&with_payload(&json)), "{sibling}");
    }
}

#[test]
fn a_number_of_any_length_keeps_its_text() {
    let digits = "9".repeat(5_000);
    let json = format!(r#"{{"iat":{digits},"nested":[{digits}]}}"#);
    let mut index = Index::new();
    let object = Object::parse(&json, JwsPart::Payload, &mut index).unwrap();
    assert_eq!(object.get("iat"), Claim::Integer(&digits));
    assert_eq!(object.get("nested").elements(&mut Index::new()), [Claim::Integer(&digits)]);
}

/// D04: the member is what its name says after unescaping.
#[test]
fn escaped_names_and_values_match() {
    let mut index = Index::new();
    let object =
        Object::parse(r#"{"\u0061lg":"HS\u0032\/56"}"#, JwsPart::Header, &mut index).unwrap();
    assert_eq!(object.get("alg").as_text(), Some("HS2/56"));
    assert_eq!(object.names().collect::<Vec<_>>(), ["alg"]);
}

/// D19: a hundred unknown members and a long value.
#[test]
fn many_members_are_all_found() {
    let members: Vec<_> = (0..100).map(|n| format!(r#""x{n}":{n}"#)).collect();
    let json = format!(r#"{{{},"long":"{}"}}"#, members.join(","), "v".repeat(2048));
    let mut index = Index::new();
    let object = Object::parse(&json, JwsPart::Header, &mut index).unwrap();
    assert_eq!(object.len(), 101);
    assert!((0..100).all(|n| object.get(&format!("x{n}")).as_i64() == Some(n)));
}
