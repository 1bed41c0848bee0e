//! Answers that speak of the moment, and servers that break down.

use crate::cli::hostile::row::{Row, play, row, says};
use crate::cli::hostile::server::{Asked, From};

const ERROR: (i32, i32) = (3, 3);
const RIGHT: (i32, i32) = (0, 0);

fn answer(status: &str, headers: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n{headers}\r\n")
}

/// This in the place of each of so many answers, all others right.
fn each(name: &'static str, nth: usize, exits: (i32, i32), answer: String) -> Row {
    let behavior = move |asked: &mut Asked<'_>| {
        if asked.nth % nth == nth - 1 {
            asked.say(answer.as_bytes());
        } else {
            asked.say_right();
        }
    };
    row(name, exits, behavior).from(From::Always)
}

fn of_the_moment() -> Vec<Row> {
    vec![
        says("429 for everything", ERROR, answer("429 Slow", "")).telling("status 429"),
        says("503 for everything", ERROR, answer("503 Down", "")).telling("status 503"),
        says("408 for everything", ERROR, answer("408 Late", "")).telling("status 408"),
        says("425 for everything", ERROR, answer("425 Early", "")).telling("status 425"),
        says("tomorrow", ERROR, answer("429 Slow", "retry-after: 86400\r\n")).telling("86400"),
        says(
            "a date far ahead",
            ERROR,
            answer("503 Down", "retry-after: Fri, 31 Dec 9999 23:59:59 GMT\r\n"),
        ),
        says("no time that can be read", ERROR, answer("503 Down", "retry-after: soon\r\n")),
        says(
            "a time beyond numbers",
            ERROR,
            answer("503 Down", "retry-after: 99999999999999999999999\r\n"),
        ),
        says(
            "a refusal that asks for a later try",
            ERROR,
            answer("400 Bad", "retry-after: 3600\r\n"),
        ),
        says(
            "an acceptance that asks for a later try",
            ERROR,
            answer("200 OK", "retry-after: 3600\r\n"),
        ),
        each("429 for each third", 3, RIGHT, answer("429 Slow", "")).telling("429"),
        each("503 for each third", 3, RIGHT, answer("503 Down", "")).telling("503"),
        each("each fifth a second later", 5, RIGHT, answer("429 Slow", "retry-after: 1\r\n"))
            .telling("429"),
    ]
}

fn that_break_down() -> Vec<Row> {
    let refusals = |asked: &mut Asked<'_>| {
        if asked.right.starts_with(b"HTTP/1.1 4") && !asked.token.is_empty() {
            asked.say(answer("500 Broken", "").as_bytes());
        } else {
            asked.say_right();
        }
    };
    vec![
        // What a measurement sends is judged at once: a broken answer to a good token is wrong.
        says("500 for everything", (3, 1), answer("500 Broken", "")).telling("500"),
        says("502 for everything", (3, 1), answer("502 Gateway", "")).telling("502"),
        says("504 for everything", (3, 1), answer("504 Gateway", "")).telling("504"),
        row("500 for what must be refused", (1, 1), refusals).from(From::Always).telling("500"),
    ]
}

#[test]
fn answers_that_speak_of_the_moment() {
    play(of_the_moment());
}

#[test]
fn servers_that_break_down() {
    play(that_break_down());
}
