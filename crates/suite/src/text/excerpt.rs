//! What a parser says of a TOML file: its words, and the line they are about as far as it may be
//! shown.

use std::fmt::{self, Display};
use std::ops::Range;

use super::Text;

/// The longest line that is shown, and how long a message may be.
const WIDTH: usize = 160;
const MAX_MESSAGE: usize = 1000;

/// A fault of a TOML file with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    at: Option<Place>,
    /// The parser's words.
    pub message: Text,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    /// From 1.
    line: usize,
    column: usize,
    /// How many characters of the line it is about.
    width: usize,
    shown: Text,
}

/// What is wrong with this text. A long line is cut, and a value that may be a secret is not shown.
pub fn of_toml(text: &str, error: &toml::de::Error) -> Excerpt {
    let at = error.span().and_then(|span| Place::of(text, &span));
    Excerpt { at, message: Text::from(error.message().trim_end()).cut(MAX_MESSAGE) }
}

impl Place {
    fn of(text: &str, span: &Range<usize>) -> Option<Self> {
        let before = text.get(..span.start)?;
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let whole = text[start..].lines().next().unwrap_or_default();
        let column = text.get(start..span.start)?.chars().count() + 1;
        let length = whole.chars().count().saturating_sub(column - 1);
        let width = text.get(span.clone())?.chars().count().clamp(1, length.max(1));
        Some(Self { line: before.matches('\n').count() + 1, column, width, shown: shown(whole) })
    }
}

fn shown(line: &str) -> Text {
    let words = ["secret", "password", "private", "token", "key", "auth", "-----begin", "://"];
    let lower = line.to_ascii_lowercase();
    match line.split_once('=').filter(|_| words.iter().any(|word| lower.contains(word))) {
        Some((key, _)) => Text::from(format!("{}= (not shown)", Text::from(key).cut(WIDTH))),
        None => Text::from(line.chars().take(2 * WIDTH).collect::<String>()).cut(WIDTH),
    }
}

/// As the parser itself would say it.
impl Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(Place { line, column, width, shown }) = &self.at else {
            return write!(f, "{}", self.message);
        };
        let margin = " ".repeat(line.to_string().len());
        let end = column - 1 + width;
        let fits = end <= shown.chars().count().max(1);
        let mark = if fits {
            format!(" {}{}", " ".repeat(column - 1), "^".repeat(*width))
        } else {
            String::new()
        };
        write!(
            f,
            "TOML parse error at line {line}, column {column}\n{margin} |\n{line} | {shown}\n{margin} |{mark}\n{}",
            self.message
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        of_toml(text, &toml::from_str::<toml::Table>(text).unwrap_err()).to_string()
    }

    #[test]
    fn the_place_is_shown_as_the_parser_shows_it() {
        let text = "a = 1\nb == 2\n";
        let own = toml::from_str::<toml::Table>(text).unwrap_err().to_string();
        assert_eq!(told(text), own.trim_end());
    }

    #[test]
    fn neither_a_control_nor_a_long_line_nor_a_secret_comes_through() {
        let control = told("a = 1\nb = \u{1b}]0;x\u{7}\n");
        assert!(control.contains("\\u{1b}") && !control.contains('\u{1b}'), "{control}");
        let long = told(&format!("a = {} x\n", "1".repeat(20_000_000)));
        assert!(long.len() < 1000, "{}", long.len());
        let secret = told("api_key = hunter2\n");
        assert!(
            !secret.contains("hunter2") && secret.contains("api_key = (not shown)"),
            "{secret}"
        );
    }
}
