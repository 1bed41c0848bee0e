//! Answers whose `Date` is off, absent or none: right ones, so no verdict may change.

use crate::cli::hostile::row::{Row, play, row};
use crate::cli::hostile::server::From;

/// The right answer with these lines in the place of its `Date`.
fn dated(name: &'static str, lines: impl Fn(usize) -> String + Send + Sync + 'static) -> Row {
    row(name, (0, 0), move |asked| {
        let right = String::from_utf8_lossy(&asked.right).into_owned();
        let (head, body) = right.split_once("\r\n\r\n").unwrap_or_default();
        let kept = head.lines().filter(|line| !line.to_ascii_lowercase().starts_with("date:"));
        let head: String = kept.map(|line| format!("{line}\r\n")).collect();
        asked.say(format!("{head}{}\r\n{body}", lines(asked.nth)).as_bytes());
    })
    .from(From::Always)
}

fn ahead(seconds: i64) -> String {
    let date = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(seconds);
    format!("date: {}\r\n", date.strftime("%a, %d %b %Y %H:%M:%S GMT"))
}

fn rows() -> Vec<Row> {
    let fixed = |name, line: &'static str| dated(name, move |_| format!("{line}\r\n"));
    vec![
        dated("no date", |_| String::new()),
        dated("20 s ahead", |_| ahead(20)),
        dated("20 s behind", |_| ahead(-20)),
        dated("an hour ahead", |_| ahead(3600)),
        dated("a day behind", |_| ahead(-86_400)),
        dated("another each time", |nth| ahead(i64::try_from(nth % 7).unwrap() * 11 - 33)),
        dated("two dates", |_| format!("{}{}", ahead(0), ahead(600))),
        fixed("a date that is none", "date: yesterday"),
        fixed("an empty date", "date:"),
        fixed("the year 1970", "date: Thu, 01 Jan 1970 00:00:00 GMT"),
        fixed("the year 2038", "date: Tue, 19 Jan 2038 03:14:08 GMT"),
        fixed("the year 9999", "date: Fri, 31 Dec 9999 23:59:59 GMT"),
        fixed("a leap second", "date: Sat, 31 Dec 2016 23:59:60 GMT"),
        fixed("a year of five digits", "date: Fri, 31 Dec 10000 23:59:59 GMT"),
    ]
}

#[test]
fn dates_that_are_off() {
    play(rows());
}
