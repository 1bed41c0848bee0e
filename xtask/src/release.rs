//! Commands that measure are run by a build with optimisations, whatever `cargo xtask` built.

use std::process::Command;

use anyhow::anyhow;

use crate::exit::Failed;

/// Puts this very command, built with `--release` and these features, in place of this process; returns
/// only where this is that build already, or where it could not be done.
pub(crate) fn instead(features: &[&str]) -> Result<(), Failed> {
    if !cfg!(debug_assertions) {
        return Ok(());
    }
    let mut command = cargo("xtask");
    command.args(features).arg("--").args(std::env::args_os().skip(1));
    replace(&mut command)
}

/// Builds a package of this workspace with `--release` and runs it.
pub(crate) fn cargo(package: &str) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["run", "--release", "--package", package]);
    command.args(["--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml")]);
    command
}

/// The signals of the terminal then reach the new process alone.
#[cfg(unix)]
fn replace(command: &mut Command) -> Result<(), Failed> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(Failed::usage(anyhow!("cargo cannot be started for the release build: {error}")))
}

#[cfg(not(unix))]
fn replace(command: &mut Command) -> Result<(), Failed> {
    let status = command.status();
    let status =
        status.map_err(|error| Failed::usage(anyhow!("cargo cannot be started: {error}")))?;
    std::process::exit(status.code().unwrap_or(2))
}
