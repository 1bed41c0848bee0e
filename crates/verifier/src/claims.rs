//! Questions several profiles ask of a token.

use claimproof_token::{Claim, Compact, Malformed};

/// The token of a request: none, one that could be read, or why it could not.
pub(crate) type Token<'a> = Option<Result<Compact<'a>, Malformed>>;

/// The token where it could be read.
pub(crate) fn readable<'f, 'a>(token: &'f Token<'a>) -> Option<&'f Compact<'a>> {
    token.as_ref().and_then(|token| token.as_ref().ok())
}

/// A header member; missing where there is no readable token.
pub(crate) fn header<'f>(token: &'f Token<'_>, name: &str) -> Claim<'f> {
    readable(token).map_or(Claim::Missing, |token| token.header.get(name))
}

/// A payload claim; missing where there is no readable token.
pub(crate) fn payload<'f>(token: &'f Token<'_>, name: &str) -> Claim<'f> {
    readable(token).map_or(Claim::Missing, |token| token.payload.get(name))
}

/// Whether the header demands an extension. None is understood here, so any `crit` refuses
/// (RFC 7515 section 4.1.11), and an unencoded payload (RFC 7797) with it.
pub(crate) fn demands_extension(token: &Token<'_>) -> bool {
    !header(token, "crit").is_missing()
}
