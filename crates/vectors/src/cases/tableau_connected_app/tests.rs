//! What holds for every case of the profile.

use std::collections::{BTreeMap, BTreeSet};

use claimproof_catalog::{Profile, codes};

use super::cases;
use crate::FROZEN_NOW;
use crate::case::{Case, Need};
use crate::forge::{Forge, Ledger};

const PROFILE: Profile = Profile::TableauConnectedApp;

/// What `of` finds wrong in the cases, each with its case.
fn faults(of: impl Fn(&Case) -> Vec<String>) -> Vec<String> {
    let told = |case: &Case| {
        of(case).into_iter().map(|fault| format!("{}: {fault}", case.id)).collect::<Vec<_>>()
    };
    cases().iter().flat_map(told).collect()
}

/// Every code some act of the case may be refused with.
fn refusals(case: &Case) -> Vec<&str> {
    case.script.iter().flat_map(|turn| turn.expect.codes()).collect()
}

/// Whether some act of the case is refused by the reference.
fn refuses(case: &Case) -> bool {
    case.script.iter().any(|turn| turn.expect.reference().is_some())
}

#[test]
fn ids_follow_the_code() {
    let wrong = |case: &Case| {
        let (folder, codes) = (case.code(), refusals(case));
        let mut wrong = Vec::new();
        let known = ["accepted", "answers", "undocumented"].contains(&folder)
            || codes::find(PROFILE, folder).is_some();
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
    let mut counts: BTreeMap<&str, usize> =
        codes::of(PROFILE).iter().map(|code| (code.as_str(), 0)).collect();
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
fn surfaces_named_are_needed() {
    let players = claimproof_cast::public(PROFILE).players;
    let unneeded = |case: &Case| {
        let forge =
            Forge { players: &players, now: FROZEN_NOW, run: "test", case: &case.id, seed: None };
        let Some((scene, changes)) = case.single() else { return vec![] };
        let minted = forge.mint("t", scene, changes, &Ledger::new()).ok();
        let surface = minted.and_then(|minted| minted.presentation.surface);
        let needs: Vec<_> = case
            .needs()
            .into_iter()
            .filter_map(|need| if let Need::Surface(place) = need { Some(place) } else { None })
            .collect();
        if needs == Vec::from_iter(surface) {
            vec![]
        } else {
            vec![format!("{surface:?} but needs {needs:?}")]
        }
    };
    assert_eq!(faults(unneeded), [""; 0]);
}

#[test]
fn one_change_a_case() {
    let many = |case: &Case| {
        let changes = case.single().map_or(0, |(_, changes)| changes.len());
        // Two edits are one change where a member is moved, or forged along with the signature, and where nobody's name
        // shows what a claim asks for.
        let paired = ["in-header-alone", "in-payload-alone", "/forged-", "/5/on-demand-"];
        // A member in another place, a claim about the payload's form, and a key brought along take one more.
        let three = ["/variant-", "/unencoded-", "/forged-"];
        let has = |parts: &[&str]| parts.iter().any(|part| case.id.contains(part));
        let allowed = if has(&three) { 3 } else { 1 + usize::from(has(&paired)) };
        if changes > allowed { vec![format!("{changes} changes")] } else { vec![] }
    };
    assert_eq!(faults(many), [""; 0]);
}
