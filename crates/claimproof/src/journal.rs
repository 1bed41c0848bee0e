//! The journal of a run against somebody's server: what cases came to, and what the run has changed
//! and not set back yet. It goes when nothing of that is unfinished; what a killed run leaves is
//! read by `report` and `clean`, and the next run speaks of it.

mod fault;
mod index;
mod line;

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use claimproof_suite::{CaseReport, Journal, Text, Undo, Unwritten};

use crate::folders;
pub(crate) use fault::JournalFault;
use index::Index;
use line::Line;
pub(crate) use line::{Begun, Told, read};

/// Journals beside one report, or of one server, at most; nobody leaves so many behind.
const MOST: usize = 99;

/// A journal that is written.
#[derive(Debug)]
pub(crate) struct Notes {
    path: PathBuf,
    index: Option<Index>,
    written: Mutex<Written>,
}

#[derive(Debug)]
struct Written {
    file: File,
    /// Up to where it consists of whole lines.
    length: u64,
}

impl Notes {
    /// Begins a journal: beside the report where there is one, else in the user's folder of states.
    pub(crate) fn begin(begun: Begun, report: Option<&Path>) -> Result<Self, JournalFault> {
        let base_url = begun.target.base_url.clone().unwrap_or_default();
        let first = match report.filter(|path| is_plain(path)) {
            Some(report) => named(&absolute(report)?, "journal"),
            None => folders::of_states()?.join(format!("{}.journal", folders::origin(&base_url))),
        };
        let (path, file) = new(&first)?;
        let index = folders::of_states().ok().map(|states| Index::of(&states, &base_url));
        let notes = Self { path, index, written: Mutex::new(Written { file, length: 0 }) };
        let unwritten = JournalFault::unwritten(&notes.path);
        notes.index.iter().try_for_each(|index| index.add(&notes.path)).map_err(&unwritten)?;
        notes.write(&Line::Begun(begun), true).map_err(&unwritten)?;
        Ok(notes)
    }

    /// A journal of an earlier run, to go on with.
    pub(crate) fn reopen(path: &Path, base_url: &str) -> Result<Self, JournalFault> {
        let (path, unwritten) = (absolute(path)?, JournalFault::unwritten(path));
        let length = line::whole(&path)?;
        let file = File::options().append(true).open(&path).map_err(&unwritten)?;
        file.set_len(length).map_err(&unwritten)?;
        let index = folders::of_states().ok().map(|states| Index::of(&states, base_url));
        Ok(Self { path, index, written: Mutex::new(Written { file, length }) })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// What is known of the target's clock.
    pub(crate) fn clock(&self, told: &Text) {
        let _ = self.write(&Line::Clock(told.clone()), false);
    }

    /// Nothing is unfinished any more, so nobody needs to hear of it.
    pub(crate) fn strike(&self) {
        if let Some(index) = &self.index {
            let _ = index.strike(&self.path);
        }
    }

    /// Nothing of it is of use to anybody.
    pub(crate) fn remove(&self) {
        let _ = std::fs::remove_file(&self.path);
        self.strike();
    }

    /// One whole line or none of it: what could not be written whole is cut off again.
    fn write(&self, line: &Line, for_good: bool) -> io::Result<()> {
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let length = written.length;
        let done = written.file.write_all(&text).and_then(|()| match for_good {
            true => written.file.sync_data(),
            false => Ok(()),
        });
        match done {
            Ok(()) => written.length += u64::try_from(text.len()).unwrap_or(u64::MAX),
            Err(_) => written.file.set_len(length)?,
        }
        done
    }

    fn unwritten(&self, why: &io::Error) -> Unwritten {
        Unwritten { path: self.path.display().to_string(), why: why.to_string() }
    }
}

impl Journal for Notes {
    fn changing(&self, change: &Undo) -> Result<(), Unwritten> {
        self.write(&Line::Changing(change.clone()), true).map_err(|why| self.unwritten(&why))
    }

    /// A line that is missing has `clean` set back what is as before.
    fn set_back(&self, name: &str) {
        let _ = self.write(&Line::SetBack(name.to_owned()), false);
    }

    /// A line that is missing is a case that `report` does not know.
    fn ended(&self, case: &CaseReport) {
        let _ = self.write(&Line::Ended(Box::new(case.clone())), false);
    }
}

/// What runs against this server have left unfinished, a sentence each.
pub(crate) fn unfinished(base_url: &str) -> Vec<String> {
    let Ok(states) = folders::of_states() else { return Vec::new() };
    let journals = Index::of(&states, base_url).journals();
    journals
        .iter()
        .map(|path| read(path).map_or_else(|why| why.to_string(), |told| told.said(path)))
        .collect()
}

impl Told {
    fn said(&self, path: &Path) -> String {
        let Begun { started, process, target, .. } = &self.begun;
        let (cases, path) = (self.cases.len(), path.display());
        let url = target.base_url.as_deref().unwrap_or_default();
        let left: Vec<&str> = self.changes.iter().map(|one| one.name.as_str()).collect();
        let left = match left.as_slice() {
            [] => "nothing is left on the target".to_owned(),
            some => format!(
                "not set back on the target: {}; `claimproof clean --from {path} --target FILE` does",
                some.join("; ")
            ),
        };
        format!(
            "a run against {url} is unfinished, begun {started} by process {process}: {cases} cases \
             had ended, and `claimproof report --from {path}` reports them; {left}"
        )
    }
}

/// Whether the path is that of a file, or of none yet, to which a journal may stand near.
fn is_plain(path: &Path) -> bool {
    std::fs::metadata(path).map_or(true, |found| found.is_file())
}

fn named(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{ending}"));
    path.with_file_name(name)
}

fn absolute(path: &Path) -> Result<PathBuf, JournalFault> {
    std::path::absolute(path).map_err(JournalFault::unwritten(path))
}

/// A file that was not there, of this name or the next that is free: what another run left stays.
fn new(first: &Path) -> Result<(PathBuf, File), JournalFault> {
    for n in 1..=MOST {
        let path = if n == 1 { first.to_owned() } else { named(first, &n.to_string()) };
        match folders::new_file(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(JournalFault::Unwritten { path, why: error }),
            Ok(file) => return Ok((path, file)),
        }
    }
    Err(JournalFault::TooMany { path: first.to_owned(), most: MOST })
}
