//! The file of known failures: what a run makes of it, and what is no such file.

use crate::cli::common::{Served, claimproof, file, path};

const LINK: &str = "workato-direct-link";
const CASE: &str = "workato-direct-link/iat_missing/absent";

fn entry(case: &str, observed: &str) -> String {
    format!(
        "[[known-failure]]\ncase = \"{case}\"\nobserved = \"{observed}\"\nreason = \"a test\"\nsince = 2024-01-01\n"
    )
}

/// A server that says `jti_missing` where `iat_missing` is due.
fn deviating(served: &Served) -> std::path::PathBuf {
    served.target_with("[fields]", "[codes]\niat_missing = \"jti_missing\"\n\n[fields]")
}

#[test]
fn a_known_failure_that_is_listed_twice_deviates_1() {
    let served = Served::start(LINK);
    let target = deviating(&served);
    let twice =
        format!("{}\n{}", entry(CASE, "refuse jti_missing"), entry(CASE, "refuse jti_missing"));
    let known = served.file("known.toml", &twice);
    claimproof(&[
        "conform",
        "--target",
        path(&target),
        "--known-failures",
        path(&known),
        "--exact",
        CASE,
    ])
    .ends(1)
    .shows(&[&format!("known failures, line 8: `{CASE}` is listed in line 2 already")]);
}

#[test]
fn a_bad_glob_is_a_usage_error_2_that_names_the_line() {
    let text = format!("{}\n{}", entry(CASE, "accept"), entry("workato-direct-link/[", "accept"));
    let (_folder, known) = file(&text);
    let ran = claimproof(&["conform", "--profile", LINK, "--known-failures", path(&known)]).ends(2);
    ran.says(&["my.toml", "line 8", "`workato-direct-link/[` is no glob"]);
}

#[test]
fn an_update_writes_what_fails_and_the_file_is_refused_until_each_has_a_reason() {
    let served = Served::start(LINK);
    let target = deviating(&served);
    let known = served.folder.path().join("known.toml");
    let args =
        ["conform", "--target", path(&target), "--known-failures", path(&known), "iat_missing"];
    let update = [&args[..], &["--update-known-failures"]].concat();
    // The verdict is that of the file as it was; here there was none.
    claimproof(&update).ends(1).says(&[
        "0 entries kept, 0 cases dropped",
        "write a reason in the place of `WRITE HERE WHY`",
    ]);
    let written = std::fs::read_to_string(&known).unwrap();
    assert!(
        written.contains("\nobserved = \"refuse jti_missing\"") && written.contains(CASE),
        "{written}"
    );
    let (reasons, cases) =
        (written.matches("WRITE HERE WHY").count(), written.matches(LINK).count());
    assert!(reasons < cases, "one reason a cause: {written}");
    claimproof(&args).ends(2).says(&["known.toml", "line ", "has no reason yet"]);
    let reasoned = written.replace("WRITE HERE WHY", "The server exchanges two codes.");
    std::fs::write(&known, &reasoned).unwrap();
    claimproof(&args).ends(0);
    claimproof(&update).ends(0).says(&["0 cases dropped, 0 added in 0 entries"]);
    assert_eq!(std::fs::read_to_string(&known).unwrap(), reasoned);
}

#[test]
fn an_update_drops_what_passes_and_says_so() {
    let (_folder, known) = file(&format!("# kept\n\n{}", entry(CASE, "accept")));
    let args = [
        "conform",
        "--profile",
        LINK,
        "--known-failures",
        path(&known),
        "--update-known-failures",
        "iat_missing",
    ];
    claimproof(&args).ends(1).says(&["0 entries kept, 1 cases dropped, 0 added"]);
    assert_eq!(std::fs::read_to_string(&known).unwrap().trim(), "# kept");
    claimproof(&args).ends(0);
}

#[test]
fn an_update_without_a_file_is_a_usage_error_2() {
    claimproof(&["conform", "--update-known-failures"]).ends(2).says(&["--known-failures"]);
}

/// A pipe without a writer and a file without an end are told like those of keys.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_a_usage_error_2_at_once() {
    for (name, part) in [("/dev/zero", "found a device"), ("/tmp", "found a folder")] {
        claimproof(&["conform", "--profile", LINK, "--known-failures", name])
            .ends(2)
            .says(&[name, part]);
    }
}
