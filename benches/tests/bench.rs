//! `bench`, as far as it can be judged without its speeds meaning anything.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::process::{Command, Output};

const ROW: [&str; 13] = [
    "algorithm",
    "allocations",
    "configuration",
    "contender",
    "median_ns",
    "min_ns",
    "profile",
    "ratio_to_limit",
    "spread",
    "threads",
    "token_bytes",
    "version",
    "wrong_verdicts",
];

fn bench(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bench")).args(args).output().unwrap()
}

#[test]
fn a_run_has_a_row_for_each_token_and_says_what_it_missed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("figures.json");
    let output = file.to_str().unwrap();
    let ran = bench(&["--this-build", "--rounds=3", "--turn=1", "--live=1000", "--output", output]);
    let shown = String::from_utf8_lossy(&ran.stdout);
    for part in ["| token | contender |", "ratio to the limit", "a claim beside 1000 live ids"] {
        assert!(shown.contains(part), "`{part}` is missing:\n{shown}");
    }
    let report: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let rows = report["rows"].as_array().unwrap();
    let of =
        |name: &str| rows.iter().filter(move |row| row["contender"] == name).collect::<Vec<_>>();
    assert_eq!((of("claimproof").len(), of("raw-limit").len()), (6, 6), "{report}");
    for row in of("claimproof") {
        assert_eq!(row["wrong_verdicts"], 0, "{row}");
        assert!(row["ratio_to_limit"].as_f64().unwrap() > 0.5, "{row}");
    }
    for row in of("raw-limit") {
        assert_eq!(
            (&row["ratio_to_limit"], &row["wrong_verdicts"]),
            (&1.0.into(), &serde_json::Value::Null),
            "{row}"
        );
    }
    let keys: BTreeSet<&str> =
        rows.iter().flat_map(|row| row.as_object().unwrap().keys().map(String::as_str)).collect();
    assert_eq!(keys, BTreeSet::from(ROW));
    // A bound that is missed is a deviation, and nothing else is.
    let missed = report["goals"].as_array().unwrap().iter().any(|goal| goal["held"] == false);
    assert_eq!(ran.status.code(), Some(i32::from(missed)));
}

#[test]
fn rounds_too_few_to_have_a_middle_are_a_usage_error_2() {
    let ran = bench(&["--rounds=2"]);
    let said = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(2));
    assert!(said.contains("--rounds") && said.contains("3.."), "{said}");
}
