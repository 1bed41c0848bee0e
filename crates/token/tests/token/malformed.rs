//! Every way to be malformed, seen and told.

use claimproof_token::{Compact, Index, JwsPart, Malformed, Object, Sizes};
use rstest::rstest;

use super::make::{HEADER, PAYLOAD, encode, good, refusal, unsigned, with_header, with_payload};

#[test]
fn a_token_that_is_too_long_is_not_read() {
    let max = Compact::MAX_BYTES;
    assert_eq!(refusal(&"a".repeat(max + 1)), Malformed::TooLong { bytes: max + 1, max });
    assert_eq!(refusal(&"a".repeat(max)), Malformed::Segments { found: 1 });
}

#[rstest]
#[case("", 1)]
#[case("a", 1)]
#[case("a.b", 2)]
#[case("a.b.c.d", 4)]
#[case("a.b.c.d.e", 5)]
#[case("a.b.c.d.e.f", 6)]
fn segments_are_counted(#[case] text: &str, #[case] found: usize) {
    assert_eq!(refusal(text), Malformed::Segments { found });
}

#[rstest]
#[case(unsigned("", PAYLOAD), JwsPart::Header)]
#[case(unsigned(HEADER, ""), JwsPart::Payload)]
#[case("..".to_owned(), JwsPart::Header)]
fn header_and_payload_are_not_empty(#[case] text: String, #[case] part: JwsPart) {
    assert_eq!(refusal(&text), Malformed::Empty { part });
}

#[rstest]
#[case(JwsPart::Header)]
#[case(JwsPart::Payload)]
#[case(JwsPart::Signature)]
fn each_part_is_base64url(#[case] part: JwsPart) {
    let (header, payload) = (encode(HEADER), encode(PAYLOAD));
    let text = match part {
        JwsPart::Header => format!("{header}!.{payload}.c2ln"),
        JwsPart::Payload => format!("{header}.{payload}!.c2ln"),
        JwsPart::Signature => format!("{header}.{payload}.c2ln!"),
    };
    assert_eq!(refusal(&text), Malformed::NotBase64Url { part });
}

#[rstest]
#[case(JwsPart::Header, with_header)]
#[case(JwsPart::Payload, with_payload)]
fn each_object_is_strict(#[case] part: JwsPart, #[case] token: fn(Vec<u8>) -> String) {
    let refused = |text: &[u8]| refusal(&token(text.to_vec()));
    let name = "a".to_owned();
    assert_eq!(refused(b"{\"a\":\"\xff\"}"), Malformed::NotUtf8 { part });
    assert_eq!(refused(b"[]"), Malformed::NotObject { part });
    assert_eq!(refused(br#"{"a":1,"a":1}"#), Malformed::Duplicate { part, name });
    assert!(matches!(refused(b"{"), Malformed::NotJson { part: found, .. } if found == part));
    let max = Object::MAX_DEPTH;
    assert_eq!(refused("[".repeat(max + 1).as_bytes()), Malformed::TooDeep { part, max });
}

#[rstest]
#[case(
    with_payload(r#"{"exp":1 "iat":2}"#),
    "the decoded payload is not one strict JSON text: expected `,` or `}` at line 1 column 10"
)]
#[case(
    with_payload("{\n  \"exp\": 1,\n  \"iat\": 01\n}"),
    "the decoded payload is not one strict JSON text: expected `,` or `}` at line 3 column 11"
)]
#[case(with_header("[1]"), "the decoded header is JSON but not an object, expected an object")]
#[case("a.b".to_owned(), "found 2 dot-separated segments, expected 3 (header.payload.signature)")]
#[case(
    with_payload(r#"{"a":1,"a":2}"#),
    r#"the payload has the member "a" twice in one object, expected distinct names"#
)]
fn messages_say_what_was_found_and_expected(#[case] text: String, #[case] message: &str) {
    assert_eq!(refusal(&text).to_string(), message);
}

#[test]
fn a_lone_surrogate_is_told_with_its_place() {
    let message = refusal(&with_payload(r#"{"sub":{"deep":["\ud800"]}}"#)).to_string();
    let detail = "expected surrogate escapes in pairs, found one alone at line 1 column 25";
    assert!(message.ends_with(detail), "{message}");
}

#[rstest]
#[case("", 0, 1)]
#[case("abc", 0, 1)]
#[case("a.bcd", 3, 2)]
#[case("a.bcd.e", 3, 3)]
#[case("..", 0, 3)]
#[case("a.bc.d.e.f", 2, 5)]
fn sizes_are_of_any_text(
    #[case] text: &str,
    #[case] payload_chars: usize,
    #[case] segments: usize,
) {
    assert_eq!(Sizes::of(text), Sizes { token_bytes: text.len(), payload_chars, segments });
}

#[test]
fn debug_shows_neither_claims_nor_signature() {
    let mut scratch = claimproof_token::Scratch::new();
    let text = good();
    let token = Compact::parse(&text, &mut scratch).unwrap();
    let shown = format!("{token:?} {:?}", token.payload);
    assert!(!shown.contains("claimproof") && !shown.contains(&text[..20]), "{shown}");
}

/// Where an object's text is no JSON, and what should stand there.
fn wrong_at(text: &str) -> Option<(usize, &'static str)> {
    match Object::parse(text, JwsPart::Payload, &mut Index::new()) {
        Err(Malformed::NotJson { expected, column, .. }) => Some((column, expected)),
        _ => None,
    }
}

/// Strings are read many bytes at once, and numbers too.
#[test]
fn a_control_character_is_met_at_every_place_of_a_string() {
    for length in [1, 7, 8, 9, 16, 63, 64, 65, 71, 72, 73, 150] {
        let plain = "x".repeat(length);
        assert_eq!(wrong_at(&format!(r#"{{"a":"{plain}"}}"#)), None);
        for (at, control) in
            (0..length).flat_map(|at| (0..b' ').map(move |control| (at, char::from(control))))
        {
            let text = format!(r#"{{"a":"{}{control}{}"}}"#, &plain[..at], &plain[at + 1..]);
            // A line end begins a line of its own in what is told.
            let told = wrong_at(&text)
                .map(|(column, expected)| (text.contains('\n') || column == at + 7, expected));
            assert_eq!(told, Some((true, "a control character to be escaped")), "{text:?}");
        }
    }
}

#[test]
fn a_number_ends_at_the_first_character_that_is_no_digit() {
    let others: Vec<char> =
        (' '..='\u{7f}').filter(|other| !"0123456789.eE,} ".contains(*other)).collect();
    for count in 1..=20 {
        let digits = "9".repeat(count);
        for other in others.iter().copied().chain([
            '\u{80}',
            '\u{b5}',
            '\u{e9}',
            '\u{663}',
            '\u{ffff}',
            '\u{1f600}',
        ]) {
            let text = format!(r#"{{"a":{digits}{other}1234567890}}"#);
            assert_eq!(wrong_at(&text), Some((count + 6, "`,` or `}`")), "{text}");
        }
    }
}
