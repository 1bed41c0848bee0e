//! One instant in the spellings JSON has for a number (RFC 7519 section 2, RFC 8259 section 6).

use crate::change::Edit;

/// Slug, words, and the JSON text of an instant.
pub(in crate::cases) type Spelling = (&'static str, &'static str, fn(i64) -> String);

/// Spellings of this very second.
pub(in crate::cases) const WHOLE: [Spelling; 5] = [
    ("point-zero", "with .0", |at| format!("{at}.0")),
    ("exponent", "with one digit before the point and an exponent", scientific),
    ("exponent-zero", "with the exponent 0", |at| format!("{at}e0")),
    ("exponent-negative", "ten times as large with the exponent -1", |at| format!("{at}0E-1")),
    ("exponent-plus", "with a fraction and the exponent +1", |at| {
        format!("{}.{}e+1", at / 10, at % 10)
    }),
];

/// Spellings with a fraction of a second.
pub(in crate::cases) const FRACTIONS: [Spelling; 2] = [
    ("fraction", "with microseconds", |at| format!("{at}.336421")),
    ("fraction-exponent", "with microseconds and an exponent", |at| {
        format!("{}e-6", at * 1_000_000 + 336_421)
    }),
];

/// Now plus so many seconds, in this spelling.
pub(in crate::cases) const fn edit(by: i64, spelling: Spelling) -> Edit {
    Edit::FromNowAs(by, spelling.1, spelling.2)
}

/// As Go and others print a float: `1.796005197e+09`.
fn scientific(at: i64) -> String {
    let digits = at.to_string();
    let (first, rest) = digits.split_at(1);
    format!("{first}.{rest}e+{:02}", rest.len())
}

/// Instants far ahead at which counters overflow: slug, words, JSON text. The last has as many digits as the profile's
/// limit lets by.
pub(in crate::cases) fn edges(digits: usize) -> Vec<(&'static str, &'static str, String)> {
    let fixed = [
        ("2-53", "two to the 53rd", "9007199254740992"),
        ("1e15", "1e15, which overflows as microseconds", "1000000000000000"),
        ("1e17", "1e17, which overflows as milliseconds", "100000000000000000"),
        ("63-bits-less-one", "the largest integer of 64 bits", "9223372036854775807"),
        ("63-bits", "two to the 63rd", "9223372036854775808"),
        ("64-bits", "two to the 64th", "18446744073709551616"),
        ("1e308", "near the end of floats", "1e308"),
        ("1e400", "beyond every float", "1e400"),
    ];
    let mut all: Vec<_> = fixed.map(|(slug, words, json)| (slug, words, json.to_owned())).to_vec();
    all.push(("thousands-of-digits", "of thousands of digits", "9".repeat(digits)));
    all
}
