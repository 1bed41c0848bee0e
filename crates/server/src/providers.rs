//! The identity providers a server asks: when, for how long, and who waits for an answer.

use std::sync::OnceLock;
use std::time::Duration;

use tokio::sync::watch;
use url::Url;

use crate::client::{Client, is_loopback};

/// Where questions to providers go out, and where those who wait for an answer stand.
pub(crate) struct Providers {
    client: OnceLock<Client>,
    answered: watch::Sender<()>,
    deadline: Duration,
    may_be_remote: bool,
}

impl Providers {
    pub(crate) fn new(deadline: Duration, may_be_remote: bool) -> Self {
        let (client, answered) = (OnceLock::new(), watch::Sender::new(()));
        Self { client, answered, deadline, may_be_remote }
    }

    /// Posts a form. A provider on another machine is not there, unless whoever started the server
    /// wants it asked.
    pub(crate) async fn ask(
        &self,
        url: &str,
        headers: &[(&str, &str)],
        form: String,
    ) -> Option<(u16, Vec<u8>)> {
        let url = Url::parse(url).ok()?;
        if !self.may_be_remote && !is_loopback(&url) {
            return None;
        }
        let asked = self.client.get_or_init(Client::new).post(&url, headers, form);
        tokio::time::timeout(self.deadline, asked).await.ok()?.ok()
    }

    /// Says to those who wait that a question has its answer.
    pub(crate) fn answered(&self) {
        self.answered.send_replace(());
    }

    /// Waits until it is so, for as long as an answer may take and a second more.
    pub(crate) async fn until(&self, is_so: impl Fn() -> bool) {
        let mut answers = self.answered.subscribe();
        let waiting = async { while !is_so() && answers.changed().await.is_ok() {} };
        let _ = tokio::time::timeout(self.deadline + Duration::from_secs(1), waiting).await;
    }
}
