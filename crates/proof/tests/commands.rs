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

/// What is no snapshot of the kill matrix, and what its message says beside the file.
const NO_SNAPSHOTS: [(&str, &str, &str); 14] = [
    ("nothing", "", "line 1"),
    ("an empty object", "{}", "cases"),
    ("a list", "[]", "line 1"),
    ("a text", "\"cases\"", "line 1"),
    ("TOML", "cases = []\n", "line 1"),
    ("a page", "<!doctype html>\n", "line 1"),
    ("an end too early", "{\"cases\": [\n\"a\",\n", "line 3"),
    ("a key nobody knows", "{\"cases\": [],\n\"seeds\": 1}", "line 2"),
    ("a key twice", "{\"cases\": [],\n\"cases\": []}", "line 2"),
    ("cases as numbers", "{\"cases\": [1]}", "line 1"),
    ("skipped as a list", "{\"cases\": [], \"skipped\":\n[]}", "line 2"),
    (
        "a mutant without a name",
        "{\"cases\": [], \"skipped\": {}, \"mutants\": [\n{\"title\": \"t\"}]}",
        "line 2",
    ),
    (
        "a level that is none",
        "{\"cases\": [], \"skipped\": {}, \"mutants\": [{\n\"level\": \"may\"}]}",
        "line 2",
    ),
    ("a comma too many", "{\"cases\": [\n\"a\",]}", "line 2"),
];

#[test]
fn what_is_no_snapshot_is_a_usage_error_2_with_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("own.json");
    let told = |name: &str, part: &str| {
        println!("{name}");
        proof(&["coverage", "--snapshot", path(&place)], 2, &["own.json", part]);
    };
    told("none", "No such file");
    for (name, text, part) in NO_SNAPSHOTS {
        std::fs::write(&place, text).unwrap();
        told(name, part);
    }
    std::fs::write(
        &place,
        "\n\u{fc}".encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>(),
    )
    .unwrap();
    told("UTF-16", "line ");
    std::fs::write(&place, format!("{{\"cases\": {}", "[".repeat(1_000_000))).unwrap();
    told("lists in lists", "line 1");
    std::fs::write(&place, format!("{{\"cases\": [{}", "\"a\",".repeat(1_000_000))).unwrap();
    told("longer than any", "KiB");
    for other in [".", "/dev/zero"] {
        proof(&["coverage", "--snapshot", other], 2, &[other, "found a "]);
    }
}

/// A difference from what the recipes make ends with 1; what cannot be read with 2.
#[test]
fn what_is_no_folder_of_vectors_is_a_usage_error_2_with_its_name() {
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(ROOT).join("../../vectors"), folder.path());
    let place = folder.path().join("manifest.json");
    proof(&["coverage", "--vectors", path(&folder.path().join("none"))], 2, &["none"]);
    proof(&["coverage", "--vectors", path(&place)], 2, &["manifest.json"]);
    let args = ["coverage", "--vectors", path(folder.path())];
    std::fs::write(&place, [0xff]).unwrap();
    proof(&args, 2, &["manifest.json", "line 1", "UTF-8"]);
    std::fs::write(&place, " ".repeat(3 << 20)).unwrap();
    proof(&args, 2, &["manifest.json", "KiB"]);
    std::fs::remove_file(&place).unwrap();
    std::fs::create_dir(&place).unwrap();
    proof(&args, 2, &["manifest.json", "found a folder"]);
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
