//! The order a subject looks in, as the pairs show it.

use std::collections::BTreeSet;

use claimproof_cast::Seed;
use claimproof_catalog::Profile;
use claimproof_suite::{Selection, Verdict, order};
use claimproof_vectors::precedence::{self, Pair};
use rstest::rstest;

use super::make::{Twisted, refused, report};

fn pairs() -> Selection {
    Selection {
        pairs: true,
        filters: vec!["/pair/".to_owned(), "-before-".to_owned()],
        ..Selection::default()
    }
}

#[rstest]
#[case(Profile::WorkatoDirectLink, ["accept-json", "fourth-segment", "rs512", "foreign-key", "no-iat", "team-saml", "jti-used"])]
#[case(Profile::TableauConnectedApp, ["too-large", "fourth-segment", "no-kid", "unknown-secret", "exp-far", "no-user", "jti-used"])]
#[tokio::test]
async fn the_reference_has_one_order_and_it_is_that_of_its_steps(
    #[case] profile: Profile,
    #[case] known: [&str; 7],
) {
    let target = Twisted::new(profile, |_, seen| seen);
    let (reports, _) = target.play(pairs(), Seed(0)).await;
    assert!(reports.iter().all(|case| case.verdict == Verdict::Pass));
    let order = order(profile, &reports).unwrap();
    assert_eq!(order.circular, [""; 0]);
    assert_eq!(order.pairs.len(), precedence::pairs(profile).len());
    let places: Vec<_> = known
        .iter()
        .map(|name| order.order.iter().position(|own| own == name).expect(name))
        .collect();
    assert!(places.is_sorted(), "{:?}", order.order);
}

#[tokio::test]
async fn another_order_is_told_and_passes_where_no_document_forces_one() {
    let profile = Profile::WorkatoDirectLink;
    // The path is looked at after everything else.
    let reference = Twisted::new(profile, |_, seen| seen);
    let (mut reports, _) = reference.play(pairs(), Seed(0)).await;
    let first = order(profile, &reports).unwrap();
    for report in reports.iter_mut().filter(|one| one.id.contains("/pair/path-http-and-")) {
        let pair = first.pairs.iter().find(|pair| pair.case == report.id).unwrap();
        let other = precedence::faults(profile)
            .into_iter()
            .find(|fault| fault.name == pair.faults[1])
            .unwrap();
        let code = other.codes.first().unwrap_or(&"some_code");
        report.outcome = refused(code).outcome.into();
    }
    let second = order(profile, &reports).unwrap();
    let place = |order: &claimproof_suite::OrderReport| {
        order.order.iter().position(|name| *name == "path-http").unwrap()
    };
    assert!(place(&first) < place(&second), "{:?}\n{:?}", first.order, second.order);
    assert_eq!(second.circular, [""; 0]);
}

#[tokio::test]
async fn three_faults_that_come_before_each_other_are_in_no_single_order() {
    let profile = Profile::WorkatoDirectLink;
    let reference = Twisted::new(profile, |_, seen| seen);
    let (mut reports, _) = reference.play(pairs(), Seed(0)).await;
    // accept-json before no-iat before no-jti, and no-jti before accept-json.
    let circle = "workato-direct-link/pair/accept-json-and-no-jti";
    reports.iter_mut().find(|one| one.id == circle).unwrap().outcome =
        refused("jti_missing").outcome.into();
    let order = order(profile, &reports).unwrap();
    let circular: BTreeSet<_> = order.circular.iter().copied().collect();
    assert!(
        ["accept-json", "no-iat", "no-jti"].iter().all(|name| circular.contains(name)),
        "{circular:?}"
    );
}

#[tokio::test]
async fn an_answer_that_belongs_to_neither_fault_fails_and_tells_no_order() {
    let profile = Profile::WorkatoDirectLink;
    let target = Twisted::new(profile, |_, _| refused("vendor_key_missing"));
    let (reports, _) = target.play(pairs(), Seed(0)).await;
    let id = "workato-direct-link/pair/accept-json-and-no-jti";
    let case = reports.iter().find(|case| case.id == id).unwrap();
    assert_eq!(case.verdict, Verdict::Fail);
    assert_eq!(
        case.message,
        "expected refuse http_request_invalid|jti_missing, observed refuse vendor_key_missing"
    );
    let order = order(profile, &reports).unwrap();
    assert_eq!(order.pairs.iter().find(|pair| pair.case == id).unwrap().answered, None);
}

/// What each pair of a profile shows where all are answered so.
fn shown(
    profile: Profile,
    observed: impl Fn(&Pair) -> String,
) -> Vec<(Pair, Option<&'static str>)> {
    let pairs = precedence::pairs(profile);
    let reports: Vec<_> = pairs
        .iter()
        .map(|pair| report(&pair.case().id, Verdict::Pass, &format!("refuse {}", observed(pair))))
        .collect();
    let answered = order(profile, &reports).unwrap().pairs.into_iter().map(|pair| pair.answered);
    pairs.into_iter().zip(answered).collect()
}

/// A fault without a documented code may answer with any, so a code tells only what no other fault
/// could say.
#[rstest]
fn a_code_tells_the_fault_that_alone_could_answer_it(
    #[values(Profile::WorkatoDirectLink, Profile::TableauConnectedApp)] profile: Profile,
) {
    let (mut told, mut silent) = (0, 0);
    for (pair, answered) in
        shown(profile, |pair| pair.first.codes.first().unwrap_or(&"strange").to_string())
    {
        let own = pair.first.codes.first();
        let due = match own {
            Some(code) => !pair.second.codes.is_empty() && !pair.second.codes.contains(code),
            None => !pair.second.codes.is_empty(),
        };
        assert_eq!(answered, due.then_some(pair.first.name), "{}", pair.case().id);
        if due { told += 1 } else { silent += 1 }
    }
    assert!(told > 100 && silent > 0, "{told} and {silent}");
    for (pair, answered) in shown(profile, |_| "strange".to_owned()) {
        let due = match (pair.first.codes.is_empty(), pair.second.codes.is_empty()) {
            (true, false) => Some(pair.first.name),
            (false, true) => Some(pair.second.name),
            (true, true) | (false, false) => None,
        };
        assert_eq!(answered, due, "{}", pair.case().id);
    }
    for (pair, answered) in
        shown(profile, |pair| pair.second.codes.first().unwrap_or(&"strange").to_string())
    {
        let code = pair.second.codes.first().copied().unwrap_or("strange");
        let due = !pair.first.codes.is_empty() && !pair.first.codes.contains(&code);
        assert_eq!(answered, due.then_some(pair.second.name), "{}", pair.case().id);
    }
}

/// What was not told apart has no place.
#[test]
fn one_pair_lines_up_its_own_two_faults_alone() {
    let profile = Profile::WorkatoDirectLink;
    let id = "workato-direct-link/pair/accept-json-and-no-jti";
    let first = report(id, Verdict::Pass, "refuse http_request_invalid");
    let second = report(id, Verdict::Pass, "refuse jti_missing");
    let lined = |report| order(profile, &[report]).unwrap();
    let (one, other) = (lined(first), lined(second));
    assert_eq!(
        (one.order, other.order),
        (vec!["accept-json", "no-jti"], vec!["no-jti", "accept-json"])
    );
    assert!(order(profile, &[]).is_none());
}
