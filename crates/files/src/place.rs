//! What stands where a file is to be written.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::write::Why;

/// How many symbolic links may lead to a file, as on Linux.
const MAX_LINKS: usize = 40;

/// What stands at a path, behind all symbolic links.
pub(crate) enum Place {
    /// Nothing; the file will be here.
    Free(PathBuf),
    /// A file that may be written.
    File(PathBuf),
    /// A pipe, a device or a socket: what is written goes into it.
    Stream(File),
}

impl Place {
    /// Looks without changing anything.
    pub(crate) fn of(path: &Path) -> Result<Self, Why> {
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => Err(Why::Folder),
            Ok(found) if found.is_file() => {
                // A file that its owner has closed to writing is not replaced either.
                OpenOptions::new().write(true).open(path)?;
                Ok(Self::File(fs::canonicalize(path)?))
            }
            Ok(_) => stream(path).map(Self::Stream),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Ok(Self::Free(end_of_links(path)?))
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// Where the links of a path lead that ends at nothing.
fn end_of_links(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        match fs::read_link(&path) {
            Ok(next) => path = path.parent().unwrap_or(Path::new("")).join(next),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("too many symbolic links lead on from here"))
}

/// The folder a file stands in.
pub(crate) fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A pipe nobody reads is no place for a report, and is not waited for.
#[cfg(unix)]
fn stream(path: &Path) -> Result<File, Why> {
    use std::os::unix::fs::OpenOptionsExt;
    let opened = OpenOptions::new().write(true).custom_flags(libc::O_NONBLOCK).open(path);
    opened.map_err(|error| match error.raw_os_error() {
        Some(libc::ENXIO) => Why::NoReader,
        _ => error.into(),
    })
}

#[cfg(not(unix))]
fn stream(path: &Path) -> Result<File, Why> {
    Ok(OpenOptions::new().write(true).open(path)?)
}
