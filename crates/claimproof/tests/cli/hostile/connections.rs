//! Connections that are not kept up as one side of HTTP should.

use std::time::Duration;

use crate::cli::hostile::row::{Row, play, refusal, row, says};
use crate::cli::hostile::server::{Asked, From};

const APART: Duration = Duration::from_millis(300);
const LOST: (i32, i32) = (3, 3);

fn that_end() -> Vec<Row> {
    let silent = |asked: &mut Asked<'_>| asked.wait();
    let reset = |asked: &mut Asked<'_>| asked.reset();
    vec![
        row("accepts and never answers", LOST, silent).from(From::Start).telling("does not answer"),
        row("falls silent once it is graded", LOST, silent).telling("no whole answer within 2 s"),
        row("closes at once", LOST, |_| {}).from(From::Start).telling("does not answer"),
        row("closes in place of an answer", LOST, |_| {}),
        row("resets at once", LOST, reset).from(From::Start).telling("does not answer"),
        row("resets in place of an answer", LOST, reset),
        row("resets in the middle of the head", LOST, |asked| {
            asked.say(b"HTTP/1.1 403 For");
            asked.reset();
        }),
        row("resets in the middle of the body", LOST, |asked| {
            asked.say(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 100\r\n\r\n{}");
            asked.reset();
        }),
        says("closes in the middle of the head", LOST, "HTTP/1.1 403 Forbidden\r\ncontent-le"),
        says("closes in the middle of a line", LOST, "HTTP/1.1 4"),
    ]
}

fn that_drag() -> Vec<Row> {
    vec![
        row("drips its head", LOST, |asked| asked.drip(&refusal("", b"{}"), APART)),
        row("drips its body", LOST, |asked| {
            asked.say(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 100\r\n\r\n");
            asked.drip(&[b'x'; 100], APART);
        }),
        row("drips its head from the start", LOST, |asked| asked.drip(&refusal("", b"{}"), APART))
            .from(From::Start),
        row("stalls behind the status line", LOST, |asked| {
            asked.say(b"HTTP/1.1 403 Forbidden\r\n");
            asked.wait();
        }),
        row("stalls in the middle of the body", LOST, |asked| {
            asked.say(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 100\r\n\r\nxx");
            asked.wait();
        }),
        row("ends a body by closing and does not close", LOST, |asked| {
            asked.say(b"HTTP/1.1 403 Forbidden\r\n\r\nxx");
            asked.wait();
        }),
    ]
}

fn that_say_more() -> Vec<Row> {
    vec![
        row("answers twice", (0, 0), move |asked| {
            asked.say_right();
            asked.say(&refusal("", b"{}"));
        })
        .from(From::Always),
        row("answers the other way behind the right one", (0, 0), move |asked| {
            asked.say_right();
            asked.say(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        })
        .from(From::Always),
        row("answers each time otherwise", (3, 3), |asked| {
            let accepts = asked.nth.is_multiple_of(2);
            let answer = if accepts {
                b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".to_vec()
            } else {
                refusal("", b"{}")
            };
            asked.say(&answer);
        })
        .from(From::Start),
        row("answers rightly and never closes", (0, 0), move |asked| {
            asked.say_right();
            asked.wait();
        })
        .from(From::Always),
        row("loses every other answer", LOST, move |asked| {
            if asked.nth.is_multiple_of(2) {
                asked.say_right();
            }
        })
        .from(From::Grading),
    ]
}

#[test]
fn connections_that_are_not_kept_up() {
    play(that_end().into_iter().chain(that_drag()).chain(that_say_more()).collect());
}
