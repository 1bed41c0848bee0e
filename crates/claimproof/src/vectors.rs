//! `claimproof vectors`: the golden vectors, minted anew by the program itself.

use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, anyhow};
use claimproof_suite::{Exit, Text};

use crate::failed::{Failed, Outcome};
use crate::flags::{Vectors, VectorsAction};
use crate::say;

pub(crate) fn run(flags: &Vectors) -> Outcome {
    let VectorsAction::Write { folder } = &flags.action;
    empty(folder).map_err(Failed::usage)?;
    let files = claimproof_golden::generate()
        .context("the vectors cannot be minted")
        .map_err(Failed::usage)?;
    for (path, text) in &files {
        written(&folder.join(path), text).map_err(Failed::usage)?;
    }
    say::result(&format!(
        "{} files in {}\n",
        files.len(),
        Text::from(folder.display().to_string())
    ))?;
    Ok(Exit::Conforms)
}

/// Nothing else may stand there: a file of other vectors would be taken for one of these.
fn empty(folder: &Path) -> anyhow::Result<()> {
    match std::fs::read_dir(folder).map(|mut entries| entries.next().is_none()) {
        Ok(true) => Ok(()),
        Ok(false) => Err(anyhow!("{} is not empty; name a new folder", folder.display())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error).with_context(|| folder.display().to_string()),
    }
}

fn written(place: &Path, text: &str) -> anyhow::Result<()> {
    let parent = place.parent().unwrap_or(place);
    std::fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
    Ok(claimproof_files::write(place, text)?)
}
