//! One run at a time against a server: two would meet in its store, its clock and its settings.
//!
//! The kernel holds the lock and lets go of it when the process ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, anyhow};

use crate::failed::Failed;
use crate::flags::IfBusy;
use crate::folders;
use crate::say;

/// How often a run that waits looks again.
const PAUSE: Duration = Duration::from_millis(200);

/// Held until it is dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// The lock of a server for this run, in the user's folder; without such a folder a warning,
    /// and no lock.
    pub(crate) async fn hold(base_url: &str, if_busy: IfBusy) -> Result<Option<Self>, Failed> {
        match folders::of_locks() {
            Ok(folder) => {
                let lock = Self::of(base_url, &folder, if_busy, say::aside).await;
                lock.map(Some).map_err(Failed::usage)
            }
            Err(error) => {
                say::aside(&format!(
                    "warning: nothing keeps a second run from {base_url}: {error:#}"
                ));
                Ok(None)
            }
        }
    }

    /// The lock of a server, however its address is written. Where somebody holds it, the run waits
    /// for them or ends, as asked; `waiting` is told once who it is.
    async fn of(
        base_url: &str,
        folder: &Path,
        if_busy: IfBusy,
        waiting: impl FnOnce(&str),
    ) -> anyhow::Result<Self> {
        let path = folder.join(format!("{}.lock", folders::origin(base_url)));
        let open =
            || OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
        let mut file =
            open().with_context(|| format!("cannot open the lock {}", path.display()))?;
        let mut waiting = Some(waiting);
        while !locked(&file)? {
            let holder = holder(&mut file);
            match (if_busy, waiting.take()) {
                (IfBusy::Fail, _) => {
                    return Err(anyhow!("{base_url} is in use: {holder}; wait for it, or end it"));
                }
                (IfBusy::Wait, Some(waiting)) => {
                    waiting(&format!("{base_url} is in use: {holder}; waiting for it"))
                }
                (IfBusy::Wait, None) => {}
            }
            tokio::time::sleep(PAUSE).await;
        }
        sign(&mut file).with_context(|| format!("cannot write the lock {}", path.display()))?;
        Ok(Self { _file: file })
    }
}

fn locked(file: &File) -> anyhow::Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error).context("cannot lock"),
    }
}

/// Who holds the lock, for whoever waits.
fn sign(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    let started = jiff::Timestamp::now().strftime("%Y-%m-%d %H:%M:%S UTC");
    write!(file, "process {}, started {started}", std::process::id())
}

fn holder(file: &mut File) -> String {
    let mut text = String::new();
    let read = file.rewind().and_then(|()| file.take(200).read_to_string(&mut text));
    // It is locked a moment before it is signed.
    if read.is_ok() && !text.is_empty() { text } else { "another run of this user".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn of(folder: &Path, base_url: &str) -> anyhow::Result<Lock> {
        Lock::of(base_url, folder, IfBusy::Fail, |_| {}).await
    }

    #[tokio::test]
    async fn the_second_run_is_told_who_holds_the_server_until_the_first_ends() {
        let folder = tempfile::tempdir().unwrap();
        let first = of(folder.path(), "http://127.0.0.1:8080/base").await.unwrap();
        let error = of(folder.path(), "http://localhost:8080").await.unwrap_err().to_string();
        let own =
            format!("http://localhost:8080 is in use: process {}, started 2", std::process::id());
        assert!(error.starts_with(&own), "{error}");
        drop(of(folder.path(), "http://127.0.0.1:8081").await.unwrap());
        drop(first);
        drop(of(folder.path(), "http://localhost:8080").await.unwrap());
    }

    #[tokio::test]
    async fn a_run_that_waits_says_so_and_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let first = of(folder.path(), "http://127.0.0.1:1").await.unwrap();
        tokio::spawn(async move {
            tokio::time::sleep(2 * PAUSE).await;
            drop(first);
        });
        let mut told = Vec::new();
        Lock::of("http://127.0.0.1:1", folder.path(), IfBusy::Wait, |who| {
            told.push(who.to_owned())
        })
        .await
        .unwrap();
        assert!(told.len() == 1 && told[0].ends_with("; waiting for it"), "{told:?}");
    }
}
