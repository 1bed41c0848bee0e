//! The server's clock: the system's, or what the suite sets for a request.

use std::time::{SystemTime, UNIX_EPOCH};

use http::{HeaderMap, HeaderValue};

/// The request header that sets the clock; a loopback server honours it and no other does.
pub(crate) const HEADER: &str = "x-claimproof-now";

/// Seconds since 1970 by the system's clock.
pub(crate) fn system() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// What the request says the time is.
pub(crate) fn set(headers: &HeaderMap) -> Option<i64> {
    headers.get(HEADER).and_then(|value| value.to_str().ok()?.parse().ok())
}

/// A second as the `Date` header writes it; none beyond the year 9999.
pub(crate) fn date(second: i64) -> Option<HeaderValue> {
    let instant = jiff::Timestamp::from_second(second).ok()?;
    let text =
        jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&instant).ok()?;
    HeaderValue::from_str(&text).ok()
}
