//! Packages of the workspace, each built for itself and started by cargo.

use std::process::Command;

/// Builds a package and runs its program; what stands behind `--` is the program's.
pub(crate) fn cargo(package: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["run", "--locked", "--package"]).args(package);
    command.args(["--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml")]);
    command
}

/// Puts a command in place of this process, so that the signals of the terminal reach it alone;
/// returns only where it cannot be started.
#[cfg(unix)]
pub(crate) fn replace(command: &mut Command) -> std::io::Error {
    std::os::unix::process::CommandExt::exec(command)
}

/// Runs a command and ends as it ends; returns only where it cannot be started.
#[cfg(not(unix))]
pub(crate) fn replace(command: &mut Command) -> std::io::Error {
    match command.status() {
        Ok(status) => std::process::exit(status.code().unwrap_or(2)),
        Err(error) => error,
    }
}
