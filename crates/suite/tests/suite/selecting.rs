//! Which cases run on which subject.

use claimproof_catalog::Profile;
use claimproof_suite::{Capabilities, Clock, Selection, select, surfaces};
use claimproof_vectors::{Act, Change, ManageMethod, Need, RequestEdit, Surface, cases};
use rstest::rstest;

const API: Profile = Profile::WorkatoApi;

fn ids(selection: Selection) -> Vec<String> {
    let capabilities = Capabilities { surfaces: vec![Surface::Api], ..Capabilities::default() };
    select(API, &capabilities, &selection).into_iter().map(|case| case.id).collect()
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

#[test]
fn without_filters_every_case_is_selected_in_its_order() {
    assert_eq!(
        ids(Selection::default()),
        cases::of(API).iter().map(|case| case.id.clone()).collect::<Vec<_>>()
    );
}

#[test]
fn filters_and_skips_are_parts_of_ids() {
    let filters = words(&["accepted/hmac", "accepted/rsa"]);
    let kept = ids(Selection { filters: filters.clone(), ..Selection::default() });
    assert!(
        kept.len() > 4
            && kept.iter().all(|id| id.contains("accepted/hmac") || id.contains("accepted/rsa"))
    );
    let left = ids(Selection { filters, skips: words(&["hmac"]), ..Selection::default() });
    assert!(
        !left.is_empty() && left.iter().all(|id| !id.contains("hmac")) && left.len() < kept.len()
    );
}

#[test]
fn exact_filters_and_skips_are_whole_ids() {
    let exact = |filters: &[&str], skips: &[&str]| {
        ids(Selection {
            filters: words(filters),
            skips: words(skips),
            exact: true,
            ..Selection::default()
        })
    };
    let id = "workato-api/accepted/hmac-kid";
    assert_eq!(exact(&[id], &[]), [id]);
    assert_eq!(exact(&["hmac-kid"], &[]), [""; 0]);
    assert_eq!(exact(&[id], &["hmac"]), [id]);
    assert_eq!(exact(&[id], &[id]), [""; 0]);
}

#[test]
fn pairs_and_probes_come_on_request() {
    let plain = ids(Selection::default());
    let pairs = ids(Selection { pairs: true, ..Selection::default() });
    assert!(
        pairs[plain.len()..].iter().all(|id| id.starts_with("workato-api/pair/"))
            && pairs.len() > plain.len() + 40
    );
    let probes = ids(Selection { probes: Some(claimproof_cast::Seed(5)), ..Selection::default() });
    assert!(
        probes[plain.len()..].iter().all(|id| id.starts_with("workato-api/again/"))
            && probes.len() > plain.len() + 30
    );
}

#[test]
fn each_further_surface_is_tried_with_one_good_token_and_one_bad() {
    let all = cases::of(Profile::TableauConnectedApp);
    let on = |places: &[Surface]| {
        surfaces(all, &Capabilities { surfaces: places.to_vec(), ..Capabilities::default() })
    };
    assert!(on(&[]).is_empty() && on(&[Surface::EmbedXhr]).is_empty());
    let further = on(&[Surface::EmbedXhr, Surface::Rest]);
    let [good, bad] = further.as_slice() else { panic!("{} cases", further.len()) };
    assert_eq!(good.id, "tableau-connected-app/surface/rest-accepted");
    assert_eq!(bad.id, "tableau-connected-app/surface/rest-refused");
    assert!(!good.is_rejected() && bad.is_rejected());
    let rest = [Need::Surface(Surface::Rest)].into();
    for case in &further {
        assert!(case.needs() == rest && case.title.ends_with(" (on rest)"), "{case:?}");
        let Act::Present { changes, .. } = &case.script[0].act else { panic!("{case:?}") };
        let there = |change: &Change| {
            matches!(change, Change::Request(RequestEdit::Surface(Surface::Rest)))
        };
        assert!(changes.iter().any(there), "{changes:?}");
    }
}

/// What needs more, or takes more than one token, shows nothing of a surface.
#[test]
fn a_further_surface_is_tried_with_single_tokens_that_need_nothing() {
    let all = cases::of(Profile::TableauConnectedApp);
    let plain = all
        .iter()
        .find(|case| case.needs().is_empty() && case.single().is_some() && !case.is_rejected())
        .unwrap();
    let (mut needing, mut longer) = (plain.clone(), plain.clone());
    needing = needing.exact();
    longer.script.push(plain.script[0].clone());
    let all = [&[needing, longer], all].concat();
    let further = surfaces(
        &all,
        &Capabilities {
            surfaces: vec![Surface::EmbedXhr, Surface::Rest],
            ..Capabilities::default()
        },
    );
    assert_eq!(further.len(), 2);
    let rest = [Need::Surface(Surface::Rest)].into();
    assert!(further.iter().all(|case| case.needs() == rest && case.script.len() == 1));
}

#[rstest]
#[case(Need::Clock, "a clock the suite can set")]
#[case(Need::Method(ManageMethod::Embedding), "the management method [manage.embedding]")]
#[case(Need::Method(ManageMethod::Store), "a replay store the suite can switch off")]
#[case(
    Need::Method(ManageMethod::Dashboard),
    "the page of content in its dashboard, [manage.dashboard]"
)]
#[case(
    Need::MadeSecret,
    "how a made secret is read (`made` and `value` of [manage.create-secret])"
)]
#[case(Need::StatedLifetime, "the longest lifetime of its tokens (`limits.longest_lifetime`)")]
#[case(Need::VendorSurfaces, "sign-ins at the vendor's own addresses")]
#[case(Need::RawSocket, "a raw socket")]
#[case(Need::Echo, "an endpoint that shows the claims it received")]
#[case(Need::SamlSession, "a SAML session the suite can declare")]
#[case(Need::Exchange, "how subject tokens are had and exchanged (level L0)")]
#[case(Need::Administration, "its administration methods (level L1)")]
#[case(Need::Login, "how viewers log in (level L2)")]
#[case(Need::TokenInternals, "the internals of its subject tokens")]
fn a_need_is_met_by_its_own_capability_alone(#[case] need: Need, #[case] what: &str) {
    let none = Capabilities::default();
    assert_eq!(none.lack(need), Some(format!("the target does not declare {what}")));
    let with = |need| match need {
        Need::Clock => Capabilities { clock: Clock::Told, ..Capabilities::default() },
        other => Capabilities { offered: [other].into(), ..Capabilities::default() },
    };
    assert_eq!(with(need).lack(need), None);
    let all = [
        Need::Clock,
        Need::Method(ManageMethod::CreateApp),
        Need::RawSocket,
        Need::Echo,
        Need::SamlSession,
    ];
    for other in all.into_iter().filter(|other| *other != need) {
        assert!(with(other).lack(need).is_some());
    }
}

#[test]
fn a_surface_is_a_need_of_its_own() {
    let rest = Capabilities { surfaces: vec![Surface::Rest], ..Capabilities::default() };
    assert_eq!(rest.lack(Need::Surface(Surface::Rest)), None);
    let told = rest.lack(Need::Surface(Surface::EmbedXhr));
    assert_eq!(told.as_deref(), Some("the target declares no surface `embed-xhr`"));
}
