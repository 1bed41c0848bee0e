//! Files that are written for their owner alone, since keys and secrets are in them or beside them.

use std::fs::{self, DirBuilder, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Why a file was not written.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {what}")]
pub struct WriteError {
    /// The file.
    pub path: String,
    /// What went wrong.
    pub what: String,
}

impl WriteError {
    fn at(path: &Path, what: impl ToString) -> Self {
        Self { path: path.display().to_string(), what: what.to_string() }
    }
}

/// The folder of the keys that a file names.
pub struct Keys(PathBuf);

impl Keys {
    /// Writes a key; returns how the file names it.
    pub fn put(&self, name: &str, text: &str) -> Result<PathBuf, WriteError> {
        let path = self.0.join(name);
        own(&path, text).map_err(|error| WriteError::at(&path, error))?;
        Ok(PathBuf::from(self.0.file_name().unwrap_or_default()).join(name))
    }
}

/// Writes a file whose keys go into a folder beside it. The file appears last and whole, and where
/// it cannot, nothing of it stays.
pub fn write_with_keys(
    path: &Path,
    compose: impl FnOnce(&Keys) -> Result<String, WriteError>,
) -> Result<(), WriteError> {
    let (keys, partial) = (Keys(path.with_extension("keys")), path.with_extension("partial"));
    let was_there = keys.0.exists();
    let written = compose_and_move(path, &keys, &partial, compose);
    if written.is_err() {
        let _ = fs::remove_file(&partial);
        if !was_there {
            let _ = fs::remove_dir_all(&keys.0);
        }
    }
    written
}

fn compose_and_move(
    path: &Path,
    keys: &Keys,
    partial: &Path,
    compose: impl FnOnce(&Keys) -> Result<String, WriteError>,
) -> Result<(), WriteError> {
    own_folder(&keys.0).map_err(|error| WriteError::at(&keys.0, error))?;
    let text = compose(keys)?;
    own(partial, &text).map_err(|error| WriteError::at(partial, error))?;
    fs::rename(partial, path).map_err(|error| WriteError::at(path, error))
}

/// In the place of what was there, which others may read, or may be a link to elsewhere.
fn own(path: &Path, text: &str) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

/// The folder of the file itself is the caller's: a mistyped one is not made.
fn own_folder(path: &Path) -> io::Result<()> {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "it has no modes elsewhere"))]
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => close(path),
        other => other,
    }
}

/// A folder of an earlier time may be open to others.
fn close(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    let _ = folder;
    Ok(())
}
