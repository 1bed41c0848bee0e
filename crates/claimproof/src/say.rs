//! What a command says: what it found on stdout, everything else on stderr. Whatever a target or a
//! file has put into it, a terminal shows it and obeys none of it.

use std::io::{self, Write};

use anyhow::{Context, anyhow};
use claimproof_suite::text::lines;

use crate::failed::Failed;

/// A line or more beside the result. Where stderr takes nothing, nobody is there to be told.
pub(crate) fn aside(text: &str) {
    let _ = writeln!(anstream::stderr(), "{}", lines(text));
}

/// An error with every cause.
pub(crate) fn error(error: &anyhow::Error) {
    aside(&format!("error: {error:#}"));
}

/// Part of the result, styled: what is not ours in it is a [`claimproof_suite::Text`].
///
/// # Errors
///
/// What stdout does not take is an error, but for a pipe whose reader has seen enough.
pub(crate) fn result(text: &str) -> Result<(), Failed> {
    let mut out = anstream::stdout();
    let told = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    match told {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        told => told.context("cannot write to stdout").map_err(Failed::usage),
    }
}

/// The same of JSON.
pub(crate) fn json(value: &impl serde::Serialize) -> Result<(), Failed> {
    let text = serde_json::to_string_pretty(value).map_err(|why| Failed::usage(anyhow!(why)))?;
    result(&format!("{text}\n"))
}
