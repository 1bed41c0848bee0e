//! Codes and pages that a terminal, a reader of XML or a browser would obey.

use crate::cli::hostile::row::{Row, play, refusal, says};

const WRONG: (i32, i32) = (1, 1);

/// A refusal whose code is this text, in a header as it is.
fn header(name: &'static str, text: &str) -> Row {
    says(name, WRONG, refusal(&format!("x-code: {text}\r\n"), b"<p>refused</p>"))
}

/// The same in JSON, where any character can be written.
fn json(name: &'static str, text: &str) -> Row {
    let code: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let kind = "content-type: application/json\r\n";
    says(name, WRONG, refusal(kind, format!("{{\"code\":\"{code}\"}}").as_bytes()))
}

fn page(name: &'static str, text: &str) -> Row {
    says(name, WRONG, refusal("content-type: text/html\r\n", text.as_bytes()))
}

fn of_terminals() -> Vec<Row> {
    vec![
        json("a window's title", "\u{1b}]0;PWNED\u{7}"),
        json("a link", "\u{1b}]8;;http://evil.example\u{1b}\\here\u{1b}]8;;\u{1b}\\"),
        json("the clipboard", "\u{1b}]52;c;cm0gLXJm\u{7}"),
        json("a clean screen", "\u{1b}[2J\u{1b}[H"),
        json("a line up", "\u{1b}[1A\u{1b}[2Kclaimproof conforms"),
        json("a line of its own", "x\nhostile conforms in 2 of 2 cases: 2 pass"),
        json("a line written over", "x\rhostile conforms in 2 of 2 cases"),
        json("backspaces", "fail\u{8}\u{8}\u{8}\u{8}pass"),
        json("a C1 control", "\u{9b}2J\u{9d}0;PWNED\u{9c}"),
        json("NUL and DEL", "a\u{0}b\u{7f}c"),
        json("tabs", "a\tb\u{b}c\u{c}d"),
        json("text from right to left", "\u{202e}ssap\u{202c}"),
        json("isolated directions", "\u{2066}a\u{2069}\u{200f}b"),
        json("no width", "a\u{200b}b\u{200d}c\u{feff}d"),
        json("line ends of Unicode", "x\u{2028}pass\u{2029}pass\u{85}pass"),
        header("a C1 control in a header", "a\u{9b}2Jb"),
        header("text from right to left in a header", "\u{202e}ssap"),
        page("ESC throughout a page", &"\u{1b}[31m".repeat(1000)),
    ]
}

fn of_reports() -> Vec<Row> {
    vec![
        page("what XML forbids", "x \u{fffe}\u{ffff} y \u{1} z"),
        json("what XML forbids, as a code", "x\u{fffe}\u{ffff}\u{1}"),
        page("the end of CDATA", "]]><testcase name=\"forged\"/>"),
        header("an attribute's end", "\"><testcase name='forged'/>"),
        header("a script", "</script><script>alert(1)</script>"),
        page("an entity", "<!DOCTYPE x [<!ENTITY a \"b\">]>&a;&unknown;"),
        header("a formula", "=HYPERLINK(\"http://evil.example\")"),
        json("characters beyond the first plane", "\u{10ffff}\u{1f4a3}\u{e0001}"),
        header("a workflow command", "::error file=x::forged"),
    ]
}

#[test]
fn texts_that_a_terminal_would_obey() {
    play(of_terminals());
}

#[test]
fn texts_that_a_report_would_obey() {
    play(of_reports());
}
