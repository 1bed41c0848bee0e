//! The square as a script sees it: what goes missing, and the lists.

use std::path::Path;

use crate::cli::common::{path, xtask};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

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
    copy(&Path::new(ROOT).join("../vectors"), folder.path());
    let args = ["coverage", "--vectors", path(folder.path())];
    xtask(&args).ends(0);
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
        xtask(&args).ends(1).says(&[file, "run `cargo xtask vectors generate`"]);
        std::fs::write(&place, text).unwrap();
    }
    xtask(&args).ends(0);
}

#[test]
fn the_loss_of_one_vector_inside_a_file_makes_coverage_exit_1() {
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(ROOT).join("../vectors"), folder.path());
    let place = folder.path().join("workato-direct-link/iat_missing.json");
    let mut file: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&place).unwrap()).unwrap();
    file["vectors"].as_array_mut().unwrap().pop();
    std::fs::write(&place, format!("{}\n", serde_json::to_string_pretty(&file).unwrap())).unwrap();
    xtask(&["coverage", "--vectors", path(folder.path())])
        .ends(1)
        .says(&["workato-direct-link/iat_missing.json, line "]);
}

#[test]
fn a_live_case_that_is_gone_since_the_last_matrix_makes_coverage_exit_1() {
    let snapshot =
        std::fs::read_to_string(Path::new(ROOT).join("../crates/proof/mutants.json")).unwrap();
    let mut snapshot: serde_json::Value = serde_json::from_str(&snapshot).unwrap();
    snapshot["cases"].as_array_mut().unwrap().push("workato-api/access_refused/gone".into());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mutants.json");
    std::fs::write(&file, snapshot.to_string()).unwrap();
    xtask(&["coverage", "--snapshot", path(&file)])
        .ends(1)
        .says(&["workato-api/access_refused/gone: was played and is no case any more; run `cargo xtask mutants`"]);
    std::fs::write(&file, "[]").unwrap();
    xtask(&["coverage", "--snapshot", path(&file)])
        .ends(2)
        .says(&["the snapshot of the kill matrix"]);
}

#[test]
fn the_json_lists_every_requirement_with_all_its_sides() {
    let ran = xtask(&["coverage", "--format", "json"]).ends(0);
    let square: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let rows = square["requirements"].as_array().unwrap();
    let listed: Vec<&str> = rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
    let register: Vec<&str> = claimproof_catalog::requirements::all().map(|one| one.id).collect();
    assert_eq!(listed, register);
    for row in rows {
        for side in ["vectors", "properties", "live", "mutants"] {
            let names = row[side].as_array().is_some_and(|names| !names.is_empty());
            let reason = row[side].as_str().is_some_and(|why| !why.is_empty());
            assert!(names || reason, "{} has no {side}: {row}", row["id"]);
        }
        assert_eq!(row["hole"], false, "{row}");
    }
}

#[test]
fn the_list_of_mutants_needs_no_profile_and_has_four_columns() {
    let ran = xtask(&["serve", "--list-mutants"]).ends(0);
    let lines: Vec<Vec<&str>> = ran.stdout.lines().map(|line| line.split('\t').collect()).collect();
    assert!(lines.len() >= 150, "{} mutants", lines.len());
    for line in &lines {
        let [name, profile, requirements, title] = line.as_slice() else { panic!("{line:?}") };
        assert!(
            name.starts_with(&format!("{profile}/"))
                && !requirements.is_empty()
                && !title.is_empty(),
            "{line:?}"
        );
    }
}
