//! `cargo xtask vectors`: the golden files.

use std::path::Path;

use anyhow::Context;
use claimproof_catalog::codes;
use claimproof_files::read_text;
use claimproof_suite::Exit;
use claimproof_vectors::{Case, cases};
use serde::Serialize;

use crate::flags::{ListFormat, Vectors, VectorsAction};
use crate::golden::{AT_MOST, FROZEN, count, differences, generated, present, root};
use crate::page;

pub(crate) fn run(flags: &Vectors) -> anyhow::Result<Exit> {
    match flags.action {
        VectorsAction::Check => check(),
        VectorsAction::Generate => generate(),
        VectorsAction::List { format } => list(format),
    }
}

fn generate() -> anyhow::Result<Exit> {
    let files = generated(&page::committed()?)?;
    for stale in present(&root())?.into_iter().filter(|path| !files.contains_key(path)) {
        std::fs::remove_file(root().join(&stale)).with_context(|| stale.clone())?;
        anstream::println!("removed {stale}");
    }
    let frozen = FROZEN.map(|(path, place)| (root().join("..").join(place), &files[path]));
    let all = files.iter().map(|(path, text)| (root().join(path), text)).chain(frozen);
    let mut written = 0;
    for (place, text) in all {
        written += usize::from(renewed(&place, text)?);
    }
    anstream::println!("{} files, {written} written", files.len());
    Ok(Exit::Conforms)
}

/// Writes a file unless it is so already; whether it was written.
fn renewed(place: &Path, text: &str) -> anyhow::Result<bool> {
    if read_text(place, AT_MOST).is_ok_and(|own| own == text) {
        return Ok(false);
    }
    let folder = place.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    claimproof_files::write(place, text)?;
    Ok(true)
}

fn check() -> anyhow::Result<Exit> {
    let files = generated(&page::committed()?)?;
    let faults = differences(&root(), &files)?;
    if !faults.is_empty() {
        anstream::eprintln!("error: {}", faults.join("\n"));
        return Ok(Exit::Deviates);
    }
    let vectors: usize = files.iter().filter_map(|(path, text)| count(path, text).ok()).sum();
    anstream::println!("{vectors} vectors in {} files: as generated, digests right", files.len());
    Ok(Exit::Conforms)
}

#[derive(Serialize)]
struct Row {
    id: String,
    profile: &'static str,
    code: Option<String>,
    expect: &'static str,
    codes: Vec<String>,
    family: Option<&'static str>,
    requirements: Vec<&'static str>,
    twin: Option<String>,
    title: String,
    rationale: Option<String>,
}

impl From<Case> for Row {
    fn from(case: Case) -> Self {
        let expect = if case.is_rejected() { "refuse" } else { "accept" };
        Self {
            code: codes::find(case.profile, case.code()).map(|code| code.to_string()),
            expect,
            rationale: case.rationale(),
            codes: case.verdict().codes().into_iter().map(str::to_owned).collect(),
            family: case.verdict().question(),
            profile: case.profile.name(),
            id: case.id,
            requirements: case.requirements,
            twin: case.control,
            title: case.title,
        }
    }
}

fn list(format: ListFormat) -> anyhow::Result<Exit> {
    let rows: Vec<Row> = cases::all().into_iter().map(Row::from).collect();
    match format {
        ListFormat::Json => {
            let text = serde_json::to_string_pretty(&rows)?;
            anstream::println!("{text}");
        }
        ListFormat::Text => {
            for row in rows {
                anstream::println!("{:<72} {:<6} {}", row.id, row.expect, row.title);
            }
        }
    }
    Ok(Exit::Conforms)
}
