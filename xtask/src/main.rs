//! `cargo xtask`: every command of claimproof and the chores of this repository.
//!
//! What tests a server is linked. The rest is started as packages of their own, so that whoever
//! tests a server builds no charts, benchmarks or proofs.

mod counts;
mod package;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::package::{cargo, replace};

/// Conformance suites for sign-in tokens as vendors document them.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", version, max_term_width = 100)]
struct Flags {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
#[expect(clippy::large_enum_variant, reason = "there is one value of it")]
enum Command {
    #[command(flatten)]
    Claimproof(claimproof::Command),
    /// Measure the verifier beside the limit and other libraries
    #[command(display_order = 3)]
    Bench(Passed),
    /// The golden vectors
    #[command(display_order = 5)]
    Vectors(Passed),
    /// Serve every mutant, run the suite against it, and show what catches it
    #[command(display_order = 6)]
    Mutants(Passed),
    /// For each requirement its vectors, properties, live cases and mutants
    #[command(display_order = 7)]
    Coverage(Passed),
    /// Figures of the source that may fall and not rise
    #[command(display_order = 7)]
    Counts,
}

/// Flags that the package reads.
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
struct Passed {
    #[arg(hide = true, trailing_var_arg = true, allow_hyphen_values = true)]
    flags: Vec<OsString>,
}

fn main() -> ExitCode {
    let words = || std::env::args_os().skip(1);
    match Flags::parse().command {
        Command::Claimproof(claimproof::Command::Load(_)) => {
            // What is measured is an optimised build.
            start(&["claimproof", "--release"], "claimproof", words())
        }
        Command::Claimproof(command) => claimproof::run(command),
        Command::Bench(Passed { flags }) => start(&["claimproof-benches"], "bench", flags),
        Command::Vectors(_) | Command::Mutants(_) | Command::Coverage(_) => {
            start(&["claimproof-proof"], "proof", words())
        }
        Command::Counts => counts(),
    }
}

fn counts() -> ExitCode {
    match counts::Counts::of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..")) {
        Ok(counts) => {
            anstream::print!("{counts}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            anstream::eprintln!("error: the sources cannot be read: {error}");
            ExitCode::from(2)
        }
    }
}

/// A program of a package, built with the flags behind the package, in place of this process.
fn start(package: &[&str], program: &str, words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut command = cargo(package);
    let error = replace(command.args(["--bin", program, "--"]).args(words));
    anstream::eprintln!("error: cargo cannot be started: {error}");
    ExitCode::from(2)
}
