//! What the acceptance proof makes of subjects that deviate: graded where it can be, by name.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use claimproof_cast::Seed;
use claimproof_catalog::Profile;
use claimproof_catalog::requirements::Level;
use claimproof_suite::{
    Observation, Options, Outcome, Proof, Selection, Subject, Verdict, controls, prove, run,
    select, without_good_controls,
};
use claimproof_vectors::Presentation;

use super::make::{Twisted, accepted, refused};

const API: Profile = Profile::WorkatoApi;
const LINK: Profile = Profile::WorkatoDirectLink;

async fn proof<F>(profile: Profile, twist: F) -> Result<Proof, String>
where
    F: Fn(&Presentation, Observation) -> Observation + Sync,
{
    prove(&Twisted::new(profile, twist), "test").await.map_err(|error| error.to_string())
}

fn told(proof: &Proof) -> Vec<String> {
    proof.findings.iter().map(ToString::to_string).collect()
}

fn has_token(presentation: &Presentation) -> bool {
    presentation.token.is_some()
}

#[tokio::test]
async fn the_reference_has_no_findings_in_any_profile() {
    for profile in Profile::JWT {
        let proof = proof(profile, |_, seen| seen).await.unwrap();
        assert_eq!(proof.findings, []);
        assert!(proof.accepted.id.contains("/accepted/"));
    }
}

#[tokio::test]
async fn a_subject_that_checks_no_signature_is_graded_and_that_is_what_is_told_first() {
    for profile in Profile::JWT {
        let proof = proof(profile, |sent, seen| if has_token(sent) { accepted() } else { seen })
            .await
            .unwrap();
        let told = told(&proof);
        assert!(
            told[0].starts_with("the signature is not checked: ") && told.len() == 1,
            "{told:?}"
        );
    }
}

#[tokio::test]
async fn a_subject_that_asks_for_no_token_is_graded_and_told() {
    let proof = proof(API, |_, _| accepted()).await.unwrap();
    let told = told(&proof);
    assert!(
        told[0]
            .starts_with("the request without a token is accepted: this path asks for none, or "),
        "{told:?}"
    );
    assert_eq!(told.len(), 1);
}

/// Whatever the server has against the plainest account, it is graded by the next one.
#[tokio::test]
async fn a_plain_scene_that_is_refused_is_told_and_the_next_one_grades() {
    let hmac = |sent: &Presentation| {
        let token = sent.token.as_deref().unwrap_or_default();
        token.split('.').next_back().is_some_and(|signature| signature.len() == 43)
    };
    let twist = |sent: &Presentation, seen: Observation| {
        if hmac(sent) { refused("access_refused") } else { seen }
    };
    let found = proof(API, twist).await.unwrap();
    assert_eq!(found.accepted.id, "workato-api/accepted/rsa-kid");
    let due = "workato-api/accepted/hmac-kid is not accepted: refuse access_refused; the run grades by \
               workato-api/accepted/rsa-kid, which is";
    assert_eq!(told(&found), [due]);
    // In the run that account fails once for each scene, and what else is refused there says
    // nothing.
    let target = Twisted::new(API, twist);
    let (reports, _) = target.play(Selection::default(), Seed(0)).await;
    let failing: Vec<_> =
        reports.iter().filter(|case| case.verdict == Verdict::Fail).map(|case| &*case.id).collect();
    assert!(
        failing.contains(&"workato-api/accepted/hmac-kid") && failing.len() < 12,
        "{failing:?}"
    );
    let skipped = reports
        .iter()
        .filter(|case| case.message.starts_with("its control workato-api/accepted/hmac-"))
        .count();
    assert!(skipped > 300, "{skipped}");
    let passed = reports.iter().filter(|case| case.verdict == Verdict::Pass).count();
    assert!(passed > 50, "{passed}");
}

/// The control is asked for where it was not selected, and told of where it is refused.
#[tokio::test]
async fn a_control_that_was_not_selected_is_played_all_the_same() {
    let options = Options {
        jobs: 2,
        run: "test".to_owned(),
        level: Level::Must,
        fixed: BTreeMap::new(),
        seed: Seed(0),
    };
    let filters = vec!["workato-direct-link/iat_missing/absent".to_owned()];
    for good in [true, false] {
        let target = Twisted::new(LINK, |_, seen| if good { seen } else { refused("iat_missing") });
        let selection = Selection { filters: filters.clone(), exact: true, ..Selection::default() };
        let selected = select(LINK, target.capabilities(), &selection);
        let more = controls(&selected, &target);
        assert_eq!(
            more.iter().map(|case| case.id.as_str()).collect::<Vec<_>>(),
            ["workato-direct-link/accepted/team"]
        );
        let (mut reports, _) =
            run(&[selected.as_slice(), &more].concat(), &target, &options, &|_| {}).await;
        without_good_controls(&mut reports, &selected);
        let count = |verdict| reports.iter().filter(|case| case.verdict == verdict).count();
        let due = if good { (selected.len(), 0, 0) } else { (0, selected.len(), 1) };
        assert_eq!((count(Verdict::Pass), count(Verdict::Skip), count(Verdict::Fail)), due);
    }
}

/// A bad token that is let in is a deviation whatever became of the good one.
#[tokio::test]
async fn what_is_accepted_beside_a_refused_control_fails() {
    let upside_down = Twisted::new(API, |sent, _| {
        let good = sent.token.as_deref().is_some_and(|token| token.split('.').count() == 3);
        if good { refused("access_refused") } else { accepted() }
    });
    let selection = Selection {
        filters: vec!["access_refused/four-segments".to_owned()],
        ..Selection::default()
    };
    let (reports, _) = upside_down.play(selection, Seed(0)).await;
    assert_eq!(reports[0].verdict, Verdict::Fail, "{reports:?}");
}

#[tokio::test]
async fn fresh_tokens_that_are_refused_after_the_first_are_a_finding() {
    let good = AtomicUsize::new(0);
    let found = proof(API, |_, seen| {
        let again = seen.outcome == Outcome::Accepted && good.fetch_add(1, Ordering::SeqCst) > 0;
        if again { refused("access_refused") } else { seen }
    })
    .await
    .unwrap();
    let due = "workato-api/accepted/hmac-kid is accepted at first, and a fresh token of it later is not: refuse access_refused";
    assert_eq!(told(&found), [due]);
}

#[tokio::test]
async fn answers_by_chance_are_no_verdict() {
    let asked = AtomicUsize::new(0);
    // Neither every second nor every third one, so that no kind of token is treated alike.
    let pattern = [true, false, false, true, true, true, false, true, false, false];
    let turn = |_: &Presentation, _| {
        if pattern[asked.fetch_add(1, Ordering::SeqCst) % pattern.len()] {
            accepted()
        } else {
            refused("x")
        }
    };
    let told = proof(API, turn).await.unwrap_err();
    assert!(
        told.starts_with("tokens that differ in nothing that counts are answered differently"),
        "{told}"
    );
    assert!(told.contains("workato-api/accepted/hmac-kid, played by profile.hmac `"), "{told}");
    assert!(told.contains("good: ") && told.contains(", then "), "{told}");
}

#[tokio::test]
async fn where_no_plain_token_is_accepted_each_is_told_with_its_account() {
    let told = proof(API, |_, _| refused("access_refused")).await.unwrap_err();
    assert!(told.contains("none of the "), "{told}");
    for part in [
        "A wrong id or key in the target file looks the same",
        "accepted/hmac-kid, played by profile.hmac `",
        "accepted/rsa-kid, played by profile.rsa `",
        "nor is one of them with or without typ",
    ] {
        assert!(told.contains(part), "`{part}` is missing in {told}");
    }
}

/// Some servers ask for more than the document does: then its plain tokens fail, and the rest is
/// graded.
#[tokio::test]
async fn a_subject_that_insists_on_exp_is_graded_with_it() {
    let twist = |sent: &Presentation, seen: Observation| {
        let claims = super::make::claims(sent);
        let lacks = seen.outcome == Outcome::Accepted && !claims.iter().any(|name| name == "exp");
        if lacks { refused("access_refused") } else { seen }
    };
    let found = proof(API, twist).await.unwrap();
    assert_eq!(told(&found).len(), 1);
    assert!(
        told(&found)[0].contains("by workato-api/accepted/hmac-kid with exp, which is"),
        "{:?}",
        told(&found)
    );
}

/// The same wrong answer twice is no pass, and the number of passes is no matter of the seed.
#[tokio::test]
async fn a_probe_of_a_wrong_answer_is_no_pass() {
    let lax = Twisted::new(LINK, |_, _| accepted());
    let mut passes = Vec::new();
    for seed in [0, 1, 2] {
        let selection = Selection { probes: Some(Seed(seed)), ..Selection::default() };
        let (reports, _) = lax.play(selection, Seed(seed)).await;
        let repeated = |case: &&claimproof_suite::CaseReport| case.repeats.is_some();
        let wrong = reports.iter().filter(repeated).filter(|probe| {
            let original = reports.iter().find(|case| Some(&case.id) == probe.repeats.as_ref());
            original.is_some_and(|case| case.verdict == Verdict::Fail)
        });
        assert!(
            wrong.clone().count() > 5 && wrong.clone().all(|probe| probe.verdict == Verdict::Skip)
        );
        passes.push(claimproof_suite::Summary::of(&reports).pass);
    }
    assert!(passes.iter().all(|count| *count == passes[0]), "{passes:?}");
}
