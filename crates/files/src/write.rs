//! Writing: aside, synced and renamed, so that whoever looks finds the old file or the new one
//! whole. What is no file is written into.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tempfile::NamedTempFile;

use crate::mark::Mark;
use crate::place::{Place, folder};

/// How long whoever reads a pipe may be silent.
const PATIENCE: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(5);

/// A file that was not written.
#[derive(Debug, thiserror::Error)]
#[error("{}: {why}", path.display())]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// What stands in the way.
    pub why: Why,
}

/// Why a file was not written.
#[derive(Debug, thiserror::Error)]
pub enum Why {
    /// The system refuses.
    #[error("cannot be written: {0}")]
    System(#[from] io::Error),
    /// It is a folder.
    #[error("found a folder; expected the name of a file in it")]
    Folder,
    /// Nobody reads the pipe.
    #[error("found a pipe that nobody reads; start its reader first, or name a file")]
    NoReader,
    /// Nobody reads on.
    #[error("found a pipe whose reader was silent for {} seconds", PATIENCE.as_secs())]
    Silent,
    /// It is not claimproof's.
    #[error(
        "was not written by claimproof, or was changed since; name another file, or replace it with --force"
    )]
    NotOurs,
    /// Its content cannot be put together.
    #[error("{0}")]
    Content(String),
}

/// Who may read what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Readers {
    /// Whoever may read the file that was there, or a new one.
    AsBefore,
    /// Its owner.
    Owner,
}

/// A file that will be written, looked at before anything is done for its sake.
#[derive(Debug)]
pub struct Output {
    path: PathBuf,
    mark: Mark,
    /// A pipe is opened once: who reads it would take a second time for the end.
    stream: Option<File>,
}

impl Output {
    /// Sees to it that the file can be written, and that it may be: it is new, empty or claimproof's
    /// own, or `force` is given.
    ///
    /// # Errors
    ///
    /// What would stand in the way later, as far as that shows before.
    pub fn at(path: &Path, mark: Mark, force: bool) -> Result<Self, WriteError> {
        let at = |why| WriteError { path: path.to_owned(), why };
        let stream = may_be_written(path, mark, force).map_err(at)?;
        Ok(Self { path: path.to_owned(), mark, stream })
    }

    /// Empties the file of an earlier time, so that nobody takes it for what is not written yet.
    ///
    /// # Errors
    ///
    /// The system's.
    pub fn empty(&self) -> Result<(), WriteError> {
        if self.stream.is_some() || !self.path.exists() {
            return Ok(());
        }
        let emptied = OpenOptions::new().write(true).truncate(true).open(&self.path);
        emptied.map(drop).map_err(|error| WriteError { path: self.path.clone(), why: error.into() })
    }

    /// Writes it.
    ///
    /// # Errors
    ///
    /// The old file stays as it was.
    pub fn write(&self, text: &str) -> Result<(), WriteError> {
        let text = self.mark.put(text);
        match &self.stream {
            Some(stream) => pour(stream, text.as_bytes())
                .map_err(|why| WriteError { path: self.path.clone(), why }),
            None => write(&self.path, &text),
        }
    }
}

fn may_be_written(path: &Path, mark: Mark, force: bool) -> Result<Option<File>, Why> {
    match Place::of(path)? {
        Place::File(file) if !force && !mark.is_on(&file)? => Err(Why::NotOurs),
        Place::File(_) => Ok(None),
        Place::Stream(stream) => Ok(Some(stream)),
        Place::Free(path) => Ok(aside(folder(&path), None).map(|_| None)?),
    }
}

/// Writes a file whole or not at all, whatever was there.
///
/// # Errors
///
/// The old file stays as it was.
pub fn write(path: &Path, text: &str) -> Result<(), WriteError> {
    write_for(path, text, Readers::AsBefore)
}

pub(crate) fn write_for(path: &Path, text: &str, readers: Readers) -> Result<(), WriteError> {
    let written = Place::of(path).and_then(|place| match place {
        Place::Stream(stream) => pour(&stream, text.as_bytes()),
        Place::Free(path) => Ok(replace(&path, text, mode(None, readers))?),
        Place::File(path) => {
            let before = std::fs::metadata(&path)?.permissions();
            Ok(replace(&path, text, mode(Some(before), readers))?)
        }
    });
    written.map_err(|why| WriteError { path: path.to_owned(), why })
}

/// A folder that takes no new file, or a file that is mounted, leaves no other way than to write
/// into the file itself.
fn replace(path: &Path, text: &str, mode: Option<Permissions>) -> io::Result<()> {
    let renamed = rename(path, text, mode);
    match renamed {
        Err(error) if path.exists() && is_fixed(error.kind()) => {
            let mut file = OpenOptions::new().write(true).truncate(true).open(path)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()
        }
        other => other,
    }
}

const fn is_fixed(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem | ErrorKind::ResourceBusy
    )
}

fn rename(path: &Path, text: &str, mode: Option<Permissions>) -> io::Result<()> {
    let mut file = aside(folder(path), mode)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    sync_folder(folder(path))
}

/// A file of no name yet, with the permissions it will have; it is gone where it gets none.
fn aside(folder: &Path, mode: Option<Permissions>) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".claimproof-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(folder)?;
    if let Some(mode) = mode {
        file.as_file().set_permissions(mode)?;
    }
    Ok(file)
}

/// The permissions of the file that was there; those of a new one are the user's usual ones.
#[cfg(unix)]
fn mode(before: Option<Permissions>, readers: Readers) -> Option<Permissions> {
    match readers {
        Readers::Owner => Some(std::os::unix::fs::PermissionsExt::from_mode(0o600)),
        Readers::AsBefore => before,
    }
}

#[cfg(not(unix))]
fn mode(before: Option<Permissions>, _: Readers) -> Option<Permissions> {
    before
}

/// The new name is on the disk when its folder is.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "it can fail elsewhere")]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// All of it, as fast as the other side takes it.
fn pour(mut stream: &File, mut bytes: &[u8]) -> Result<(), Why> {
    let mut heard = Instant::now();
    while !bytes.is_empty() {
        match stream.write(bytes) {
            Ok(0) => return Err(io::Error::from(ErrorKind::WriteZero).into()),
            Ok(count) => (bytes, heard) = (&bytes[count..], Instant::now()),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() != ErrorKind::WouldBlock => return Err(error.into()),
            Err(_) if heard.elapsed() > PATIENCE => return Err(Why::Silent),
            Err(_) => std::thread::sleep(PAUSE),
        }
    }
    Ok(())
}
