//! Answers that speak of the moment and not of the token.

use std::collections::BTreeMap;
use std::sync::PoisonError;
use std::time::Duration;

use claimproof_suite::{Busy, NoVerdict};
use url::Url;

use super::Client;
use crate::target::{Rendered, Response, SurfaceEntry};

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
        let named = on.is_some_and(|surface| surface.names(status));
        if !named && (momentary || status >= 500) {
            let mut counts = self.no_signals.lock().unwrap_or_else(PoisonError::into_inner);
            *counts.entry(status).or_default() += 1;
        }
        if named || !momentary {
            return Ok(response);
        }
        // A date in its place asks for no number of seconds.
        let after = retry.and_then(|seconds| seconds.trim().parse().ok()).map(Duration::from_secs);
        Err(NoVerdict::Busy(Busy { status, after }))
    }

    /// How often the target answered with a status that is no signal: overload, outages and
    /// crashes.
    pub(crate) fn no_signals(&self) -> BTreeMap<u16, usize> {
        self.no_signals.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
