//! The arrows between crates go downward, and what a crate must not do it cannot do.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, MetadataCommand};

/// Each crate may use only crates named before it, and of those only these.
const ARROWS: &[(&str, &str)] = &[
    ("catalog", ""),
    ("cast", "catalog"),
    ("files", ""),
    ("token", ""),
    ("verifier", "catalog cast token"),
    ("replay", "catalog verifier"),
    ("reference", "catalog cast token verifier replay"),
    ("server", "catalog cast token verifier replay reference"),
    ("mutants", "catalog cast token verifier replay reference server"),
    ("idp", "cast"),
    ("providers", "idp"),
    ("vectors", "catalog cast idp"),
    ("golden", "catalog cast idp vectors"),
    ("suite", "catalog cast idp vectors"),
    ("http", "catalog cast files idp vectors providers suite"),
    ("load", "catalog cast files idp vectors providers suite http"),
    ("in-process", "catalog cast files token verifier reference vectors suite http"),
    ("proof", "catalog cast files vectors golden reference suite http server in-process mutants"),
    (
        "claimproof",
        "catalog cast files vectors golden reference suite http load server in-process mutants",
    ),
    ("benches", "catalog cast files token verifier replay reference vectors suite in-process"),
];

/// Who is judged, and who judges. No crate of one wing reaches one of the other.
const JUDGED: &[&str] = &["token", "verifier", "replay", "reference", "server", "mutants"];
const JUDGING: &[&str] = &["idp", "providers", "vectors", "golden", "suite", "http", "load"];

/// Each crate of ours, and those it uses outside of tests.
type Crates = BTreeMap<String, BTreeSet<String>>;

fn crates() -> Crates {
    let metadata = MetadataCommand::new()
        .no_deps()
        .other_options(vec!["--offline".to_owned()])
        .exec()
        .expect("cargo metadata");
    let name = |name: &str| {
        let ours = name == "claimproof" || name.starts_with("claimproof-");
        ours.then(|| name.trim_start_matches("claimproof-").to_owned())
    };
    let mut crates = BTreeMap::new();
    for package in metadata.packages {
        let Some(own) = name(&package.name) else { continue };
        let used =
            package.dependencies.iter().filter(|one| one.kind != DependencyKind::Development);
        crates.insert(own, used.filter_map(|one| name(&one.name)).collect());
    }
    crates
}

#[test]
fn arrows_go_downward() {
    let crates = crates();
    for (own, allowed) in ARROWS {
        let used = crates.get(*own).unwrap_or_else(|| panic!("no crate {own}"));
        let allowed: Vec<&str> = allowed.split_whitespace().collect();
        let strange: Vec<_> = used.iter().filter(|one| !allowed.contains(&one.as_str())).collect();
        assert!(strange.is_empty(), "{own} uses {strange:?}, which the map does not allow");
    }
    let known: BTreeSet<_> = ARROWS.iter().map(|(own, _)| *own).collect();
    let unknown: Vec<_> = crates.keys().filter(|own| !known.contains(own.as_str())).collect();
    assert!(unknown.is_empty(), "the map does not know {unknown:?}");
}

/// Each way from a crate of one wing into the other, as `from -> ... -> to`.
fn crossings(crates: &Crates) -> Vec<String> {
    let ways = |from: &'static [&'static str], to: &'static [&'static str]| {
        from.iter().flat_map(move |own| way(crates, &[own], to))
    };
    ways(JUDGING, JUDGED).chain(ways(JUDGED, JUDGING)).collect()
}

/// The first way on from here to one of these.
fn way(crates: &Crates, walked: &[&str], to: &[&str]) -> Option<String> {
    let used = &crates[*walked.last()?];
    used.iter().find_map(|next| {
        let walked = [walked, &[next]].concat();
        if to.contains(&next.as_str()) {
            Some(walked.join(" -> "))
        } else {
            way(crates, &walked, to)
        }
    })
}

#[test]
fn no_wing_reaches_the_other() {
    assert_eq!(crossings(&crates()), [""; 0]);
}

#[test]
fn a_way_across_is_seen_in_both_directions_and_through_others() {
    let with = |from: &str, to: &str| {
        let mut crates = crates();
        crates.get_mut(from).expect("a crate").insert(to.to_owned());
        crossings(&crates)
    };
    let far = with("vectors", "reference");
    assert!(far.contains(&"load -> http -> suite -> vectors -> reference".to_owned()), "{far:?}");
    assert_eq!(with("http", "server"), ["http -> server", "load -> http -> server"]);
    assert_eq!(with("mutants", "vectors"), ["mutants -> vectors"]);
    assert_eq!(
        with("replay", "in-process").first().map(String::as_str),
        Some("replay -> in-process -> http")
    );
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
    let folder =
        if of == "benches" { of.to_owned() } else { format!("crates/{}", of.replace('-', "_")) };
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder).join("src"), &mut found);
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

/// What each of these reads and opens is said in `.clippy.toml`, with the reasons.
#[test]
fn the_pure_crates_reach_nothing_outside() {
    let own = "catalog cast token verifier replay reference idp vectors golden";
    for own in own.split_whitespace() {
        let (_, text) =
            sources(own).into_iter().find(|(path, _)| path.ends_with("lib.rs")).expect("lib.rs");
        assert!(text.contains(PURE), "{own} is pure: its lib.rs lacks\n{PURE}");
    }
    assert_eq!(
        holding("suite", &["std::net", "tokio::net", "hyper", "std::fs"], &[]),
        [""; 0],
        "the suite opens nothing"
    );
}

const PURE: &str =
    "#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::disallowed_types))]";

#[test]
fn the_signature_libraries_are_in_one_file_each() {
    assert_eq!(holding("token", &["aws_lc_rs::", "use hmac::", "sha2::"], &["engine.rs"]), [""; 0]);
    assert_eq!(holding("vectors", &["jsonwebtoken::"], &["sign.rs"]), [""; 0]);
    for (own, _) in ARROWS {
        assert_eq!(holding(own, &["jsonwebtoken::decode"], &[]), [""; 0], "{own}");
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
