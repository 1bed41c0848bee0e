//! The only command surface of claimproof.

mod bench;
mod conform;
mod coverage;
mod exit;
mod flags;
mod golden;
mod interrupt;
mod known;
mod load;
mod lock;
mod mutants;
mod release;
mod serve;
mod square;
mod vectors;

use clap::Parser;

use exit::Exit;
use flags::{Command, Flags};

fn main() -> std::process::ExitCode {
    let flags = Flags::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return say(&anyhow::anyhow!("no runtime: {error}"), Exit::NoVerdict),
    };
    let outcome = match flags.command {
        Command::Bench(flags) => bench::run(&flags),
        Command::Conform(flags) => runtime.block_on(conform::run(&flags)),
        Command::Load(flags) => runtime.block_on(load::run(&flags)),
        Command::Serve(flags) => runtime.block_on(serve::run(&flags)),
        Command::Vectors(flags) => vectors::run(&flags),
        Command::Coverage(flags) => coverage::run(&flags),
        Command::Mutants(flags) => mutants::run(&flags),
    };
    match outcome {
        Ok(exit) => exit.into(),
        Err(failed) => say(&failed.error, failed.exit),
    }
}

/// Diagnostics go to stderr, with every cause.
fn say(error: &anyhow::Error, exit: Exit) -> std::process::ExitCode {
    anstream::eprintln!("error: {error:#}");
    exit.into()
}
