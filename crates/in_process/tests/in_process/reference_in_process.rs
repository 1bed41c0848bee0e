//! Every case on the reference, in process, under the clock of the golden vectors.

use std::collections::BTreeMap;

use claimproof_cast::{Seed, public, seeded};
use claimproof_catalog::Profile;
use claimproof_catalog::requirements::Level;
use claimproof_in_process::InProcess;
use claimproof_suite::{CaseReport, Options, Selection, Subject, Verdict, prove, run, select};
use rstest::rstest;

async fn play(profile: Profile, subject: &InProcess, seed: Seed) -> Vec<CaseReport> {
    let selection = Selection { pairs: true, probes: Some(seed), ..Selection::default() };
    let cases = select(profile, subject.capabilities(), &selection);
    let options = Options {
        jobs: 4,
        run: "test".to_owned(),
        level: Level::Should,
        fixed: BTreeMap::new(),
        seed,
    };
    run(&cases, subject, &options, &|_| {}).await.0
}

#[rstest]
#[tokio::test]
async fn conforms(
    #[values(Profile::WorkatoDirectLink, Profile::WorkatoApi, Profile::TableauConnectedApp)]
    profile: Profile,
    #[values(0, 7)] seed: u64,
) {
    let cast = if seed == 0 { public(profile) } else { seeded(profile, Seed(seed)) };
    let subject = InProcess::new(cast).unwrap();
    prove(&subject, "test").await.unwrap();
    let reports = play(profile, &subject, Seed(seed)).await;
    let bad: Vec<_> = reports
        .iter()
        .filter(|case| !matches!(case.verdict, Verdict::Pass | Verdict::Skip))
        .map(|case| {
            format!(
                "{}: {:?} expected {}, observed {}: {}",
                case.id, case.verdict, case.expected, case.observed, case.message
            )
        })
        .collect();
    assert!(bad.is_empty(), "{}", bad.join("\n"));
    let skipped: Vec<_> = reports
        .iter()
        .filter(|case| case.verdict == Verdict::Skip)
        .map(|case| &case.message)
        .collect();
    // What needs bytes on a wire.
    let on_a_wire = |why: &str| {
        ["raw socket", "the vendor's own addresses", "connection"]
            .iter()
            .any(|one| why.contains(one))
    };
    assert!(skipped.iter().all(|why| on_a_wire(why)), "{skipped:?}");
    assert!(reports.len() > 100, "only {} cases ran", reports.len());
}
