//! The arrows between crates go downward, and what a crate must not do it cannot do.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, MetadataCommand};

/// Each crate may use only crates named before it, and of those only these.
const ARROWS: &[(&str, &[&str])] = &[
    ("catalog", &[]),
    ("cast", &["catalog"]),
    ("token", &[]),
    ("verifier", &["catalog", "cast", "token"]),
    ("idp", &["cast"]),
    ("vectors", &["catalog", "cast", "idp"]),
    ("golden", &["catalog", "cast", "idp", "vectors"]),
    ("providers", &["idp"]),
    ("replay", &["catalog", "verifier"]),
    ("reference", &["catalog", "cast", "token", "verifier", "replay"]),
    ("suite", &["catalog", "cast", "idp", "vectors"]),
    ("http", &["catalog", "cast", "idp", "vectors", "providers", "suite"]),
    ("load", &["catalog", "cast", "idp", "vectors", "providers", "suite", "http"]),
    ("server", &["catalog", "cast", "token", "verifier", "replay", "reference"]),
    (
        "in-process",
        &["catalog", "cast", "token", "verifier", "reference", "vectors", "suite", "http"],
    ),
    ("mutants", &["catalog", "cast", "token", "verifier", "replay", "reference", "server"]),
    (
        "proof",
        &[
            "catalog",
            "cast",
            "vectors",
            "golden",
            "reference",
            "suite",
            "http",
            "server",
            "in-process",
            "mutants",
        ],
    ),
];

fn crates() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = MetadataCommand::new()
        .no_deps()
        .other_options(vec!["--offline".to_owned()])
        .exec()
        .expect("cargo metadata");
    let name = |name: &str| name.strip_prefix("claimproof-").map(str::to_owned);
    let mut crates = BTreeMap::new();
    for package in metadata.packages {
        let Some(own) = name(&package.name) else { continue };
        let ordinary = package.dependencies.iter().filter(|one| one.kind == DependencyKind::Normal);
        crates.insert(own, ordinary.filter_map(|one| name(&one.name)).collect());
    }
    crates
}

#[test]
fn arrows_go_downward() {
    let crates = crates();
    for (own, allowed) in ARROWS {
        let used = crates.get(*own).unwrap_or_else(|| panic!("no crate {own}"));
        let strange: Vec<_> = used.iter().filter(|one| !allowed.contains(&one.as_str())).collect();
        assert!(strange.is_empty(), "{own} uses {strange:?}, which the map does not allow");
    }
    let known: BTreeSet<_> = ARROWS.iter().map(|(own, _)| *own).chain(["benches"]).collect();
    let unknown: Vec<_> = crates.keys().filter(|own| !known.contains(own.as_str())).collect();
    assert!(unknown.is_empty(), "the map does not know {unknown:?}");
}

fn sources(of: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push((path.clone(), std::fs::read_to_string(&path).expect("a file")));
            }
        }
    }
    let mut found = Vec::new();
    walk(
        &Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../crates")
            .join(of.replace('-', "_"))
            .join("src"),
        &mut found,
    );
    assert!(!found.is_empty(), "no sources of {of}");
    found
}

/// Files of a crate that hold one of these words, apart from those that may.
fn holding(of: &str, words: &[&str], may: &[&str]) -> Vec<String> {
    let holds =
        |text: &str| words.iter().find(|word| text.contains(**word)).map(|word| (*word).to_owned());
    let own =
        sources(of).into_iter().filter(|(path, _)| !may.iter().any(|file| path.ends_with(file)));
    own.filter_map(|(path, text)| holds(&text).map(|word| format!("{}: {word}", path.display())))
        .collect()
}

const OUTSIDE: &[&str] =
    &["SystemTime", "Instant::now", "std::fs", "std::net", "std::env", "tokio::net", "rand::"];

#[test]
fn the_pure_crates_reach_nothing_outside() {
    for own in
        ["catalog", "cast", "token", "verifier", "replay", "reference", "idp", "vectors", "golden"]
    {
        assert_eq!(holding(own, OUTSIDE, &[]), [""; 0], "{own} is pure");
    }
    assert_eq!(
        holding("suite", &["std::net", "tokio::net", "hyper", "std::fs"], &[]),
        [""; 0],
        "the suite opens nothing"
    );
}

#[test]
fn the_signature_libraries_are_in_one_file_each() {
    assert_eq!(holding("token", &["aws_lc_rs::", "use hmac::", "sha2::"], &["engine.rs"]), [""; 0]);
    assert_eq!(holding("vectors", &["jsonwebtoken::"], &["sign.rs"]), [""; 0]);
    for (own, _) in ARROWS {
        assert_eq!(holding(own, &["jsonwebtoken::decode", "unsafe "], &[]), [""; 0], "{own}");
    }
}

#[test]
fn no_match_on_a_code_has_a_wildcard_arm() {
    for own in ["workato_direct_link", "workato_api", "tableau_connected_app"] {
        let path = format!("src/{own}/violation.rs");
        let text = sources("verifier").into_iter().find(|(file, _)| file.ends_with(&path));
        let (_, text) = text.unwrap_or_else(|| panic!("no {path}"));
        assert!(!text.contains("_ =>"), "{path} maps violations to codes with a wildcard arm");
    }
}

#[test]
fn no_file_outgrows_its_room() {
    for (own, _) in ARROWS {
        for (path, text) in sources(own) {
            // Tables are read row by row, whatever their length.
            let table = path
                .components()
                .any(|part| part.as_os_str() == "requirements" || part.as_os_str() == "readings");
            assert!(
                table || text.lines().count() <= 600,
                "{} has more than 600 lines",
                path.display()
            );
        }
    }
}
