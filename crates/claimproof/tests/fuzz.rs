//! The seeds of `crates/fuzz` as a plain test: what was found there stays mended.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../../fuzz/src/light/mod.rs"]
pub mod light;
#[path = "../../fuzz/src/whole/mod.rs"]
pub mod whole;

use std::path::Path;

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

/// None is written and never run.
#[test]
fn every_target_is_replayed_and_fuzzed() {
    let due: Vec<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names("seeds"), due);
    let targets: Vec<String> =
        names("fuzz_targets").iter().map(|file| file.trim_end_matches(".rs").to_owned()).collect();
    assert_eq!(targets, due);
}
