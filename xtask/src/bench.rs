//! `cargo xtask bench`: the verifier beside the limit and other libraries.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, anyhow};
use claimproof_benches::report::{Counted, Report, markdown, measure};
use claimproof_benches::rounds::Rounds;

use crate::exit::{Exit, Failed, Outcome};
use crate::flags::{Bench, BenchFormat};
use crate::release;

pub(crate) fn run(flags: &Bench) -> Outcome {
    if !flags.this_build {
        release::instead(if flags.no_peers { &[] } else { &["--features", "peers"] })?;
    }
    let rounds = Rounds { count: flags.rounds.into(), turn: Duration::from_millis(flags.turn) };
    let counted = if flags.this_build { None } else { Some(counted(flags)?) };
    let report =
        measure(&rounds, flags.live, counted.as_ref(), |next| anstream::eprintln!("{next}"));
    let json = serde_json::to_string_pretty(&report).map_err(Failed::usage)?;
    match flags.format {
        BenchFormat::Json => anstream::println!("{json}"),
        BenchFormat::Markdown => anstream::print!("{}", markdown(&report)),
    }
    if let Some(path) = &flags.output {
        write(path, &json)?;
    }
    Ok(exit(&report))
}

/// Counts allocations in a program of its own, which was built with the same features.
fn counted(flags: &Bench) -> Result<Counted, Failed> {
    let mut command = release::cargo("claimproof-benches");
    command.args(["--bin", "allocations"]);
    if !flags.no_peers {
        command.args(["--features", "peers"]);
    }
    output(&mut command).map_err(Failed::usage)
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

fn write(path: &Path, json: &str) -> Result<(), Failed> {
    let written = std::fs::write(path, format!("{json}\n"));
    written.with_context(|| format!("cannot write {}", path.display())).map_err(Failed::usage)
}

/// A bound that is missed, an own verdict that is wrong among them, is a deviation.
fn exit(report: &Report) -> Exit {
    if report.holds() { Exit::Conforms } else { Exit::Deviates }
}
