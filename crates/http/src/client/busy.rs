//! Answers that speak of the moment and not of the token.

use std::collections::BTreeMap;
use std::sync::PoisonError;
use std::time::Duration;

use claimproof_suite::{Busy, NoVerdict};
use url::Url;

use super::Client;
use crate::target::{Rendered, Response, SurfaceEntry};

/// The longest time for which a run waits when it is asked to; what asks for more is given up at
/// once.
const LONGEST: Duration = Duration::from_secs(20);

/// Time-outs, too early, rate limits and outages: RFC 9110 sections 15.5.9 and 15.6.4, RFC 8470
/// section 5.2, RFC 6585 section 4.
const MOMENTARY: [u16; 4] = [408, 425, 429, 503];

impl Client {
    /// Asks the target, on a surface or for management. An answer of the moment is none, unless the
    /// surface names that very status as a signal; `4xx` names none.
    pub(crate) async fn ask_target(
        &self,
        request: &Rendered,
        on: Option<&SurfaceEntry>,
    ) -> Result<Response, NoVerdict> {
        self.ask_target_at(&self.wire.url(request), request, on).await
    }

    /// The same at a URL somebody was sent to.
    pub(crate) async fn ask_target_at(
        &self,
        url: &Url,
        request: &Rendered,
        on: Option<&SurfaceEntry>,
    ) -> Result<Response, NoVerdict> {
        let response = self.wire.send_to(url, request).await?;
        self.signal(response, on)
    }

    pub(crate) fn signal(
        &self,
        response: Response,
        on: Option<&SurfaceEntry>,
    ) -> Result<Response, NoVerdict> {
        let status = response.status;
        let retry = response.headers("retry-after").next();
        let momentary = MOMENTARY.contains(&status) || retry.is_some();
        let named = on.is_some_and(|surface| surface.names(&response));
        if !named && (momentary || status >= 500) {
            let mut counts = self.no_signals.lock().unwrap_or_else(PoisonError::into_inner);
            *counts.entry(status).or_default() += 1;
        }
        if named || !momentary {
            self.wire.silence.answered();
            return Ok(response);
        }
        let after = retry.and_then(|value| asked(value, &response));
        // The wish is the whole run's: nothing else is sent meanwhile either.
        let wait = after.filter(|after| *after <= LONGEST).unwrap_or_default();
        self.wire.pace.hold(wait);
        self.wire.silence.put_off(wait);
        Err(NoVerdict::Busy(Busy { status, after }))
    }

    /// Ready once the target is given up: why.
    pub(crate) async fn given_up(&self) -> String {
        self.wire.silence.given_up().await.to_string()
    }

    /// How often the target answered with a status that is no signal: overload, outages and
    /// crashes.
    pub(crate) fn no_signals(&self) -> BTreeMap<u16, usize> {
        self.no_signals.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// How long a `Retry-After` asks to wait: seconds, or until a date by the clock of the same answer
/// (RFC 9110 section 10.2.3).
fn asked(value: &str, response: &Response) -> Option<Duration> {
    let date = |text: &str| jiff::fmt::rfc2822::parse(text).ok().map(|date| date.timestamp());
    if let Ok(seconds) = value.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = date(value.trim())?;
    let now = response.headers("date").next().and_then(date).unwrap_or_else(jiff::Timestamp::now);
    Some(Duration::try_from(until.duration_since(now)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(value: &str, date: Option<&str>) -> Option<u64> {
        let headers = date.map(|date| ("date".to_owned(), date.to_owned())).into_iter().collect();
        let response = Response { headers, ..Response::default() };
        asked(value, &response).map(|wait| wait.as_secs())
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let date = Some("Fri, 27 Nov 2026 10:00:00 GMT");
        assert_eq!(wait("7", None), Some(7));
        assert_eq!(wait(" 7 ", date), Some(7));
        assert_eq!(wait("Fri, 27 Nov 2026 10:00:09 GMT", date), Some(9));
        assert_eq!(wait("Fri, 27 Nov 2026 09:59:00 GMT", date), Some(0));
        assert_eq!(wait("Fri, 27 Nov 1970 09:59:00 GMT", None), Some(0));
        for none in ["soon", "-1", "1.5", "", "99999999999999999999999"] {
            assert_eq!(wait(none, date), None, "{none}");
        }
    }
}
