//! What a subject does for every reading, written down without a grade.

use claimproof_cast::Seed;
use claimproof_catalog::Profile;
use claimproof_suite::render::observed;
use claimproof_suite::{FamilySeen, Observed, Selection, Subject, is_open, observe, select};

use super::make::{Twisted, accepted, claims, refused};

const API: Profile = Profile::WorkatoApi;

async fn observed<F>(profile: Profile, twist: F) -> Observed
where
    F: Fn(
            &claimproof_vectors::Presentation,
            claimproof_suite::Observation,
        ) -> claimproof_suite::Observation
        + Sync,
{
    let target = Twisted::new(profile, twist);
    let mut cases = select(profile, target.capabilities(), &Selection::default());
    cases.retain(is_open);
    let ids = cases.iter().map(|case| case.id.clone()).collect();
    let (reports, inferred) =
        target.play(Selection { filters: ids, exact: true, ..Selection::default() }, Seed(0)).await;
    Observed {
        written_by: "claimproof",
        schema: 1,
        suite_version: "0",
        seed: 0,
        started: "then".to_owned(),
        targets: Vec::new(),
        families: observe(&cases, &reports, &inferred),
    }
}

fn family<'o>(seen: &'o Observed, id: &str) -> &'o FamilySeen {
    seen.families
        .iter()
        .find(|family| family.id == id)
        .unwrap_or_else(|| panic!("{id} was not asked"))
}

#[tokio::test]
async fn the_readings_of_the_reference_are_chosen_and_can_be_pasted() {
    let seen = observed(API, |_, seen| seen).await;
    let order = family(&seen, "WAP-R-claim-order");
    assert_eq!((order.state, order.chosen), ("chosen", Some("kid-before-sub")));
    assert!(
        order
            .readings
            .iter()
            .any(|reading| reading.name == "kid-before-sub" && reading.cases.len() > 1)
    );
    assert!(order.other.is_empty() && order.unseen.is_empty());
    let table: toml::Table = observed::toml(&seen).parse().unwrap();
    assert_eq!(table["readings"]["WAP-R-claim-order"].as_str(), Some("kid-before-sub"));
    assert!(
        observed::terminal(&seen).contains("    WAP-R-claim-order                kid-before-sub (")
    );
    let json: serde_json::Value = serde_json::from_str(&observed::json(&seen).unwrap()).unwrap();
    assert_eq!(json["families"].as_array().unwrap().len(), seen.families.len());
}

#[test]
fn what_the_documents_settle_is_not_asked() {
    let all = claimproof_vectors::cases::of(Profile::WorkatoDirectLink);
    let open = |id: &str| is_open(all.iter().find(|case| case.id.ends_with(id)).unwrap());
    assert!(open("/iat_invalid/point-zero") && open("/jti_reused/after-the-window"));
    assert!(!open("/accepted/team") && !open("/iat_missing/absent"));
}

#[tokio::test]
async fn a_mixture_is_written_down_with_the_cases_of_each_reading() {
    // One answer or the other, by what no document names.
    let seen =
        observed(
            API,
            |presentation, seen| {
                if claims(presentation).len().is_multiple_of(2) { accepted() } else { seen }
            },
        )
        .await;
    let mixed: Vec<_> = seen.families.iter().filter(|family| family.state == "mixture").collect();
    assert!(!mixed.is_empty(), "{:?}", seen.families);
    let text = observed::terminal(&seen);
    for family in mixed {
        assert_eq!(family.chosen, None);
        assert!(text.contains(&format!("    {:<32} a mixture\n", family.id)), "{text}");
        assert!(observed::toml(&seen).contains(&format!("# {}: a mixture\n", family.id)));
    }
}

#[tokio::test]
async fn an_answer_that_fits_no_reading_is_written_down_as_it_is() {
    let seen = observed(API, |_, _| refused("strange")).await;
    let order = family(&seen, "WAP-R-status");
    assert_eq!((order.state, order.chosen), ("mixture", None));
    assert!(
        order.other.values().all(|answer| answer == "refuse strange") && !order.other.is_empty()
    );
    let text = observed::terminal(&seen);
    assert!(
        text.contains("fits no reading: workato-api/")
            && text.contains("was answered `refuse strange`"),
        "{text}"
    );
}

#[tokio::test]
async fn a_case_that_does_not_come_to_its_question_is_not_seen() {
    let seen = observed(Profile::WorkatoDirectLink, |_, _| refused("token_invalid")).await;
    let memory = family(&seen, "WDL-R-jti-memory");
    assert_eq!(memory.state, "unseen");
    let (case, why) = memory.unseen.first_key_value().unwrap();
    assert_eq!(case, "workato-direct-link/jti_reused/after-a-day");
    assert_eq!(why, "expected accept, observed refuse token_invalid");
    assert!(observed::toml(&seen).contains("# WDL-R-jti-memory: not seen\n"));
}
