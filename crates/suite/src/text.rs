//! Texts that somebody else wrote, as they may be shown.

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use excerpt::{Excerpt, of_toml};

mod excerpt;
#[cfg(feature = "schema")]
mod schema;

/// A text that holds words of a target, a file or an argument, safe to show anywhere: it is one
/// line, and characters that move a cursor, hide or reorder what stands around them, or that XML
/// cannot carry, are escaped. There is no way back to them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(String);

/// The same of several lines, for files alone: a line of it may look like one of ours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage(String);

impl Text {
    /// It, as far as these many characters; behind them, how many are left out.
    pub fn cut(self, most: usize) -> Self {
        Self(cut(self.0, most))
    }

    /// As a string.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Passage {
    /// It, as far as these many characters; behind them, how many are left out.
    pub fn cut(self, most: usize) -> Self {
        Self(cut(self.0, most))
    }

    /// As a string. Line ends stand in it as they are.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a character has an effect beside itself: controls of both sets, marks of direction,
/// characters without width, separators of lines, tags, and what Unicode keeps from texts.
pub fn is_active(c: char) -> bool {
    let noncharacter = u32::from(c) & 0xfffe == 0xfffe;
    c.is_control()
        || noncharacter
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}' | '\u{e0000}'..='\u{e0fff}')
}

fn cut(text: String, most: usize) -> String {
    let length = text.chars().count();
    if length <= most {
        return text;
    }
    let start: String = text.chars().take(most).collect();
    format!("{start}... ({} more characters)", length - most)
}

fn escaped(text: &str, stays: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_active(c) && !stays(c) { out.extend(c.escape_default()) } else { out.push(c) }
    }
    out
}

/// Several lines of our own, as they go to a terminal: whatever else stands in them is escaped.
pub fn lines(text: &str) -> Cow<'_, str> {
    let is_own = |c| c == '\n';
    if text.chars().any(|c| is_active(c) && !is_own(c)) {
        Cow::Owned(escaped(text, is_own))
    } else {
        Cow::Borrowed(text)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(escaped(text, |_| false))
    }
}

impl From<&str> for Passage {
    fn from(text: &str) -> Self {
        Self(escaped(text, |c| matches!(c, '\n' | '\t')))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        if text.chars().any(is_active) { Self::from(text.as_str()) } else { Self(text) }
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

/// Whatever a file of ours says, it is escaped again, which changes nothing of what was.
impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(Self::from)
    }
}

impl<'de> Deserialize<'de> for Passage {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(|text| Self::from(text.as_str()))
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.0
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl PartialEq<String> for Text {
    fn eq(&self, other: &String) -> bool {
        self.0 == *other
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl Serialize for Passage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_an_effect_is_escaped_and_everything_else_stays() {
        for active in [
            '\0',
            '\u{7}',
            '\u{8}',
            '\n',
            '\r',
            '\t',
            '\u{1b}',
            '\u{7f}',
            '\u{85}',
            '\u{9b}',
            '\u{9d}',
            '\u{200b}',
            '\u{200f}',
            '\u{2028}',
            '\u{2029}',
            '\u{202a}',
            '\u{202e}',
            '\u{2066}',
            '\u{2069}',
            '\u{feff}',
            '\u{fffe}',
            '\u{ffff}',
            '\u{1fffe}',
            '\u{e0041}',
        ] {
            let text = Text::from(format!("a{active}b"));
            assert!(!text.contains(is_active) && text.starts_with('a'), "{active:?}: {text}");
            assert_eq!(Text::from(text.as_str()), text, "{active:?} is escaped twice");
        }
        let plain = "é ü 日本 \u{1f512} \\ \" ' \u{fffd} \u{fe0f}";
        assert_eq!(Text::from(plain), *plain);
    }

    #[test]
    fn a_passage_keeps_its_lines_and_nothing_else() {
        assert_eq!(Passage::from("a\n\tb\r\u{1b}").as_str(), "a\n\tb\\r\\u{1b}");
        assert_eq!(lines("a\n\u{1b}b\u{2028}"), "a\n\\u{1b}b\\u{2028}");
    }

    #[test]
    fn a_long_text_says_how_much_is_left_out() {
        assert_eq!(Text::from("abc").cut(3), *"abc");
        assert_eq!(Text::from("ä".repeat(10)).cut(3), *"äää... (7 more characters)");
    }
}
