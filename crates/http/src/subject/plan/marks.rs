//! Names in the place of values, through whatever a request does to text: letters and digits alone
//! read the same in a URL, a form, JSON and XML.

use std::fmt::Write;
use std::sync::{LazyLock, Mutex, PoisonError};

use regex::{Captures, Regex};

/// What each mark stands for.
#[derive(Debug, Default)]
pub(super) struct Marks(Mutex<Vec<String>>);

static MARK: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::unwrap_used, reason = "a constant pattern, compiled in every test")]
    Regex::new("claimproofmark([0-9]+)z").unwrap()
});

impl Marks {
    /// A mark for what is to be shown.
    pub(super) fn of(&self, shown: String) -> String {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = all.iter().position(|own| *own == shown).unwrap_or_else(|| {
            all.push(shown);
            all.len() - 1
        });
        format!("claimproofmark{place}z")
    }

    /// A text with each mark as `{...}`.
    pub(super) fn shown(&self, text: &str) -> String {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = |mark: &Captures<'_>| {
            let place = mark[1].parse().ok().and_then(|place: usize| all.get(place));
            place.map_or_else(|| mark[0].to_owned(), |shown| format!("{{{shown}}}"))
        };
        MARK.replace_all(text, own).into_owned()
    }
}

/// A character that stands more often in a row than anybody reads, with how often.
pub(super) fn short(text: &str) -> String {
    const LONGEST: usize = 60;
    let (mut out, mut rest) = (String::new(), text);
    while let Some(first) = rest.chars().next() {
        let run = rest.len() - rest.trim_start_matches(first).len();
        let times = run / first.len_utf8();
        match times > LONGEST {
            // Writing to a String cannot fail.
            true => drop(write!(out, "{{{times} times {first}}}")),
            false => out.push_str(&rest[..run]),
        }
        rest = &rest[run..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_shown_whatever_is_done_to_the_text_around_it() {
        let marks = Marks::default();
        let (token, key) = (marks.of("token: t".to_owned()), marks.of("key of admin".to_owned()));
        assert_eq!(marks.of("token: t".to_owned()), token);
        let url: String =
            url::form_urlencoded::byte_serialize(format!("a {token}&{key}").as_bytes()).collect();
        assert_eq!(marks.shown(&url), "a+{token: t}%26{key of admin}");
    }

    #[test]
    fn a_long_run_is_counted_and_a_short_one_is_not() {
        assert_eq!(
            short(&format!("a{}ü{}b", "x".repeat(61), "é".repeat(70))),
            "a{61 times x}ü{70 times é}b"
        );
        assert_eq!(short(&"x".repeat(60)), "x".repeat(60));
    }
}
