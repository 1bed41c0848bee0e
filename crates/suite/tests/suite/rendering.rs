//! What a person sees of a report.

use claimproof_catalog::Profile;
use claimproof_suite::render::terminal;
use claimproof_suite::{
    CaseReport, Lack, LackKind, OrderReport, PairReport, ReadingReport, Report, Summary,
    TargetReport, Verdict,
};

use super::make::report;

fn whole(cases: Vec<CaseReport>, readings: Vec<ReadingReport>, orders: Vec<OrderReport>) -> String {
    let report = Report {
        written_by: Report::WRITER,
        unfinished: None,
        schema: Report::SCHEMA,
        suite_version: "0",
        vectors_digest: String::new(),
        seed: 7,
        target: TargetReport { name: "mine".into(), ..TargetReport::default() },
        started: String::new(),
        duration_ms: 5,
        partial: false,
        cut_short_by: None,
        findings: Vec::new(),
        summary: Summary::of(&cases),
        targets: Vec::new(),
        readings,
        orders,
        no_signals: std::collections::BTreeMap::new(),
        stopped: Vec::new(),
        left: Vec::new(),
        faults: Vec::new(),
        cases,
    };
    anstream_free(&terminal::render(&report))
}

/// Without the sequences that style it.
fn anstream_free(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    plain + rest
}

#[test]
fn the_table_of_readings_says_chosen_undetermined_or_mixture() {
    let reading = |id, state, fits: &[&'static str]| ReadingReport {
        id,
        chosen: (state == "chosen").then(|| fits[0]),
        state,
        fits: fits.to_vec(),
    };
    let readings = vec![
        reading("WAP-R-status", "chosen", &["403"]),
        reading("WAP-R-exp", "undetermined", &["not-looked-at", "honoured"]),
        reading("WAP-R-kid-null", "mixture", &[]),
    ];
    let due = "readings\n    WAP-R-status                     chosen       403\n    \
               WAP-R-exp                        undetermined not-looked-at or honoured\n    \
               WAP-R-kid-null                   mixture\n";
    let text = whole(Vec::new(), readings, Vec::new());
    assert!(text.starts_with(due), "{text}");
}

#[test]
fn cases_and_probes_are_counted_apart_and_the_seed_is_always_shown() {
    let probe = CaseReport {
        repeats: Some("workato-api/a".to_owned()),
        ..report("workato-api/again/a", Verdict::Fail, "x")
    };
    let text = whole(
        vec![report("workato-api/a", Verdict::Pass, "accept"), probe],
        Vec::new(),
        Vec::new(),
    );
    let probes = "1 pass, 0 fail, 0 error; 0 of 1 probes alike, 1 answered otherwise";
    assert!(text.contains(&format!("workato-api                 1 cases: {probes}\n")), "{text}");
    assert!(
        text.contains(&format!("mine does not conform in 1 of 1 cases: {probes}; seed 7, 5 ms")),
        "{text}"
    );
    let text =
        whole(vec![report("workato-api/a", Verdict::Pass, "accept")], Vec::new(), Vec::new());
    assert!(
        text.contains("workato-api                 1 cases: 1 pass, 0 fail, 0 error\n"),
        "{text}"
    );
    assert!(text.contains("mine conforms in 1 of 1 cases: "), "{text}");
}

#[test]
fn an_order_is_shown_with_what_stands_in_none() {
    let pair = |answered| PairReport { case: String::new(), faults: ["a", "b"], answered };
    let order = OrderReport {
        profile: Profile::WorkatoApi,
        order: vec!["a", "b", "c", "d", "e", "f", "g"],
        circular: vec!["x", "y"],
        pairs: vec![pair(Some("a")), pair(None)],
    };
    let text = whole(Vec::new(), Vec::new(), vec![order]);
    let due = "order of workato-api, by 1 of 2 pairs\n    a, b, c, d, e, f\n    g\n    in no single order: x, y\n";
    assert!(text.contains(due), "{text}");
}

/// One line says what to write, and how many cases that gains.
#[test]
fn skips_are_grouped_by_what_would_have_them_played() {
    let skip = |n: usize, message: &str, kind, add: &str| CaseReport {
        message: message.into(),
        lack: Some(Lack { add: add.to_owned(), kind, undeclared_level: false }),
        ..report(&format!("workato-api/{n}"), Verdict::Skip, "")
    };
    let role = "an [[account]] with role = \"profile.rsa\"";
    let cases = vec![
        skip(1, "nobody plays the role `profile.rsa`", LackKind::Account, role),
        skip(2, "no clock", LackKind::Declaration, "`header`, `set` or `patience` under [clock]"),
        skip(3, "nobody plays the role `profile.rsa`", LackKind::Account, role),
    ];
    let text = whole(cases, Vec::new(), Vec::new());
    let due = "skipped 2: to try them, add an [[account]] with role = \"profile.rsa\"\n\
               skipped 1: no clock; to try them, add `header`, `set` or `patience` under [clock]\n";
    assert!(text.contains(due), "{text}");
    assert!(text.contains("mine conforms in 0 of 3 cases"), "{text}");
}

/// A failing case of one step.
fn failing(id: &str, requirements: &[&'static str], expected: &str, observed: &str) -> CaseReport {
    let case = report(id, Verdict::Fail, observed);
    CaseReport { requirements: requirements.to_vec(), expected: expected.to_owned(), ..case }
}

#[test]
fn what_lets_somebody_in_stands_first_whatever_else_fails() {
    let code = failing("workato-api/a/code", &["WAP-CLM-06"], "refuse x", "refuse y");
    let more = || failing("workato-api/b/other-code", &["WAP-CLM-06"], "refuse x", "refuse y");
    let lets_in = |case| CaseReport { lets_in: true, ..case };
    let forged = failing("workato-api/c/forged", &["RFC7515-5.2", "WCL-09"], "refuse", "accept");
    let twice = failing(
        "workato-api/d/at-once",
        &["CPX-once"],
        "accept at most one",
        "accepted 2 of 12 uses",
    );
    let unsigned = failing(
        "workato-api/e/unsigned",
        &["WCL-09", "RFC7515-5.2"],
        "refuse access_refused",
        "accept",
    );
    let probe = CaseReport { repeats: Some("workato-api/c/forged".to_owned()), ..forged.clone() };
    let [forged, twice, unsigned, probe] = [forged, twice, unsigned, probe].map(lets_in);
    let text = whole(vec![code, more(), forged, twice, unsigned, probe], Vec::new(), Vec::new());
    let block = text.split_once("\n\n").unwrap().0;
    let heads: Vec<_> = block.lines().filter(|line| line.starts_with("FIRST ")).collect();
    let head = |count, id| {
        format!("FIRST accepted where a refusal is due, in {count} of 5 failing cases ({id})")
    };
    assert_eq!(heads, [head(2, "RFC7515-5.2"), head(1, "CPX-once")], "{text}");
    assert!(
        block.contains("    to try it alone: the same command with --exact workato-api/c/forged"),
        "{text}"
    );
    let text = whole(vec![more()], Vec::new(), Vec::new());
    assert!(
        text.starts_with(
            "FIRST not answered as documented, in 1 of 1 failing cases (WAP-CLM-06)\n"
        ),
        "{text}"
    );
    let advice = CaseReport { verdict: Verdict::Advice, ..more() };
    assert!(!whole(vec![advice], Vec::new(), Vec::new()).contains("FIRST"));
}

#[test]
fn errors_alone_are_no_deviation() {
    let one = |verdict| whole(vec![report("workato-api/a/b", verdict, "")], vec![], vec![]);
    assert!(one(Verdict::Error).contains("mine came to no verdict in"), "{}", one(Verdict::Error));
    assert!(one(Verdict::Fail).contains("mine does not conform in"), "{}", one(Verdict::Fail));
    assert!(one(Verdict::Pass).contains("mine conforms in"), "{}", one(Verdict::Pass));
}
