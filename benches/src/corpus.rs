//! A few vectors of each profile for criterion: an acceptance, and refusals early and late.

use claimproof_cast::public;
use claimproof_catalog::Profile;
use claimproof_reference::AnyReference;
use claimproof_replay::{Claimed, Key, Store};
use claimproof_vectors::{FROZEN_NOW, Forge, Ledger, Presentation, cases};

/// One thing to time.
pub struct Corpus {
    /// The vector.
    pub name: String,
    /// The reference, whose store forgets, so that one token can be timed again and again.
    pub reference: AnyReference,
    /// What is presented.
    pub presentation: Presentation,
    /// The instant.
    pub now: i64,
}

struct Forgetful;

impl Store for Forgetful {
    fn claim(&self, _: &Key<'_>, _: i64, _: i64) -> Claimed {
        Claimed::First
    }
}

/// The vectors timed: an acceptance, and refusals early and late.
const fn timed(profile: Profile) -> &'static [&'static str] {
    match profile {
        Profile::WorkatoDirectLink => &[
            "accepted/team",
            "token_invalid/one-segment",
            "alg_invalid/rs512",
            "token_signature_invalid/foreign-key",
            "token_expired/40-s-old",
        ],
        Profile::WorkatoApi => {
            &["accepted/hmac-kid", "accepted/rsa-kid", "payload_too_large/4098", "payload_too_large/4096-accepted"]
        }
        Profile::TableauConnectedApp => {
            &["accepted/embed", "10103/8001-bytes", "10103/8000-bytes-accepted", "10098/none", "10094/absent"]
        }
        Profile::PositConnect => &[],
    }
}

/// The corpus of a profile.
///
/// # Panics
///
/// Where a name of the list is no single presentation any more: a benchmark must not shrink unseen.
pub fn corpus(profile: Profile) -> Vec<Corpus> {
    let cast = public(profile);
    let all = cases::of(profile);
    let one = |slug: &&str| {
        let id = format!("{profile}/{slug}");
        let case = all.iter().find(|case| case.id == id)?;
        let (scene, changes) = case.single()?;
        let forge = Forge { players: &cast.players, now: FROZEN_NOW, run: "bench", case: &id, seed: None };
        let presentation = forge.mint("t", scene, changes, &Ledger::new()).ok()?.presentation;
        let mut reference = AnyReference::of(&cast).ok()?;
        match &mut reference {
            AnyReference::WorkatoDirectLink(reference) => reference.store = Box::new(Forgetful),
            AnyReference::WorkatoApi(reference) => reference.store = Box::new(Forgetful),
            AnyReference::TableauConnectedApp(reference) => reference.store = Box::new(Forgetful),
            // A corpus is of tokens that callers mint; a Connect server has none.
            AnyReference::PositConnect(_) => return None,
        }
        Some(Corpus { name: (*slug).to_owned(), reference, presentation, now: FROZEN_NOW })
    };
    timed(profile).iter().map(|slug| one(slug).unwrap_or_else(|| panic!("{profile}/{slug} cannot be timed"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_has_an_accepted_and_a_refused_vector() {
        for profile in Profile::JWT {
            let verdicts: Vec<bool> = corpus(profile)
                .iter()
                .map(|one| claimproof_suite::decide(&one.reference, &one.presentation, one.now).is_ok())
                .collect();
            assert!(verdicts.contains(&true) && verdicts.contains(&false), "{profile}: {verdicts:?}");
        }
    }
}
