//! What holds for every case of every profile.

use std::collections::{BTreeMap, BTreeSet};

use claimproof_cast::{Player, SigningKey};
use claimproof_catalog::requirements::{self, Kind, Observable};
use claimproof_catalog::{CodeKind, Profile, codes, readings, rules};

use super::of;
use crate::FROZEN_NOW;
use crate::case::{Act, Case, Need};
use crate::expect::Expect;
use crate::forge::{Forge, ForgeError, Ledger};

/// What `wrong` finds in the cases of all profiles, each with its case.
fn faults(wrong: impl Fn(&Case) -> Vec<String>) -> Vec<String> {
    let told = |case: &Case| {
        wrong(case).into_iter().map(|fault| format!("{}: {fault}", case.id)).collect::<Vec<_>>()
    };
    Profile::JWT.into_iter().flat_map(of).flat_map(told).collect()
}

#[test]
fn ids_and_titles_are_unique() {
    for profile in Profile::JWT {
        let (mut ids, mut titles, mut twice) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
        for case in of(profile) {
            if !ids.insert(case.id.clone()) || !titles.insert(case.title.clone()) {
                twice.push(format!("{}: {}", case.id, case.title));
            }
        }
        assert_eq!(twice, [""; 0]);
    }
}

#[test]
fn what_is_cited_exists() {
    let known = |id: &&'static str| requirements::find(id).is_some() || rules::find(id).is_some();
    let unknown = |case: &Case| {
        case.requirements.iter().filter(|id| !known(id)).map(ToString::to_string).collect()
    };
    assert_eq!(faults(unknown), [""; 0]);
    assert_eq!(
        faults(|case| if case.requirements.is_empty() {
            vec!["cites nothing".to_owned()]
        } else {
            vec![]
        }),
        [""; 0]
    );
}

#[test]
fn codes_and_readings_exist() {
    let wrong = |case: &Case| {
        let mut wrong = Vec::new();
        for turn in &case.script {
            let unknown = turn
                .expect
                .codes()
                .into_iter()
                .filter(|code| codes::find(case.profile, code).is_none());
            wrong.extend(unknown.map(str::to_owned));
            let Expect::Open { question: id, answers } = &turn.expect else { continue };
            let family = readings::find(id);
            let names: Vec<_> = family
                .map(|one| one.readings.iter().map(|one| one.name).collect())
                .unwrap_or_default();
            let strange = answers.iter().find(|(name, _)| !names.contains(name));
            let first = answers.first().map(|(name, _)| *name) == names.first().copied();
            if strange.is_some() || !first {
                wrong.push(format!("{id} has the readings {names:?}, the case {answers:?}"));
            }
        }
        wrong
    };
    assert_eq!(faults(wrong), [""; 0]);
}

#[test]
fn controls_exist_and_are_accepted() {
    let plain = |case: &Case| {
        case.single().is_some_and(|(_, changes)| changes.is_empty()) && !case.is_rejected()
    };
    let accepted: BTreeSet<_> = Profile::JWT
        .into_iter()
        .flat_map(of)
        .filter(|case| plain(case))
        .map(|case| &case.id)
        .collect();
    let uncontrolled = |case: &Case| match &case.control {
        Some(control) if accepted.contains(control) => vec![],
        None if accepted.contains(&case.id)
            || case.script.iter().all(|turn| matches!(turn.act, Act::Raw(_))) =>
        {
            vec![]
        }
        control => vec![format!("control {control:?}")],
    };
    assert_eq!(faults(uncontrolled), [""; 0]);
}

#[test]
fn every_case_mints() {
    let minted = |case: &Case| {
        let players = claimproof_cast::public(case.profile).players;
        let forge =
            Forge { players: &players, now: FROZEN_NOW, run: "test", case: &case.id, seed: None };
        let mut ledger = Ledger::new();
        let mut wrong = Vec::new();
        for turn in &case.script {
            let (Act::Present { token, scene, changes }
            | Act::AtOnce { token, scene, changes, .. }) = &turn.act
            else {
                continue;
            };
            match forge.mint(token, scene, changes, &ledger) {
                Ok(minted) => drop(ledger.insert(token, minted)),
                Err(error) => wrong.push(error.to_string()),
            }
        }
        wrong
    };
    assert_eq!(faults(minted), [""; 0]);
}

/// Ids and secrets are a target's own: empty, without letters, outside ASCII. What a change cannot alter is
/// told, and nothing panics.
#[test]
fn odd_ids_and_secrets_mint_or_change_nothing() {
    for (id, secret) in [("", "7"), ("7", ""), ("\u{e9}", "\u{5bc6}"), ("\u{1f512}x", "x")] {
        let minted = |case: &Case| {
            let mut players = claimproof_cast::public(case.profile).players;
            let roles: Vec<(String, Option<SigningKey>)> = players
                .iter()
                .map(|(role, player)| (role.to_owned(), player.key.clone()))
                .collect();
            for (role, key) in roles {
                let key = key.map(|key| match key {
                    SigningKey::Secret(_) => SigningKey::Secret(secret.to_owned().into()),
                    rsa @ SigningKey::Rsa { .. } => rsa,
                });
                players.cast(&role, Player { id: id.to_owned(), key });
            }
            let forge = Forge {
                players: &players,
                now: FROZEN_NOW,
                run: "test",
                case: &case.id,
                seed: None,
            };
            let Some((scene, changes)) = case.single() else { return vec![] };
            match forge.mint("t", scene, changes, &Ledger::new()) {
                // Not every length of a token can be had with every id.
                Ok(_) | Err(ForgeError::Unchanged | ForgeError::Pad(_)) => vec![],
                Err(error) => vec![error.to_string()],
            }
        };
        assert_eq!(faults(minted), [""; 0]);
    }
}

/// The rules no case cites, each with the reason.
const WITHOUT_A_CASE: [(&str, &str); 1] =
    [("RFC8725-3.11", "it advises to refuse other kinds of token; either answer conforms")];

#[test]
fn every_rule_is_cited_or_says_why_not() {
    let cited: BTreeSet<_> =
        Profile::ALL.into_iter().flat_map(of).flat_map(|case| case.requirements.clone()).collect();
    let own = rules::all().filter(|rule| rule.profile.is_none());
    let uncited: Vec<_> = own.map(|rule| rule.id).filter(|id| !cited.contains(id)).collect();
    assert_eq!(uncited, WITHOUT_A_CASE.map(|(id, _)| id));
}

#[test]
fn no_two_cases_send_the_same() {
    for profile in Profile::JWT {
        let players = claimproof_cast::public(profile).players;
        let forge =
            Forge { players: &players, now: FROZEN_NOW, run: "test", case: "any", seed: None };
        let mut sent = BTreeMap::new();
        let mut same = Vec::new();
        for case in of(profile) {
            let Some((scene, changes)) = case.single() else { continue };
            let Ok(minted) = forge.mint("t", scene, changes, &Ledger::new()) else { continue };
            let echo = case.needs().contains(&Need::Echo);
            if let Some(first) =
                sent.insert((echo, format!("{:?}", minted.presentation)), case.id.clone())
            {
                same.push(format!("{first} and {}", case.id));
            }
        }
        assert_eq!(same, [""; 0]);
    }
}

#[test]
fn every_testable_requirement_is_cited() {
    let cited: BTreeSet<_> =
        Profile::JWT.into_iter().flat_map(of).flat_map(|case| case.requirements.clone()).collect();
    let testable = |row: &&requirements::Requirement| {
        let seen = row.is_observable(Observable::Token) || row.is_observable(Observable::Http);
        // What says the same as another row is covered where that one is cited.
        seen && row.same_as.is_empty()
            && matches!(row.kind, Kind::Stated | Kind::Implied | Kind::Derived)
    };
    let all = Profile::JWT.into_iter().flat_map(requirements::of);
    let uncited: Vec<_> =
        all.filter(testable).map(|row| row.id).filter(|id| !cited.contains(id)).collect();
    assert_eq!(uncited, [""; 0]);
}

/// A browser's own text is no answer of a server.
#[test]
fn every_code_has_three_vectors_and_there_are_enough() {
    let all: Vec<Case> = Profile::JWT.into_iter().flat_map(of).cloned().collect();
    assert!(all.len() >= 350, "{} vectors", all.len());
    for row in Profile::JWT
        .into_iter()
        .flat_map(codes::of)
        .filter(|code| code.as_str() != "refused-to-connect")
    {
        let of_code = all.iter().filter(|case| case.profile == row.profile);
        let allows = |case: &&Case| {
            case.code() == row.as_str()
                || case.script.iter().any(|turn| turn.expect.codes().contains(&row.as_str()))
        };
        let count = of_code.filter(allows).count();
        let wanted = if row.kind == CodeKind::Symptom { 2 } else { 3 };
        assert!(count >= wanted, "{} {}: {count} vectors", row.profile, row.as_str());
    }
}

/// A name of ours in the words of an act is no word of the field: `Hs256`, `Some(..)`, `Basic`.
#[test]
fn acts_are_told_in_words() {
    let ours = |text: &str| {
        let plain: String = text.split(['`', '"']).step_by(2).collect();
        let named = plain
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| matches!(word, "Some" | "None" | "Hs256" | "Rs256"));
        named || plain.contains(" { ")
    };
    let mut told = BTreeSet::new();
    for case in Profile::ALL.into_iter().flat_map(of) {
        told.extend(case.script.iter().map(|turn| turn.act.describe()));
    }
    assert!(told.len() > 1000, "{}", told.len());
    let wrong: Vec<_> = told.iter().filter(|text| ours(text)).take(5).collect();
    assert_eq!(wrong, [""; 0]);
}
