//! `serve` in one process, `conform` in another, and the reports between them.

use crate::cli::common::{Served, claimproof, path, xml_elements};

const PROFILES: [&str; 3] = ["workato-direct-link", "workato-api", "tableau-connected-app"];

/// The profiles that have cases; one that has none is named.
fn with_cases() -> Vec<&'static str> {
    let has_cases =
        |profile: &&str| match claimproof(&["conform", "--list", "--profile", profile]).code {
            Some(0) => true,
            other => {
                println!("skipped: {profile} has no cases (exit {other:?})");
                false
            }
        };
    PROFILES.into_iter().filter(has_cases).collect()
}

#[test]
fn the_first_line_of_serve_is_its_address() {
    let served = Served::start("workato-api");
    let port = served.first_line.strip_prefix("listening on http://127.0.0.1:").unwrap();
    let port = port.strip_suffix('\n').unwrap();
    assert!(port.parse::<u16>().is_ok_and(|port| port > 0), "{port}");
    std::net::TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
}

#[test]
fn what_serve_writes_conforms_when_conform_reads_it() {
    let profiles = with_cases();
    assert!(profiles.len() >= 2, "{profiles:?}");
    for profile in profiles {
        let served = Served::start(profile);
        let ran = claimproof(&["conform", "--target", path(&served.target())]).ends(0);
        ran.shows(&[&format!("claimproof reference, {profile} conforms"), " 0 fail,", " 0 error"]);
    }
}

#[test]
fn a_second_run_on_the_same_server_conforms_too() {
    for profile in with_cases() {
        let served = Served::start(profile);
        for _ in 0..3 {
            claimproof(&["conform", "--target", path(&served.target())]).ends(0);
        }
    }
}

/// Both reports of one run.
fn reports(profile: &str) -> (serde_json::Value, String) {
    let served = Served::start(profile);
    let (json, junit) =
        (served.folder.path().join("report.json"), served.folder.path().join("report.xml"));
    let (json_flag, junit_flag) =
        (format!("json={}", path(&json)), format!("junit={}", path(&junit)));
    let target = served.target();
    claimproof(&[
        "conform",
        "--target",
        path(&target),
        "--report",
        &json_flag,
        "--report",
        &junit_flag,
    ])
    .ends(0);
    let json = serde_json::from_str(&std::fs::read_to_string(json).unwrap()).unwrap();
    (json, std::fs::read_to_string(junit).unwrap())
}

#[test]
fn the_json_report_fits_its_published_schema_and_shows_no_failure() {
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/../../vectors/schema/report.schema.json");
    let schema: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(schema).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for profile in with_cases() {
        let (mut report, _) = reports(profile);
        let errors: Vec<String> =
            validator.iter_errors(&report).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{profile}: {errors:?}");
        assert_eq!(report["target"]["profile"], profile);
        assert!(report["target"]["base_url"].as_str().unwrap().starts_with("http://127.0.0.1:"));
        let summary = &report["summary"];
        assert_eq!(
            (&summary["fail"], &summary["error"], &report["partial"]),
            (&0.into(), &0.into(), &false.into())
        );
        let cases = report["cases"].as_array().unwrap().len();
        let counted =
            ["pass", "fail", "advice", "skip", "error", "known_failure", "unexpected_pass"];
        let sum: u64 = counted.iter().map(|verdict| summary[verdict].as_u64().unwrap()).sum();
        let probes = summary["probes"]["asked"].as_u64().unwrap();
        assert_eq!(usize::try_from(sum + probes).unwrap(), cases);
        report.as_object_mut().unwrap().remove("cases");
        assert!(!validator.is_valid(&report), "the schema does not ask for cases");
    }
}

#[test]
fn without_a_target_the_json_report_names_every_server_that_was_started() {
    let folder = tempfile::tempdir().unwrap();
    let json = folder.path().join("report.json");
    let flag = format!("json={}", path(&json));
    claimproof(&["conform", "--report", &flag, "accepted/"]).ends(0);
    let report: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(json).unwrap()).unwrap();
    assert!(
        report["target"]["profile"].is_null() && report["target"]["base_url"].is_null(),
        "{}",
        report["target"]
    );
    assert_eq!(report["targets"].as_array().unwrap().len(), 4, "{}", report["targets"]);
}

#[test]
fn the_junit_report_is_xml_with_a_test_a_case() {
    let (json, junit) = reports("workato-direct-link");
    let elements = xml_elements(&junit);
    assert_eq!(elements[0], "testsuites");
    let tests = elements.iter().filter(|name| *name == "testcase").count();
    assert_eq!(tests, json["cases"].as_array().unwrap().len());
    assert!(!elements.iter().any(|name| name == "failure" || name == "error"), "{junit}");
}

#[test]
fn a_failure_and_an_error_stay_apart_in_the_junit_report() {
    let served = Served::start("workato-direct-link");
    let target =
        served.target_with("[fields]", "[codes]\niat_missing = \"jti_missing\"\n\n[fields]");
    let junit = served.folder.path().join("report.xml");
    let flag = format!("junit={}", path(&junit));
    claimproof(&["conform", "--target", path(&target), "--report", &flag, "iat_missing"]).ends(1);
    let junit = std::fs::read_to_string(junit).unwrap();
    let elements = xml_elements(&junit);
    let count = |name: &str| elements.iter().filter(|element| *element == name).count();
    assert!(count("failure") > 0 && count("error") == 0, "{elements:?}");
    assert!(junit.contains("expected refuse iat_missing, observed refuse jti_missing"), "{junit}");
}
