//! Signals that end a run: Ctrl-C, and on Unix SIGTERM and SIGHUP too. The first one ends a run with
//! what it has, the second one the process.

use std::io;

use claimproof_suite::Exit;
use tokio::sync::watch;

use signals::Signals;

/// Whether a signal came, and which. The first one stops the run, the second one the process.
#[derive(Clone)]
pub(crate) struct Interrupt(watch::Receiver<Option<&'static str>>);

impl Interrupt {
    /// From now on no signal of these ends the process by itself.
    pub(crate) fn listen() -> io::Result<Self> {
        let (sender, receiver) = watch::channel(None);
        let mut signals = Signals::listen()?;
        tokio::spawn(async move {
            let first = signals.next().await;
            let _ = sender.send(Some(first));
            signals.next().await;
            std::process::exit(Exit::Interrupted.code().into());
        });
        Ok(Self(receiver))
    }

    pub(crate) async fn pressed(mut self) {
        if self.0.wait_for(Option::is_some).await.is_err() {
            std::future::pending().await
        }
    }

    /// What comes of the work; `None` where a signal comes first.
    pub(crate) async fn or<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            done = work => Some(done),
            () = self.clone().pressed() => None,
        }
    }

    /// The signal that came.
    pub(crate) fn came(&self) -> Option<&'static str> {
        *self.0.borrow()
    }
}

#[cfg(unix)]
mod signals {
    use std::io;

    use tokio::signal::unix::{Signal, SignalKind, signal};

    /// The signals that end a run.
    pub(super) struct Signals {
        int: Signal,
        term: Signal,
        hup: Option<Signal>,
    }

    impl Signals {
        pub(super) fn listen() -> io::Result<Self> {
            // Who starts a run by `nohup` wants it to go on.
            let hup = (!ignores_hup()).then(|| signal(SignalKind::hangup())).transpose()?;
            Ok(Self {
                int: signal(SignalKind::interrupt())?,
                term: signal(SignalKind::terminate())?,
                hup,
            })
        }

        pub(super) async fn next(&mut self) -> &'static str {
            let hup = async {
                match &mut self.hup {
                    Some(hup) => hup.recv().await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                _ = self.int.recv() => "SIGINT",
                _ = self.term.recv() => "SIGTERM",
                _ = hup => "SIGHUP",
            }
        }
    }

    /// Whether the process was started with SIGHUP ignored, where the system shows it.
    fn ignores_hup() -> bool {
        std::fs::read_to_string("/proc/self/status").is_ok_and(|status| has_hup(&status))
    }

    /// SIGHUP is the lowest bit of the mask.
    fn has_hup(status: &str) -> bool {
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
        mask.is_some_and(|mask| mask & 1 == 1)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn an_ignored_hangup_is_read_off_the_status() {
            let status =
                |mask: &str| format!("Name:\tx\nSigIgn:\t{mask}\nSigCgt:\t0000000000000001\n");
            assert!(has_hup(&status("0000000000001001")));
            assert!(!has_hup(&status("0000000000001000")));
            assert!(!has_hup("Name:\tx\n"));
        }
    }
}

#[cfg(not(unix))]
mod signals {
    use std::io;

    /// Ctrl-C.
    pub(super) struct Signals;

    impl Signals {
        #[expect(clippy::unnecessary_wraps, reason = "on Unix it may fail")]
        pub(super) fn listen() -> io::Result<Self> {
            Ok(Self)
        }

        pub(super) async fn next(&mut self) -> &'static str {
            let _ = tokio::signal::ctrl_c().await;
            "Ctrl-C"
        }
    }
}
