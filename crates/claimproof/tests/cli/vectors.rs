//! The vectors as the program writes them, without the repository.

use std::path::{Path, PathBuf};

use crate::cli::common::{claimproof, path};

/// Every file below a folder, by its path from there.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = PathBuf::from(entry.file_name());
        if entry.path().is_dir() {
            found.extend(files(&entry.path()).into_iter().map(|inner| name.join(inner)));
        } else {
            found.push(name);
        }
    }
    found
}

#[test]
fn the_vectors_are_written_byte_for_byte_as_they_are_published() {
    let published = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vectors");
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("new/vectors");
    claimproof(&["vectors", "write", path(&folder)]).ends(0).shows(&["files in"]);
    let written = files(&folder);
    for file in &written {
        let (own, due) = (folder.join(file), published.join(file));
        assert!(std::fs::read(own).unwrap() == std::fs::read(due).unwrap(), "{}", file.display());
    }
    let manifest = std::fs::read_to_string(folder.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let named = manifest["files"].as_object().unwrap();
    assert!(named.len() > 60 && named.keys().all(|file| written.contains(&PathBuf::from(file))));
    assert!(written.contains(&PathBuf::from("keys/rsa-1.private.pem")));
}

#[test]
fn a_folder_that_holds_something_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mine.txt"), "mine").unwrap();
    claimproof(&["vectors", "write", path(folder.path())]).ends(2).says(&["is not empty"]);
    assert_eq!(files(folder.path()), [PathBuf::from("mine.txt")]);
}
