//! Servers of mutants whose fault shows only between requests that are answered at the same moment.

use claimproof_mutants::Mutant;
use claimproof_server::{Binding, Running, ServeError, serve};
use tokio::runtime::{Builder, Runtime};

/// More than the requests that meet in a case, since each of them may block a thread.
const THREADS: usize = 16;

/// A server that listens until it is dropped, and the threads it may have of its own.
pub(crate) struct Served {
    pub(crate) running: Running,
    threads: Option<Runtime>,
}

impl Drop for Served {
    /// What still sleeps on them is not waited for.
    fn drop(&mut self) {
        if let Some(threads) = self.threads.take() {
            threads.shutdown_background();
        }
    }
}

/// Serves a mutant where its fault shows: on the thread at hand, or on several.
pub(crate) async fn serve_mutant(mutant: &Mutant, binding: Binding) -> Result<Served, ServeError> {
    if !mutant.on_threads {
        return Ok(Served { running: serve(binding, 0).await?, threads: None });
    }
    let failed = |error| ServeError::Listen { port: 0, error };
    let threads =
        Builder::new_multi_thread().worker_threads(THREADS).enable_all().build().map_err(failed)?;
    let running =
        threads.spawn(serve(binding, 0)).await.map_err(|error| failed(error.into()))??;
    Ok(Served { running, threads: Some(threads) })
}
