//! Cost grows with the length of a token and with nothing worse.

use std::time::{Duration, Instant};

use claimproof_token::{Index, JwsPart, Malformed, Object};
use rstest::rstest;

/// Twenty times the members, as many as fit into a token, may cost a hundred times the time, for a
/// busy machine; a quadratic comparison costs four hundred.
#[rstest]
#[case::e11_short_names("")]
#[case::e11_long_common_prefixes("a long prefix that every name of the object has in common")]
fn members_cost_linear_time(#[case] prefix: &str) {
    let (few, many) = (wide(prefix, 400), wide(prefix, 8_000));
    let (small, large) = (fastest(&few), fastest(&many));
    assert!(large < small * 100, "400 members took {small:?}, 8,000 took {large:?}");
}

#[test]
fn a_duplicate_among_many_is_found() {
    let text = wide("x", 50_000);
    let twice = format!(r#"{},"x0":0}}"#, text.strip_suffix('}').unwrap());
    assert!(Object::parse(&text, JwsPart::Payload, &mut Index::new()).is_ok());
    assert!(matches!(
        Object::parse(&twice, JwsPart::Payload, &mut Index::new()),
        Err(Malformed::Duplicate { .. })
    ));
}

/// Nesting costs no more than the brackets it is made of: no level is read twice.
#[test]
fn depth_costs_linear_time() {
    let numbers = vec!["0"; 20_000].join(",");
    let nested = |levels: usize| {
        let (open, close) = ("[".repeat(levels), "]".repeat(levels));
        format!(r#"{{"x":{open}{numbers}{close}}}"#)
    };
    let (flat, deep) = (fastest(&nested(1)), fastest(&nested(Object::MAX_DEPTH - 1)));
    assert!(deep < flat * 20, "1 level took {flat:?}, 99 took {deep:?}");
}

fn wide(prefix: &str, members: usize) -> String {
    let members: Vec<_> = (0..members).map(|n| format!(r#""{prefix}{n}":{n}"#)).collect();
    format!("{{{}}}", members.join(","))
}

/// Of several runs with buffers that have grown, as a verifier has them.
fn fastest(text: &str) -> Duration {
    let mut index = Index::new();
    let mut run = || {
        let start = Instant::now();
        assert!(Object::parse(text, JwsPart::Payload, &mut index).is_ok());
        start.elapsed()
    };
    (0..9).map(|_| run()).min().unwrap()
}
