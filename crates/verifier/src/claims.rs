//! Questions several profiles ask of a token.

use claimproof_token::{Claim, Compact, Engine, Job, Key, Malformed};

use crate::list::{Checked, refuse_if};

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

/// Seconds as a number; a fraction is legal (RFC 7519 section 2), an exponent is part of a number
/// (RFC 8259 section 6), and what is left of a second is cut off. Nothing where the seconds are
/// more than are counted here.
#[inline]
pub(crate) fn seconds(claim: &Claim<'_>) -> Option<i64> {
    match claim {
        Claim::Integer(_) => claim.as_i64(),
        Claim::Number(text) => number(text),
        _ => None,
    }
}

/// The whole part of a JSON number with a fraction, an exponent or both.
fn number(text: &str) -> Option<i64> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let magnitude = whole.strip_prefix('-').unwrap_or(whole);
    let digits = || magnitude.bytes().chain(fraction.bytes());
    if digits().all(|digit| digit == b'0') {
        return Some(0);
    }
    let shift = exponent.parse().unwrap_or_else(|_| far(exponent)).clamp(-FAR, FAR);
    let kept = i64::try_from(magnitude.len()).ok()? + shift;
    let sign = if whole.starts_with('-') { -1 } else { 1 };
    let mut seconds = 0_i64;
    let mut given = digits();
    for _ in 0..kept {
        let digit = given.next().map_or(0, |digit| i64::from(digit & 0xf));
        seconds = seconds.checked_mul(10)?.checked_add(sign * digit)?;
    }
    Some(seconds)
}

/// More than a token has digits, so that beyond it a number is none or too large to count.
const FAR: i64 = 100_000;

/// An exponent too long to count.
fn far(exponent: &str) -> i64 {
    if exponent.starts_with('-') { -FAR } else { FAR }
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

/// Whether the signature holds; `mismatch` where it does not. A token that can be read and that
/// nobody has a key for is refused, and no violation says so.
#[inline(never)]
pub(crate) fn signature<V>(
    token: &Token<'_>,
    key: Option<&Key>,
    engine: &dyn Engine,
    mismatch: V,
) -> Checked<V> {
    let Some(token) = readable(token) else { return Ok(()) };
    let Some(key) = key else { return Err(None) };
    let job = Job { key, input: token.signing_input.as_bytes(), signature: token.signature };
    let mut holds = [false];
    engine.verify(&[job], &mut holds);
    refuse_if(!holds[0], mismatch)
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn a_number_is_one_however_it_is_written() {
        let rows = [
            ("1796005197.0", Some(1_796_005_197)),
            ("1.796005197e+09", Some(1_796_005_197)),
            ("1796005197e0", Some(1_796_005_197)),
            ("17960051970E-1", Some(1_796_005_197)),
            ("1796005197336421e-6", Some(1_796_005_197)),
            ("0.1796005197e10", Some(1_796_005_197)),
            ("1e3", Some(1000)),
            ("15E-1", Some(1)),
            ("1E-3", Some(0)),
            ("1e-99999999999999999999", Some(0)),
            ("-0.5", Some(0)),
            ("-1e9", Some(-1_000_000_000)),
            ("-12.5e1", Some(-125)),
            ("0e99999999999999999999", Some(0)),
            ("0.0", Some(0)),
            ("9223372036854775807.9", Some(i64::MAX)),
            ("-9223372036854775808.0", Some(i64::MIN)),
            ("9223372036854775808.0", None),
            ("1e19", None),
            ("1e400", None),
            ("1e99999999999999999999", None),
        ];
        for (text, seconds) in rows {
            assert_eq!(number(text), seconds, "{text}");
        }
    }
}
