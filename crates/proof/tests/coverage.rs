//! The coverage and the snapshot see whatever is wrong, and whatever goes missing.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use claimproof_catalog::{Profile, requirements};
use claimproof_mutants::Mutant;
use claimproof_proof::Snapshot;
use claimproof_proof::coverage::{Column, coverage};
use claimproof_proof::properties::PROPERTIES;
use claimproof_vectors::{Case, Expect, cases};

static ALL: LazyLock<Vec<Case>> = LazyLock::new(cases::all);
static MUTANTS: LazyLock<Vec<Mutant>> = LazyLock::new(claimproof_mutants::all);
static SNAPSHOT: LazyLock<Snapshot> =
    LazyLock::new(|| Snapshot::parse(include_str!("../mutants.json")).unwrap());

fn faults(all: &[Case]) -> Vec<String> {
    coverage(all, &MUTANTS, &SNAPSHOT, PROPERTIES).faults
}

/// What is seen of a set of cases into which one mistake went, beside what a snapshot says of new
/// ones.
#[track_caller]
fn seen(change: impl FnOnce(&mut Vec<Case>), told: &str) {
    let mut all = ALL.clone();
    change(&mut all);
    let faults = faults(&all);
    assert!(faults.iter().any(|fault| fault.contains(told)), "`{told}` is not among {faults:?}");
}

fn find<'c>(all: &'c mut [Case], id: &str) -> &'c mut Case {
    all.iter_mut().find(|case| case.id == id).unwrap()
}

const CASE: &str = "workato-direct-link/iat_missing/absent";

#[test]
fn as_committed_nothing_is_wrong_and_no_requirement_is_unaccounted_for() {
    let coverage = coverage(&ALL, &MUTANTS, &SNAPSHOT, PROPERTIES);
    assert_eq!(coverage.faults, [""; 0]);
    let listed: Vec<_> = coverage.requirements.iter().map(|row| row.id).collect();
    assert_eq!(listed, requirements::all().map(|one| one.id).collect::<Vec<_>>());
    for row in &coverage.requirements {
        for column in [&row.vectors, &row.properties, &row.live, &row.mutants] {
            let accounted = match column {
                Column::Has(names) => !names.is_empty(),
                Column::Reason(why) => !why.is_empty(),
            };
            assert!(accounted && !row.gap, "{}", row.id);
        }
    }
}

#[test]
fn a_requirement_that_nothing_tries_is_a_hole() {
    let cites = |case: &Case| case.requirements.contains(&"WDL-ACC-18");
    assert!(ALL.iter().any(cites));
    seen(
        |all| all.retain(|case| !cites(case)),
        "WDL-ACC-18: no vector, no live case, no killed mutant, and no reason stated",
    );
}

#[test]
fn an_unknown_id_is_seen() {
    let told = "workato-direct-link/iat_missing/absent: cites NO-SUCH-ID, which is no requirement and no rule";
    seen(|all| find(all, CASE).requirements.push("NO-SUCH-ID"), told);
}

#[test]
fn a_case_that_cites_nothing_is_an_orphan() {
    seen(
        |all| find(all, CASE).requirements.clear(),
        "workato-direct-link/iat_missing/absent: an orphan, it cites nothing",
    );
}

#[test]
fn the_same_bytes_under_another_id_are_seen() {
    let twice = |all: &mut Vec<Case>| {
        let mut again = find(all, CASE).clone();
        again.id = "workato-direct-link/iat_missing/again".to_owned();
        all.push(again);
    };
    seen(
        twice,
        "workato-direct-link/iat_missing/again: the same bytes as workato-direct-link/iat_missing/absent",
    );
}

#[test]
fn the_same_script_under_another_id_is_seen() {
    let id = "workato-direct-link/jti_reused/same-token";
    let twice = |all: &mut Vec<Case>| {
        let mut again = find(all, id).clone();
        again.id = format!("{id}-again");
        all.push(again);
    };
    seen(twice, &format!("{id}-again: the same bytes as {id}"));
}

#[test]
fn labels_that_contradict_each_other_are_seen() {
    let contradict = |all: &mut Vec<Case>| {
        let mut other = find(all, CASE).clone();
        other.id = "workato-direct-link/iat_missing/accepted".to_owned();
        other.script[0].expect = Expect::ACCEPT;
        all.push(other);
    };
    let told = "workato-direct-link/iat_missing/accepted: contradicts workato-direct-link/iat_missing/absent: \
                for the same bytes `accept`, and `refuse iat_missing` there";
    seen(contradict, told);
}

#[test]
fn an_id_that_stands_twice_and_a_control_that_is_none_are_seen() {
    seen(|all| all.push(ALL[5].clone()), &format!("{}: the id stands twice", ALL[5].id));
    seen(
        |all| find(all, CASE).control = Some("no/such/case".to_owned()),
        "its control no/such/case is no accepted case",
    );
}

#[test]
fn the_loss_of_any_one_case_is_seen() {
    for lost in ALL.iter() {
        let left: Vec<Case> = ALL.iter().filter(|case| case.id != lost.id).cloned().collect();
        let told = format!("{}: was played and is no case any more", lost.id);
        assert!(
            SNAPSHOT.faults(&left, &MUTANTS).iter().any(|fault| fault.starts_with(&told)),
            "{told}"
        );
    }
}

#[test]
fn the_loss_of_a_case_is_seen_by_the_square_for_every_profile() {
    for profile in Profile::JWT {
        let of_profile: Vec<&Case> = ALL.iter().filter(|case| case.profile == profile).collect();
        for lost in of_profile.iter().step_by(of_profile.len() / 5) {
            let left: Vec<Case> = ALL.iter().filter(|case| case.id != lost.id).cloned().collect();
            assert!(faults(&left).iter().any(|fault| fault.starts_with(&lost.id)), "{}", lost.id);
        }
    }
}

#[test]
fn a_case_the_matrix_never_played_is_seen() {
    let add = |all: &mut Vec<Case>| {
        let mut other = find(all, CASE).clone();
        other.id = "workato-direct-link/iat_missing/new".to_owned();
        all.push(other);
    };
    seen(add, "workato-direct-link/iat_missing/new: not in the snapshot");
}

#[test]
fn mutants_that_survive_that_are_gone_or_that_nobody_served_are_seen() {
    let told = |snapshot: &Snapshot, mutants: &[Mutant], told: &str| {
        let faults = snapshot.faults(&ALL, mutants);
        assert!(
            faults.iter().any(|fault| fault.contains(told)),
            "`{told}` is not among {faults:?}"
        );
    };
    let name = &MUTANTS[0].name;
    let mut survivor = SNAPSHOT.clone();
    survivor.mutants.iter_mut().find(|row| row.name == *name).unwrap().killers.clear();
    told(&survivor, &MUTANTS, &format!("{name}: a survivor, or not in the snapshot"));
    let mut unserved = SNAPSHOT.clone();
    unserved.mutants.retain(|row| row.name != *name);
    told(&unserved, &MUTANTS, &format!("{name}: a survivor, or not in the snapshot"));
    told(&SNAPSHOT, &MUTANTS[1..], &format!("{name}: was served and is no mutant any more"));
    let mut strange = SNAPSHOT.clone();
    strange.mutants[0].killers.push("no/such/case".to_owned());
    told(&strange, &MUTANTS, &format!("{name}: killed by no/such/case, which was not played"));
}

#[test]
fn the_snapshot_holds_no_survivor_no_mis_blame_and_enough_of_both_sides() {
    let rows = &SNAPSHOT.mutants;
    assert!(
        rows.len() >= 150 && rows.iter().filter(|row| row.over_strict).count() >= 30,
        "{} mutants",
        rows.len()
    );
    assert!(rows.iter().all(|row| row.is_killed() && row.misblamed.is_empty()));
    assert_eq!(rows.iter().map(|row| &row.name).collect::<BTreeSet<_>>().len(), rows.len());
}
