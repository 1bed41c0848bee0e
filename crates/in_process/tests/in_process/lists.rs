//! A profile's list is written once and runs in two ways: as code, and step by step where it was edited.

use claimproof_cast::public;
use claimproof_catalog::Profile;
use claimproof_in_process::{Judged, decide};
use claimproof_vectors::{FROZEN_NOW, Forge, Ledger, cases};
use rstest::rstest;

use super::make::reference;

/// Edited, and not changed.
fn step_by_step(mut reference: Box<dyn Judged>) -> Box<dyn Judged> {
    reference.lists_mut().into_iter().for_each(|list| list.leave_out(&[]));
    reference
}

#[rstest]
fn both_ways_answer_alike_to_every_vector(
    #[values(Profile::WorkatoDirectLink, Profile::WorkatoApi, Profile::TableauConnectedApp)]
    profile: Profile,
) {
    let cast = public(profile);
    let (mut accepted, mut refused) = (0, 0);
    for case in cases::of(profile) {
        let Some((scene, changes)) = case.single() else { continue };
        let forge = Forge {
            players: &cast.players,
            now: FROZEN_NOW,
            run: "lists",
            case: &case.id,
            seed: None,
        };
        let Ok(minted) = forge.mint("t", scene, changes, &Ledger::new()) else { continue };
        let reference = || reference(&cast);
        let [code, steps] = [reference(), step_by_step(reference())];
        let [code, steps] =
            [code, steps].map(|own| decide(&*own, &minted.presentation, FROZEN_NOW));
        assert_eq!(code, steps, "{}", case.id);
        *if code.is_ok() { &mut accepted } else { &mut refused } += 1;
    }
    assert!(accepted > 20 && refused > 60, "{accepted} accepted, {refused} refused");
}
