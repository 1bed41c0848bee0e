//! `cargo xtask mutants`, `coverage` and `vectors`.

mod coverage;
mod flags;
mod golden;
mod mutants;
mod page;
mod vectors;

use std::process::ExitCode;

use claimproof_proof::matrix::MatrixError;
use claimproof_suite::Exit;
use clap::Parser;

use flags::{Command, Flags};

fn main() -> ExitCode {
    let outcome = match Flags::parse().command {
        Command::Vectors(flags) => vectors::run(&flags),
        Command::Mutants(flags) => mutants::run(&flags),
        Command::Coverage(flags) => coverage::run(&flags),
    };
    match outcome {
        Ok(exit) => exit.into(),
        Err(error) => {
            anstream::eprintln!("error: {error:#}");
            let exit = if error.is::<MatrixError>() { Exit::NoVerdict } else { Exit::Usage };
            exit.into()
        }
    }
}
