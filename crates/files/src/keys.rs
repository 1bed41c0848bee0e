//! Files whose keys and secrets stand in a folder beside them, all for their owner alone.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::mark::{Mark, digest};
use crate::read::read_text;
use crate::write::{Output, Readers, Why, WriteError, write_for};

/// The list of the keys that claimproof wrote into a folder: a SHA-256 and a name a line. A key
/// that differs from it is somebody's own.
const LIST: &str = "written-by-claimproof.sha256";
/// No list is longer.
const AT_MOST: u64 = 1024 * 1024;

/// The keys that a file names, as they will be written beside it.
pub struct Keys {
    folder: PathBuf,
    texts: std::cell::RefCell<BTreeMap<String, String>>,
}

impl Keys {
    /// Adds a key; returns how the file names it.
    pub fn put(&self, name: &str, text: &str) -> PathBuf {
        self.texts.borrow_mut().insert(name.to_owned(), text.to_owned());
        PathBuf::from(self.folder.file_name().unwrap_or_default()).join(name)
    }
}

/// Writes a TOML file whose keys go into a folder beside it. The file appears last and whole, and
/// where it cannot, no folder is left behind that was not there. What stands there and is not
/// claimproof's own is replaced only by `force`.
///
/// # Errors
///
/// Before anything is written, the first file that is in the way; later, what the system says.
pub fn write_with_keys(
    path: &Path,
    force: bool,
    compose: impl FnOnce(&Keys) -> Result<String, WriteError>,
) -> Result<(), WriteError> {
    let keys = Keys { folder: path.with_extension("keys"), texts: Default::default() };
    let text = compose(&keys)?;
    let output = Output::at(path, Mark::Toml, force)?;
    let (folder, texts) = (keys.folder, keys.texts.into_inner());
    if !force {
        refuse_strange(&folder, &texts)?;
    }
    let was_there = folder.exists();
    let written = put_keys(&folder, &texts)
        .and_then(|()| write_for(path, &Mark::Toml.put(&text), Readers::Owner));
    if written.is_err() && !was_there {
        let _ = fs::remove_dir_all(&folder);
    }
    drop(output);
    written
}

/// A key that stands there must be one that claimproof wrote.
fn refuse_strange(folder: &Path, texts: &BTreeMap<String, String>) -> Result<(), WriteError> {
    let known = read_text(&folder.join(LIST), AT_MOST).unwrap_or_default();
    let known: BTreeMap<&str, &str> = known
        .lines()
        .filter_map(|line| line.split_once("  ").map(|(digest, name)| (name, digest)))
        .collect();
    for name in texts.keys() {
        let path = folder.join(name);
        if !path.try_exists().unwrap_or(true) {
            continue;
        }
        let text = crate::read::read(&path, AT_MOST).unwrap_or_default();
        if !text.is_empty() && known.get(name.as_str()) != Some(&digest(&text).as_str()) {
            return Err(WriteError { path, why: Why::NotOurs });
        }
    }
    Ok(())
}

fn put_keys(folder: &Path, texts: &BTreeMap<String, String>) -> Result<(), WriteError> {
    own_folder(folder)
        .map_err(|error| WriteError { path: folder.to_owned(), why: error.into() })?;
    // The list is there before the keys: what a broken run leaves behind is claimproof's too.
    let list: String =
        texts.iter().map(|(name, text)| format!("{}  {name}\n", digest(text.as_bytes()))).collect();
    write_for(&folder.join(LIST), &list, Readers::Owner)?;
    texts.iter().try_for_each(|(name, text)| write_for(&folder.join(name), text, Readers::Owner))
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
