//! What criterion times of each profile: the accepted scenes, and for each step a vector it refuses.

use std::collections::BTreeSet;

use claimproof_cast::{Cast, public};
use claimproof_catalog::Profile;
use claimproof_in_process::{Judged, decide};
use claimproof_replay::{Redeemed, Store, UsedId};
use claimproof_vectors::{Case, FROZEN_NOW, Forge, Ledger, Presentation, cases};

/// One thing to time.
pub struct Corpus {
    /// The step that refuses, or `accepted`, and the vector.
    pub name: String,
    /// The reference, whose store forgets, so that one token can be timed again and again.
    pub reference: Box<dyn Judged>,
    /// What is presented.
    pub presentation: Presentation,
    /// The instant.
    pub now: i64,
}

struct Forgetful;

impl Store for Forgetful {
    fn redeem(&self, _: &UsedId<'_>, _: i64, _: i64) -> Redeemed {
        Redeemed::First
    }
}

/// The corpus of a profile whose callers mint tokens; a Connect server has none.
pub fn corpus(profile: Profile) -> Vec<Corpus> {
    let cast = public(profile);
    let (mut corpus, mut stages) = (Vec::new(), BTreeSet::new());
    for case in cases::of(profile) {
        let (Some(reference), Some(presentation)) = (forgetful(&cast), mint(&cast, case)) else {
            continue;
        };
        let stage = decide(&*reference, &presentation, FROZEN_NOW)
            .map_or_else(|refused| refused.step, |()| "accepted");
        let slug = case.id.trim_start_matches(profile.name());
        // Of the accepted cases the scenes; of each step's the first.
        let is_timed =
            if stage == "accepted" { slug.starts_with("/accepted/") } else { stages.insert(stage) };
        if is_timed {
            corpus.push(Corpus {
                name: format!("{stage}{slug}"),
                reference,
                presentation,
                now: FROZEN_NOW,
            });
        }
    }
    corpus
}

fn forgetful(cast: &Cast) -> Option<Box<dyn Judged>> {
    let mut reference = claimproof_in_process::reference(cast).ok()?;
    *reference.store()? = Box::new(Forgetful);
    Some(reference)
}

fn mint(cast: &Cast, case: &Case) -> Option<Presentation> {
    let (scene, changes) = case.single()?;
    let forge =
        Forge { players: &cast.players, now: FROZEN_NOW, run: "bench", case: &case.id, seed: None };
    Some(forge.mint("t", scene, changes, &Ledger::new()).ok()?.presentation)
}

#[cfg(test)]
mod tests {
    use claimproof_verifier::Rules;
    use claimproof_verifier::tableau_connected_app::TableauConnectedApp;
    use claimproof_verifier::workato_api::WorkatoApi;
    use claimproof_verifier::workato_direct_link::WorkatoDirectLink;

    use super::*;

    /// A benchmark must not shrink unseen.
    fn has_every_step<R: Rules>() {
        let corpus = corpus(R::PROFILE);
        let has = |stage: &str| corpus.iter().any(|one| one.name.starts_with(&format!("{stage}/")));
        let missing: Vec<&str> =
            R::STEPS.iter().map(|step| step.name).filter(|step| !has(step)).collect();
        assert!(missing.is_empty() && has("accepted"), "{}: nothing for {missing:?}", R::PROFILE);
    }

    #[test]
    fn every_step_of_every_list_has_a_vector() {
        has_every_step::<WorkatoDirectLink>();
        has_every_step::<WorkatoApi>();
        has_every_step::<TableauConnectedApp>();
    }
}
