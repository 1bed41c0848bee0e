//! The front door: cases on a subject, its load, and the reference to try them on.

mod clean;
mod conform;
mod failed;
mod flags;
mod folders;
mod interrupt;
mod journal;
mod known;
#[cfg(feature = "load")]
mod load;
mod lock;
mod report;
mod reports;
mod say;
mod serve;
mod values;
mod vectors;

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::anyhow;
use claimproof_suite::Exit;
use clap::{Parser, Subcommand};

pub use flags::Command;

/// Conformance suites for sign-in tokens as vendors document them.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
struct Flags {
    #[command(subcommand)]
    command: Own,
}

/// What the program has of its own beside what `cargo xtask` has of it.
#[derive(Debug, Subcommand)]
#[expect(clippy::large_enum_variant, reason = "there is one value of it")]
enum Own {
    #[command(flatten)]
    Shared(Command),
    /// The golden vectors
    #[command(display_order = 5)]
    Vectors(flags::Vectors),
}

/// Reads a command line, does what it says, and answers how it ended.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    match Flags::parse_from(args).command {
        Own::Shared(command) => run(command),
        Own::Vectors(flags) => answered(vectors::run(&flags)),
    }
}

/// Does what a command says, and answers how it ended.
pub fn run(command: Command) -> ExitCode {
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return ended(&anyhow!("no runtime: {error}"), Exit::NoVerdict),
    };
    let outcome = match command {
        Command::Conform(flags) => runtime.block_on(conform::run(&flags)),
        #[cfg(feature = "load")]
        Command::Load(flags) => runtime.block_on(load::run(&flags)),
        #[cfg(not(feature = "load"))]
        Command::Load(_) => no_load(),
        Command::Report(flags) => report::run(&flags),
        Command::Clean(flags) => runtime.block_on(clean::run(&flags)),
        Command::Serve(flags) => runtime.block_on(serve::run(&flags)),
    };
    answered(outcome)
}

fn answered(outcome: failed::Outcome) -> ExitCode {
    match outcome {
        Ok(exit) => exit.into(),
        Err(failed) => ended(&failed.error, failed.exit),
    }
}

#[cfg(not(feature = "load"))]
fn no_load() -> failed::Outcome {
    Err(failed::Failed::usage(anyhow!(
        "this program was built without `load`; build it with that feature"
    )))
}

fn ended(error: &anyhow::Error, exit: Exit) -> ExitCode {
    say::error(error);
    exit.into()
}
