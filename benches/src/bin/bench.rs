//! `cargo xtask bench`: the verifier beside the limit and other libraries.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use anyhow::{Context, anyhow};
use claimproof_benches::report::{Counted, Report, markdown, measure};
use claimproof_benches::rounds::Rounds;

use claimproof_suite::Exit;
use clap::{Parser, ValueEnum};

/// Measure the verifier beside the limit and other libraries
#[derive(Debug, Parser)]
#[command(bin_name = "xtask bench", max_term_width = 100)]
struct Bench {
    /// How
    #[arg(long, value_enum, default_value = "markdown")]
    format: BenchFormat,
    /// Write the JSON to this file too
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Turns of each contender
    #[arg(long, default_value_t = 31, value_parser = clap::value_parser!(u16).range(3..))]
    rounds: u16,
    /// Processor time of a turn, in milliseconds
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u64).range(1..=1000))]
    turn: u64,
    /// How many ids are live in the replay store
    #[arg(long, default_value_t = 1_000_000)]
    live: usize,
    /// Leave the other libraries out, two of which need OpenSSL's headers to be built
    #[arg(long)]
    no_peers: bool,
    /// Measure with this build, whatever it is, and count no allocations
    #[arg(long, hide = true)]
    this_build: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum BenchFormat {
    Markdown,
    Json,
}

fn main() -> ExitCode {
    match run(&Bench::parse()) {
        Ok(exit) => exit,
        Err(error) => {
            anstream::eprintln!("error: {error:#}");
            Exit::Usage.into()
        }
    }
}

fn run(flags: &Bench) -> anyhow::Result<ExitCode> {
    if cfg!(debug_assertions) && !flags.this_build {
        return optimized(flags);
    }
    let rounds = Rounds { count: flags.rounds.into(), turn: Duration::from_millis(flags.turn) };
    let counted = if flags.this_build { None } else { Some(counted(flags)?) };
    let report =
        measure(&rounds, flags.live, counted.as_ref(), |next| anstream::eprintln!("{next}"));
    let json = serde_json::to_string_pretty(&report)?;
    match flags.format {
        BenchFormat::Json => anstream::println!("{json}"),
        BenchFormat::Markdown => anstream::print!("{}", markdown(&report)),
    }
    if let Some(path) = &flags.output {
        write(path, &json)?;
    }
    Ok(exit(&report).into())
}

/// Counts allocations in a program of its own, which was built with the same features.
fn counted(flags: &Bench) -> anyhow::Result<Counted> {
    output(&mut program("allocations", flags))
}

/// The same command once more, by a build with optimisations.
fn optimized(flags: &Bench) -> anyhow::Result<ExitCode> {
    let status = program("bench", flags).arg("--").args(std::env::args_os().skip(1)).status();
    let code = status.context("cargo cannot be started for the release build")?.code();
    Ok(code.and_then(|code| u8::try_from(code).ok()).unwrap_or(Exit::Usage.code()).into())
}

/// Builds a program of this package with `--release`, and runs it.
fn program(name: &str, flags: &Bench) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["run", "--locked", "--release", "--manifest-path"]);
    command.args([concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"), "--bin", name]);
    if !flags.no_peers {
        command.args(["--features", "peers"]);
    }
    command
}

fn output(command: &mut Command) -> anyhow::Result<Counted> {
    let output = command.output().context("cargo cannot be started")?;
    if !output.status.success() {
        return Err(anyhow!(
            "the allocations cannot be counted: {}",
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    serde_json::from_slice(&output.stdout).context("the counting program gave no JSON")
}

fn write(path: &Path, json: &str) -> anyhow::Result<()> {
    Ok(claimproof_files::write(path, &format!("{json}\n"))?)
}

/// A bound that is missed, an own verdict that is wrong among them, is a deviation.
fn exit(report: &Report) -> Exit {
    if report.holds() { Exit::Conforms } else { Exit::Deviates }
}
