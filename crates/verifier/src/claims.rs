//! Questions several profiles ask of a token.

use claimproof_token::{Claim, Compact, Malformed};

/// The token of a request: none, one that could be read, or why it could not.
pub type Token<'a> = Option<Result<Compact<'a>, Malformed>>;

/// The token where it could be read.
#[inline]
pub(crate) fn readable<'f, 'a>(token: &'f Token<'a>) -> Option<&'f Compact<'a>> {
    token.as_ref().and_then(|token| token.as_ref().ok())
}

/// A header member; missing where there is no readable token.
#[inline]
pub(crate) fn header<'a>(token: &Token<'a>, name: &str) -> Claim<'a> {
    match token {
        Some(Ok(token)) => token.header.get(name),
        None | Some(Err(_)) => Claim::Missing,
    }
}

/// A payload claim; missing where there is no readable token.
#[inline]
pub(crate) fn payload<'a>(token: &Token<'a>, name: &str) -> Claim<'a> {
    match token {
        Some(Ok(token)) => token.payload.get(name),
        None | Some(Err(_)) => Claim::Missing,
    }
}

/// Seconds as a number; a fraction is legal (RFC 7519 section 2) and cut off.
#[inline]
pub(crate) fn seconds(claim: &Claim<'_>) -> Option<i64> {
    match claim {
        Claim::Integer(_) => claim.as_i64(),
        Claim::Number(text) => {
            let (whole, fraction) = text.split_once('.')?;
            let is_plain = fraction.bytes().all(|byte| byte.is_ascii_digit());
            if is_plain { whole.parse().ok() } else { None }
        }
        _ => None,
    }
}

/// The nearest second there is.
pub(crate) fn clamp(second: i128) -> i64 {
    i64::try_from(second).unwrap_or(if second.is_negative() { i64::MIN } else { i64::MAX })
}

/// Whether the header demands an extension. None is understood here, so any `crit` refuses
/// (RFC 7515 section 4.1.11), and an unencoded payload (RFC 7797) with it.
pub(crate) fn demands_extension(token: &Token<'_>) -> bool {
    !header(token, "crit").is_missing()
}
