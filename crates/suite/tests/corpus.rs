//! What release 0.1.0 wrote is still read, and none of its case ids has got another meaning.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use claimproof_catalog::Profile;
use claimproof_suite::KnownFailures;
use claimproof_vectors::cases;

/// Cases of 0.1.0 that are gone, each with the reason. An id is never used again.
const WITHDRAWN: &[(&str, &str)] = &[
    ("workato-direct-link/token_invalid/claim-twice-first", EITHER_GOOD),
    ("workato-direct-link/token_invalid/claim-twice-last", EITHER_GOOD),
    ("workato-api/access_refused/claim-twice-first", EITHER_GOOD),
    ("workato-api/access_refused/claim-twice-last", EITHER_GOOD),
    ("tableau-connected-app/10084/claim-twice-first", EITHER_GOOD),
    ("tableau-connected-app/10084/claim-twice-last", EITHER_GOOD),
    ("tableau-connected-app/10096/1000-s", FIFTEEN_MINUTES),
    ("tableau-connected-app/10096/1000-s-rest", FIFTEEN_MINUTES),
    ("tableau-connected-app/16/1000-s-second-user", FIFTEEN_MINUTES),
    ("tableau-connected-app/undocumented/exp-1-s-past", LEEWAY),
    ("tableau-connected-app/undocumented/exp-600-s-past", LEEWAY),
    ("tableau-connected-app/undocumented/exp-600-s-past-rest", LEEWAY),
    ("posit-connect/212/access-settings", "only a person before the dashboard could show it"),
    ("posit-connect/accepted/correlation", "asks what a later edition of the document says"),
];

const EITHER_GOOD: &str =
    "both values were good, so whichever counts the token is; `*-twice-bad-*` have one that is not";
const FIFTEEN_MINUTES: &str =
    "lawful where the longest lifetime is fifteen minutes and more; `an-hour*` and `*-over` ask";
const LEEWAY: &str = "what leeway there may be is measured at other points";

fn corpus(profile: Profile, end: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/corpus-0.1.0/{profile}.{end}"))
}

fn reported(profile: Profile) -> BTreeSet<String> {
    let text = std::fs::read_to_string(corpus(profile, "report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    let ids = report["cases"].as_array().unwrap().iter();
    let ids = ids
        .filter(|case| case["repeats"].is_null())
        .map(|case| case["id"].as_str().unwrap().to_owned());
    // Those of further surfaces are derived from the first accepted and the first refused case.
    ids.filter(|id| !id.contains("/surface/")).collect()
}

#[test]
fn known_failures_of_the_last_release_are_read() {
    for profile in Profile::ALL {
        let text = std::fs::read_to_string(corpus(profile, "known.toml")).unwrap();
        KnownFailures::parse(&text).unwrap_or_else(|why| panic!("{profile}: {why}"));
    }
}

#[test]
fn cases_of_the_last_release_are_there_or_withdrawn_with_a_reason() {
    let known: BTreeSet<String> = cases::all().into_iter().map(|case| case.id).collect();
    let gone: BTreeSet<&str> = WITHDRAWN.iter().map(|(id, _)| *id).collect();
    for profile in Profile::ALL {
        let reported = reported(profile);
        assert!(
            reported.len() > 200,
            "{profile}: the report of 0.1.0 has {} cases",
            reported.len()
        );
        for id in reported {
            assert!(
                known.contains(&id) != gone.contains(id.as_str()),
                "{id} is gone, or withdrawn and used again"
            );
        }
    }
}
