//! The golden files of Posit Connect, as somebody without this crate would read them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};

use claimproof_golden::{Expected, Message, Step, Vector, VectorFile, generate, load};
use claimproof_vectors::texts;
use serde_json::Value;

fn vectors() -> Vec<Vector<Expected>> {
    let files = generate().unwrap();
    let own = files.iter().filter(|(path, _)| path.starts_with("posit-connect/"));
    own.flat_map(|(path, text)| load(text).unwrap_or_else(|why| panic!("{path}: {why}")).vectors)
        .collect()
}

fn messages(vector: &Vector<Expected>) -> Vec<Message> {
    let of_step = |step: &Step<Expected>| -> Vec<Message> {
        if let Step::Move { messages, .. } = step { messages.clone() } else { Vec::new() }
    };
    vector.script.iter().flat_map(of_step).collect()
}

#[test]
fn every_file_is_valid_under_the_schema() {
    let files = generate().unwrap();
    let schema = serde_json::from_str(&files["schema/vectors.schema.json"]).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with("posit-connect/")) {
        let file = serde_json::from_str(text).unwrap();
        let faults: Vec<_> = validator.iter_errors(&file).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{path}: {faults:?}");
        let VectorFile { code, .. } = load(text).unwrap();
        assert_eq!(*path, format!("posit-connect/{code}.json"));
    }
}

#[test]
fn enough_of_them_hold_http_bodies() {
    let all = vectors();
    let has_body = |vector: &&Vector<Expected>| {
        messages(vector)
            .iter()
            .any(|one| one.reply.as_ref().is_some_and(|reply| !reply.body.is_empty()))
    };
    let count = all.iter().filter(has_body).count();
    assert!(count >= 60, "{count} vectors with bodies");
    let kinds: BTreeSet<_> = all.iter().flat_map(messages).map(|one| one.kind).collect();
    assert_eq!(
        kinds.into_iter().collect::<Vec<_>>(),
        ["authorize", "exchange", "redeem", "refresh", "resource"]
    );
}

/// What is refused for a provider's sentence has that sentence among its messages.
#[test]
fn the_sentence_that_is_expected_is_there() {
    let theirs = ["AADSTS", "snowflake-", "keycloak-", "signature-"];
    let mut seen = BTreeSet::new();
    for vector in vectors() {
        for step in &vector.script {
            let Step::Move { messages, expect, .. } = step else { continue };
            let Some(code) =
                first_code(expect).filter(|code| theirs.iter().any(|one| code.starts_with(one)))
            else {
                continue;
            };
            let told = messages
                .iter()
                .filter_map(|one| one.reply.as_ref())
                .map(|reply| reply.body.replace("\\r\\n", " "));
            let found: Vec<_> = told.filter_map(|body| texts::code_of(&body)).collect();
            assert!(
                found.contains(&code.as_str()) || found.contains(&"keycloak-login"),
                "{}: {found:?}",
                vector.id
            );
            seen.insert(code);
        }
    }
    assert_eq!(seen.len(), 8, "{seen:?}");
}

fn first_code(expect: &Expected) -> Option<String> {
    let of_answer = |answer: &Value| Some(answer.pointer("/codes/0")?.as_str()?.to_owned());
    match expect.get("readings") {
        Some(readings) => readings.as_object()?.values().find_map(of_answer),
        None => of_answer(&expect.clone().into()),
    }
}

/// Codes and tokens of one vector are those of no other.
#[test]
fn nothing_issued_is_issued_twice() {
    let mut issued: BTreeMap<String, String> = BTreeMap::new();
    for vector in vectors() {
        for one in messages(&vector) {
            let Some(reply) = &one.reply else { continue };
            let Ok(body) = serde_json::from_str::<Value>(&reply.body) else { continue };
            let Some(token) = body.get("access_token").and_then(Value::as_str) else {
                continue;
            };
            let first = issued.insert(token.to_owned(), vector.id.clone());
            assert_eq!(first, None, "{} and another", vector.id);
        }
    }
    assert!(issued.len() > 150, "{}", issued.len());
}

/// An exchange names its subject token in braces wherever it stands.
#[test]
fn subject_tokens_are_named() {
    let mut named = 0;
    for vector in vectors() {
        for one in messages(&vector).iter().filter(|one| one.kind == "exchange") {
            assert!(
                !one.request.body.contains("%7B") && !one.request.path.contains("%7B"),
                "{}",
                vector.id
            );
            named += usize::from(one.request.body.contains("subject_token={t"));
        }
    }
    assert!(named > 200, "{named}");
}
