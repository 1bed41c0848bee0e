//! Reports with any text of a target in every place that a target fills.

use std::collections::BTreeMap;

use claimproof_catalog::{Level, Profile};
use claimproof_suite::{
    CaseReport, Evidence, Outcome, Report, Summary, TargetReport, Verdict, render,
};
use quick_xml::Reader;
use quick_xml::events::Event;

/// JUnit is well-formed, and JSON says the text to the letter.
pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let report = report(&text);
    let Ok(json) = render::json::render(&report) else { panic!("no JSON") };
    let read: serde_json::Value = serde_json::from_str(&json).unwrap_or_default();
    assert_eq!(read.pointer("/cases/0/observed").and_then(|one| one.as_str()), Some(&*text));
    let Ok(junit) = render::junit::render(&report) else { panic!("no JUnit") };
    well_formed(&junit);
}

/// One case a verdict, and the text wherever a target or a file of its owner fills a place.
fn report(text: &str) -> Report {
    let verdicts = [Verdict::Fail, Verdict::Error, Verdict::Skip, Verdict::Advice, Verdict::Pass];
    let cases: Vec<CaseReport> = verdicts.into_iter().map(|verdict| case(text, verdict)).collect();
    let target = TargetReport {
        name: text.to_owned(),
        profile: Some(Profile::WorkatoApi),
        base_url: Some(text.to_owned()),
        ..TargetReport::default()
    };
    Report {
        schema: Report::SCHEMA,
        suite_version: "0",
        vectors_digest: String::new(),
        seed: 0,
        target: target.clone(),
        started: String::new(),
        duration_ms: 0,
        partial: true,
        cut_short_by: Some(text.to_owned()),
        findings: vec![text.to_owned()],
        summary: Summary::of(&cases),
        targets: vec![target],
        readings: Vec::new(),
        orders: Vec::new(),
        no_signals: BTreeMap::new(),
        faults: vec![text.to_owned()],
        cases,
    }
}

fn case(text: &str, verdict: Verdict) -> CaseReport {
    let own = || text.to_owned();
    CaseReport {
        id: "workato-api/access_refused/any".to_owned(),
        title: "any".to_owned(),
        profile: Profile::WorkatoApi,
        requirements: Vec::new(),
        level: Level::Must,
        verdict,
        expected: "accept".to_owned(),
        observed: own(),
        outcome: Some(Outcome::Refused(Some(own()))),
        lets_in: false,
        at: 1,
        step: own(),
        message: own(),
        meaning: Some(own()),
        rationale: None,
        remedy: None,
        opaque: false,
        reading: None,
        repeats: None,
        lack: None,
        duration_ms: 0,
        exchange: Some(Evidence { request: own(), response: own() }),
    }
}

/// Every tag closes, and no character stands there that XML 1.0 section 2.2 forbids.
pub(crate) fn well_formed(xml: &str) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(Event::Start(start)) => {
                depth += 1;
                assert!(start.attributes().all(|one| one.is_ok()), "a broken attribute");
            }
            Ok(Event::End(_)) => depth -= 1,
            Ok(_) => {}
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(depth, 0, "a tag is open");
    assert!(!xml.contains(is_forbidden), "a character that XML forbids");
}

fn is_forbidden(one: char) -> bool {
    let is_blank = matches!(one, '\t' | '\n' | '\r');
    one < ' ' && !is_blank || matches!(one, '\u{fffe}' | '\u{ffff}')
}
