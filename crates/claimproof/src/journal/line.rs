//! The lines of a journal. Each stands by itself; one that was torn off at the end is left out.

use std::path::Path;

use claimproof_suite::{CaseReport, TargetReport, Text, Undo};
use serde::{Deserialize, Serialize};

use super::fault::JournalFault;

/// No journal is longer: room for every case of every profile with its evidence.
const AT_MOST: u64 = 256 * 1024 * 1024;

/// What journals of this version look like.
pub(super) const SCHEMA: u32 = 1;

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Line {
    /// The run, first.
    Begun(Begun),
    /// What is known of the target's clock.
    Clock(Text),
    /// A change that is about to be made; one of the same name is replaced.
    Changing(Undo),
    /// The change of this name is set back.
    SetBack(String),
    /// A case has ended.
    Ended(Box<CaseReport>),
}

/// The run a journal is of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Begun {
    schema: u32,
    pub(crate) suite_version: String,
    pub(crate) vectors_digest: String,
    pub(crate) seed: u64,
    pub(crate) target: TargetReport,
    pub(crate) started: String,
    pub(crate) process: u32,
}

impl Begun {
    /// A run of this process that begins now.
    pub(crate) fn now(target: TargetReport, seed: u64) -> Self {
        Self {
            schema: SCHEMA,
            suite_version: env!("CARGO_PKG_VERSION").to_owned(),
            vectors_digest: claimproof_golden::digest(),
            seed,
            target,
            started: jiff::Timestamp::now().to_string(),
            process: std::process::id(),
        }
    }
}

/// What a journal tells.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) begun: Begun,
    /// What is not set back, in the order of the changes.
    pub(crate) changes: Vec<Undo>,
    pub(crate) cases: Vec<CaseReport>,
}

impl Told {
    fn hear(&mut self, line: Line) {
        match line {
            Line::Begun(begun) => self.begun = begun,
            Line::Clock(told) => self.begun.target.clock = Some(told),
            Line::Changing(change) => {
                self.changes.retain(|own| own.name != change.name);
                self.changes.push(change);
            }
            Line::SetBack(name) => self.changes.retain(|own| own.name != name),
            Line::Ended(case) => self.cases.push(*case),
        }
    }
}

/// Reads a journal; the error names it and the line.
pub(crate) fn read(path: &Path) -> Result<Told, JournalFault> {
    let bytes = bytes(path)?;
    let mut lines = bytes[..end(&bytes)].split(|byte| *byte == b'\n').zip(1..);
    let first = lines.next().map(|(first, _)| serde_json::from_slice(first));
    let Some(Ok(Line::Begun(begun))) = first else {
        return Err(JournalFault::NoBeginning { path: path.to_owned() });
    };
    if begun.schema != SCHEMA {
        return Err(JournalFault::Version { path: path.to_owned(), version: begun.suite_version });
    }
    let mut told = Told { begun, changes: Vec::new(), cases: Vec::new() };
    for (text, line) in lines.filter(|(text, _)| !text.is_empty()) {
        let fault = |_| JournalFault::Line { path: path.to_owned(), line };
        told.hear(serde_json::from_slice(text).map_err(fault)?);
    }
    Ok(told)
}

/// How many bytes of a journal are whole lines.
pub(super) fn whole(path: &Path) -> Result<u64, JournalFault> {
    Ok(u64::try_from(end(&bytes(path)?)).unwrap_or(u64::MAX))
}

fn bytes(path: &Path) -> Result<Vec<u8>, JournalFault> {
    let unreadable = |why| JournalFault::Unreadable { path: path.to_owned(), why };
    claimproof_files::read(path, AT_MOST).map_err(unreadable)
}

fn end(bytes: &[u8]) -> usize {
    bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1)
}
