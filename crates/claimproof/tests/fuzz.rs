//! The seeds of `crates/fuzz` as a plain test: what was found there stays mended.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../../fuzz/src/light/mod.rs"]
pub mod light;
#[path = "../../fuzz/src/whole/mod.rs"]
pub mod whole;

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

type Check = fn(&[u8]);

/// Every target, by the name of its folder.
const TARGETS: [(&str, Check); 8] = [
    ("compact", light::compact::check),
    ("json", light::json::check),
    ("keys", light::keys::check),
    ("known_failures", light::known_failures::check),
    ("load_page", whole::load_page::check),
    ("reports", light::reports::check),
    ("target_file", whole::target_file::check),
    ("texts", light::texts::check),
];

fn names(folder: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz").join(folder);
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn every_seed_holds() {
    for (name, check) in TARGETS {
        let seeds = names(&format!("seeds/{name}"));
        assert!(seeds.len() >= 5, "{name}: {} seeds", seeds.len());
        for seed in seeds {
            let path = format!("{}/../fuzz/seeds/{name}/{seed}", env!("CARGO_MANIFEST_DIR"));
            let bytes = std::fs::read(&path).unwrap();
            assert!(std::panic::catch_unwind(|| check(&bytes)).is_ok(), "{path}");
        }
    }
}

/// Every token of the golden files, and its header and payload.
#[test]
fn every_golden_token_holds() {
    let mut tokens = Vec::new();
    for text in claimproof_golden::generate().unwrap().values() {
        collect(&serde_json::from_str(text).unwrap_or_default(), &mut tokens);
    }
    assert!(tokens.len() > 2000, "{}", tokens.len());
    for token in tokens {
        light::compact::check(token.as_bytes());
        for part in token.split('.').take(2) {
            light::json::check(&URL_SAFE_NO_PAD.decode(part).unwrap_or_default());
        }
    }
}

fn collect(value: &Value, tokens: &mut Vec<String>) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| collect(one, tokens)),
        Value::Object(all) => {
            tokens.extend(all.get("token").and_then(Value::as_str).map(str::to_owned));
            all.values().for_each(|one| collect(one, tokens));
        }
        _ => {}
    }
}

/// None is written and never run.
#[test]
fn every_target_is_replayed_and_fuzzed() {
    let due: Vec<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names("seeds"), due);
    let targets: Vec<String> =
        names("fuzz_targets").iter().map(|file| file.trim_end_matches(".rs").to_owned()).collect();
    assert_eq!(targets, due);
}
