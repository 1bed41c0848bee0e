//! Bodies without an end, in codings nobody asked for, and of JSON that is hard to read.

use crate::cli::hostile::row::{Row, play, refusal, row, says};

const ERROR: (i32, i32) = (3, 3);
/// What is read of it is a refusal, of the token too that must be accepted.
const WRONG: (i32, i32) = (1, 1);

const CHUNKED: &str = "HTTP/1.1 403 Forbidden\r\ntransfer-encoding: chunked\r\n\r\n";

fn long() -> Vec<Row> {
    let chunks = |name, exits, rest: &str| says(name, exits, format!("{CHUNKED}{rest}"));
    vec![
        row("a body without end", WRONG, |asked| {
            asked.say(b"HTTP/1.1 403 Forbidden\r\n\r\n");
            asked.for_ever(b"x");
        }),
        row("chunks without end", WRONG, |asked| {
            asked.say(CHUNKED.as_bytes());
            asked.for_ever(b"4\r\nxxxx\r\n");
        }),
        row("a chunk extension without end", ERROR, |asked| {
            asked.say(CHUNKED.as_bytes());
            asked.say(b"4;");
            asked.for_ever(b"x");
        }),
        row("trailers without end", ERROR, |asked| {
            asked.say(CHUNKED.as_bytes());
            asked.say(b"0\r\n");
            asked.for_ever(b"a: b\r\n");
        }),
        says("10 MB", WRONG, refusal("", &vec![b'x'; 10 << 20])),
        chunks("a chunk longer than it says", ERROR, "2\r\n{}{}\r\n0\r\n\r\n"),
        chunks("a chunk of 2^64", ERROR, "10000000000000000\r\n{}\r\n0\r\n\r\n"),
        chunks("a chunk just below 2^64", ERROR, "ffffffffffffffff\r\n{}\r\n0\r\n\r\n"),
        chunks("a negative chunk", ERROR, "-2\r\n{}\r\n0\r\n\r\n"),
        chunks("a chunk of letters", ERROR, "two\r\n{}\r\n0\r\n\r\n"),
        chunks("chunks that are cut off", ERROR, "2\r\n{}\r\n"),
        chunks("chunks of one byte", WRONG, &format!("{}0\r\n\r\n", "1\r\nx\r\n".repeat(20_000))),
        chunks("no chunk", WRONG, "0\r\n\r\n"),
    ]
}

/// None was asked for and none is taken off, so a bomb stays as small as it was sent.
fn codings() -> Vec<Row> {
    let coded = |name, coding: &str, body: &[u8]| {
        says(name, WRONG, refusal(&format!("content-encoding: {coding}\r\n"), body))
    };
    // Ten bytes of header, then the same stored block as often as it fits.
    let gzip =
        [&b"\x1f\x8b\x08\0\0\0\0\0\0\x03"[..], &[0xec, 0xc1, 0x01, 0x01].repeat(60_000)].concat();
    vec![
        coded("a gzip bomb", "gzip", &gzip),
        coded("deflate", "deflate", &[0x78, 0x9c].repeat(50_000)),
        coded("brotli", "br", &[0xcf, 0xff, 0xff, 0x7f].repeat(20_000)),
        coded("zstd", "zstd", &[0x28, 0xb5, 0x2f, 0xfd].repeat(20_000)),
        coded("codings in each other", "gzip, gzip, gzip, br", &gzip),
        coded("gzip that is cut off", "gzip", &gzip[..20]),
        says("bytes that are no UTF-8", WRONG, refusal("", b"\xff\xfe\x80{\"code\":1}\xc0\xaf")),
        says(
            "UTF-16 as declared",
            WRONG,
            refusal(
                "content-type: application/json; charset=utf-16\r\n",
                b"{\0\"\0c\0o\0d\0e\0\"\0:\x001\0}\0",
            ),
        ),
        says("NUL throughout", WRONG, refusal("", &[0; 1000])),
    ]
}

fn json() -> Vec<Row> {
    let body = |name, body: String| {
        says(name, WRONG, refusal("content-type: application/json\r\n", body.as_bytes()))
    };
    let code = |name, value: &str| body(name, format!("{{\"code\":{value}}}"));
    let members: String = (0..25_000).map(|n| format!("\"m{n}\":1,")).collect();
    vec![
        body("100,000 levels of lists", "[".repeat(100_000)),
        body("100,000 levels of objects", "{\"a\":".repeat(40_000)),
        body("25,000 members", format!("{{{members}\"code\":\"x\"}}")),
        body("a code twice", "{\"code\":\"access_refused\",\"code\":\"other\"}".to_owned()),
        body("a page of ampersands", "&".repeat(250_000)),
        body("a page of angles", "<".repeat(250_000)),
        code("a code of 200 KB", &format!("\"{}\"", "x".repeat(200_000))),
        code("a number for a code", "403"),
        code("a fraction for a code", "4.03"),
        code("1e400 for a code", "1e400"),
        code("a number of 10,000 digits for a code", &"9".repeat(10_000)),
        code("true for a code", "true"),
        code("null for a code", "null"),
        code("an object for a code", "{\"code\":{}}"),
        code("a list for a code", "[[]]"),
        code("a lone surrogate for a code", "\"\\ud800\""),
        code("an empty code", "\"\""),
        code("NaN for a code", "NaN"),
    ]
}

#[test]
fn bodies_without_an_end() {
    play(long());
}

#[test]
fn bodies_in_codings_nobody_asked_for() {
    play(codings().into_iter().map(Row::once).collect());
}

#[test]
fn bodies_of_json_that_is_hard_to_read() {
    play(json().into_iter().map(Row::once).collect());
}
