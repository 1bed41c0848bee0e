//! Two faults at once: the forced pairs always, the open ones on request.

use crate::cli::common::{claimproof, file, path};

const LINK: &str = "workato-direct-link";

#[test]
fn forced_pairs_are_in_the_default_run_and_open_ones_are_not() {
    let ids = |more: &[&str]| {
        claimproof(&[&["conform", "--list", "--profile", LINK], more].concat()).ends(0).stdout
    };
    let (plain, pairs) = (ids(&[]), ids(&["--pairs"]));
    let forced = "workato-direct-link/token_invalid/fourth-segment-before-no-iat";
    let open = "workato-direct-link/pair/accept-json-and-no-iat";
    assert!(plain.lines().any(|id| id == forced) && !plain.contains("/pair/"), "{plain}");
    assert!(pairs.lines().any(|id| id == forced) && pairs.lines().any(|id| id == open), "{pairs}");
    assert!(pairs.lines().count() > plain.lines().count() + 300);
}

#[test]
fn the_order_is_reported_in_the_terminal_and_in_json() {
    let (folder, _) = file("");
    let json = folder.path().join("report.json");
    let flag = format!("json={}", path(&json));
    claimproof(&["conform", "--profile", LINK, "--pairs", "--report", &flag])
        .ends(0)
        .shows(&["order of workato-direct-link, by ", "    accept-json, xhr, path-http"]);
    let report: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(json).unwrap()).unwrap();
    let order = &report["orders"][0];
    assert_eq!(order["profile"], LINK);
    assert_eq!(order["order"][0], "accept-json");
    assert!(order["circular"].as_array().unwrap().is_empty());
    assert!(order["pairs"].as_array().unwrap().len() > 300);
}

#[test]
fn without_pairs_no_order_is_reported() {
    let ran = claimproof(&["conform", "--profile", LINK]).ends(0);
    assert!(!ran.stdout.contains("order of"), "{}", ran.stdout);
}
