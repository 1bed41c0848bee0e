//! Hostile structure, by the rows of the case list: C is the compact form, D the header, E the payload.

use claimproof_token::{JwsPart, Malformed, Sizes};
use rstest::rstest;

use super::make::{
    HEADER, PAYLOAD, encode, good, parses, refusal, unsigned, with_header, with_payload,
};

/// C01 to C05, C10 to C17: texts that are no token at all.
#[rstest]
#[case::c01_blank(" \t\r\n")]
#[case::c03_leading_dot(".e30.c2ln")]
#[case::c03_trailing_dot("e30.e30.c2ln.")]
#[case::c05_length_4k_plus_1("e30.e30.c2lnA")]
#[case::c05_length_4k_plus_1_header("e30AA.e30.c2ln")]
#[case::c10_exclamation("e30.e3!.c2ln")]
#[case::c10_percent("e30%3D.e30.c2ln")]
#[case::c10_question("e30?.e30.c2ln")]
#[case::c10_comma("e30,.e30.c2ln")]
#[case::c10_quotes("\"e30.e30.c2ln\"")]
#[case::c11_one_dot_leader("e30\u{2024}e30\u{2024}c2ln")]
#[case::c11_full_width_stop("e30\u{ff0e}e30\u{ff0e}c2ln")]
#[case::c11_ideographic_stop("e30\u{3002}e30\u{3002}c2ln")]
#[case::c12_not_ascii("e30.e30é.c2ln")]
#[case::c12_bom("\u{feff}e30.e30.c2ln")]
#[case::c12_nul("e30.e30\0.c2ln")]
#[case::c13_flattened(r#"{"protected":"e30","payload":"e30","signature":"c2ln"}"#)]
#[case::c13_general(r#"{"payload":"e30","signatures":[{"protected":"e30","signature":"c2ln"}]}"#)]
#[case::c14_flattened_with_dots(
    r#"{"protected":"e30","x":".e30.","payload":"e30","signature":"c2ln"}"#
)]
#[case::c15_percent_encoded_twice("e30%252Ee30%252Ec2ln")]
#[case::c16_gzip("H4sIAAAAAAAAA0vl4uUCAM8wvd8FAAAA")]
#[case::c16_base64("ZTMwLmUzMC5jMmxu")]
#[case::c17_two_by_space("e30.e30.c2ln e30.e30.c2ln")]
#[case::c17_two_by_comma("e30.e30.c2ln,e30.e30.c2ln")]
#[case::c17_two_by_newline("e30.e30.c2ln\ne30.e30.c2ln")]
fn no_compact_form(#[case] text: &str) {
    assert!(parses("e30.e30.c2ln"), "the twin of these texts must be fine");
    assert!(!parses(text));
}

/// C04: dots cost no memory, and a huge text is refused by its length alone.
#[rstest]
#[case(60_000)]
#[case(100_000)]
#[case(1_000_000)]
fn c04_many_dots(#[case] dots: usize) {
    let text = ".".repeat(dots);
    assert_eq!(Sizes::of(&text).segments, dots + 1);
    assert!(matches!(refusal(&text), Malformed::Segments { .. } | Malformed::TooLong { .. }));
}

/// C06 to C09 and C19: copies of a good token that a lax decoder takes for the same token.
#[rstest]
#[case::c06_padding("=")]
#[case::c06_double_padding("==")]
#[case::c08_standard_plus("+")]
#[case::c08_standard_slash("/")]
#[case::c09_space(" ")]
#[case::c09_tab("\t")]
#[case::c09_line_feed("\n")]
#[case::c09_carriage_return("\r\n")]
#[case::c09_no_break_space("\u{a0}")]
fn c19_malleated_copies_are_refused(#[case] extra: &str) {
    let text = good();
    assert!(parses(&text));
    let places = text.match_indices('.').map(|(at, _)| at).chain([0, 7, text.len()]);
    for at in places {
        let (before, after) = text.split_at(at);
        assert!(!parses(&format!("{before}{extra}{after}")), "{extra:?} at {at}");
    }
}

#[rstest]
#[case(JwsPart::Header)]
#[case(JwsPart::Payload)]
#[case(JwsPart::Signature)]
fn c07_spare_bits_are_refused(#[case] part: JwsPart) {
    let object = encode("{ }\n"); // four bytes: the last character carries four spare bits
    let spare = |text: &str| format!("{}h", text.strip_suffix('g').unwrap());
    let (spared, signature) = (spare(&object), "c2lnbg");
    let (good, bad) = match part {
        JwsPart::Header => (format!("{object}.e30.c2ln"), format!("{spared}.e30.c2ln")),
        JwsPart::Payload => (format!("e30.{object}.c2ln"), format!("e30.{spared}.c2ln")),
        JwsPart::Signature => {
            (format!("e30.e30.{signature}"), format!("e30.e30.{}", spare(signature)))
        }
    };
    assert!(parses(&good));
    assert_eq!(refusal(&bad), Malformed::NotBase64Url { part });
}

/// D01 to D08 and E01 to E16, the same bytes once as header and once as payload.
#[rstest]
#[case::d01_array(b"[1]")]
#[case::d01_string(b"\"text\"")]
#[case::d01_number(b"7")]
#[case::d01_null(b"null")]
#[case::d01_empty(b"")]
#[case::e01_plain_text(b"plain text")]
#[case::e01_space(b" ")]
#[case::d02_object_after(b"{\"a\":1}{}")]
#[case::d02_nul_after(b"{\"a\":1}\0")]
#[case::d02_brace_after(b"{\"a\":1}}")]
#[case::d02_text_after(b"{\"a\":1} x")]
#[case::d02_text_before(b"x{\"a\":1}")]
#[case::d02_vertical_tab_before(b"\x0b{\"a\":1}")]
#[case::d02_form_feed_before(b"\x0c{\"a\":1}")]
#[case::d03_twice(b"{\"alg\":\"HS256\",\"alg\":\"none\"}")]
#[case::d03_twice_reversed(b"{\"alg\":\"none\",\"alg\":\"HS256\"}")]
#[case::d03_twice_apart(b"{\"exp\":1,\"sub\":\"a\",\"jti\":\"b\",\"exp\":1}")]
#[case::d03_empty_name_twice(b"{\"\":1,\"\":2}")]
#[case::d05_escaped_twice(b"{\"alg\":\"HS256\",\"\\u0061lg\":\"none\"}")]
#[case::d05_both_escaped(b"{\"\\u0061lg\":\"HS256\",\"a\\u006cg\":\"none\"}")]
#[case::e05_nested_twice(b"{\"x\":{\"a\":1,\"a\":2}}")]
#[case::e05_twice_in_a_list(b"{\"x\":[0,[{\"y\":{\"a\":1,\"\\u0061\":2}}]]}")]
#[case::d06_bom(b"\xef\xbb\xbf{\"a\":1}")]
#[case::d06_utf16_le(b"{\0\"\0a\0\"\0:\x001\0}\0")]
#[case::d06_utf16_be(b"\0{\0\"\0a\0\"\0:\x001\0}")]
#[case::d06_utf16_le_bom(b"\xff\xfe{\0}\0")]
#[case::d06_utf32_le(b"{\0\0\0}\0\0\0")]
#[case::d07_block_comment(b"{/**/\"a\":1}")]
#[case::d07_line_comment(b"{\"a\":1}//x")]
#[case::d07_hash_comment(b"{\"a\":1}#x")]
#[case::d07_trailing_comma(b"{\"a\":1,}")]
#[case::d07_trailing_comma_in_list(b"{\"a\":[1,]}")]
#[case::d07_leading_comma(b"{,\"a\":1}")]
#[case::d07_single_quotes(b"{'a':1}")]
#[case::d07_bare_name(b"{a:1}")]
#[case::d07_bare_value(b"{\"a\":yes}")]
#[case::d07_number_as_name(b"{1:1}")]
#[case::d07_capital_true(b"{\"a\":True}")]
#[case::d07_no_value(b"{\"a\":}")]
#[case::d07_no_colon(b"{\"a\" 1}")]
#[case::d07_unclosed(b"{\"a\":1")]
#[case::d07_unclosed_string(b"{\"a\":\"b")]
#[case::d07_mismatched(b"{\"a\":[1}]")]
#[case::d08_overlong(b"{\"a\":\"\xc0\xaf\"}")]
#[case::d08_cesu8(b"{\"a\":\"\xed\xa0\xbd\xed\xb8\x80\"}")]
#[case::d08_cut_short(b"{\"a\":\"\xe2\x82\"}")]
#[case::e06_beyond_unicode(b"{\"a\":\"\xf4\x90\x80\x80\"}")]
#[case::e06_in_a_name(b"{\"\xff\":1}")]
#[case::e06_nested_unused(b"{\"x\":{\"y\":[\"\xff\"]}}")]
#[case::e07_lone_high(b"{\"a\":\"\\ud800\"}")]
#[case::e07_lone_low(b"{\"a\":\"\\udc00\"}")]
#[case::e07_reversed(b"{\"a\":\"\\udc00\\ud800\"}")]
#[case::e07_high_then_letter(b"{\"a\":\"\\ud800x\"}")]
#[case::e07_high_twice(b"{\"a\":\"\\ud800\\ud800\"}")]
#[case::e07_in_a_name(b"{\"\\ud800\":1}")]
#[case::e07_nested_in_a_name(b"{\"x\":{\"\\ud800\":1}}")]
#[case::e07_nested_unused(b"{\"x\":[{\"y\":[\"\\ud800\"]}]}")]
#[case::e09_raw_nul(b"{\"a\":\"\0\"}")]
#[case::e09_raw_newline(b"{\"a\":\"\n\"}")]
#[case::e09_raw_tab_in_a_name(b"{\"\t\":1}")]
#[case::e09_unknown_escape(b"{\"a\":\"\\x41\"}")]
#[case::e09_short_escape(b"{\"a\":\"\\u12\"}")]
#[case::e15_nan(b"{\"a\":NaN}")]
#[case::e15_infinity(b"{\"a\":-Infinity}")]
#[case::e15_hexadecimal(b"{\"a\":0x10}")]
#[case::e15_plus(b"{\"a\":+1}")]
#[case::e15_leading_zero(b"{\"a\":01}")]
#[case::e15_leading_zero_negative(b"{\"a\":-01}")]
#[case::e15_no_fraction(b"{\"a\":1.}")]
#[case::e15_no_integer(b"{\"a\":.5}")]
#[case::e15_minus_alone(b"{\"a\":-}")]
#[case::e15_no_exponent(b"{\"a\":1e}")]
#[case::e15_exponent_sign_alone(b"{\"a\":1e+}")]
#[case::e15_underscore(b"{\"a\":1_000}")]
#[case::e15_nested_leading_zero(b"{\"x\":[[007]]}")]
fn no_strict_object(#[case] json: &[u8]) {
    for text in [with_header(json), with_payload(json)] {
        assert!(!parses(&text));
    }
}

/// D21 and E10: far too deep is refused before anything recurses, whatever the brackets are.
#[rstest]
#[case(101)]
#[case(128)]
#[case(1_000)]
#[case(16_000)]
fn d21_too_deep(#[case] levels: usize) {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let inner = levels - 1;
        let json = format!("{{\"x\":{}0{}}}", open.repeat(inner), close.repeat(inner));
        for text in [with_header(&json), with_payload(&json), unsigned(HEADER, open.repeat(levels))]
        {
            assert!(matches!(
                refusal(&text),
                Malformed::TooDeep { .. } | Malformed::TooLong { .. }
            ));
        }
    }
}

/// Brackets in strings are text; an escaped quote does not end a string.
#[test]
fn d21_depth_respects_strings() {
    let brackets = "[{".repeat(500);
    let fine = format!(r#"{{"a":"{brackets}","b":"\"{brackets}","\\":"{brackets}\\"}}"#);
    assert!(parses(&with_payload(&fine)));
    let deep = format!(r#"{{"a":"\\","b":{}{}}}"#, "[".repeat(100), "]".repeat(100));
    assert!(matches!(refusal(&with_payload(&deep)), Malformed::TooDeep { .. }));
}

/// E13 and E14: names differ by case or by letter, nothing is folded.
#[rstest]
#[case("IAT")]
#[case("Iat")]
#[case("i\u{430}t")]
#[case("ｉａｔ")]
#[case(" iat")]
#[case("iat\u{0}")]
fn e13_similar_names_are_others(#[case] name: &str) {
    let json = format!("{{{}:1}}", serde_json::to_string(name).unwrap());
    let mut scratch = claimproof_token::Scratch::new();
    let text = unsigned(HEADER, json);
    let token = claimproof_token::Compact::parse(&text, &mut scratch).unwrap();
    assert!(token.payload.get("iat").is_missing());
    assert_eq!(token.payload.get(name).as_i64(), Some(1));
    assert!(parses(&with_payload(PAYLOAD)));
}
