//! Everything generated below `vectors/`, and what on disk differs from it.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context;
use claimproof_files::{Unreadable, read_text};
use claimproof_golden::{NotVectors, VectorFile};
use claimproof_http::Target;
use claimproof_in_process::directory;
use claimproof_proof::coverage::Coverage;
use claimproof_suite::{known_failures, render};

use crate::page;

/// Three times what the longest golden file has.
pub(crate) const AT_MOST: u64 = 2 * 1024 * 1024;

/// The folder of the golden files, beside this package.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vectors")
}

/// Everything generated: path below the repository's `vectors/` to text.
pub(crate) fn generated(coverage: &Coverage) -> anyhow::Result<BTreeMap<String, String>> {
    let mut files = claimproof_golden::generate().context("a recipe cannot be minted")?;
    let schemas = [
        ("schema/report.schema.json", render::json::schema()),
        ("schema/observed.schema.json", render::observed::schema()),
        ("schema/target.schema.json", Target::schema()),
        ("schema/known-failures.schema.json", known_failures::schema()),
        ("schema/directory.schema.json", directory::schema()),
    ];
    for (path, schema) in schemas {
        files.insert(path.to_owned(), claimproof_golden::pretty(&schema)?);
    }
    files.insert("COVERAGE.md".to_owned(), page::markdown(coverage));
    Ok(files)
}

/// What packages hold of it, so that each is whole without this folder: path below `vectors/`, and
/// below the repository.
pub(crate) const FROZEN: [(&str, &str); 2] = [
    ("manifest.json", "crates/golden/manifest.json"),
    ("salted.json", "crates/vectors/frozen/salted.json"),
];

/// The generated files that are on disk: every JSON one folder below this one.
pub(crate) fn present(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    let folders = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    for folder in folders.flatten().filter(|entry| entry.path().is_dir()) {
        let name = folder.file_name().to_string_lossy().into_owned();
        let files = std::fs::read_dir(folder.path()).with_context(|| name.clone())?;
        for file in
            files.flatten().filter(|file| file.path().extension().is_some_and(|end| end == "json"))
        {
            found.push(format!("{name}/{}", file.file_name().to_string_lossy()));
        }
    }
    Ok(found)
}

/// What is on disk and not as the recipes make it, or the other way round.
pub(crate) fn differences(
    folder: &Path,
    files: &BTreeMap<String, String>,
) -> anyhow::Result<Vec<String>> {
    let stale = present(folder)?.into_iter().filter(|path| !files.contains_key(path));
    let mut faults: Vec<String> =
        stale.map(|path| format!("{path}: no recipe makes this file")).collect();
    for (path, frozen) in FROZEN {
        let own = read_text(&root().join("..").join(frozen), AT_MOST).unwrap_or_default();
        faults.extend((own != files[path]).then(|| difference(frozen, &own, &files[path])));
    }
    for (path, text) in files {
        match read_text(&folder.join(path), AT_MOST) {
            Err(Unreadable::System(error)) if error.kind() == ErrorKind::NotFound => {
                faults.push(format!("{path}: {error}; run `cargo xtask vectors generate`"))
            }
            Err(error) => return Err(error).context(path.clone()),
            Ok(own) if own != *text => faults.push(difference(path, &own, text)),
            Ok(own) => faults.extend(count(path, &own).err().map(|why| format!("{path}: {why}"))),
        }
    }
    Ok(faults)
}

fn difference(path: &str, own: &str, text: &str) -> String {
    let line = own.lines().zip(text.lines()).take_while(|(own, text)| own == text).count() + 1;
    format!(
        "{path}, line {line}: differs from what the recipes make; run `cargo xtask vectors generate` and look at the difference"
    )
}

/// Vector files are read back as a user would.
pub(crate) fn count(path: &str, text: &str) -> Result<usize, NotVectors> {
    let is_vectors = path.contains('/')
        && !["cast/", "keys/", "schema/"].iter().any(|one| path.starts_with(one));
    if !is_vectors {
        return Ok(0);
    }
    let VectorFile { vectors, .. } = claimproof_golden::load(text)?;
    Ok(vectors.len())
}
