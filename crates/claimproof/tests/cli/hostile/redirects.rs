//! Answers that lead elsewhere: nobody goes there, and none is an acceptance or a refusal.

use crate::cli::hostile::row::{Row, play, says};

fn to(name: &'static str, status: &str, location: &str) -> Row {
    let answer =
        format!("HTTP/1.1 {status} Elsewhere\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n");
    says(name, (1, 1), answer)
}

fn rows() -> Vec<Row> {
    vec![
        to("to itself, for ever", "301", "/call"),
        to("to itself, again with its body", "307", "/call"),
        to("to a file", "302", "file:///etc/passwd"),
        to("to another port of this machine", "302", "http://127.0.0.1:1/"),
        to("to the metadata of a cloud", "302", "http://169.254.169.254/latest/meta-data/"),
        to("to another host", "303", "//evil.example/"),
        to("to a script", "308", "javascript:alert(1)"),
        to("to no URL", "302", "http://[::bad/"),
        to("to nowhere", "302", ""),
        says("without a location", (1, 1), "HTTP/1.1 302 Elsewhere\r\ncontent-length: 0\r\n\r\n"),
        says("several choices", (1, 1), "HTTP/1.1 300 Choices\r\ncontent-length: 0\r\n\r\n"),
    ]
}

#[test]
fn answers_that_lead_elsewhere() {
    play(rows().into_iter().map(Row::once).collect());
}
