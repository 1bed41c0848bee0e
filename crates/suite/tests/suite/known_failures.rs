//! Known failures: what fails a run, and what a rewrite of the file keeps.

use claimproof_catalog::Profile;
use claimproof_suite::known_failures::{self, NO_REASON_YET, Update, update};
use claimproof_suite::{CaseReport, KnownFailures, Verdict};
use jiff::civil::{Date, date};
use rstest::rstest;

use super::make::report;

const A: &str = "workato-api/access_refused/a";
const B: &str = "workato-api/access_refused/b";
const TODAY: Date = date(2026, 11, 25);

fn entry(case: &str, observed: &str, more: &str) -> String {
    format!(
        "[[known-failure]]\ncase = \"{case}\"\nobserved = \"{observed}\"\nreason = \"why {case}\"\nsince = 2024-01-01\n{more}"
    )
}

/// An entry as it is written for a cause: its lists as they stand.
fn cause(cases: &str, observed: &str) -> String {
    format!(
        "[[known-failure]]\ncases = {cases}\nobserved = {observed}\nreason = \"one cause\"\nsince = 2024-01-01\n"
    )
}

fn failing(id: &str, observed: &str) -> CaseReport {
    report(id, Verdict::Fail, observed)
}

/// What a run over the whole API profile makes of a file.
fn apply(text: &str, cases: &mut [CaseReport]) -> Vec<String> {
    KnownFailures::parse(text).unwrap().apply(cases, &[Profile::WorkatoApi], true, TODAY)
}

#[test]
fn a_listed_case_that_deviates_as_listed_is_known() {
    let mut cases = [failing(A, "accept"), report(B, Verdict::Advice, "refuse x")];
    assert_eq!(
        apply(&format!("{}{}", entry(A, "accept", ""), entry(B, "refuse x", "")), &mut cases),
        [""; 0]
    );
    assert!(cases.iter().all(|case| case.verdict == Verdict::KnownFailure));
    assert_eq!(cases[0].message, format!("known since 2024-01-01: why {A}"));
}

#[test]
fn a_listed_case_that_deviates_otherwise_still_fails() {
    let mut cases = [failing(A, "refuse x")];
    assert_eq!(apply(&entry(A, "accept", ""), &mut cases), [""; 0]);
    assert_eq!(cases[0].verdict, Verdict::Fail);
    assert_eq!(cases[0].message, "listed as `accept`, observed `refuse x`; ");
}

#[test]
fn a_listed_case_that_passes_is_unexpected() {
    let mut cases = [report(A, Verdict::Pass, "refuse x")];
    apply(&entry(A, "accept", ""), &mut cases);
    assert_eq!(cases[0].verdict, Verdict::UnexpectedPass);
    assert!(cases[0].message.ends_with("passes: remove the entry"));
}

#[rstest]
#[case::skipped(Verdict::Skip)]
#[case::without_verdict(Verdict::Error)]
fn a_listed_case_without_an_answer_stays_what_it_is(#[case] verdict: Verdict) {
    let mut cases = [report(A, verdict, "")];
    assert_eq!(apply(&entry(A, "accept", ""), &mut cases), [""; 0]);
    assert_eq!(cases[0].verdict, verdict);
}

#[rstest]
#[case::unmatched(
    entry("workato-api/gone", "accept", ""),
    "line 2: `workato-api/gone` matches no case"
)]
#[case::glob(
    entry("workato-api/gone/*", "accept", ""),
    "line 2: `workato-api/gone/*` matches no case"
)]
#[case::expired(
    entry(A, "accept", "expires = 2026-11-24\n"),
    "line 1: `workato-api/access_refused/a` expired on 2026-11-24"
)]
#[case::twice(
    format!("{}\n{}", entry(A, "accept", ""), entry(A, "accept", "")),
    "line 8: `workato-api/access_refused/a` is listed in line 2 already"
)]
fn what_is_stale_fails_the_run(#[case] text: String, #[case] told: &str) {
    let mut cases = [failing(A, "accept")];
    assert_eq!(apply(&text, &mut cases), [format!("known failures, {told}")]);
}

#[test]
fn an_entry_counts_through_its_last_day() {
    let mut cases = [failing(A, "accept")];
    assert_eq!(apply(&entry(A, "accept", "expires = 2026-11-25\n"), &mut cases), [""; 0]);
    assert_eq!(cases[0].verdict, Verdict::KnownFailure);
}

#[test]
fn an_entry_that_was_not_to_be_met_is_not_stale() {
    let known = KnownFailures::parse(&entry("workato-api/gone", "accept", "")).unwrap();
    assert_eq!(known.apply(&mut [], &[Profile::WorkatoApi], false, TODAY), [""; 0]);
    assert_eq!(known.apply(&mut [], &[Profile::WorkatoDirectLink], true, TODAY), [""; 0]);
}

#[test]
fn one_entry_covers_several_cases_and_several_outcomes() {
    let text =
        cause(&format!("[\"{A}\", \"workato-api/accepted/*\"]"), "[\"accept\", \"crashed, 500\"]");
    let other = "workato-api/accepted/c";
    let mut cases = [failing(A, "crashed, 500"), failing(other, "accept"), failing(B, "accept")];
    assert_eq!(apply(&text, &mut cases), [""; 0]);
    assert_eq!(
        cases.map(|case| case.verdict),
        [Verdict::KnownFailure, Verdict::KnownFailure, Verdict::Fail],
        "what no entry lists fails"
    );
}

#[test]
fn a_glob_counts_only_what_fails_as_observed() {
    let glob = "workato-api/access_refused/*";
    let (c, d) = ("workato-api/access_refused/c", "workato-api/access_refused/d");
    let mut cases = [
        failing(A, "accept"),
        report(B, Verdict::Pass, "refuse x"),
        failing(c, "refuse y"),
        failing(d, "crashed, 500"),
    ];
    let text = format!("{}{}", entry(glob, "accept", ""), entry(glob, "crashed, 500", ""));
    assert_eq!(apply(&text, &mut cases), [""; 0]);
    let verdicts = [Verdict::KnownFailure, Verdict::Pass, Verdict::Fail, Verdict::KnownFailure];
    assert_eq!(cases.clone().map(|case| case.verdict), verdicts);
    assert_eq!(cases[2].message, "", "a glob does not say what a case should answer");
}

#[rstest]
#[case::glob_that_meets_nothing_failing(
    entry("workato-api/access_refused/*", "accept", ""),
    "line 2: `workato-api/access_refused/*` matches no case that fails as observed"
)]
#[case::one_of_several(
    cause(&format!("[\n  \"{B}\",\n  \"workato-api/accepted/*\",\n]"), "\"refuse x\""),
    "line 4: `workato-api/accepted/*` matches no case"
)]
#[case::all_of_several(
    cause("[\"workato-api/access_refused/a*\", \"workato-api/gone\"]", "\"accept\""),
    "line 1: nothing this entry lists fails any more: remove it"
)]
#[case::twice_in_one(cause(&format!("[\"{B}\",\n\"{B}\"]"), "\"refuse x\""), "line 3: `workato-api/access_refused/b` is listed in line 2 already")]
fn a_cause_that_is_gone_fails_the_run(#[case] text: String, #[case] told: &str) {
    let mut cases = [report(A, Verdict::Pass, "refuse x"), failing(B, "refuse x")];
    assert_eq!(apply(&text, &mut cases), [format!("known failures, {told}")]);
    assert_eq!(cases[0].verdict, Verdict::Pass, "a glob does not ask of what passes to fail");
}

/// What was not answered says nothing of the cause.
#[test]
fn a_glob_over_skipped_cases_is_not_stale() {
    let mut cases = [report(A, Verdict::Skip, ""), report(B, Verdict::Pass, "refuse x")];
    assert_eq!(apply(&entry("workato-api/access_refused/*", "accept", ""), &mut cases), [""; 0]);
}

#[test]
fn a_listed_case_of_several_that_passes_is_named_with_its_line() {
    let mut cases = [report(A, Verdict::Pass, "refuse x"), failing(B, "accept")];
    let text = cause(&format!("[\n\"{B}\",\n\"{A}\"\n]"), "\"accept\"");
    assert_eq!(apply(&text, &mut cases), [""; 0]);
    assert_eq!(cases[0].verdict, Verdict::UnexpectedPass);
    assert!(
        cases[0].message.ends_with("passes: take it out of the entry, line 4"),
        "{}",
        cases[0].message
    );
}

#[test]
fn the_reason_of_what_was_observed_is_known() {
    let text = format!(
        "{}{}",
        entry("workato-api/*", "accept", "expires = 2026-11-24\n"),
        entry(A, "accept", "")
    );
    let known = KnownFailures::parse(&text).unwrap();
    assert_eq!(known.reason(A, "accept", TODAY), Some(format!("why {A}").as_str()));
    assert_eq!(
        (known.reason(A, "refuse x", TODAY), known.reason(B, "accept", TODAY)),
        (None, None)
    );
}

/// One that was written line by line by a program.
#[test]
fn ten_thousand_entries_are_read_and_applied_at_once() {
    let text: String = (0..10_000)
        .map(|n| entry(&format!("workato-api/access_refused/{n}"), "accept", ""))
        .collect();
    let mut cases: Vec<CaseReport> =
        (0..1000).map(|n| failing(&format!("workato-api/access_refused/{n}"), "accept")).collect();
    let begun = std::time::Instant::now();
    let faults = apply(&text, &mut cases);
    assert!(begun.elapsed() < std::time::Duration::from_secs(5), "{:?}", begun.elapsed());
    assert_eq!(
        (faults.len(), cases.iter().filter(|case| case.verdict == Verdict::Fail).count()),
        (9000, 0)
    );
}

#[test]
fn no_entry_covers_a_probe() {
    let mut cases = [CaseReport { repeats: Some(B.to_owned()), ..failing(A, "accept") }];
    let faults = apply(&entry("workato-api/*", "accept", ""), &mut cases);
    assert_eq!(cases[0].verdict, Verdict::Fail);
    assert_eq!(faults, ["known failures, line 2: `workato-api/*` matches no case"]);
}

#[rstest]
#[case::key(entry(A, "accept", "").replace("reason", "raeson"), "unknown field `raeson`")]
#[case::line(format!("\n\n{}", entry(A, "accept", "")).replace("since", "sinse"), "line 7")]
#[case::glob(entry("workato-api/[", "accept", ""), "line 2: `workato-api/[` is no glob")]
#[case::glob_line(format!("{}\n{}", entry(A, "accept", ""), entry("{a", "accept", "")), "line 8: `{a` is no glob")]
#[case::empty_reason(entry(A, "accept", "").replace(&format!("why {A}"), " "), "has no reason yet: write why the target deviates")]
#[case::placeholder(entry(A, "accept", "").replace(&format!("why {A}"), NO_REASON_YET), "line 1: `workato-api/access_refused/a` has no reason yet")]
#[case::no_case(cause("[]", "\"accept\""), "line 1: `cases` is empty")]
#[case::neither(cause("[]", "\"accept\"").replace("cases = []\n", ""), "line 1: names no case; expected `cases = [")]
#[case::both(format!("{}case = \"{A}\"\n", cause(&format!("[\"{A}\"]"), "\"accept\"")), "line 1: has both `cases` and `case`")]
#[case::no_observation(cause("[\"a\"]", "[]"), "expected what the target answers")]
#[case::observed_number(cause("[\"a\"]", "[16]"), "expected what the target answers")]
#[case::stars(cause(&format!("[\"a\",\n\"{}\"]", "*".repeat(100_000)), "\"accept\""), "line 3: a pattern of 100000 characters")]
#[case::date(entry(A, "accept", "").replace("2024-01-01", "\"soon\""), "`soon` is no date")]
fn what_cannot_be_read_names_the_place(#[case] text: String, #[case] told: &str) {
    let error = KnownFailures::parse(&text).unwrap_err().to_string();
    assert!(error.contains(told), "{error}");
}

fn updated(text: &str, mut cases: Vec<CaseReport>) -> Update {
    let known = KnownFailures::parse(text).unwrap();
    let ran = [Profile::WorkatoApi];
    known.apply(&mut cases, &ran, true, TODAY);
    update(text, &known, &cases, &ran, true, TODAY).unwrap()
}

#[test]
fn a_rewrite_keeps_every_byte_of_what_still_holds() {
    let text = format!(
        "# What our gateway does not do.\n\n# Agreed with the team.\n{}\n{}# behind\n",
        entry(A, "accept", "expires = 2027-01-01 # then it is replaced\n"),
        entry("workato-api/other/*", "accept", "")
    );
    let done = updated(&text, vec![failing(A, "accept"), failing("workato-api/other/c", "accept")]);
    assert_eq!(done, Update { text, kept: 2, ..Update::default() });
}

#[test]
fn a_rewrite_drops_what_is_stale_and_keeps_the_heading() {
    let text = format!(
        "# What our gateway does not do.\n\n# gone\n{}\n# stays\n{}",
        entry(A, "accept", ""),
        entry(B, "accept", "")
    );
    let done = updated(&text, vec![report(A, Verdict::Pass, "refuse x"), failing(B, "accept")]);
    assert_eq!(
        done.text,
        format!("# What our gateway does not do.\n\n# stays\n{}", entry(B, "accept", ""))
    );
    assert_eq!((done.kept, done.dropped, done.added), (1, vec![A.to_owned()], vec![]));
}

/// What stands above a later entry is its own, and goes with it.
#[test]
fn a_rewrite_drops_the_comments_of_what_goes() {
    let text =
        format!("{}\n# a remark\n\n# gone\n{}", entry(A, "accept", ""), entry(B, "accept", ""));
    let done = updated(&text, vec![failing(A, "accept"), report(B, Verdict::Pass, "refuse x")]);
    assert_eq!(done.text, entry(A, "accept", ""));
    assert_eq!((done.kept, done.dropped), (1, vec![B.to_owned()]));
}

#[rstest]
#[case::unmatched(entry("workato-api/gone", "accept", ""), vec![failing(A, "accept")])]
#[case::twice(format!("{}\n{}", entry(A, "accept", ""), entry(A, "accept", "")), vec![failing(A, "accept")])]
fn a_rewrite_drops_entries_that_say_nothing(#[case] text: String, #[case] cases: Vec<CaseReport>) {
    let done = updated(&text, cases);
    assert_eq!(done.dropped.len(), 1);
    assert_eq!(done.text.matches("[[known-failure]]").count(), 1, "{}", done.text);
}

#[test]
fn a_rewrite_leaves_an_expired_entry_to_people() {
    let text = entry(A, "accept", "expires = 2024-02-01\n");
    let done = updated(&text, vec![failing(A, "accept")]);
    assert_eq!(done, Update { text, kept: 1, ..Update::default() });
}

#[test]
fn a_rewrite_adds_what_fails_with_a_reason_that_is_refused_until_one_writes_it() {
    let done =
        updated("# heading\n", vec![failing(B, "refuse x"), report(A, Verdict::Advice, "accept")]);
    let due = format!(
        "\n[[known-failure]]\ncases = [\"{B}\"]\nobserved = \"refuse x\"\nreason = \"{NO_REASON_YET}\"\nsince = 2026-11-25\n"
    );
    assert!(done.text.contains(&due) && done.text.contains("# heading\n"), "{}", done.text);
    assert_eq!(done.added, [B]);
    let refused = KnownFailures::parse(&done.text).unwrap_err().to_string();
    assert!(refused.contains("has no reason yet"), "{refused}");
    KnownFailures::parse(&done.text.replace(NO_REASON_YET, "The gateway is old.")).unwrap();
}

#[test]
fn a_rewrite_asks_anew_where_the_target_answers_otherwise_and_quotes_the_old_reason() {
    let done = updated(&entry(A, "accept", ""), vec![failing(A, "refuse x")]);
    assert!(
        done.text.contains(&format!("# Before: accept: why {A}\n[[known-failure]]\n")),
        "{}",
        done.text
    );
    assert!(
        done.text.contains("observed = \"refuse x\"\nreason = \"WRITE HERE WHY\""),
        "{}",
        done.text
    );
    assert_eq!((done.dropped, done.added), (vec![A.to_owned()], vec![A.to_owned()]));
}

#[test]
fn a_rewrite_of_a_partial_selection_keeps_what_was_not_met() {
    let text = entry("workato-api/gone", "accept", "");
    let known = KnownFailures::parse(&text).unwrap();
    let done = update(&text, &known, &[], &[Profile::WorkatoApi], false, TODAY).unwrap();
    assert_eq!(done, Update { text, kept: 1, ..Update::default() });
}

#[test]
fn a_rewrite_leaves_a_glob_whose_cases_partly_pass() {
    let text = entry("workato-api/access_refused/*", "accept", "");
    let done = updated(&text, vec![failing(A, "accept"), report(B, Verdict::Pass, "refuse x")]);
    assert_eq!(done, Update { text, kept: 1, ..Update::default() });
}

#[test]
fn a_rewrite_takes_single_cases_out_of_a_cause() {
    let lists =
        |cases: &str| format!("# heading\n\n{}", cause(cases, "[\"accept\", \"crashed, 500\"]"));
    let text = lists(&format!("[\n  # agreed\n  \"{A}\",\n  \"{B}\",\n  \"workato-api/gone\",\n]"));
    let done = updated(&text, vec![failing(A, "accept"), report(B, Verdict::Pass, "refuse x")]);
    assert_eq!((done.kept, &done.dropped), (1, &vec![B.to_owned(), "workato-api/gone".to_owned()]));
    assert_eq!(done.text, lists(&format!("[\n  # agreed\n  \"{A}\",\n]")));
}

#[test]
fn a_rewrite_puts_what_is_new_together_by_what_it_cites_and_what_was_observed() {
    let citing = |id: &str, cited: &'static str, observed: &str| CaseReport {
        requirements: vec![cited],
        ..failing(&format!("workato-api/access_refused/{id}"), observed)
    };
    let done = updated(
        "",
        vec![
            citing("a", "X-1", "accept"),
            citing("b", "X-2", "accept"),
            citing("c", "X-1", "accept"),
            citing("d", "X-1", "crashed, 500"),
        ],
    );
    assert_eq!(
        (done.added.len(), done.groups, done.text.matches(NO_REASON_YET).count()),
        (4, 3, 3)
    );
    let due = "\n# Cited: X-1.\n[[known-failure]]\ncases = [\n    \"workato-api/access_refused/a\",\n    \"workato-api/access_refused/c\",\n]\nobserved = \"accept\"\n";
    assert!(done.text.contains(due), "{}", done.text);
    KnownFailures::parse(&done.text.replace(NO_REASON_YET, "The gateway is old.")).unwrap();
}

/// One array in the place of tables: read like them, and kept.
#[test]
fn a_rewrite_keeps_entries_of_an_inline_array() {
    let text = format!(
        "known-failure = [\n  # agreed\n  {{ case = \"{A}\", observed = \"accept\", reason = \"ticket 17\", since = 2024-01-01 }},\n]\n"
    );
    let done = updated(&text, vec![failing(A, "accept")]);
    assert_eq!((done.kept, done.dropped.len(), done.added.len()), (1, 0, 0));
    let due = format!(
        "# agreed\n[[known-failure]]\ncase = \"{A}\"\nobserved = \"accept\"\nreason = \"ticket 17\"\nsince = 2024-01-01\n"
    );
    assert_eq!(done.text.trim_start(), due);
}

fn json(value: &toml::Value) -> serde_json::Value {
    match value {
        toml::Value::Table(table) => {
            table.iter().map(|(name, value)| (name.clone(), json(value))).collect()
        }
        toml::Value::Array(all) => all.iter().map(json).collect(),
        toml::Value::Datetime(date) => date.to_string().into(),
        other => serde_json::to_value(other).unwrap(),
    }
}

/// The files of the repository, of the last release, and what is no such file.
#[test]
fn the_published_schema_fits_what_is_read_and_nothing_else() {
    let schema = serde_json::to_value(known_failures::schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let is_valid =
        |text: &str| validator.is_valid(&json(&toml::Value::Table(toml::from_str(text).unwrap())));
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let targets = ["apache", "envoy", "envoy-api"]
        .map(|name| format!("../../xtask/targets/{name}/known-failures.toml"));
    let releases = Profile::ALL.map(|profile| format!("tests/corpus-0.1.0/{profile}.known.toml"));
    for file in targets.iter().chain(&releases) {
        let text = std::fs::read_to_string(root.join(file)).unwrap();
        KnownFailures::parse(&text).unwrap();
        assert!(is_valid(&text), "{file}");
    }
    assert!(is_valid(&cause("[\"a\", \"b-*\"]", "[\"accept\", \"crashed, 500\"]")));
    for bad in [
        cause("\"a\"", "\"accept\""),
        cause("[\"a\"]", "16"),
        cause("[\"a\"]", "[]"),
        entry(A, "accept", "").replace("reason", "raeson"),
    ] {
        assert!(!is_valid(&bad), "{bad}");
    }
}
