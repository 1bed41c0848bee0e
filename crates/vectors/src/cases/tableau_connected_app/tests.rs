//! What holds for every case of the profile.

use std::collections::{BTreeMap, BTreeSet};

use claimproof_catalog::requirements::{self, Kind, Observable};
use claimproof_catalog::{Profile, codes, readings, rules};

use super::cases;
use crate::FROZEN_NOW;
use crate::case::{Act, Case, Need};
use crate::expect::{Answer, Expect};
use crate::forge::{Forge, Ledger};

const PROFILE: Profile = Profile::TableauConnectedApp;

/// What `of` finds wrong in the cases, each with its case.
fn faults(of: impl Fn(&Case) -> Vec<String>) -> Vec<String> {
    let told = |case: &Case| of(case).into_iter().map(|fault| format!("{}: {fault}", case.id)).collect::<Vec<_>>();
    cases().iter().flat_map(told).collect()
}

/// Every code some act of the case may be refused with.
fn refusals(case: &Case) -> Vec<&str> {
    case.script.iter().flat_map(|turn| turn.expect.codes()).collect()
}

/// Whether some act of the case is refused by the reference.
fn refuses(case: &Case) -> bool {
    case.script.iter().any(|turn| !matches!(turn.expect.reference(), Answer::Accept))
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
    assert!(all.len() >= 300);
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
        let mut wrong: Vec<String> =
            refusals(case).into_iter().filter(|code| codes::find(PROFILE, code).is_none()).map(str::to_owned).collect();
        for turn in &case.script {
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
        let (folder, codes) = (case.code(), refusals(case));
        let mut wrong = Vec::new();
        let known = ["accepted", "undocumented"].contains(&folder) || codes::find(PROFILE, folder).is_some();
        if case.id.split('/').count() != 3 || !known {
            wrong.push("another layout".to_owned());
        }
        let accepted = folder == "accepted" || case.id.ends_with("-accepted");
        if accepted && case.is_rejected() || !accepted && codes.is_empty() && !refuses(case) {
            wrong.push("its name and its verdict disagree".to_owned());
        }
        if !accepted && !codes.is_empty() && !codes.contains(&folder) && folder != "undocumented" {
            wrong.push(format!("filed under another code than {codes:?}"));
        }
        wrong
    };
    assert_eq!(faults(wrong), [""; 0]);
}

#[test]
fn every_code_is_refused_three_times() {
    let mut counts: BTreeMap<&str, usize> = codes::of(PROFILE).iter().map(|code| (code.code, 0)).collect();
    let all = cases();
    for case in &all {
        let refused: BTreeSet<&str> = refusals(case).into_iter().collect();
        if let Some(count) = counts.get_mut(case.code()).filter(|_| refused.contains(case.code())) {
            *count += 1;
        }
    }
    assert_eq!(counts.len(), 25);
    let few: Vec<_> = counts.into_iter().filter(|(_, count)| *count < 3).collect();
    assert_eq!(few, [("", 0); 0]);
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
fn surfaces_named_are_needed() {
    let players = claimproof_cast::public(PROFILE).players;
    let unneeded = |case: &Case| {
        let forge = Forge { players: &players, now: FROZEN_NOW, run: "test", case: &case.id };
        let Some((scene, changes)) = case.single() else { return vec![] };
        let minted = forge.mint("t", scene, changes, &Ledger::new()).ok();
        let surface = minted.and_then(|minted| minted.presentation.surface);
        let needs: Vec<_> = case
            .needs
            .iter()
            .filter_map(|need| if let Need::Surface(place) = need { Some(*place) } else { None })
            .collect();
        if needs == Vec::from_iter(surface) { vec![] } else { vec![format!("{surface:?} but needs {needs:?}")] }
    };
    assert_eq!(faults(unneeded), [""; 0]);
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
        if let Some(first) = sent.insert(format!("{:?}", minted.presentation), case.id.clone()) {
            same.push(format!("{first} and {}", case.id));
        }
    }
    assert_eq!(same, [""; 0]);
}

#[test]
fn one_change_a_case() {
    let many = |case: &Case| {
        let changes = case.single().map_or(0, |(_, changes)| changes.len());
        // Two edits are one change where a member is moved, or forged along with the signature.
        let paired = ["in-header-alone", "in-payload-alone", "/forged-"];
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
        seen && matches!(row.kind, Kind::Stated | Kind::Derived)
    };
    let uncited: Vec<_> =
        requirements::of(PROFILE).iter().filter(testable).map(|row| row.id).filter(|id| !cited.contains(id)).collect();
    assert_eq!(uncited, [""; 0]);
}
