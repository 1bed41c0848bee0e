//! What is selected, listed and planned; lists and plans send nothing.

use std::net::TcpListener;

use crate::cli::common::{claimproof, file, path, target_at};

const LINK: &str = "workato-direct-link";

fn list(args: &[&str]) -> Vec<String> {
    let ran = claimproof(&[&["conform", "--list"], args].concat()).ends(0);
    ran.stdout.lines().map(str::to_owned).collect()
}

#[test]
fn the_list_is_one_id_a_line_without_repetition() {
    let all = list(&["--profile", LINK]);
    assert!(all.len() > 100, "{} ids", all.len());
    assert!(
        all.iter().all(|id| id.starts_with("workato-direct-link/") && id.split('/').count() == 3)
    );
    let mut sorted = all.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(sorted.len(), all.len());
}

#[test]
fn a_part_of_an_id_selects_every_id_that_has_it() {
    let all = list(&["--profile", LINK]);
    let with = |part: &str| all.iter().filter(|id| id.contains(part)).cloned().collect::<Vec<_>>();
    assert_eq!(list(&["--profile", LINK, "iat_missing"]), with("iat_missing"));
    assert!(with("iat_missing").len() > 1);
    let either = list(&["--profile", LINK, "iat_missing", "jti_missing"]);
    assert_eq!(either.len(), with("iat_missing").len() + with("jti_missing").len());
}

#[test]
fn exact_selects_whole_ids_only() {
    let id = "workato-direct-link/iat_missing/absent";
    assert!(list(&["--profile", LINK, id]).len() > 1, "nothing else has it as a part");
    assert_eq!(list(&["--profile", LINK, "--exact", id]), [id]);
    claimproof(&["conform", "--list", "--exact", "iat_missing"]).ends(4);
}

#[test]
fn skip_leaves_out_and_is_exact_with_exact() {
    let all = list(&["--profile", LINK, "iat_missing"]);
    let left = list(&["--profile", LINK, "iat_missing", "--skip", "absent"]);
    assert_eq!(left, all.iter().filter(|id| !id.contains("absent")).cloned().collect::<Vec<_>>());
    assert!(!left.is_empty() && left.len() < all.len());
    let ids: Vec<&str> = all.iter().map(String::as_str).collect();
    let args = [&["--profile", LINK, "--exact", "--skip", ids[0]], ids.as_slice()].concat();
    assert_eq!(list(&args), ids[1..]);
}

#[test]
fn a_run_plays_what_the_list_shows() {
    let selected = list(&["--profile", LINK, "iat_missing"]);
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.json");
    let flag = format!("json={}", path(&report));
    claimproof(&["conform", "--profile", LINK, "iat_missing", "--report", &flag]).ends(0);
    let report: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(report).unwrap()).unwrap();
    let played: Vec<&str> = report["cases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|case| case["id"].as_str().unwrap())
        .collect();
    assert_eq!(played, selected);
}

#[test]
fn a_profile_without_a_selected_case_is_left_alone() {
    claimproof(&["conform", "workato-direct-link/iat_missing"])
        .ends(0)
        .shows(&["workato-direct-link ", "conforms"]);
}

/// Runs this against a target that counts connections.
fn connections_of(args: &[&str]) -> (usize, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let (_folder, target) = file(&target_at(&format!("http://{}", listener.local_addr().unwrap())));
    let ran =
        claimproof(&[&["conform", "--target", path(&target), "--timeout", "1"], args].concat());
    let connections = std::iter::from_fn(|| listener.accept().ok()).count();
    (connections, format!("{}{}", ran.stdout, ran.stderr))
}

#[test]
fn lists_and_plans_send_nothing() {
    let (run, _) = connections_of(&[]);
    assert!(run > 0, "a run would not be noticed");
    for flag in ["--list", "--plan"] {
        let (connections, shown) = connections_of(&[flag]);
        assert_eq!(connections, 0, "{flag}");
        assert!(shown.contains("workato-api/accepted/"), "{shown}");
    }
}

#[test]
fn a_plan_shows_every_request_whole_and_no_token() {
    let args = ["conform", "--plan", "--profile", LINK, "accepted/team", "jti_reused", "origin"];
    let plan = claimproof(&args).ends(0).stdout;
    let parts = [
        "workato-direct-link/accepted/team\n",
        "\n    GET http://127.0.0.1:",
        "workato_dl_token={token: t}\n        accept: text/html",
        "\n        x-claimproof-now: {now}\n",
        "\n    the same again\n",
        "\n    PUT http://127.0.0.1:",
        "\n        {\"origin_url\":\"",
        "\nWhat management would do",
        "change    ",
        " x the embedding origin of team.",
    ];
    for part in parts {
        assert!(plan.contains(part), "`{part}` is missing:\n{plan}");
    }
    assert!(!plan.contains("eyJ"), "{plan}");
    assert!(plan.lines().all(|line| line.chars().count() <= 100), "a line is wider than a page");
}

/// Who is missing is told for each case, and what is sent before them is not hidden by it.
#[test]
fn a_plan_says_what_is_not_played() {
    let (_, plan) = connections_of(&["--plan", "accepted/hmac-kid"]);
    assert!(plan.contains("    Not played: nobody plays the role `profile.hmac`\n"), "{plan}");
    assert!(plan.contains("    The run ends here: "), "{plan}");
    assert!(plan.contains("Management would do nothing."), "{plan}");
}

#[test]
fn a_plan_is_read_by_machines_too() {
    let plan = claimproof(&["conform", "--plan", "--format", "json", "--profile", LINK, "origin"])
        .ends(0)
        .stdout;
    let plan: serde_json::Value = serde_json::from_str(&plan).unwrap();
    let cases = plan[0]["cases"].as_array().unwrap();
    let requests: Vec<_> =
        cases.iter().flat_map(|case| case["requests"].as_array().unwrap()).collect();
    let put = requests.iter().find(|request| request["method"] == "PUT").unwrap();
    assert_eq!(put["effect"]["does"], "changes", "{put}");
    assert!(
        put["headers"].as_array().unwrap().iter().any(|header| header[0] == "user-agent"),
        "{put}"
    );
    assert!(plan[0]["management"][0]["times"].as_u64() > Some(0), "{plan}");
    claimproof(&["conform", "--format", "json"]).ends(2).says(&["--plan"]);
}
