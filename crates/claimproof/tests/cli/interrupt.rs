//! Ctrl-C: exit 130, and a report of what had ended.

#![cfg(unix)]

use std::process::Command;
use std::time::{Duration, Instant};

use rstest::rstest;

use crate::cli::common::{Ran, Served, Stalling, command, path, ran};

/// Runs against a server that stalls after so many connections, and interrupts it there.
fn interrupted(connections: usize, more: &[&str]) -> (Ran, serde_json::Value) {
    let served = Served::start("workato-direct-link");
    let stalling = Stalling::after(connections, &served.url);
    let target = served.target_with(&served.url, &stalling.url);
    let report = served.folder.path().join("report.json");
    let flag = format!("json={}", path(&report));
    let args =
        [&["conform", "--target", path(&target), "--timeout", "60", "--report", &flag], more]
            .concat();
    let child = command(&args).spawn().unwrap();
    stalling.wait_until_stalled();
    let begun = Instant::now();
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let ran = ran(child);
    assert!(begun.elapsed() < Duration::from_secs(5), "took {:?}", begun.elapsed());
    let text = std::fs::read_to_string(&report)
        .unwrap_or_else(|error| panic!("no report: {error}; {ran:?}"));
    (ran, serde_json::from_str(&text).unwrap())
}

/// One connection for the clock, four for the acceptance proof.
const BEFORE_THE_CASES: usize = 5;

#[test]
fn a_run_against_a_stalling_server_leaves_what_had_ended() {
    let (ran, report) = interrupted(BEFORE_THE_CASES + 20, &["--jobs", "1"]);
    let ran = ran.ends(130).shows(&["(interrupted by SIGINT: partial)"]);
    ran.says(&["SIGINT: no further case is begun"]);
    assert_eq!((&report["partial"], &report["cut_short_by"]), (&true.into(), &"SIGINT".into()));
    let cases = report["cases"].as_array().unwrap();
    assert!((10..=20).contains(&cases.len()), "{} cases", cases.len());
    assert!(cases.iter().all(|case| case["verdict"] == "pass"), "{cases:?}");
    assert_eq!(report["summary"]["pass"], cases.len());
    assert_eq!(report["target"]["profile"], "workato-direct-link");
}

#[test]
fn the_partial_report_fits_the_published_schema() {
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/../../vectors/schema/report.schema.json");
    let schema: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(schema).unwrap()).unwrap();
    let (_, report) = interrupted(BEFORE_THE_CASES + 3, &[]);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

/// A known failure of a case that did not run is not stale.
#[test]
fn what_did_not_run_is_no_stale_known_failure() {
    let known = "[[known-failure]]\ncase = \"workato-direct-link/gone\"\nobserved = \"accept\"\nreason = \"x\"\nsince = \"2024-01-01\"\n";
    let (_folder, known) = crate::cli::common::file(known);
    let (ran, report) = interrupted(BEFORE_THE_CASES + 3, &["--known-failures", path(&known)]);
    ran.ends(130);
    assert_eq!(report["faults"].as_array().unwrap().len(), 0, "{}", report["faults"]);
}

#[rstest]
#[case::while_the_clock_is_read(0)]
#[case::while_acceptance_is_proven(2)]
fn an_interrupt_before_the_first_case_leaves_an_empty_report(#[case] connections: usize) {
    let (ran, report) = interrupted(connections, &[]);
    ran.ends(130);
    assert_eq!((&report["partial"], report["cases"].as_array().unwrap().len()), (&true.into(), 0));
    assert!(
        !report["target"]["name"].as_str().unwrap().contains("claimproof reference\""),
        "{}",
        report["target"]
    );
}

#[test]
fn serve_ends_with_130_on_an_interrupt() {
    use std::io::BufRead;
    let mut child = command(&["serve", "--profile", "workato-api"]).spawn().unwrap();
    let mut line = String::new();
    std::io::BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    // The address is printed a moment before Ctrl-C is listened for.
    std::thread::sleep(Duration::from_millis(200));
    assert!(
        Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success()
    );
    ran(child).ends(130);
}
