//! One value of a token, with its JSON type told apart and its numbers left as written.

use crate::{Index, scan};

/// What an object holds under a name, or that it holds nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Claim<'a> {
    /// There is no such member.
    #[default]
    Missing,
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A string, unescaped.
    Text(&'a str),
    /// A number without fraction and exponent: its exact text, of any length.
    Integer(&'a str),
    /// Any other number (RFC 7519 section 2 permits one as NumericDate): its exact text.
    Number(&'a str),
    /// A list: its JSON text.
    List(&'a str),
    /// An object: its JSON text.
    Object(&'a str),
}

impl<'a> Claim<'a> {
    /// The string, if it is one.
    pub fn as_text(&self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The integer, if it is one and fits; a number like `1.0` or `1e3` is none.
    #[inline]
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Integer(digits) => integer(digits),
            _ => None,
        }
    }

    /// Whether there is no such member; `null` is a member.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// The elements of a list in order, read by means of `index`; empty for anything else.
    pub fn elements<'i>(&self, index: &'i mut Index) -> Vec<Claim<'i>>
    where
        'a: 'i,
    {
        match self {
            Self::List(text) => scan::elements(text, index).unwrap_or_default(),
            _ => Vec::new(),
        }
    }
}

/// Digits with or without a minus, as the scanner leaves them. Up to eighteen of them fit without asking.
#[inline]
fn integer(digits: &str) -> Option<i64> {
    if digits.len() > 18 || digits.starts_with('-') {
        return digits.parse().ok();
    }
    let bytes = digits.as_bytes();
    let (upper, rest) =
        bytes.split_first_chunk().map_or((0, bytes), |(eight, rest)| (eight_digits(*eight), rest));
    Some(rest.iter().fold(upper, |sum, digit| sum * 10 + i64::from(digit & 0xf)))
}

/// Neighbors are joined three times: to four numbers of two digits, to two of four, to the one of eight.
#[inline]
fn eight_digits(digits: [u8; 8]) -> i64 {
    let ones = u64::from_le_bytes(digits) & 0x0f0f_0f0f_0f0f_0f0f;
    let twos = (ones * 10 + (ones >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (twos * 100 + (twos >> 16)) & 0x0000_ffff_0000_ffff;
    let eight = (fours * 10_000 + (fours >> 32)) & 0xffff_ffff;
    // Less than a hundred million.
    i64::try_from(eight).unwrap_or_default()
}
