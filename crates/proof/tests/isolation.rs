//! Every rejected vector proves itself, and every step of every pipeline has been seen red.

use claimproof_catalog::Profile;
use claimproof_proof::isolation::{noticed, unproven, unproven_pairs};
use rstest::rstest;

#[rstest]
fn every_rejected_vector_is_isolated(
    #[values(Profile::WorkatoDirectLink, Profile::WorkatoApi, Profile::TableauConnectedApp)]
    profile: Profile,
) {
    let faults = unproven(profile, 0).unwrap();
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[rstest]
fn both_faults_of_every_pair_are_there_and_the_first_is_answered(
    #[values(Profile::WorkatoDirectLink, Profile::WorkatoApi, Profile::TableauConnectedApp)]
    profile: Profile,
) {
    let faults = unproven_pairs(profile, 0).unwrap();
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[rstest]
#[case(Profile::WorkatoDirectLink, 30)]
#[case(Profile::WorkatoApi, 10)]
#[case(Profile::TableauConnectedApp, 30)]
fn the_loss_of_every_step_is_noticed(#[case] profile: Profile, #[case] at_least: usize) {
    let noticed = noticed(profile, 0).unwrap();
    for (step, case) in &noticed.by {
        println!("{profile}: without {step}, {case} is answered otherwise");
    }
    assert_eq!(noticed.unnoticed, [""; 0], "nobody notices these");
    assert!(noticed.by.len() >= at_least);
}
