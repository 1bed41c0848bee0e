//! One value of a token, with its JSON type told apart and its numbers left as written.

use std::borrow::Cow;

use crate::json;

/// What an object holds under a name, or that it holds nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Claim<'a> {
    /// There is no such member.
    Missing,
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A string, unescaped.
    Text(Cow<'a, str>),
    /// A number without fraction and exponent: its exact text, of any length.
    Integer(&'a str),
    /// Any other number (RFC 7519 section 2 permits one as NumericDate): its exact text.
    Number(&'a str),
    /// A list: its JSON text.
    List(&'a str),
    /// An object: its JSON text.
    Object(&'a str),
}

impl Claim<'_> {
    /// The string, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The integer, if it is one and fits; a number like `1.0` or `1e3` is none.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Integer(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    /// Whether there is no such member; `null` is a member.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// The elements of a list in order; empty for anything else.
    pub fn elements(&self) -> Vec<Claim<'_>> {
        match self {
            Self::List(text) => json::elements(text).unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    /// The same claim without a copy of its text.
    pub(crate) fn borrowed(&self) -> Claim<'_> {
        match self {
            Self::Missing => Claim::Missing,
            Self::Null => Claim::Null,
            Self::Bool(truth) => Claim::Bool(*truth),
            Self::Text(text) => Claim::Text(Cow::Borrowed(text)),
            Self::Integer(digits) => Claim::Integer(digits),
            Self::Number(number) => Claim::Number(number),
            Self::List(text) => Claim::List(text),
            Self::Object(text) => Claim::Object(text),
        }
    }
}
