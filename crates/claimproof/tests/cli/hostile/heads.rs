//! Heads that are too long, no HTTP, or lie about what follows.

use crate::cli::hostile::row::{Row, play, refusal, row, says};
use crate::cli::hostile::server::From;

/// Nobody can say what such an answer means.
const ERROR: (i32, i32) = (3, 3);
/// It is a refusal, of the token too that must be accepted.
const WRONG: (i32, i32) = (1, 1);
const RIGHT: (i32, i32) = (0, 0);

/// A refusal with a body of two bytes, but for its framing.
fn framed(lines: &str, body: &str) -> String {
    format!("HTTP/1.1 403 Forbidden\r\n{lines}\r\n\r\n{body}")
}

fn long() -> Vec<Row> {
    vec![
        row("headers without end", ERROR, |asked| {
            asked.say(b"HTTP/1.1 403 Forbidden\r\n");
            asked.for_ever(b"a: b\r\n");
        }),
        row("one header without end", ERROR, |asked| {
            asked.say(b"HTTP/1.1 403 Forbidden\r\na: ");
            asked.for_ever(b"x");
        }),
        row("a reason without end", ERROR, |asked| {
            asked.say(b"HTTP/1.1 403 ");
            asked.for_ever(b"x");
        }),
        says(
            "one header of 10 MB",
            ERROR,
            refusal(&format!("a: {}\r\n", "x".repeat(10 << 20)), b""),
        ),
        says("10,000 headers", ERROR, refusal(&"a: b\r\n".repeat(10_000), b"")),
        says(
            "90 headers of 3 KB",
            WRONG,
            refusal(&format!("a: {}\r\n", "x".repeat(3 << 10)).repeat(90), b"{}"),
        ),
        says(
            "a flood of cookies",
            WRONG,
            refusal(&format!("set-cookie: a={}; Path=/\r\n", "x".repeat(3000)).repeat(90), b""),
        ),
    ]
}

fn no_http() -> Vec<Row> {
    let line = |name, line: &str| says(name, ERROR, format!("{line}\r\ncontent-length: 0\r\n\r\n"));
    let header = |name, header: &str| says(name, ERROR, refusal(&format!("{header}\r\n"), b"{}"));
    vec![
        says("HTTP/0.9", ERROR, "<html>signed in</html>"),
        says("another protocol", ERROR, "SSH-2.0-x\r\n"),
        says("HTTP/2", ERROR, &b"\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x80\0\x04\0\x01\0\0"[..]),
        says("the preface of HTTP/2", ERROR, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        says("TLS", ERROR, &b"\x15\x03\x03\0\x02\x02\x46"[..]).telling("https://"),
        says("random bytes", ERROR, &b"\xff\0\xfe\x80\x81abc\0\0\x7f"[..]),
        says("a request in place of an answer", ERROR, "GET / HTTP/1.1\r\nhost: x\r\n\r\n"),
        line("HTTP/3.0", "HTTP/3.0 403 Forbidden"),
        line("HTTP/1.1 in small letters", "http/1.1 403 Forbidden"),
        line("a status of five digits", "HTTP/1.1 99999 Never"),
        line("a status of two digits", "HTTP/1.1 40 Never"),
        line("status 000", "HTTP/1.1 000 Never"),
        line("a status of letters", "HTTP/1.1 4O3 Never"),
        line("a negative status", "HTTP/1.1 -403 Never"),
        line("NUL in the reason", "HTTP/1.1 403 For\0bidden"),
        line("ESC in the reason", "HTTP/1.1 403 For\x1b]0;X\x07bidden"),
        header("a header without a colon", "this is none"),
        header("a blank before the colon", "a : b"),
        header("a folded header", "a: b\r\n c"),
        header("NUL in a header", "a: b\0c"),
        header("ESC in a header", "a: b\x1b]0;X\x07c"),
        header("a header without a name", ": b"),
    ]
}

fn framing() -> Vec<Row> {
    let lines = |name, exits, lines: &str, body: &str| says(name, exits, framed(lines, body));
    vec![
        lines("a length that is too long", ERROR, "content-length: 100", "{}"),
        lines("a length that is too short", WRONG, "content-length: 1", "{}"),
        lines("a length twice", WRONG, "content-length: 2\r\ncontent-length: 2", "{}"),
        lines("two lengths", ERROR, "content-length: 2\r\ncontent-length: 3", "{}x"),
        lines("a list of lengths", ERROR, "content-length: 2, 2", "{}"),
        lines("a negative length", ERROR, "content-length: -2", "{}"),
        lines("a length of 2^64", ERROR, "content-length: 18446744073709551616", "{}"),
        lines("a length just below 2^64", ERROR, "content-length: 18446744073709551615", "{}"),
        lines("a length of letters", ERROR, "content-length: two", "{}"),
        lines("an empty length", ERROR, "content-length:", "{}"),
        lines(
            "chunks and a length",
            WRONG,
            "transfer-encoding: chunked\r\ncontent-length: 9",
            "2\r\n{}\r\n0\r\n\r\n",
        ),
        lines("a coding nobody knows", WRONG, "transfer-encoding: zip", "{}"),
        says("no framing, closed behind", WRONG, "HTTP/1.1 403 Forbidden\r\n\r\n{}"),
        says("line feeds alone", WRONG, "HTTP/1.1 403 Forbidden\ncontent-length: 2\n\n{}"),
        says("HTTP/1.0", WRONG, "HTTP/1.0 403 Forbidden\r\n\r\n{}"),
        says("no reason", WRONG, "HTTP/1.1 403\r\ncontent-length: 2\r\n\r\n{}"),
    ]
}

fn statuses() -> Vec<Row> {
    let status = |name, exits, line: &str| {
        says(
            name,
            exits,
            format!("HTTP/1.1 {line}\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{{}}"),
        )
    };
    let before = |name, lines: &'static str| {
        row(name, RIGHT, move |asked| {
            asked.say(lines.as_bytes());
            asked.say_right();
        })
        .from(From::Always)
    };
    vec![
        says("an upgrade", ERROR, "HTTP/1.1 101 Switching\r\nupgrade: x\r\n\r\n"),
        says("1,000 interim answers", ERROR, "HTTP/1.1 100 Continue\r\n\r\n".repeat(1000)),
        row("interim answers without end", ERROR, |asked| {
            asked.for_ever(b"HTTP/1.1 103 Hints\r\n\r\n")
        }),
        before("an interim answer first", "HTTP/1.1 100 Continue\r\n\r\n"),
        before(
            "hints first",
            "HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n",
        ),
        says("204 with a body", WRONG, "HTTP/1.1 204 No Content\r\ncontent-length: 2\r\n\r\n{}"),
        says("304", WRONG, "HTTP/1.1 304 Not Modified\r\n\r\n"),
        status("status 999", WRONG, "999 Never"),
        status("status 600", WRONG, "600 Never"),
        status("200 for everything", WRONG, "200 OK"),
        status("407, as a proxy says it", WRONG, "407 Proxy Authentication Required"),
        status("511, as a portal says it", (3, 1), "511 Network Authentication Required"),
    ]
}

#[test]
fn heads_that_are_long() {
    play(long());
}

#[test]
fn heads_that_are_no_http() {
    play(no_http().into_iter().map(Row::once).collect());
}

#[test]
fn heads_that_lie_about_the_body() {
    play(framing().into_iter().map(Row::once).collect());
}

#[test]
fn statuses_of_other_kinds() {
    play(statuses());
}
