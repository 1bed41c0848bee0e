//! Answers that repeat what they were sent.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::cli::hostile::row::{Row, play, refusal, row};
use crate::cli::hostile::server::Asked;

const WRONG: (i32, i32) = (1, 1);

/// A refusal made of the token it refuses.
fn repeats(name: &'static str, answer: impl Fn(&str) -> Vec<u8> + Send + Sync + 'static) -> Row {
    row(name, WRONG, move |asked: &mut Asked<'_>| {
        let answer = answer(&asked.token);
        asked.say(&answer);
    })
}

fn in_header(name: &'static str, header: &'static str) -> Row {
    repeats(name, move |token| refusal(&format!("{header}{token}\r\n"), b"{}"))
}

fn in_code(name: &'static str, code: impl Fn(&str) -> String + Send + Sync + 'static) -> Row {
    repeats(name, move |token| {
        let body = serde_json::json!({ "code": code(token) }).to_string();
        refusal("content-type: application/json\r\n", body.as_bytes())
    })
}

fn rows() -> Vec<Row> {
    vec![
        in_header("the token as a code in a header", "x-code: "),
        in_header("the token in a cookie", "set-cookie: session="),
        in_header("the token in a location", "location: https://a.example/?jwt="),
        in_header("the token in a challenge", "www-authenticate: Bearer error=\"x\", token="),
        in_code("the token as a code", str::to_owned),
        in_code("the token twice, with words between", |token| format!("{token} is not {token}")),
        in_code("the signature alone as a code", |token| {
            token.rsplit('.').next().unwrap_or_default().to_owned()
        }),
        in_code("the token without its last character", |token| {
            token.strip_suffix(|_| true).unwrap_or_default().to_owned()
        }),
        in_code("the token in base64", |token| STANDARD_NO_PAD.encode(token)),
        in_code("the token behind 300 characters", |token| format!("{} {token}", "x".repeat(300))),
        repeats("the token in a page", |token| {
            refusal("content-type: text/html\r\n", format!("<p>{token}</p>").as_bytes())
        }),
        repeats("the token at the end of a long page", |token| {
            refusal("", format!("{}{token}", "x".repeat(2000)).as_bytes())
        }),
        repeats("the token as the reason", |token| {
            format!("HTTP/1.1 403 {token}\r\ncontent-length: 0\r\n\r\n").into_bytes()
        }),
    ]
}

#[test]
fn answers_that_repeat_what_they_were_sent() {
    play(rows());
}
