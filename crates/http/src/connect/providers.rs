//! The providers of a run, started when the first case asks for one.

use claimproof_providers::Providers;
use claimproof_suite::NoVerdict;
use tokio::sync::OnceCell;
use url::Url;

/// The server that plays every provider of a run, once it is started.
#[derive(Debug, Default)]
pub(crate) struct StartedOnce(OnceCell<Providers>);

impl StartedOnce {
    /// Where they listen, once they do.
    pub(crate) fn base(&self) -> Option<&Url> {
        self.0.get().map(Providers::base)
    }

    pub(crate) async fn up(&self) -> Result<&Providers, NoVerdict> {
        self.0.get_or_try_init(Providers::start).await.map_err(|error| {
            NoVerdict::Lost(format!("the providers of the suite cannot listen: {error}").into())
        })
    }
}
