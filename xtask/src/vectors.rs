//! `cargo xtask vectors`: the golden files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use claimproof_catalog::codes;
use claimproof_http::Target;
use claimproof_suite::render;
use claimproof_vectors::file::{self, VectorFile};
use claimproof_vectors::{Answer, Case, cases};
use serde::Serialize;

use crate::exit::{Exit, Failed, Outcome};
use crate::flags::{ListFormat, Vectors, VectorsAction};

pub(crate) fn run(flags: &Vectors) -> Outcome {
    match flags.action {
        VectorsAction::Check => check(),
        VectorsAction::Generate => generate(),
        VectorsAction::List { format } => list(format),
    }
}

/// The folder of the golden files, beside this package.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../vectors")
}

/// Everything generated: path below the repository's `vectors/` to text.
fn generated() -> Result<BTreeMap<String, String>, Failed> {
    let mut files = file::generate().context("a recipe cannot be minted").map_err(Failed::usage)?;
    let schemas = [
        ("schema/report.schema.json", render::json::schema()),
        ("schema/observed.schema.json", render::observed::schema()),
        ("schema/target.schema.json", Target::schema()),
    ];
    for (path, schema) in schemas {
        let text = serde_json::to_string_pretty(&schema).map_err(Failed::usage)?;
        files.insert(path.to_owned(), format!("{text}\n"));
    }
    files.insert(
        "COVERAGE.md".to_owned(),
        crate::coverage::markdown(&crate::coverage::draw(&crate::coverage::snapshot())?),
    );
    Ok(files)
}

fn generate() -> Outcome {
    let files = generated()?;
    for stale in present(&root())?.into_iter().filter(|path| !files.contains_key(path)) {
        std::fs::remove_file(root().join(&stale)).with_context(|| stale.clone()).map_err(Failed::usage)?;
        anstream::println!("removed {stale}");
    }
    let mut written = 0;
    for (path, text) in &files {
        let place = root().join(path);
        if std::fs::read_to_string(&place).is_ok_and(|own| own == *text) {
            continue;
        }
        let folder = place.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).with_context(|| path.clone()).map_err(Failed::usage)?;
        std::fs::write(&place, text).with_context(|| path.clone()).map_err(Failed::usage)?;
        written += 1;
    }
    anstream::println!("{} files, {written} written", files.len());
    Ok(Exit::Conforms)
}

/// The generated files that are on disk: every JSON one folder below this one.
fn present(folder: &Path) -> Result<Vec<String>, Failed> {
    let mut found = Vec::new();
    let folders = std::fs::read_dir(folder).context("vectors/").map_err(Failed::usage)?;
    for folder in folders.flatten().filter(|entry| entry.path().is_dir()) {
        let name = folder.file_name().to_string_lossy().into_owned();
        let files = std::fs::read_dir(folder.path()).with_context(|| name.clone()).map_err(Failed::usage)?;
        for file in files.flatten().filter(|file| file.path().extension().is_some_and(|end| end == "json")) {
            found.push(format!("{name}/{}", file.file_name().to_string_lossy()));
        }
    }
    Ok(found)
}

fn check() -> Outcome {
    let files = generated()?;
    let faults = differences(&root(), &files)?;
    if !faults.is_empty() {
        return Err(Failed { error: anyhow!("{}", faults.join("\n")), exit: Exit::Deviates });
    }
    let vectors: usize = files.iter().filter_map(|(path, text)| count(path, text).ok()).sum();
    anstream::println!("{vectors} vectors in {} files: as generated, digests right", files.len());
    Ok(Exit::Conforms)
}

/// What is on disk and not as the recipes make it, or the other way round.
pub(crate) fn faults(folder: &Path) -> Result<Vec<String>, Failed> {
    differences(folder, &generated()?)
}

fn differences(folder: &Path, files: &BTreeMap<String, String>) -> Result<Vec<String>, Failed> {
    let stale = present(folder)?.into_iter().filter(|path| !files.contains_key(path));
    let mut faults: Vec<String> = stale.map(|path| format!("{path}: no recipe makes this file")).collect();
    for (path, text) in files {
        match std::fs::read_to_string(folder.join(path)) {
            Err(error) => faults.push(format!("{path}: {error}; run `cargo xtask vectors generate`")),
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
fn count(path: &str, text: &str) -> Result<usize, String> {
    let is_vectors =
        !path.starts_with("cast/") && !path.starts_with("schema/") && path != "manifest.json" && !path.ends_with(".md");
    if !is_vectors {
        return Ok(0);
    }
    let VectorFile { vectors, .. } = file::load(text)?;
    Ok(vectors.len())
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
}

impl From<Case> for Row {
    fn from(case: Case) -> Self {
        let expect = match case.verdict().reference() {
            Answer::Accept => "accept",
            _ => "refuse",
        };
        Self {
            code: codes::find(case.profile, case.code()).map(|row| row.code.to_owned()),
            expect,
            codes: case.verdict().codes().into_iter().map(str::to_owned).collect(),
            family: case.verdict().family(),
            profile: case.profile.name(),
            id: case.id,
            requirements: case.requirements,
            twin: case.twin,
            title: case.title,
        }
    }
}

fn list(format: ListFormat) -> Outcome {
    let rows: Vec<Row> = cases::all().into_iter().map(Row::from).collect();
    match format {
        ListFormat::Json => {
            let text = serde_json::to_string_pretty(&rows).map_err(Failed::usage)?;
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
