//! Keys as OpenSSH writes them: the public line (RFC 4253 section 6.6), and the kind of a private file.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Numbers;
use super::public::Unread;

/// How a private file begins (PROTOCOL.key of OpenSSH).
const PRIVATE: &[u8] = b"openssh-key-v1\0";

/// The key of a line `ssh-rsa AAAA... comment`.
pub(super) fn line(line: &str) -> Result<Numbers, Unread> {
    let (kind, rest) = line.split_once(' ').ok_or(Unread::Damaged)?;
    let key = rest.split(' ').next().unwrap_or_default();
    let blob = STANDARD.decode(key).map_err(|_| Unread::Damaged)?;
    let (named, fields) = field(&blob).ok_or(Unread::Damaged)?;
    match kind {
        _ if named != kind.as_bytes() => Err(Unread::Damaged),
        "ssh-rsa" => numbers(fields).ok_or(Unread::Damaged),
        _ => Err(shown(named).map_or(Unread::Damaged, Unread::Kind)),
    }
}

/// The kind of the key in a private file, which is readable even where the file is encrypted.
pub(super) fn private_kind(file: &[u8]) -> Option<String> {
    let mut rest = file.strip_prefix(PRIVATE)?;
    for _cipher_kdf_options in 0..3 {
        (_, rest) = field(rest)?;
    }
    let (_count, rest) = rest.split_first_chunk::<4>()?;
    let (public, _) = field(rest)?;
    shown(field(public)?.0)
}

/// A kind as a message may repeat it.
fn shown(kind: &[u8]) -> Option<String> {
    let is_usual = |byte: &u8| byte.is_ascii_alphanumeric() || b"-.@".contains(byte);
    let usual = kind.len() <= 64 && kind.iter().all(is_usual);
    String::from_utf8(kind.to_vec()).ok().filter(|_| usual)
}

fn numbers(fields: &[u8]) -> Option<Numbers> {
    let (exponent, rest) = field(fields)?;
    let (modulus, []) = field(rest)? else { return None };
    Some(Numbers::new(positive(modulus)?, positive(exponent)?))
}

/// A number that is positive and no longer than it has to be (RFC 4251 section 5, mpint).
fn positive(number: &[u8]) -> Option<&[u8]> {
    matches!(number, [0, 0x80..=0xff, ..] | [1..0x80, ..]).then_some(number)
}

/// A field and what stands behind it: four bytes of length, and as many as they say.
fn field(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
}
