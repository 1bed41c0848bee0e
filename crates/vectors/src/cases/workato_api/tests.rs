//! What holds for every case of the profile.

use std::collections::{BTreeMap, BTreeSet};

use claimproof_catalog::requirements::{self, Kind, Observable};
use claimproof_catalog::{Profile, codes, readings, rules};

use super::cases;
use crate::FROZEN_NOW;
use crate::case::{Act, Case, Need};
use crate::expect::Expect;
use crate::forge::{Forge, Ledger};

const PROFILE: Profile = Profile::WorkatoApi;

/// What `of` finds wrong in the cases, each with its case.
fn faults(of: impl Fn(&Case) -> Vec<String>) -> Vec<String> {
    let told = |case: &Case| of(case).into_iter().map(|fault| format!("{}: {fault}", case.id)).collect::<Vec<_>>();
    cases().iter().flat_map(told).collect()
}

#[test]
fn ids_and_titles_are_unique() {
    let all = cases();
    let (mut ids, mut titles, mut twice) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for case in &all {
        if !ids.insert(&case.id) || !titles.insert(&case.title) {
            twice.push(format!("{}: {}", case.id, case.title));
        }
    }
    assert_eq!(twice, [""; 0]);
    assert!(all.len() >= 120);
}

#[test]
fn what_is_cited_exists() {
    let known = |id: &&'static str| requirements::find(id).is_some() || rules::find(id).is_some();
    let unknown = |case: &Case| case.requirements.iter().filter(|id| !known(id)).map(ToString::to_string).collect();
    assert_eq!(faults(unknown), [""; 0]);
    assert!(cases().iter().all(|case| !case.requirements.is_empty()));
}

#[test]
fn codes_and_readings_exist() {
    let wrong = |case: &Case| {
        let mut wrong = Vec::new();
        for turn in &case.script {
            wrong.extend(
                turn.expect.codes().into_iter().filter(|code| codes::find(PROFILE, code).is_none()).map(str::to_owned),
            );
            let Expect::Open(id, answers) = &turn.expect else { continue };
            let names: Vec<_> = readings::find(id)
                .map(|family| family.readings.iter().map(|reading| reading.name).collect())
                .unwrap_or_default();
            let given: Vec<_> = answers.iter().map(|(name, _)| *name).collect();
            if names.is_empty() || names != given {
                wrong.push(format!("{id} has the readings {names:?}, the case {given:?}"));
            }
        }
        wrong
    };
    assert_eq!(faults(wrong), [""; 0]);
}

#[test]
fn ids_follow_the_code() {
    let wrong = |case: &Case| {
        let (folder, codes) = (case.code(), case.verdict().codes());
        let mut wrong = Vec::new();
        if case.id.split('/').count() != 3 || !["accepted", "access_refused", "payload_too_large"].contains(&folder) {
            wrong.push("another layout".to_owned());
        }
        let accepted = folder == "accepted" || case.id.ends_with("-accepted");
        // An open case whose first reading accepts is filed under the code it may yield.
        let may_refuse = !codes.is_empty();
        if accepted && case.is_rejected() || !accepted && !case.is_rejected() && !may_refuse {
            wrong.push("its name and its verdict disagree".to_owned());
        }
        if !accepted && may_refuse && !codes.contains(&folder) {
            wrong.push(format!("filed under another code than {codes:?}"));
        }
        wrong
    };
    assert_eq!(faults(wrong), [""; 0]);
}

#[test]
fn twins_exist_and_are_accepted() {
    let all = cases();
    let accepted: BTreeSet<_> = all
        .iter()
        .filter(|case| case.single().is_some_and(|(_, changes)| changes.is_empty()) && !case.is_rejected())
        .map(|case| case.id.clone())
        .collect();
    let untwinned = |case: &Case| match &case.twin {
        Some(twin) if accepted.contains(twin) => vec![],
        None if accepted.contains(&case.id) => vec![],
        twin => vec![format!("twin {twin:?}")],
    };
    assert_eq!(faults(untwinned), [""; 0]);
}

#[test]
fn every_case_mints() {
    let players = claimproof_cast::public(PROFILE).players;
    let minted = |case: &Case| {
        let forge = Forge { players: &players, now: FROZEN_NOW, run: "test", case: &case.id };
        let mut ledger = Ledger::new();
        let mut wrong = Vec::new();
        for turn in &case.script {
            let Act::Present { token, scene, changes } = &turn.act else { continue };
            match forge.mint(token, scene, changes, &ledger) {
                Ok(minted) => drop(ledger.insert(token, minted)),
                Err(error) => wrong.push(error.to_string()),
            }
        }
        wrong
    };
    assert_eq!(faults(minted), [""; 0]);
}

#[test]
fn no_two_cases_send_the_same() {
    let players = claimproof_cast::public(PROFILE).players;
    let forge = Forge { players: &players, now: FROZEN_NOW, run: "test", case: "any" };
    let mut sent = BTreeMap::new();
    let mut same = Vec::new();
    for case in cases() {
        let Some((scene, changes)) = case.single() else { continue };
        let Ok(minted) = forge.mint("t", scene, changes, &Ledger::new()) else { continue };
        let echo = case.needs.contains(&Need::Echo);
        if let Some(first) = sent.insert((echo, format!("{:?}", minted.presentation)), case.id.clone()) {
            same.push(format!("{first} and {}", case.id));
        }
    }
    assert_eq!(same, [""; 0]);
}

#[test]
fn one_change_a_case() {
    let many = |case: &Case| {
        let changes = case.single().map_or(0, |(_, changes)| changes.len());
        // Two edits are one change where a key is moved, or forged along with what the header says of it.
        let paired = ["-in-header-alone", "-in-payload-alone", "/forged-", "/and-"];
        let allowed = if paired.iter().any(|part| case.id.contains(part)) { 2 } else { 1 };
        if changes > allowed { vec![format!("{changes} changes")] } else { vec![] }
    };
    assert_eq!(faults(many), [""; 0]);
}

#[test]
fn every_testable_requirement_is_cited() {
    let cited: BTreeSet<_> = cases().iter().flat_map(|case| case.requirements.clone()).collect();
    let testable = |row: &&requirements::Requirement| {
        let seen = row.is_observable(Observable::Token) || row.is_observable(Observable::Http);
        seen && !matches!(row.kind, Kind::Context | Kind::Advice)
    };
    let uncited: Vec<_> =
        requirements::of(PROFILE).iter().filter(testable).map(|row| row.id).filter(|id| !cited.contains(id)).collect();
    assert_eq!(uncited, [""; 0]);
}
