//! Why a journal is not read or not written.

use std::io;
use std::path::{Path, PathBuf};

use claimproof_files::Unreadable;

use crate::folders::NoFolder;

/// Why a journal is not read or not written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum JournalFault {
    #[error("the journal {}: {why}", .path.display())]
    Unreadable { path: PathBuf, why: Unreadable },
    #[error("the journal {}: line {line} is no line of a journal; was it changed by hand?", .path.display())]
    Line { path: PathBuf, line: usize },
    #[error("the journal {}: line 1 does not begin a run; is it a journal?", .path.display())]
    NoBeginning { path: PathBuf },
    #[error("the journal {} was written by version {version}; use that one", .path.display())]
    Version { path: PathBuf, version: String },
    #[error("the journal {} cannot be written: {why}", .path.display())]
    Unwritten { path: PathBuf, why: io::Error },
    #[error("{} and {most} more journals are there; delete those of no use", .path.display())]
    TooMany { path: PathBuf, most: usize },
    #[error(transparent)]
    NoFolder(#[from] NoFolder),
}

impl JournalFault {
    /// Of a journal that the system keeps from being written.
    pub(super) fn unwritten(path: &Path) -> impl Fn(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |why| Self::Unwritten { path: path.clone(), why }
    }
}
