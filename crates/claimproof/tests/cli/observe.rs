//! What a target does for every reading, without a grade.

use crate::cli::common::{Served, claimproof, closed_port, file, path, target_at};

const API: &str = "workato-api";

#[test]
fn readings_are_written_down_for_a_person_as_json_and_to_be_pasted() {
    let served = Served::start(API);
    let json = served.folder.path().join("observed.json");
    let flag = format!("json={}", path(&json));
    let ran = claimproof(&[
        "conform",
        "--target",
        path(&served.target()),
        "--observe",
        "--report",
        &flag,
    ])
    .ends(0);
    let ran = ran
        .shows(&["observed, not graded", "    WAP-R-claim-order                kid-before-sub ("]);
    let seen: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(json).unwrap()).unwrap();
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/../../vectors/schema/observed.schema.json");
    let schema: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(schema).unwrap()).unwrap();
    let errors: Vec<_> = jsonschema::validator_for(&schema)
        .unwrap()
        .iter_errors(&seen)
        .map(|one| one.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    // What is pasted fixes the readings, and the same target passes.
    let block = &ran.stdout[ran.stdout.find("[readings]").unwrap()..];
    let pasted = served.target_with("[fields]", &format!("{block}\n[fields]"));
    claimproof(&["conform", "--target", path(&pasted)]).ends(0);
    // Another reading in its place fails, and the message says which one was followed.
    let other = block.replace(
        "WAP-R-claim-order = \"kid-before-sub\"",
        "WAP-R-claim-order = \"sub-before-kid\"",
    );
    assert_ne!(block, other);
    let other = served.target_with("[fields]", &format!("{other}\n[fields]"));
    let told = "WAP-R-claim-order: the target file fixes reading `sub-before-kid`, which asks for ";
    claimproof(&["conform", "--target", path(&other)]).ends(1).shows(&[told]);
}

#[test]
fn a_target_that_deviates_everywhere_is_written_down_all_the_same_0() {
    let served = Served::start(API);
    let target = served
        .target_with("[fields]", "[codes]\naccess_refused = \"payload_too_large\"\n\n[fields]");
    claimproof(&["conform", "--target", path(&target), "--observe"]).ends(0).shows(&[
        "a mixture",
        "fits no reading: workato-api/",
        "was answered `refuse payload_too_large`",
    ]);
    claimproof(&["conform", "--target", path(&target)]).ends(1);
}

#[test]
fn what_does_not_answer_gives_no_observation_3() {
    let (_folder, target) = file(&target_at(&closed_port()));
    claimproof(&["conform", "--target", path(&target), "--observe"])
        .ends(3)
        .says(&["does not answer"]);
}

#[test]
fn observing_grades_nothing_so_it_takes_no_known_failures_2() {
    claimproof(&["conform", "--observe", "--known-failures", "x.toml"])
        .ends(2)
        .says(&["cannot be used with"]);
}

#[test]
fn observing_selects_nothing_where_no_case_is_open_4() {
    claimproof(&["conform", "--observe", "--profile", API, "accepted/hmac-kid"])
        .ends(4)
        .says(&["no case id contains"]);
}
