//! What may be wrong with the cases themselves: unknown ids, orphans, duplicates, contradictions.

use std::collections::BTreeMap;

use claimproof_cast::{Players, public};
use claimproof_catalog::{Profile, requirements, rules};
use claimproof_vectors::{Act, Case, Expect, FROZEN_NOW, Forge, ForgeError, Ledger, Need};

/// Everything that is wrong; empty where all is well.
pub(crate) fn lint(all: &[Case]) -> Vec<String> {
    [twice(all), citations(all), controls(all), same(all)].concat()
}

fn twice(all: &[Case]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for case in all {
        *counts.entry(&case.id).or_default() += 1;
    }
    counts
        .into_iter()
        .filter(|(_, count)| *count > 1)
        .map(|(id, _)| format!("{id}: the id stands twice"))
        .collect()
}

fn citations(all: &[Case]) -> Vec<String> {
    let unknown = |case: &Case| {
        let strange = |id: &&&str| requirements::find(id).is_none() && rules::find(id).is_none();
        let mut faults: Vec<String> =
            case.requirements.iter().filter(strange).map(ToString::to_string).collect();
        faults.iter_mut().for_each(|id| {
            *id = format!("{}: cites {id}, which is no requirement and no rule", case.id)
        });
        if case.requirements.is_empty() {
            faults.push(format!("{}: an orphan, it cites nothing", case.id));
        }
        faults
    };
    all.iter().flat_map(unknown).collect()
}

fn controls(all: &[Case]) -> Vec<String> {
    let accepted =
        |control: &String| all.iter().any(|other| other.id == *control && !other.is_rejected());
    let alone = |case: &Case| {
        let control = case.control.as_ref().filter(|control| !accepted(control))?;
        Some(format!("{}: its control {control} is no accepted case", case.id))
    };
    all.iter().filter_map(alone).collect()
}

/// Two cases that send the same bytes are one, or contradict each other. Ids are the same for all
/// here, so that cases differ by their recipes alone.
fn same(all: &[Case]) -> Vec<String> {
    let mut seen: BTreeMap<(String, String), &Case> = BTreeMap::new();
    let mut faults = Vec::new();
    let players = Profile::ALL.map(|profile| (profile, public(profile).players));
    let players: BTreeMap<_, _> = players.into_iter().collect();
    for case in all {
        match sent(case, &players[&case.profile]) {
            Err(error) => faults.push(format!("{}: {error}", case.id)),
            Ok(sent) => {
                let first = seen.entry((case.profile.to_string(), sent)).or_insert(case);
                if first.id != case.id {
                    faults.push(told(first, case));
                }
            }
        }
    }
    faults
}

fn told(first: &Case, case: &Case) -> String {
    let label = |case: &Case| {
        case.script.iter().map(|turn| turn.expect.to_string()).collect::<Vec<_>>().join(", ")
    };
    let (one, other) = (label(first), label(case));
    if expectations(first) == expectations(case) {
        format!("{}: the same bytes as {}", case.id, first.id)
    } else {
        format!(
            "{}: contradicts {}: for the same bytes `{other}`, and `{one}` there",
            case.id, first.id
        )
    }
}

fn expectations(case: &Case) -> Vec<&Expect> {
    case.script.iter().map(|turn| &turn.expect).collect()
}

/// What a case does, as text; whether the claims are looked at too is part of it.
fn sent(case: &Case, players: &Players) -> Result<String, ForgeError> {
    let mut forge = Forge { players, now: FROZEN_NOW, run: "lint", case: "any", seed: None };
    let mut ledger = Ledger::new();
    let mut text = format!("{:?}", case.needs().contains(&Need::Echo));
    for turn in &case.script {
        text.push_str(&format!(" at {}: ", forge.now));
        match &turn.act {
            Act::Present { token, scene, changes } => {
                let minted = forge.mint(token, scene, changes, &ledger)?;
                text.push_str(&format!("{:?}", minted.presentation));
                ledger.insert(token, minted);
            }
            Act::AtOnce { token, scene, changes, times, rounds } => {
                let minted = forge.mint(token, scene, changes, &ledger)?;
                text.push_str(&format!(
                    "{times} at once, {rounds} rounds: {:?}",
                    minted.presentation
                ));
                ledger.insert(token, minted);
            }
            Act::Advance(seconds) => forge.now += seconds,
            other => text.push_str(&format!("{other:?}")),
        }
    }
    Ok(text)
}
