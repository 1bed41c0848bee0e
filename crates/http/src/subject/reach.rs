//! Whether a target may be reached, and how far away it is.

use std::net::IpAddr;
use std::time::Duration;

use url::Url;

use crate::unanswered::Unanswered;

/// Why a target cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// It is not allowed; a matter of configuration.
    #[error("{0}")]
    NotAllowed(String),
    /// It does not answer.
    #[error("{url} does not answer: {why}{}", hint(url, why))]
    Unreachable {
        /// Where.
        url: String,
        /// What came in the place of an answer.
        why: Unanswered,
    },
}

/// A port that speaks TLS may hang up on what is none.
fn hint(url: &str, why: &Unanswered) -> &'static str {
    match why {
        Unanswered::Closed if url.starts_with("http:") => {
            "; if the port speaks TLS, base_url must begin with https://"
        }
        _ => "",
    }
}

/// Hosts of the vendors: the suites test implementations, not their services.
const VENDORS: [&str; 8] = [
    "workato.com",
    "workatoapp.cn",
    "tableau.com",
    "posit.co",
    "posit.cloud",
    "microsoftonline.com",
    "snowflakecomputing.com",
    "github.com",
];

/// Loopback unless the operator says otherwise; a vendor's host only when it is named and allowed.
pub(super) fn allowed(base: &Url, allow_remote: bool) -> Result<(), String> {
    if allow_remote || is_loopback(base) {
        return Ok(());
    }
    let host = base.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let vendor =
        VENDORS.iter().any(|vendor| host == *vendor || host.ends_with(&format!(".{vendor}")));
    let why = if vendor {
        "is a vendor's host: the suites test implementations, not the vendors' services"
    } else {
        "is not on this machine"
    };
    Err(format!("{host} {why}; if its owner agrees, say --allow-remote"))
}

/// Whether a URL leads to this machine alone.
pub fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// How many exchanges a second the default of `--jobs` aims at, where distance is what limits them.
const PACE: u128 = 320;

/// What keeps that pace with exchanges as long as the first one, connecting included.
pub(super) fn jobs(exchange: Duration) -> usize {
    usize::try_from(exchange.as_millis() * PACE / 1000).unwrap_or(usize::MAX).clamp(8, 64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_farther_the_target_the_more_at_once_within_bounds() {
        let at = |millis| jobs(Duration::from_millis(millis));
        assert_eq!([0, 1, 50, 100, 200, 60_000].map(at), [8, 8, 16, 32, 64, 64]);
        assert_eq!(jobs(Duration::MAX), 64);
    }
}
