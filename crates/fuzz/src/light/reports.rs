//! Reports with any text of a target in every place that a target fills.

use std::collections::BTreeMap;

use claimproof_catalog::{Level, Profile};
use claimproof_suite::{
    CaseReport, Evidence, Outcome, Report, Summary, TargetReport, Text, Verdict, render,
};
use quick_xml::Reader;
use quick_xml::events::Event;

/// JUnit is well-formed, JSON says the text as it may be shown, and a terminal is moved by none of it.
pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (report, shown) = (report(&text), Text::from(&*text));
    let Ok(json) = render::json::render(&report) else { panic!("no JSON") };
    let read: serde_json::Value = serde_json::from_str(&json).unwrap_or_default();
    assert_eq!(
        read.pointer("/cases/0/observed").and_then(|one| one.as_str()),
        Some(shown.as_str())
    );
    let Ok(junit) = render::junit::render(&report) else { panic!("no JUnit") };
    well_formed(&junit);
    on_a_terminal(&text, |text| render::terminal::render(&self::report(text)));
}

/// One case a verdict, and the text wherever a target or a file of its owner fills a place.
fn report(text: &str) -> Report {
    let verdicts = [Verdict::Fail, Verdict::Error, Verdict::Skip, Verdict::Advice, Verdict::Pass];
    let cases: Vec<CaseReport> = verdicts.into_iter().map(|verdict| case(text, verdict)).collect();
    let target = TargetReport {
        name: text.into(),
        profile: Some(Profile::ALL[0]),
        base_url: Some(text.into()),
        ..TargetReport::default()
    };
    Report {
        written_by: Report::WRITER,
        schema: Report::SCHEMA,
        suite_version: "0",
        vectors_digest: String::new(),
        seed: 0,
        target: target.clone(),
        started: String::new(),
        duration_ms: 0,
        partial: true,
        cut_short_by: Some("INT".to_owned()),
        unfinished: Some(text.into()),
        findings: vec![text.into()],
        summary: Summary::of(&cases),
        targets: vec![target],
        readings: Vec::new(),
        orders: Vec::new(),
        no_signals: BTreeMap::new(),
        stopped: vec![text.into()],
        left: Vec::new(),
        faults: vec![text.into()],
        cases,
    }
}

fn case(text: &str, verdict: Verdict) -> CaseReport {
    let own = || Text::from(text);
    CaseReport {
        id: "workato-api/access_refused/any".to_owned(),
        title: "any".to_owned(),
        profile: Profile::ALL[0],
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
        exchange: Some(Evidence { request: text.into(), response: text.into() }),
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

/// Line ends and colours are ours; whatever else moves the cursor, colours or reorders is nobody's.
pub(crate) fn on_a_terminal(text: &str, render: impl Fn(&str) -> String) {
    let shown = render(text);
    let moves = |one: &char| one.is_control() && !matches!(one, '\n' | '\u{1b}') || reorders(*one);
    assert_eq!(shown.chars().find(moves), None, "reaches the terminal");
    let escapes = |shown: &str| shown.matches('\u{1b}').count();
    let without = render(&text.replace('\u{1b}', "!"));
    assert_eq!(escapes(&shown), escapes(&without), "an escape of the target's");
}

/// What reorders a line, or hides in it.
const fn reorders(one: char) -> bool {
    matches!(one, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}'..='\u{200f}')
        || matches!(one, '\u{2028}' | '\u{2029}' | '\u{feff}')
}
