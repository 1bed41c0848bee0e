//! A property counts for a requirement if a verifier that breaks the requirement turns it red.
//!
//! The property tests are part of this program. Each is run once more in a process of its own, with
//! the fault in the environment.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use claimproof_catalog::level;
use claimproof_mutants::{Breaks, Planted, find};
use claimproof_proof::properties::PROPERTIES;

use super::fault::FAULT;

/// How a run of one property ended.
#[derive(Debug, PartialEq, Eq)]
enum Ended {
    Green,
    Red,
    /// There is no test of this name.
    Nothing,
}

fn run(property: &str, mutant: &str) -> Ended {
    // A name nobody has would fail every test, and so would seem to turn it red.
    assert!(find(mutant).is_some(), "{property}: {mutant} is no mutant");
    let mut own = Command::new(std::env::current_exe().unwrap());
    own.arg(format!("properties::{property}")).env(FAULT, mutant).stderr(Stdio::null());
    // What fails is to fail: it is looked for longer than usual, and neither made smaller nor kept.
    own.env("PROPTEST_CASES", "4096")
        .env("PROPTEST_MAX_SHRINK_ITERS", "0")
        .env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "true");
    let output = own.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    match output.status.code() {
        Some(0) if said.contains("running 0 tests") => Ended::Nothing,
        Some(0) => Ended::Green,
        Some(101) if said.contains("test result: FAILED") => Ended::Red,
        code => panic!("{property} under {mutant} ended with {code:?}: {said}"),
    }
}

/// Pairs of property and mutant, each once.
fn proofs() -> BTreeSet<(&'static str, &'static str)> {
    let pairs = PROPERTIES
        .iter()
        .flat_map(|property| property.proofs.iter().map(|(_, mutant)| (property.name, *mutant)));
    pairs.collect()
}

#[test]
fn every_property_turns_red_where_its_requirement_is_broken() {
    let ended =
        proofs().into_iter().map(|(property, mutant)| (property, mutant, run(property, mutant)));
    let wrong: Vec<_> = ended.filter(|(.., ended)| *ended != Ended::Red).collect();
    assert!(
        wrong.is_empty(),
        "{} properties hold nothing of what they are listed for: {wrong:#?}",
        wrong.len()
    );
}

#[test]
fn every_mutant_of_a_property_breaks_what_it_stands_for() {
    for property in PROPERTIES {
        for (id, name) in property.proofs {
            let mutant =
                find(name).unwrap_or_else(|| panic!("{}: {name} is no mutant", property.name));
            let breaks = match &mutant.breaks {
                Breaks::Ids(ids) => ids.contains(id),
                Breaks::EveryRefusal | Breaks::EveryAcceptance => true,
            };
            assert!(level(id).is_some() && breaks, "{}: {name} does not break {id}", property.name);
            assert!(
                !matches!(mutant.fault, Planted::Reply(_)),
                "{}: no verifier has the fault of {name}",
                property.name
            );
        }
    }
}

#[test]
fn a_property_that_does_not_exist_is_no_proof() {
    assert_eq!(
        run("verifier::tampering::no_such_test", "workato-api/without-signature"),
        Ended::Nothing
    );
}
