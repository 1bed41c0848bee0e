//! Escapes in JSON strings, RFC 8259 section 7.

use memchr::memchr;

/// Appends what a string says whose quotes are taken off; `Err` with what was expected.
pub(crate) fn unescape(inside: &str, into: &mut String) -> Result<(), &'static str> {
    let mut rest = inside;
    while let Some(at) = memchr(b'\\', rest.as_bytes()) {
        into.push_str(&rest[..at]);
        let (character, length) = escape(&rest[at..])?;
        into.push(character);
        rest = &rest[at + length..];
    }
    into.push_str(rest);
    Ok(())
}

/// The character an escape stands for, and the length of the escape.
fn escape(text: &str) -> Result<(char, usize), &'static str> {
    let character = match text.as_bytes().get(1) {
        Some(b'u') => return by_number(text),
        Some(&plain @ (b'"' | b'\\' | b'/')) => char::from(plain),
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        _ => return Err("an escape that JSON knows"),
    };
    Ok((character, 2))
}

/// `\uXXXX`, or two of them for a character beyond the first plane.
fn by_number(text: &str) -> Result<(char, usize), &'static str> {
    let first = hex(text, 0).ok_or("four hexadecimal digits")?;
    if let Some(character) = char::from_u32(first.into()) {
        return Ok((character, 6));
    }
    let pair = hex(text, 6).and_then(|second| char::decode_utf16([first, second]).next()?.ok());
    pair.map(|character| (character, 12)).ok_or("surrogate escapes in pairs, found one alone")
}

/// The four digits of the `\u` at this place.
fn hex(text: &str, at: usize) -> Option<u16> {
    let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
    // The sign is what else the standard library would take.
    if digits.starts_with('+') { None } else { u16::from_str_radix(digits, 16).ok() }
}
