//! Typed access: missing, null and each type told apart, numbers as written.

use claimproof_token::{Claim, Index, Object, Part};
use rstest::rstest;

#[rstest]
#[case(r"{}", Claim::Missing)]
#[case(r#"{"x":null}"#, Claim::Null)]
#[case(r#"{"x":true}"#, Claim::Bool(true))]
#[case(r#"{"x":false}"#, Claim::Bool(false))]
#[case(r#"{"x":""}"#, Claim::Text(""))]
#[case(r#"{"x":"7"}"#, Claim::Text("7"))]
#[case(r#"{"x":7}"#, Claim::Integer("7"))]
#[case(r#"{"x":-0}"#, Claim::Integer("-0"))]
#[case(r#"{"x":7.0}"#, Claim::Number("7.0"))]
#[case(r#"{"x":7e0}"#, Claim::Number("7e0"))]
#[case(r#"{"x":-7E+1}"#, Claim::Number("-7E+1"))]
#[case(r#"{"x": [ 1 ] }"#, Claim::List("[ 1 ]"))]
#[case(r#"{"x":{"y":1}}"#, Claim::Object(r#"{"y":1}"#))]
fn each_type_is_told(#[case] json: &str, #[case] expected: Claim<'_>) {
    let mut index = Index::new();
    let object = Object::parse(json, Part::Payload, &mut index).unwrap();
    let claim = object.get("x");
    assert_eq!(claim, expected);
    assert_eq!(claim.is_missing(), object.is_empty());
    assert_eq!(claim.as_text().is_some(), matches!(expected, Claim::Text(_)));
    assert_eq!(claim.as_i64().is_some(), matches!(expected, Claim::Integer(_)));
}

#[rstest]
#[case("0", Some(0))]
#[case("-0", Some(0))]
#[case("1700000000", Some(1_700_000_000))]
#[case("9007199254740993", Some(9_007_199_254_740_993))]
#[case("9223372036854775807", Some(i64::MAX))]
#[case("-9223372036854775808", Some(i64::MIN))]
#[case("9223372036854775808", None)]
#[case("1.0", None)]
#[case("1e3", None)]
#[case("\"1\"", None)]
#[case("null", None)]
#[case("true", None)]
#[case("[1]", None)]
fn integers_never_pass_through_floats(#[case] json: &str, #[case] expected: Option<i64>) {
    let text = format!(r#"{{"iat":{json}}}"#);
    assert_eq!(Object::parse(&text, Part::Payload, &mut Index::new()).unwrap().get("iat").as_i64(), expected);
}

/// Names are compared whole, however much of their ends they share.
#[rstest]
#[case("claim_name", "other_claim_name")]
#[case("laim_name", "claim_name")]
#[case("im_names", "claim_names")]
#[case("m_names", "claim_names")]
#[case("one_claim_name", "two_claim_name")]
#[case("", "claim_names")]
fn names_that_end_alike_are_other_names(#[case] one: &str, #[case] other: &str) {
    let mut index = Index::new();
    let text = format!(r#"{{"{one}":1,"{other}":2}}"#);
    let object = Object::parse(&text, Part::Payload, &mut index).unwrap();
    assert_eq!((object.get(one), object.get(other)), (Claim::Integer("1"), Claim::Integer("2")));
    for (there, absent) in [(one, other), (other, one)] {
        let text = format!(r#"{{"{there}":1}}"#);
        let object = Object::parse(&text, Part::Payload, &mut index).unwrap();
        assert_eq!(object.get(absent), Claim::Missing, "{absent} in {text}");
    }
}

#[test]
fn an_index_holds_the_object_it_read_last_alone() {
    let mut index = Index::new();
    assert!(Object::parse(r#"{"sub":"a\u0062","aud":1}"#, Part::Payload, &mut index).is_ok());
    let object = Object::parse(r#"{"iss":"c\u0064"}"#, Part::Payload, &mut index).unwrap();
    assert_eq!((object.names().collect::<Vec<_>>(), object.len()), (vec!["iss"], 1));
    let mut told = Vec::new();
    object.each(|name, claim| told.push((name, claim)));
    assert_eq!(told, [("iss", Claim::Text("cd"))]);
    assert!(Object::parse("{}", Part::Payload, &mut index).unwrap().is_empty());
}

#[test]
fn each_member_is_told_in_the_order_of_the_text() {
    let mut index = Index::new();
    let object = Object::parse(r#"{"b":"\n","a":[1,2],"\u0063":null}"#, Part::Payload, &mut index).unwrap();
    let mut told = Vec::new();
    object.each(|name, claim| told.push((name, claim)));
    assert_eq!(told, [("b", Claim::Text("\n")), ("a", Claim::List("[1,2]")), ("c", Claim::Null)]);
}

#[test]
fn escapes_are_undone() {
    let mut index = Index::new();
    let object = Object::parse(r#"{"a":"plain","b":"tab\t"}"#, Part::Payload, &mut index).unwrap();
    assert!(matches!(object.get("a"), Claim::Text("plain")));
    assert_eq!(object.get("b").as_text(), Some("tab\t"));
}

#[test]
fn elements_come_typed_and_in_order() {
    let mut index = Index::new();
    let object = Object::parse(r#"{"aud":["a\u0062",7,null,[1],{"x":2},1.5]}"#, Part::Payload, &mut index).unwrap();
    let aud = object.get("aud");
    let expected = [
        Claim::Text("ab"),
        Claim::Integer("7"),
        Claim::Null,
        Claim::List("[1]"),
        Claim::Object(r#"{"x":2}"#),
        Claim::Number("1.5"),
    ];
    assert_eq!(aud.elements(&mut Index::new()), expected);
}

#[rstest]
#[case(Claim::Missing)]
#[case(Claim::Null)]
#[case(Claim::List("[]"))]
#[case(Claim::List("no list"))]
#[case(Claim::Text("[1]"))]
#[case(Claim::Object(r#"{"0":1}"#))]
fn what_is_no_list_has_no_elements(#[case] claim: Claim<'_>) {
    assert!(claim.elements(&mut Index::new()).is_empty());
}
