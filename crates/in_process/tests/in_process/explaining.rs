//! What is wrong with a presentation, all of it, in every profile alike.

use claimproof_cast::public;
use claimproof_catalog::Profile;
use claimproof_in_process::explain;
use claimproof_vectors::{FROZEN_NOW, Presentation};

use super::make::reference;

/// The steps that refuse a token that is none, each with what it cites, its code and words.
fn wrong(profile: Profile) -> Vec<(&'static str, String)> {
    let presentation = Presentation { token: Some("a.b.c".to_owned()), ..Presentation::default() };
    let all = explain(&*reference(&public(profile)), &presentation, FROZEN_NOW);
    assert!(all.iter().all(|one| !one.cites.is_empty()), "{all:?}");
    all.into_iter().map(|one| (one.step, one.words)).collect()
}

#[test]
fn a_token_that_is_none_is_explained_in_every_profile() {
    for profile in Profile::ALL {
        let all = wrong(profile);
        let read = all.iter().find(|(step, _)| step.ends_with("_readable")).unwrap();
        assert!(!read.1.is_empty() && all.iter().all(|(_, words)| !words.is_empty()), "{all:?}");
    }
}

#[test]
fn an_exchange_lacks_its_caller_too() {
    let all = wrong(Profile::PositConnect);
    let steps: Vec<_> = all.iter().map(|(step, _)| *step).collect();
    assert_eq!(steps, ["caller_proven", "subject_readable", "session_exists"]);
    assert_eq!(all[1].1, "Invalid subject_token");
}
