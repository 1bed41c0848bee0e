//! The coverage as a script sees it: what goes missing, and the lists.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Ends with this code, and stderr or stdout holds every part; what it printed.
#[track_caller]
fn proof(args: &[&str], code: i32, parts: &[&str]) -> String {
    let ran = Command::new(env!("CARGO_BIN_EXE_proof")).args(args).output().unwrap();
    let (shown, said) = (ran.stdout, String::from_utf8(ran.stderr).unwrap());
    assert_eq!(ran.status.code(), Some(code), "{said}");
    for part in parts {
        assert!(said.contains(part), "`{part}` is missing on stderr:\n{said}");
    }
    String::from_utf8(shown).unwrap()
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (own, place) = (entry.path(), to.join(entry.file_name()));
        if own.is_dir() {
            copy(&own, &place);
        } else {
            std::fs::copy(&own, &place).unwrap();
        }
    }
}

#[test]
fn the_loss_of_any_one_vector_file_makes_coverage_exit_1() {
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(ROOT).join("../../vectors"), folder.path());
    let args = ["coverage", "--vectors", path(folder.path())];
    proof(&args, 0, &[]);
    for file in [
        "workato-direct-link/accepted.json",
        "workato-direct-link/team_saml_required.json",
        "workato-api/access_refused.json",
        "workato-api/payload_too_large.json",
        "tableau-connected-app/10103.json",
        "tableau-connected-app/undocumented.json",
        "cast/workato-api.json",
        "manifest.json",
    ] {
        let place = folder.path().join(file);
        let text = std::fs::read(&place).unwrap_or_else(|error| panic!("{file}: {error}"));
        std::fs::remove_file(&place).unwrap();
        proof(&args, 1, &[file, "run `cargo xtask vectors generate`"]);
        std::fs::write(&place, text).unwrap();
    }
    proof(&args, 0, &[]);
}

#[test]
fn the_loss_of_one_vector_inside_a_file_makes_coverage_exit_1() {
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(ROOT).join("../../vectors"), folder.path());
    let place = folder.path().join("workato-direct-link/iat_missing.json");
    let mut file: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&place).unwrap()).unwrap();
    file["vectors"].as_array_mut().unwrap().pop();
    std::fs::write(&place, format!("{}\n", serde_json::to_string_pretty(&file).unwrap())).unwrap();
    proof(
        &["coverage", "--vectors", path(folder.path())],
        1,
        &["workato-direct-link/iat_missing.json, line "],
    );
}

#[test]
fn a_live_case_that_is_gone_since_the_last_matrix_makes_coverage_exit_1() {
    let snapshot = std::fs::read_to_string(Path::new(ROOT).join("mutants.json")).unwrap();
    let mut snapshot: serde_json::Value = serde_json::from_str(&snapshot).unwrap();
    snapshot["cases"].as_array_mut().unwrap().push("workato-api/access_refused/gone".into());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mutants.json");
    std::fs::write(&file, snapshot.to_string()).unwrap();
    proof(
        &["coverage", "--snapshot", path(&file)],
        1,
        &[
            "workato-api/access_refused/gone: was played and is no case any more; run `cargo xtask mutants`",
        ],
    );
    std::fs::write(&file, "[]").unwrap();
    proof(&["coverage", "--snapshot", path(&file)], 2, &["the snapshot of the kill matrix"]);
}

#[test]
fn the_json_lists_every_requirement_with_all_its_sides() {
    let shown = proof(&["coverage", "--format", "json"], 0, &[]);
    let coverage: serde_json::Value = serde_json::from_str(&shown).unwrap();
    let rows = coverage["requirements"].as_array().unwrap();
    let listed: Vec<&str> = rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
    let register: Vec<&str> = claimproof_catalog::requirements::all().map(|one| one.id).collect();
    assert_eq!(listed, register);
    for row in rows {
        for column in ["vectors", "properties", "live", "mutants"] {
            let names = row[column].as_array().is_some_and(|names| !names.is_empty());
            let reason = row[column].as_str().is_some_and(|why| !why.is_empty());
            assert!(names || reason, "{} has no {column}: {row}", row["id"]);
        }
        assert_eq!(row["hole"], false, "{row}");
    }
}
