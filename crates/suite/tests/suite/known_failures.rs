//! Known failures: what fails a run, and what a rewrite of the file keeps.

use claimproof_catalog::Profile;
use claimproof_suite::known_failures::{NO_REASON_YET, Update, update};
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
    assert_eq!(apply(&format!("{}{}", entry(A, "accept", ""), entry(B, "refuse x", "")), &mut cases), [""; 0]);
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
#[case::unmatched(entry("workato-api/gone", "accept", ""), "line 1: `workato-api/gone` matches no case")]
#[case::glob(entry("workato-api/gone/*", "accept", ""), "line 1: `workato-api/gone/*` matches no case")]
#[case::expired(
    entry(A, "accept", "expires = 2026-11-24\n"),
    "line 1: `workato-api/access_refused/a` expired on 2026-11-24"
)]
#[case::twice(
    format!("{}\n{}", entry(A, "accept", ""), entry(A, "accept", "")),
    "line 7: `workato-api/access_refused/a` is listed in line 1 already"
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
fn no_entry_covers_a_probe() {
    let mut cases = [CaseReport { repeats: Some(B.to_owned()), ..failing(A, "accept") }];
    let faults = apply(&entry("workato-api/*", "accept", ""), &mut cases);
    assert_eq!(cases[0].verdict, Verdict::Fail);
    assert_eq!(faults, ["known failures, line 1: `workato-api/*` matches no case"]);
}

#[rstest]
#[case::key(entry(A, "accept", "").replace("reason", "raeson"), "unknown field `raeson`")]
#[case::line(format!("\n\n{}", entry(A, "accept", "")).replace("since", "sinse"), "line 7")]
#[case::glob(entry("workato-api/[", "accept", ""), "line 1: `workato-api/[` is no glob")]
#[case::glob_line(format!("{}\n{}", entry(A, "accept", ""), entry("{a", "accept", "")), "line 7: `{a` is no glob")]
#[case::empty_reason(entry(A, "accept", "").replace(&format!("why {A}"), " "), "has no reason yet: write why the target deviates")]
#[case::placeholder(entry(A, "accept", "").replace(&format!("why {A}"), NO_REASON_YET), "line 1: `workato-api/access_refused/a` has no reason yet")]
#[case::date(entry(A, "accept", "").replace("2024-01-01", "\"soon\""), "`soon` is no date")]
fn what_cannot_be_read_names_the_place(#[case] text: String, #[case] told: &str) {
    let error = KnownFailures::parse(&text).unwrap_err();
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
    assert_eq!(done.text, format!("# What our gateway does not do.\n\n# stays\n{}", entry(B, "accept", "")));
    assert_eq!((done.kept, done.dropped, done.added), (1, vec![A.to_owned()], vec![]));
}

/// What stands above a later entry is its own, and goes with it.
#[test]
fn a_rewrite_drops_the_comments_of_what_goes() {
    let text = format!("{}\n# a remark\n\n# gone\n{}", entry(A, "accept", ""), entry(B, "accept", ""));
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
    let done = updated("# heading\n", vec![failing(B, "refuse x"), report(A, Verdict::Advice, "accept")]);
    let due = format!(
        "\n[[known-failure]]\ncase = \"{B}\"\nobserved = \"refuse x\"\nreason = \"{NO_REASON_YET}\"\nsince = 2026-11-25\n"
    );
    assert!(done.text.contains(&due) && done.text.contains("# heading\n"), "{}", done.text);
    assert_eq!(done.added, [B]);
    let refused = KnownFailures::parse(&done.text).unwrap_err();
    assert!(refused.contains("has no reason yet"), "{refused}");
    KnownFailures::parse(&done.text.replace(NO_REASON_YET, "The gateway is old.")).unwrap();
}

#[test]
fn a_rewrite_asks_anew_where_the_target_answers_otherwise_and_quotes_the_old_reason() {
    let done = updated(&entry(A, "accept", ""), vec![failing(A, "refuse x")]);
    assert!(done.text.contains(&format!("# Before: accept: why {A}\n[[known-failure]]\n")), "{}", done.text);
    assert!(done.text.contains("observed = \"refuse x\"\nreason = \"WRITE HERE WHY\""), "{}", done.text);
    assert_eq!((done.dropped, done.added), (vec![A.to_owned()], vec![A.to_owned()]));
}

#[test]
fn a_rewrite_narrows_a_glob_to_the_cases_that_still_deviate() {
    let glob = "workato-api/access_refused/*";
    let done = updated(&entry(glob, "accept", ""), vec![failing(A, "accept"), report(B, Verdict::Pass, "refuse x")]);
    assert_eq!(done.text.trim(), entry(A, "accept", "").replace(&format!("why {A}"), &format!("why {glob}")).trim());
    assert_eq!((done.dropped, done.added), (vec![glob.to_owned()], vec![]));
    KnownFailures::parse(&done.text).unwrap();
}

#[test]
fn a_rewrite_of_a_partial_selection_keeps_what_was_not_met() {
    let text = entry("workato-api/gone", "accept", "");
    let known = KnownFailures::parse(&text).unwrap();
    let done = update(&text, &known, &[], &[Profile::WorkatoApi], false, TODAY).unwrap();
    assert_eq!(done, Update { text, kept: 1, ..Update::default() });
}
