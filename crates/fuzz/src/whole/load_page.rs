//! The page and the other reports of `load`, with any text of a target in every place.

use std::collections::BTreeSet;

use claimproof_load::{
    Known, Latencies, Lost, Measurement, Minting, Percentiles, Plan, Point, Verdicts, Wrong, render,
};
use claimproof_suite::{TargetReport, Text};

use super::super::light::reports::on_a_terminal;

/// A text makes no tag, attribute or script of the page, and JSON says it as it may be shown.
pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Ok(page) = render::html::render(&measured(&text)) else { panic!("no page") };
    let Ok(plain) = render::html::render(&measured("plain")) else { panic!("no page") };
    assert_eq!(tags(&page), tags(&plain), "a tag of the target's");
    let marks = |page: &str, mark: char| page.matches(mark).count();
    for mark in ['<', '>', '"', '\''] {
        assert_eq!(marks(&page, mark), marks(&plain, mark), "{mark} of the target's");
    }
    let json = render::json::render(&measured(&text)).unwrap_or_default();
    let read: serde_json::Value = serde_json::from_str(&json).unwrap_or_default();
    assert_eq!(
        read.pointer("/wrong/0/observed").and_then(|one| one.as_str()),
        Some(Text::from(&*text).as_str())
    );
    on_a_terminal(&text, |text| render::terminal::render(&measured(text)));
}

fn tags(page: &str) -> BTreeSet<&str> {
    let names = page.split('<').skip(1);
    names.map(|tag| tag.split([' ', '>', '/', '\n']).next().unwrap_or_default()).collect()
}

fn measured(text: &str) -> Measurement {
    let (own, case) = (|| Text::from(text), || "workato-api/access_refused/any".to_owned());
    let lost = || vec![Lost { why: own(), count: 1 }];
    let percentiles = || Percentiles { p50: 1, p90: 2, p99: 3, p999: 4, max: 5, mean: 1.5 };
    Measurement {
        written_by: "claimproof",
        schema: 1,
        suite_version: "0",
        build: "dev",
        target: TargetReport { name: own(), base_url: Some(own()), ..TargetReport::default() },
        plan: plan(),
        partial: false,
        gave_up: true,
        minting: Minting { tokens: 1, duration_ms: 1, per_second: 1.0, unsent: 0 },
        timed_ms: 1,
        sent: 1,
        answered: 1,
        requests_per_second: 1.0,
        verdicts: Verdicts {
            accepted: 1,
            refused: 0,
            opaque: 0,
            wrong: 1,
            known: 1,
            lost: 1,
            held_back: 1,
        },
        wrong: vec![Wrong {
            case: case(),
            expected: "accept".to_owned(),
            observed: own(),
            count: 1,
        }],
        known: vec![Known { case: case(), observed: own(), reason: own(), count: 1 }],
        lost: lost(),
        held_back: lost(),
        reconnected: 0,
        latency_us: Latencies {
            response: percentiles(),
            service: percentiles(),
            curve: vec![Point { percentile: 50.0, response: 1, service: 1 }],
        },
    }
}

const fn plan() -> Plan {
    Plan {
        r#loop: "closed",
        requests: 1,
        duration_ms: 1,
        connections: 1,
        rate: None,
        refused_percent: 10,
        refused_cases: 1,
        warm_up: 0,
    }
}
