//! Typed access: missing, null and each type told apart, numbers as written.

use claimproof_token::{Claim, Index, JwsPart, Object};
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
    let object = Object::parse(json, JwsPart::Payload, &mut index).unwrap();
    let claim = object.get("x");
    assert_eq!(claim, expected);
    assert_eq!(claim.is_missing(), object.is_empty());
    assert_eq!(claim.as_text().is_some(), matches!(expected, Claim::Text(_)));
    assert_eq!(claim.as_i64().is_some(), matches!(expected, Claim::Integer(_)));
}

#[rstest]
#[case("0", Some(0))]
#[case("-0", Some(0))]
#[case("7", Some(7))]
#[case("1234567", Some(1_234_567))]
#[case("12345678", Some(12_345_678))]
#[case("99999999", Some(99_999_999))]
#[case("987654321", Some(987_654_321))]
#[case("1700000000", Some(1_700_000_000))]
#[case("1234567890123456", Some(1_234_567_890_123_456))]
#[case("-12345678", Some(-12_345_678))]
#[case("999999999999999999", Some(999_999_999_999_999_999))]
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
    assert_eq!(
        Object::parse(&text, JwsPart::Payload, &mut Index::new()).unwrap().get("iat").as_i64(),
        expected
    );
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
    let object = Object::parse(&text, JwsPart::Payload, &mut index).unwrap();
    assert_eq!((object.get(one), object.get(other)), (Claim::Integer("1"), Claim::Integer("2")));
    for (there, absent) in [(one, other), (other, one)] {
        let text = format!(r#"{{"{there}":1}}"#);
        let object = Object::parse(&text, JwsPart::Payload, &mut index).unwrap();
        assert_eq!(object.get(absent), Claim::Missing, "{absent} in {text}");
    }
}

#[test]
fn an_index_holds_the_object_it_read_last_alone() {
    let mut index = Index::new();
    assert!(Object::parse(r#"{"sub":"a\u0062","aud":1}"#, JwsPart::Payload, &mut index).is_ok());
    let object = Object::parse(r#"{"iss":"c\u0064"}"#, JwsPart::Payload, &mut index).unwrap();
    assert_eq!((object.names().collect::<Vec<_>>(), object.len()), (vec!["iss"], 1));
    assert_eq!(
        ["iss", "sub", "aud"].map(|name| object.get(name)),
        [Claim::Text("cd"), Claim::Missing, Claim::Missing]
    );
    assert!(Object::parse("{}", JwsPart::Payload, &mut index).unwrap().is_empty());
}

#[test]
fn members_are_named_in_the_order_of_the_text() {
    let mut index = Index::new();
    let object =
        Object::parse(r#"{"b":"\n","a":[1,2],"\u0063":null}"#, JwsPart::Payload, &mut index)
            .unwrap();
    assert_eq!(object.names().collect::<Vec<_>>(), ["b", "a", "c"]);
    assert_eq!(
        ["b", "a", "c"].map(|name| object.get(name)),
        [Claim::Text("\n"), Claim::List("[1,2]"), Claim::Null]
    );
}

/// Also where so many members share their marks, and beyond what a byte can count.
#[test]
fn every_member_is_found_however_many_there_are() {
    let mut index = Index::new();
    for count in [1, 2, 5, 20, 64, 65, 255, 256, 257, 600] {
        let member = |n: usize| format!(r#""n{n}":{n}"#);
        let text = format!("{{{}}}", (0..count).map(member).collect::<Vec<_>>().join(","));
        let object = Object::parse(&text, JwsPart::Payload, &mut index).unwrap();
        for n in 0..count {
            assert_eq!(
                object.get(&format!("n{n}")).as_i64(),
                i64::try_from(n).ok(),
                "n{n} of {count}"
            );
        }
        assert_eq!(object.get(&format!("n{count}")), Claim::Missing, "{count}");
    }
}

/// What is inside a value has names of its own, which are nobody's here.
#[rstest]
#[case(r#"{"sub":"a","x":{"sub":"b","aud":"c"},"iss":"d"}"#)]
#[case(r#"{"x":{"sub":"b","aud":"c"},"sub":"a","iss":"d"}"#)]
#[case(r#"{"sub":"a","iss":"d","x":[{"sub":"b","iss":"c","aud":"e"},{"aud":"f"}]}"#)]
fn names_inside_a_value_are_not_found_outside(#[case] text: &str) {
    let mut index = Index::new();
    let object = Object::parse(text, JwsPart::Payload, &mut index).unwrap();
    let found = ["sub", "iss", "aud"].map(|name| object.get(name));
    assert_eq!(found, [Claim::Text("a"), Claim::Text("d"), Claim::Missing]);
}

#[test]
fn escapes_are_undone() {
    let mut index = Index::new();
    let object =
        Object::parse(r#"{"a":"plain","b":"tab\t"}"#, JwsPart::Payload, &mut index).unwrap();
    assert!(matches!(object.get("a"), Claim::Text("plain")));
    assert_eq!(object.get("b").as_text(), Some("tab\t"));
}

#[test]
fn elements_come_typed_and_in_order() {
    let mut index = Index::new();
    let object = Object::parse(
        r#"{"aud":["a\u0062",7,null,[1],{"x":2},1.5]}"#,
        JwsPart::Payload,
        &mut index,
    )
    .unwrap();
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
