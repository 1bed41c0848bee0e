//! Where the journals of a server are, for the next run against it: one path a line.

use std::io;
use std::path::{Path, PathBuf};

/// The list of the journals of one server.
#[derive(Debug)]
pub(super) struct Index(PathBuf);

impl Index {
    pub(super) fn of(states: &Path, base_url: &str) -> Self {
        Self(states.join(format!("{}.unfinished", crate::folders::origin(base_url))))
    }

    /// The journals that are still there.
    pub(super) fn journals(&self) -> Vec<PathBuf> {
        let text = std::fs::read_to_string(&self.0).unwrap_or_default();
        text.lines().map(PathBuf::from).filter(|path| path.is_file()).collect()
    }

    pub(super) fn add(&self, journal: &Path) -> io::Result<()> {
        let mut all = self.journals();
        all.push(journal.to_owned());
        self.write(&all)
    }

    pub(super) fn strike(&self, journal: &Path) -> io::Result<()> {
        let all: Vec<PathBuf> = self.journals().into_iter().filter(|own| own != journal).collect();
        self.write(&all)
    }

    /// In the place of the one before; none where it would be empty.
    fn write(&self, all: &[PathBuf]) -> io::Result<()> {
        if all.is_empty() {
            return match std::fs::remove_file(&self.0) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            };
        }
        let lines: String = all.iter().map(|path| format!("{}\n", path.display())).collect();
        claimproof_files::write(&self.0, &lines).map_err(io::Error::other)
    }
}
