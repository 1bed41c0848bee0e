//! What scanners for secrets are told: each public test key by its own text, and no other.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::{Path, PathBuf};

use regex::Regex;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The private keys and tokens of the repository that stand in files of their own.
fn private_keys() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for folder in ["vectors", "crates", "xtask", "benches"] {
        add(&root().join(folder), &mut found);
    }
    found
}

fn add(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            add(&entry, found);
        } else if entry.extension().is_some_and(|end| end == "pem" || end == "jwt") {
            let text = String::from_utf8_lossy(&std::fs::read(&entry).unwrap()).into_owned();
            if text.contains("PRIVATE KEY-----") || text.starts_with("eyJ") {
                found.push((entry, text));
            }
        }
    }
}

fn listed() -> Vec<Regex> {
    let text = std::fs::read_to_string(root().join(".gitleaks.toml")).unwrap();
    let config: toml::Table = toml::from_str(&text).unwrap();
    let keys = config["allowlists"].as_array().unwrap()[0]["regexes"].as_array().unwrap();
    keys.iter().map(|one| Regex::new(one.as_str().unwrap()).unwrap()).collect()
}

#[test]
fn every_test_key_is_listed_once_and_nothing_else_is() {
    let (keys, listed) = (private_keys(), listed());
    assert!(keys.len() > 20, "{} keys", keys.len());
    for (path, text) in &keys {
        let hits = listed.iter().filter(|one| one.is_match(text)).count();
        assert_eq!(hits, 1, "{}: expected one line of .gitleaks.toml", path.display());
    }
    for one in &listed {
        assert!(keys.iter().any(|(_, text)| one.is_match(text)), "`{one}` is no key any more");
    }
}

/// A real key that somebody drops beside them is found.
#[test]
fn no_other_key_is_listed() {
    for (path, text) in private_keys() {
        let other: String =
            text.lines().map(|line| line.chars().rev().collect::<String>()).collect();
        assert!(!listed().iter().any(|one| one.is_match(&other)), "{}", path.display());
    }
}
