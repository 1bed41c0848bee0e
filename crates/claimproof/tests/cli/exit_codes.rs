//! One meaning an exit code, and a message that names the fix.

use crate::cli::common::{Served, claimproof, closed_port, file, path, target_at};

const LINK: &str = "workato-direct-link";
const CASE: &str = "workato-direct-link/iat_missing/absent";

fn entry(case: &str, observed: &str) -> String {
    format!(
        "[[known-failure]]\ncase = \"{case}\"\nobserved = \"{observed}\"\nreason = \"a test\"\nsince = \"2024-01-01\"\n"
    )
}

#[test]
fn the_reference_conforms_0() {
    let ran = claimproof(&["conform", "--profile", LINK])
        .ends(0)
        .shows(&["claimproof reference conforms", "0 fail, 0 error"]);
    assert_eq!(ran.stderr, "");
}

#[test]
fn a_target_that_answers_with_another_code_deviates_1() {
    let served = Served::start(LINK);
    let exchanged = "[codes]\niat_missing = \"jti_missing\"\n\n[fields]";
    let target = served.target_with("[fields]", exchanged);
    let ran =
        claimproof(&["conform", "--target", path(&target), "iat_missing", "jti_missing"]).ends(1);
    ran.shows(&[
        &format!("FAIL {CASE}"),
        "expected refuse iat_missing, observed refuse jti_missing",
        "iat_missing is due: The payload has no `iat`.",
        "WDL-JWT-",
    ]);
}

#[test]
fn a_deviation_that_is_known_conforms_0() {
    let served = Served::start(LINK);
    let target =
        served.target_with("[fields]", "[codes]\niat_missing = \"jti_missing\"\n\n[fields]");
    let known = served
        .file("known.toml", &entry("workato-direct-link/iat_missing/*", "refuse jti_missing"));
    let args =
        ["conform", "--target", path(&target), "--known-failures", path(&known), "iat_missing"];
    claimproof(&args).ends(0).shows(&[&format!("known failure {CASE}")]);
}

#[test]
fn a_known_failure_that_passes_deviates_1() {
    let (_folder, known) = file(&entry(CASE, "accept"));
    claimproof(&["conform", "--profile", LINK, "--known-failures", path(&known), "iat_missing"])
        .ends(1)
        .shows(&[&format!("UNEXPECTED PASS {CASE}"), "remove the entry"]);
}

#[test]
fn a_known_failure_that_matches_no_case_deviates_1() {
    let (_folder, known) = file(&entry("workato-direct-link/iat_missing/gone", "accept"));
    claimproof(&["conform", "--profile", LINK, "--known-failures", path(&known)])
        .ends(1)
        .shows(&["known failures, line 2: `workato-direct-link/iat_missing/gone` matches no case"]);
}

#[test]
fn a_known_failure_past_its_day_deviates_1() {
    let (_folder, known) = file(&format!("{}expires = \"2024-02-01\"\n", entry(CASE, "accept")));
    claimproof(&["conform", "--profile", LINK, "--known-failures", path(&known), "iat_missing"])
        .ends(1)
        .shows(&["line 1", "expired on 2024-02-01"]);
}

#[test]
fn an_unknown_profile_is_a_usage_error_2_that_names_all_four() {
    let all = [
        "`workato` is no profile",
        "workato-direct-link, workato-api, tableau-connected-app, posit-connect",
    ];
    claimproof(&["conform", "--profile", "workato"]).ends(2).says(&all);
    claimproof(&["serve", "--profile", "workato"]).ends(2).says(&all);
}

#[test]
fn an_unknown_mutant_is_a_usage_error_2_that_names_the_nearest() {
    let ran = claimproof(&["serve", "--profile", LINK, "--mutant", "window-32"]).ends(2);
    ran.says(&["`window-32` is no mutant of workato-direct-link", "workato-direct-link/window-31"]);
}

#[test]
fn serving_without_a_profile_is_a_usage_error_2_that_names_all_four() {
    let ran = claimproof(&["serve"]).ends(2);
    assert_eq!(ran.stdout, "");
    ran.says(&["--profile workato-direct-link, workato-api, tableau-connected-app, posit-connect"]);
}

#[test]
fn serving_on_a_taken_port_is_a_usage_error_2_that_names_a_way_out() {
    let served = Served::start(LINK);
    let port = served.url.rsplit(':').next().unwrap();
    claimproof(&["serve", "--profile", LINK, "--port", port])
        .ends(2)
        .says(&[port, "choose another --port, or 0"]);
}

#[test]
fn a_public_address_that_is_none_is_a_usage_error_2() {
    for address in ["localhost:8080", "ftp://proxy.example", "proxy.example"] {
        // No server is to be waited for if the address is taken.
        let serve = [
            "serve",
            "--profile",
            "posit-connect",
            "--mutant",
            "none",
            "--public-address",
            address,
        ];
        let ran = claimproof(&serve).ends(2);
        ran.says(&["--public-address", address, "an address like http://127.0.0.1:8080"]);
    }
}

#[test]
fn a_malformed_target_file_is_a_usage_error_2_that_names_the_line() {
    let (_folder, target) = file(&target_at("http://127.0.0.1:1").replace("accept =", "acept ="));
    let ran = claimproof(&["conform", "--target", path(&target)]).ends(2);
    ran.says(&["my.toml", "line 9", "unknown field `acept`", "did you mean `accept`?"]);
}

#[test]
fn a_target_file_that_is_not_there_is_a_usage_error_2() {
    claimproof(&["conform", "--target", "/no/such/target.toml"])
        .ends(2)
        .says(&["/no/such/target.toml: No such file"]);
}

#[test]
fn a_target_of_another_profile_is_a_usage_error_2() {
    let (_folder, target) = file(&target_at(&closed_port()));
    claimproof(&["conform", "--target", path(&target), "--profile", LINK])
        .ends(2)
        .says(&["describes workato-api"]);
}

#[test]
fn a_target_on_another_machine_is_a_usage_error_2_until_it_is_allowed() {
    for (host, why) in
        [("192.0.2.1", "is not on this machine"), ("app.workato.com", "is a vendor's host")]
    {
        let (_folder, target) = file(&target_at(&format!("http://{host}")));
        claimproof(&["conform", "--target", path(&target)]).ends(2).says(&[
            host,
            why,
            "--allow-remote",
        ]);
    }
}

#[test]
fn known_failures_with_an_unknown_key_are_a_usage_error_2_that_names_the_line() {
    let (_folder, known) = file(&entry(CASE, "accept").replace("reason", "raeson"));
    let ran = claimproof(&["conform", "--profile", LINK, "--known-failures", path(&known)]).ends(2);
    ran.says(&["my.toml", "line 4", "unknown field `raeson`"]);
}

#[test]
fn known_failures_that_are_not_there_are_a_usage_error_2() {
    claimproof(&["conform", "--known-failures", "/no/such/known.toml"])
        .ends(2)
        .says(&["/no/such/known.toml"]);
}

#[test]
fn an_unknown_kind_of_report_is_a_usage_error_2_that_names_the_known_ones() {
    claimproof(&["conform", "--report", "yaml=x"]).ends(2).says(&[
        "`yaml` is no report",
        "json",
        "junit",
    ]);
    claimproof(&["conform", "--report", "json"]).ends(2).says(&["expected KIND=PATH"]);
    claimproof(&["conform", "--report", "json="]).ends(2).says(&["the path is empty"]);
}

#[test]
fn a_report_that_cannot_be_written_is_a_usage_error_2_before_anything_is_sent() {
    let ran = claimproof(&[
        "conform",
        "--profile",
        LINK,
        "--report",
        "json=/no/such/folder/report.json",
        "iat_missing",
    ])
    .ends(2)
    .says(&["error: /no/such/folder/report.json: cannot be written"]);
    assert_eq!(ran.stdout, "");
}

#[test]
fn a_closed_port_gives_no_verdict_3() {
    let url = closed_port();
    let (_folder, target) = file(&target_at(&url));
    let ran = claimproof(&["conform", "--target", path(&target)])
        .ends(3)
        .says(&[&url, "does not answer"]);
    assert_eq!(ran.stdout, "");
}

#[test]
fn a_target_whose_acceptance_cannot_be_told_apart_gives_no_verdict_3() {
    let served = Served::start("workato-api");
    let target = served.target_with("status = [\"2xx\"]", "status = [\"299\"]");
    claimproof(&["conform", "--target", path(&target)]).ends(3).says(&[
        "accept and reject cannot be told apart",
        "accepted/hmac-kid, played by profile.hmac",
        "came 200",
    ]);
}

#[test]
fn a_filter_that_matches_nothing_selects_nothing_4() {
    claimproof(&["conform", "no-such-case"])
        .ends(4)
        .says(&["no case id contains no-such-case", "--list"]);
    claimproof(&["conform", "--list", "no-such-case"]).ends(4);
}

#[test]
fn only_what_cannot_be_tested_selects_nothing_4() {
    let served = Served::start(LINK);
    let target = served.target_with("raw_socket = true", "raw_socket = false");
    let args = [
        "conform",
        "--target",
        path(&target),
        "--exact",
        "workato-direct-link/http_request_invalid/garbage",
    ];
    claimproof(&args).ends(4).shows(&["skipped 1: the target does not declare a raw socket"]);
}
