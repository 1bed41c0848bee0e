//! The reference obeys the order of the documents: every fault alone, all pairs, and many at once.

use std::collections::BTreeMap;

use claimproof_cast::{Cast, public};
use claimproof_catalog::Profile;
use claimproof_in_process::{Judged, RefusedBy, decide, explain};
use claimproof_reference::Steps;
use claimproof_vectors::precedence::{Fault, Order, Stage, faults, pairs, scene};
use claimproof_vectors::{Act, Case, Change, FROZEN_NOW, Forge, Ledger, Presentation, Scene};
use proptest::prelude::*;
use rstest::rstest;

use super::make::reference;

/// A profile's reference and cast.
struct World {
    profile: Profile,
    cast: Cast,
    reference: Box<dyn Judged>,
}

impl World {
    fn of(profile: Profile) -> Self {
        let cast = public(profile);
        let reference = reference(&cast);
        Self { profile, cast, reference }
    }

    /// Under a name of its own, so that no id is used twice.
    fn mint(&self, case: &str, scene: &Scene, changes: &[Change]) -> Presentation {
        let forge = Forge {
            players: &self.cast.players,
            now: FROZEN_NOW,
            run: "precedence",
            case,
            seed: None,
        };
        forge.mint("t", scene, changes, &Ledger::new()).unwrap().presentation
    }

    /// Place of a step in the list; the store is asked last.
    fn place(&self, step: &str) -> usize {
        self.steps().iter().position(|own| *own == step).unwrap_or(usize::MAX)
    }

    fn steps(&self) -> Vec<&'static str> {
        let names = self.reference.lists().into_iter().flat_map(Steps::names);
        names.map(|(name, _)| name).collect()
    }

    /// What the last act of a pair's case is answered with, its first one having been accepted.
    fn play(&self, case: &Case) -> (Presentation, Result<(), RefusedBy>) {
        let forge = Forge {
            players: &self.cast.players,
            now: FROZEN_NOW,
            run: "precedence",
            case: &case.id,
            seed: None,
        };
        let mut ledger = Ledger::new();
        let mut last = None;
        for turn in &case.script {
            let Act::Present { token, scene, changes } = &turn.act else {
                panic!("{}: another act", case.id)
            };
            let minted = forge.mint(token, scene, changes, &ledger).unwrap();
            let decision = decide(&*self.reference, &minted.presentation, FROZEN_NOW);
            last = Some((minted.presentation.clone(), decision));
            ledger.insert(token, minted);
        }
        last.unwrap()
    }

    /// The step that answers each fault alone.
    fn alone(&self) -> BTreeMap<&'static str, &'static str> {
        let mut steps = BTreeMap::new();
        for fault in faults(self.profile).iter().filter(|fault| fault.stage != Stage::Replay) {
            let scene = scene(self.profile, &[fault]).unwrap();
            let accepted = self.mint(&format!("without {}", fault.name), &scene, &[]);
            assert_eq!(decide(&*self.reference, &accepted, FROZEN_NOW), Ok(()), "{}", scene.name);
            let refused = self.mint(fault.name, &scene, &fault.changes);
            let decision = decide(&*self.reference, &refused, FROZEN_NOW).expect_err(fault.name);
            let fits = fault.codes.is_empty()
                || decision.code.is_some_and(|code| fault.codes.contains(&code.as_str()));
            assert!(fits, "{}: {decision:?}, not {:?}", fault.name, fault.codes);
            steps.insert(fault.name, decision.step);
        }
        steps.insert("jti-used", "replay");
        steps
    }
}

#[rstest]
#[case(Profile::WorkatoDirectLink)]
#[case(Profile::WorkatoApi)]
#[case(Profile::TableauConnectedApp)]
fn every_step_has_a_fault(#[case] profile: Profile) {
    let world = World::of(profile);
    let alone: Vec<_> = world.alone().into_values().collect();
    let missing: Vec<_> = world.steps().into_iter().filter(|step| !alone.contains(step)).collect();
    assert_eq!(missing, [""; 0], "a step of this name has no fault in `vectors`");
}

/// A step that has nothing to look at once another has spoken, though no document orders the two.
const SILENCED: &[(&str, &str)] = &[];

#[rstest]
#[case(Profile::WorkatoDirectLink, 300)]
#[case(Profile::WorkatoApi, 40)]
#[case(Profile::TableauConnectedApp, 300)]
fn the_earlier_of_two_faults_answers(#[case] profile: Profile, #[case] at_least: usize) {
    let world = World::of(profile);
    let alone = world.alone();
    let pairs = pairs(profile);
    assert!(pairs.len() >= at_least, "{} pairs", pairs.len());
    for pair in &pairs {
        let (case, steps) = (pair.case(), [alone[pair.first.name], alone[pair.second.name]]);
        let (presentation, decision) = world.play(&case);
        let decision = decision.expect_err(&case.id);
        let fits = match case.verdict().codes().as_slice() {
            [] => true,
            codes => decision.code.is_some_and(|code| codes.contains(&code.as_str())),
        };
        assert!(fits, "{}: {decision:?}, not {}", case.id, case.verdict());
        let listed: Vec<_> = explain(&*world.reference, &presentation, FROZEN_NOW)
            .iter()
            .map(|one| one.step)
            .collect();
        assert!(
            listed.is_sorted_by_key(|step| world.place(step)),
            "{}: out of order {listed:?}",
            case.id
        );
        let silenced =
            |step| pair.order == Order::Forced || SILENCED.contains(&(profile.name(), step));
        let visible = steps
            .into_iter()
            .filter(|step| *step == "replay" || listed.contains(step) || !silenced(*step));
        let earliest = visible.min_by_key(|step| world.place(step)).unwrap();
        assert_eq!(decision.step, earliest, "{}: {listed:?}", case.id);
    }
}

proptest! {
    #[test]
    fn the_earliest_of_many_faults_answers(
        profile in prop::sample::select(&Profile::JWT[..]),
        picks in prop::collection::vec(any::<prop::sample::Index>(), 3..9),
    ) {
        let world = World::of(profile);
        let (alone, faults) = (world.alone(), faults(profile));
        let mut chosen: Vec<&Fault> = Vec::new();
        for pick in picks {
            let fault = &faults[pick.index(faults.len())];
            if fault.stage != Stage::Replay && chosen.iter().all(|own| own.is_apart_from(fault)) {
                chosen.push(fault);
            }
        }
        prop_assume!(!chosen.is_empty());
        // The order of the table, so that a signature is broken after an algorithm is named.
        chosen.sort_by_key(|fault| faults.iter().position(|own| own.name == fault.name));
        let changes: Vec<Change> = chosen.iter().flat_map(|fault| fault.changes.clone()).collect();
        let presentation = world.mint("many", &scene(profile, &chosen).unwrap(), &changes);
        let decision = decide(&*world.reference, &presentation, FROZEN_NOW).unwrap_err();
        let listed: Vec<_> = explain(&*world.reference, &presentation, FROZEN_NOW).iter().map(|one| one.step).collect();
        let visible = chosen.iter().map(|fault| alone[fault.name]).filter(|step| listed.contains(step));
        let earliest = visible.min_by_key(|step| world.place(step)).unwrap();
        prop_assert_eq!(decision.step, earliest, "{:?}", listed);
    }
}
