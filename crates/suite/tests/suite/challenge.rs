//! Targets that know the public vectors, or answer by what no document names, are caught.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_cast::{Seed, public};
use claimproof_catalog::Profile;
use claimproof_in_process::InProcess;
use claimproof_suite::{Selection, Subject, Verdict, prove, select};
use claimproof_vectors::{
    Case, Change, Edit, FROZEN_NOW, Forge, Ledger, Need, Part, Presentation, RequestEdit, cases,
};

use super::make::{Twisted, accepted, claims, failing, refused};

const LINK: Profile = Profile::WorkatoDirectLink;

/// A presentation without what differs in every run: digits, ids and the signature.
fn shape(presentation: &Presentation) -> String {
    let token = presentation.token.as_deref().unwrap_or("none");
    let part =
        |part: &str| URL_SAFE_NO_PAD.decode(part).unwrap_or_else(|_| part.as_bytes().to_vec());
    let parts: Vec<Vec<u8>> = token.split('.').take(2).map(part).collect();
    let text = String::from_utf8_lossy(&parts.join(&b'.')).into_owned();
    let blank = |c: char| if c.is_ascii_hexdigit() { '0' } else { c };
    let text: String = text.chars().map(blank).collect();
    format!("{text} {:?} {:?}", presentation.headers, presentation.fields)
}

/// The shape of every single public vector of the profile.
fn table() -> BTreeSet<String> {
    let cast = public(LINK);
    let mut shapes = BTreeSet::new();
    for case in cases::of(LINK) {
        let Some((scene, changes)) = case.single() else { continue };
        let forge = Forge {
            players: &cast.players,
            now: FROZEN_NOW,
            run: "golden",
            case: &case.id,
            seed: None,
        };
        shapes
            .insert(shape(&forge.mint("t", scene, changes, &Ledger::new()).unwrap().presentation));
    }
    shapes
}

#[tokio::test]
async fn a_target_that_answers_from_the_public_vectors_is_caught_under_every_seed() {
    let table = table();
    assert!(table.len() > 150, "{} shapes", table.len());
    let knows = |presentation: &Presentation| table.contains(&shape(presentation));
    // Right wherever it has seen the like, and open to everybody else.
    let target = Twisted::new(
        LINK,
        |presentation, seen| if knows(presentation) { seen } else { accepted() },
    );
    prove(&target, "test").await.unwrap();
    for seed in [0, 1, 2] {
        let (reports, _) = target.play(Selection::default(), Seed(seed)).await;
        let failing = failing(&reports);
        assert!(failing.len() > 100, "seed {seed}: {} of {} fail", failing.len(), reports.len());
        let let_in = failing.iter().filter(|case| case.observed == "accept").count();
        assert!(let_in > 100, "seed {seed}: {let_in} let in");
    }
}

#[tokio::test]
async fn a_target_that_takes_one_order_of_claims_is_caught_under_every_seed() {
    let known = ["sub", "iat", "jti"];
    let target = Twisted::new(LINK, |presentation, seen| {
        let names = claims(presentation);
        let in_order =
            known.iter().filter_map(|name| names.iter().position(|own| own == name)).is_sorted();
        if in_order { seen } else { refused("token_invalid") }
    });
    prove(&target, "test").await.unwrap();
    for seed in [0, 1, 2] {
        let (reports, _) = target.play(Selection::default(), Seed(seed)).await;
        let refused =
            failing(&reports).iter().filter(|case| case.id.contains("/accepted/")).count();
        assert!(refused > 2, "seed {seed}: {refused} good tokens refused");
    }
}

#[tokio::test]
async fn a_target_that_contradicts_itself_fails_and_both_cases_are_named() {
    let read = ["sub", "iat", "jti"];
    let target = Twisted::new(LINK, |presentation, seen| {
        let stranger =
            claims(presentation).iter().any(|name| !read.contains(&name.to_lowercase().as_str()));
        if stranger { refused("token_invalid") } else { seen }
    });
    let probes = Selection { probes: Some(Seed(0)), ..Selection::default() };
    let (reports, _) = target.play(probes, Seed(0)).await;
    let caught: Vec<_> =
        failing(&reports).into_iter().filter(|case| case.repeats.is_some()).collect();
    assert!(caught.len() > 5, "{} probes fail", caught.len());
    for probe in caught {
        let original =
            reports.iter().find(|case| Some(&case.id) == probe.repeats.as_ref()).unwrap();
        assert!(probe.id.starts_with("workato-direct-link/again/"), "{}", probe.id);
        let told = format!(
            "{} was answered `{}`, and with claims beside that nobody reads `{}`",
            original.id, original.observed, probe.observed
        );
        assert_eq!(probe.message, told);
        assert_eq!(original.observed, probe.expected);
    }
}

#[tokio::test]
async fn a_probe_that_agrees_with_its_original_passes_even_where_that_one_fails() {
    let target = Twisted::new(LINK, |_, seen| {
        if seen.outcome.to_string() == "refuse token_expired" {
            refused("iat_invalid")
        } else {
            seen
        }
    });
    let probes = Selection { probes: Some(Seed(0)), ..Selection::default() };
    let (reports, _) = target.play(probes, Seed(0)).await;
    let failing = failing(&reports);
    assert!(!failing.is_empty() && failing.iter().all(|case| case.repeats.is_none()));
}

#[test]
fn probes_never_repeat_a_control_and_differ_from_their_originals_in_strange_claims_alone() {
    for profile in Profile::JWT {
        let subject = InProcess::new(public(profile)).unwrap();
        let probes = |seed| {
            let selection = Selection { probes: Some(Seed(seed)), ..Selection::default() };
            let all = select(profile, subject.capabilities(), &selection);
            all.into_iter().filter(|case| case.repeats.is_some()).collect::<Vec<_>>()
        };
        let all = cases::of(profile);
        for probe in probes(3) {
            let original = all.iter().find(|case| Some(&case.id) == probe.repeats.as_ref());
            let Some(original) = original else { continue };
            assert!(
                all.iter().all(|case| case.control.as_ref() != Some(&original.id)),
                "{} is a control",
                original.id
            );
            let (Some((_, before)), Some((_, after))) = (original.single(), probe.single()) else {
                panic!()
            };
            assert!(after.len() > before.len());
            let added: Vec<String> =
                after[before.len()..].iter().map(|change| change.describe()).collect();
            assert!(added.iter().all(|words| words.starts_with("claim ")), "{added:?}");
        }
        let ids = |seed| probes(seed).into_iter().map(|case| case.id).collect::<BTreeSet<_>>();
        assert!(ids(3).len() > 15, "{profile}: {} probes", ids(3).len());
        assert_eq!(ids(3), ids(3));
        assert_ne!(ids(3), ids(4));
    }
}

/// Every case that can be, by its form alone, is asked again under some seed, and no other ever is.
#[test]
fn one_token_that_differs_from_its_control_can_be_asked_again() {
    let measured =
        |change: &Change| matches!(change, Change::Pad(_) | Change::Rewrite(Part::Payload, ..));
    let reused = |change: &Change| matches!(change, Change::Claim("jti", Edit::Json(_)));
    let absent = |change: &Change| matches!(change, Change::Request(RequestEdit::Token(_)));
    let fixed = |change: &Change| measured(change) || reused(change) || absent(change);
    let can_be = |case: &&Case| {
        let Some((scene, changes)) = case.single() else { return false };
        let free = case.needs().iter().all(|need| matches!(need, Need::Surface(_) | Need::Echo));
        free && !changes.is_empty()
            && case.control.is_some()
            && !changes.iter().chain(&scene.adjust).any(fixed)
    };
    for profile in Profile::JWT {
        let subject = InProcess::new(public(profile)).unwrap();
        let all = select(profile, subject.capabilities(), &Selection::default());
        let due: BTreeSet<&str> = all.iter().filter(can_be).map(|case| case.id.as_str()).collect();
        let mut asked = BTreeSet::new();
        for seed in 0..100 {
            let selection = Selection { probes: Some(Seed(seed)), ..Selection::default() };
            let probes = select(profile, subject.capabilities(), &selection).split_off(all.len());
            assert!(
                probes.len() * 4 < all.len(),
                "{profile}: {} probes of {}",
                probes.len(),
                all.len()
            );
            asked.extend(probes.into_iter().filter_map(|probe| probe.repeats));
        }
        assert_eq!(asked.iter().map(String::as_str).collect::<BTreeSet<_>>(), due, "{profile}");
        assert!(due.len() * 2 > all.len() && due.len() < all.len());
    }
}

/// One to three claims, of every name and form there is.
#[test]
fn what_is_added_differs_in_name_form_and_length() {
    let subject = InProcess::new(public(LINK)).unwrap();
    let all = cases::of(LINK);
    let (mut names, mut forms, mut counts) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for seed in 0..40 {
        let selection = Selection { probes: Some(Seed(seed)), ..Selection::default() };
        let chosen = select(LINK, subject.capabilities(), &selection);
        for probe in chosen.iter().filter(|case| case.repeats.is_some()) {
            let Some(original) = all.iter().find(|case| Some(&case.id) == probe.repeats.as_ref())
            else {
                continue;
            };
            let (Some((_, before)), Some((_, after))) = (original.single(), probe.single()) else {
                panic!()
            };
            let added = &after[before.len()..];
            let mut own = BTreeSet::new();
            for change in added {
                let Change::Claim(name, Edit::Json(json)) = change else { panic!("{change:?}") };
                assert!(own.insert(*name), "{name} twice in {}", probe.id);
                let value: serde_json::Value = serde_json::from_str(json).unwrap();
                forms.insert(match &value {
                    serde_json::Value::String(text) => ("text", text.len() > 20),
                    serde_json::Value::Array(list) => ("list", list[1] == true),
                    serde_json::Value::Object(members) => ("object", members.contains_key("of")),
                    other => ("number", other.is_u64()),
                });
            }
            names.extend(own);
            counts.insert(added.len());
        }
    }
    assert_eq!(names.len(), 8, "{names:?}");
    assert_eq!(counts, BTreeSet::from([1, 2, 3]));
    let due = [("list", true), ("number", true), ("object", true), ("text", false), ("text", true)];
    assert_eq!(forms, BTreeSet::from(due));
}

#[tokio::test]
async fn a_run_keeps_the_order_of_the_selection_whatever_order_it_plays_in() {
    let asked = std::sync::Mutex::new(Vec::new());
    let target = Twisted::new(LINK, |presentation, seen| {
        asked.lock().unwrap().push(shape(presentation));
        seen
    });
    let mut orders = Vec::new();
    for seed in [0, 1] {
        asked.lock().unwrap().clear();
        let (reports, _) = target.play(Selection::default(), Seed(seed)).await;
        let ids: Vec<String> = reports.iter().map(|case| case.id.clone()).collect();
        let selected = select(LINK, target.capabilities(), &Selection::default());
        assert_eq!(ids, selected.into_iter().map(|case| case.id).collect::<Vec<_>>());
        assert!(reports.iter().all(|case| case.verdict != Verdict::Error));
        orders.push(asked.lock().unwrap().clone());
    }
    assert_ne!(orders[0], orders[1]);
}
