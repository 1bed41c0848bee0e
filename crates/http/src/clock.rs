//! The server's clock: the system's, or what the suite sets for a request.

use std::time::{SystemTime, UNIX_EPOCH};

use axum::http::HeaderMap;

/// The request header that sets the clock; a loopback server honours it and no other does.
pub(crate) const HEADER: &str = "x-claimproof-now";

/// Seconds since 1970 by the system's clock.
pub(crate) fn system() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// What the request says the time is, else the system's.
pub(crate) fn of(headers: &HeaderMap) -> i64 {
    let set = headers.get(HEADER).and_then(|value| value.to_str().ok()?.parse().ok());
    set.unwrap_or_else(system)
}
