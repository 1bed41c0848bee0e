//! Ctrl-C: the first one ends a run with what it has, the second one the process.

use claimproof_suite::Exit;

/// Whether Ctrl-C was pressed. The first one stops the run, the second one the process.
#[derive(Clone)]
pub(crate) struct Interrupt(tokio::sync::watch::Receiver<bool>);

impl Interrupt {
    pub(crate) fn listen() -> Self {
        let (sender, receiver) = tokio::sync::watch::channel(false);
        tokio::spawn(async move {
            let _ = tokio::signal::ctrl_c().await;
            let _ = sender.send(true);
            let _ = tokio::signal::ctrl_c().await;
            std::process::exit(Exit::Interrupted.code().into());
        });
        Self(receiver)
    }

    pub(crate) async fn pressed(mut self) {
        if self.0.wait_for(|pressed| *pressed).await.is_err() {
            std::future::pending().await
        }
    }

    /// What comes of the work; `None` where Ctrl-C comes first.
    pub(crate) async fn or<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            done = work => Some(done),
            () = self.clone().pressed() => None,
        }
    }

    pub(crate) fn was_pressed(&self) -> bool {
        *self.0.borrow()
    }
}
