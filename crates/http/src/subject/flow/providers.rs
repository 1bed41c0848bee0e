//! The providers of a run, started when the first case asks for one.

use claimproof_providers::Providers;
use claimproof_suite::NoVerdict;
use tokio::sync::OnceCell;
use url::Url;

/// The server that plays every provider of a run.
#[derive(Debug, Default)]
pub(super) struct Parties(OnceCell<Providers>);

impl Parties {
    /// Where they listen, once they do.
    pub(super) fn base(&self) -> Option<&Url> {
        self.0.get().map(Providers::base)
    }

    pub(super) async fn up(&self) -> Result<&Providers, NoVerdict> {
        Ok(self.0.get_or_init(Providers::start).await)
    }
}
