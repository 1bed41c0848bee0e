//! What Cargo.toml says of single packages, held against Cargo.lock.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

fn read(name: &str) -> toml::Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
    std::fs::read_to_string(path).unwrap().parse().unwrap()
}

/// Whether a package of the lock file is meant by NAME or NAME@VERSION, the version cut where one
/// likes.
fn is_meant(spec: &str, package: &toml::Value) -> bool {
    let (name, version) = spec.split_once('@').unwrap_or((spec, ""));
    let locked = package["version"].as_str().unwrap();
    let fits = locked
        .strip_prefix(version)
        .is_some_and(|rest| version.is_empty() || rest.starts_with('.'));
    package["name"].as_str() == Some(name) && fits
}

/// Cargo only warns of a profile for a package that is not there, and then builds without it.
#[test]
fn every_package_of_a_profile_is_locked() {
    let (manifest, lock) = (read("Cargo.toml"), read("Cargo.lock"));
    let packages = lock["package"].as_array().unwrap();
    let specs = manifest["profile"]["dev"]["package"].as_table().unwrap();
    assert!(specs.len() > 10, "the dev profile names {} packages", specs.len());
    for spec in specs.keys().filter(|spec| *spec != "*") {
        assert!(packages.iter().any(|package| is_meant(spec, package)), "Cargo.lock has no {spec}");
        let patch = spec.split_once('@').is_some_and(|(_, version)| version.split('.').count() > 2);
        assert!(!patch, "{spec} names a patch version, which the next update leaves behind");
    }
}
