//! What holds for the scripts of this profile.

use std::collections::{BTreeMap, BTreeSet};

use claimproof_catalog::requirements::{self, Kind, Level, Observable};
use claimproof_catalog::{Profile, codes, readings, rules};

use super::{cases, clients, plain_exchange, set_ups};
use crate::case::{Act, Case, ManageMethod, Need};

const DASHBOARD: Need = Need::Method(ManageMethod::Dashboard);
use crate::expect::Expect;
use crate::flow::{Move, Setting};

fn faults(wrong: impl Fn(&Case) -> Option<String>) -> Vec<String> {
    cases().iter().filter_map(|case| Some(format!("{}: {}", case.id, wrong(case)?))).collect()
}

#[test]
fn there_are_enough_and_none_twice() {
    let cases = cases();
    assert!(cases.len() >= 100, "{} cases", cases.len());
    let (mut ids, mut titles) = (BTreeSet::new(), BTreeSet::new());
    for case in &cases {
        assert!(ids.insert(&case.id) && titles.insert(&case.title), "{}: {}", case.id, case.title);
    }
}

#[test]
fn what_is_cited_exists() {
    let known = |id: &&'static str| requirements::find(id).is_some() || rules::find(id).is_some();
    assert_eq!(
        faults(|case| case.requirements.iter().find(|id| !known(id)).map(ToString::to_string)),
        [""; 0]
    );
    assert_eq!(
        faults(|case| case.requirements.is_empty().then(|| "cites nothing".to_owned())),
        [""; 0]
    );
    for case in clients::cases() {
        assert!(case.requirements.iter().all(known), "{}", case.id);
    }
}

#[test]
fn every_testable_requirement_is_cited() {
    let cited: BTreeSet<_> = cases().into_iter().flat_map(|case| case.requirements).collect();
    let seen = |row: &&requirements::Requirement| {
        row.is_observable(Observable::Token) || row.is_observable(Observable::Http)
    };
    let rows = requirements::of(Profile::PositConnect)
        .iter()
        .filter(|row| row.kind != Kind::Context)
        .filter(seen);
    let uncited: Vec<_> = rows.map(|row| row.id).filter(|id| !cited.contains(id)).collect();
    assert_eq!(uncited, [""; 0]);
    // What belongs to a later edition than the document gets no verdict.
    let own = rules::all()
        .filter(|rule| rule.profile == Some(Profile::PositConnect) && rule.level != Level::Info);
    let unruled: Vec<_> = own.map(|rule| rule.id).filter(|id| !cited.contains(id)).collect();
    assert_eq!(unruled, [""; 0]);
}

#[test]
fn every_code_is_provoked_and_cured() {
    let all = cases();
    for row in codes::of(Profile::PositConnect) {
        let of_code: Vec<_> = all.iter().filter(|case| case.code() == row.as_str()).collect();
        assert!(of_code.len() >= 2, "{}: {} cases", row.as_str(), of_code.len());
        let cures = |case: &&Case| {
            let refused = case.script.iter().position(|turn| refuses(&turn.expect));
            refused.is_some_and(|place| {
                case.verdict().reference().is_none() && place + 1 < case.script.len()
            })
        };
        assert!(of_code.iter().any(cures), "{} is never cured", row.as_str());
    }
}

fn refuses(expect: &Expect) -> bool {
    expect.reference().is_some()
}

#[test]
fn codes_and_readings_exist() {
    let wrong = |case: &Case| {
        case.script.iter().find_map(|turn| {
            let unknown = turn
                .expect
                .codes()
                .into_iter()
                .find(|code| codes::find(case.profile, code).is_none());
            let Expect::Open { question: id, answers } = &turn.expect else {
                return unknown.map(str::to_owned);
            };
            let names: Vec<_> = readings::find(id)
                .into_iter()
                .flat_map(|family| family.readings.iter().map(|one| one.name))
                .collect();
            let told: Vec<_> = answers.iter().map(|(name, _)| *name).collect();
            let fits =
                told.iter().all(|name| names.contains(name)) && told.first() == names.first();
            (!fits).then(|| format!("{id} has the readings {names:?}, the case {told:?}"))
        })
    };
    assert_eq!(faults(wrong), [""; 0]);
}

/// Families of which no outcome can be seen from here.
const UNSEEN: [&str; 3] =
    ["PCO-R-early-refresh", "PCO-R-subject-token-internals", "PCO-R-connect-address"];

#[test]
fn every_family_is_asked() {
    let asked: BTreeSet<_> = cases()
        .iter()
        .flat_map(|case| case.script.clone())
        .filter_map(|turn| turn.expect.question())
        .collect();
    for family in readings::of(Profile::PositConnect) {
        assert_ne!(asked.contains(family.id), UNSEEN.contains(&family.id), "{}", family.id);
    }
}

/// Up to what is judged, a case and its control are the same save for one act.
#[test]
fn controls_are_accepted_and_differ_in_one_act() {
    let all: BTreeMap<String, Case> =
        cases().into_iter().map(|case| (case.id.clone(), case)).collect();
    let wrong = |case: &Case| {
        let control = case.control.as_ref()?;
        let Some(accepted) = all.get(control) else { return Some(format!("no {control}")) };
        if accepted.script.iter().any(|turn| refuses(&turn.expect)) {
            return Some(format!("{control} is not accepted"));
        }
        let judged = case.script.iter().position(|turn| refuses(&turn.expect))?;
        let acts =
            |case: &Case| case.script.iter().map(|turn| turn.act.clone()).collect::<Vec<_>>();
        let (own, theirs) = (acts(case), acts(accepted));
        (!one_apart(&own[..=judged], &theirs))
            .then(|| format!("more than one act apart from {control}"))
    };
    assert_eq!(faults(wrong), [""; 0]);
    assert!(all.values().filter(|case| case.control.is_some()).count() >= 40);
}

/// One act left out, or one in the place of another.
fn one_apart(own: &[Act], theirs: &[Act]) -> bool {
    let text = |acts: &[Act]| acts.iter().map(|act| format!("{act:?}")).collect::<Vec<_>>();
    let (own, theirs) = (text(own), text(theirs));
    let replaced = own.iter().zip(&theirs).filter(|(a, b)| a != b).count() == 1;
    let left_out = (0..theirs.len()).any(|place| {
        let mut less = theirs.clone();
        less.remove(place);
        less.starts_with(&own)
    });
    replaced || left_out
}

#[test]
fn no_two_cases_do_the_same() {
    let mut done = BTreeMap::new();
    let mut same = Vec::new();
    for case in cases() {
        let acts = format!("{:?}", case.script.iter().map(|turn| &turn.act).collect::<Vec<_>>());
        if let Some(first) = done.insert(acts, case.id.clone()) {
            same.push(format!("{first} and {}", case.id));
        }
    }
    assert_eq!(same, [""; 0]);
}

#[test]
fn names_are_kept_before_they_are_used() {
    let wrong = |case: &Case| {
        let mut kept = BTreeSet::from([""]);
        case.script.iter().find_map(|turn| match turn.moved()? {
            Move::Visit { keep, .. } => {
                kept.insert(keep);
                None
            }
            Move::Exchange(exchange) if !kept.contains(exchange.subject) => {
                Some(exchange.subject.to_owned())
            }
            Move::Exchange(exchange) => {
                kept.insert(exchange.keep);
                None
            }
            Move::ExchangeAtOnce { subject, .. } if !kept.contains(subject) => {
                Some((*subject).to_owned())
            }
            Move::Use { access } if !kept.contains(access) => Some((*access).to_owned()),
            _ => None,
        })
    };
    assert_eq!(faults(wrong), [""; 0]);
}

#[test]
fn a_case_sets_up_its_provider_and_integration_first() {
    let wrong = |case: &Case| {
        let moves: Vec<_> = case.script.iter().filter_map(crate::case::Turn::moved).collect();
        let first = matches!(moves.as_slice(), [Move::Provider(_), Move::Integrate(_), ..]);
        let again = moves.iter().filter(|one| matches!(one, Move::Integrate(_))).count();
        (!first || again != 1).then(|| "no provider and integration at its head".to_owned())
    };
    assert_eq!(faults(wrong), [""; 0]);
}

#[test]
fn the_dashboard_is_a_need_of_its_own() {
    let dashboard: Vec<_> =
        cases().into_iter().filter(|case| case.needs().contains(&DASHBOARD)).collect();
    assert_eq!(
        dashboard.iter().map(|case| case.id.as_str()).collect::<Vec<_>>(),
        ["posit-connect/220/dashboard-prompt"]
    );
}

/// What is softened below the weightiest id it cites, each with its reason where it stands.
#[test]
fn advice_is_what_no_document_says() {
    let softened = |case: &&Case| case.level < crate::case::level(&case.requirements);
    let ids: Vec<_> = cases().iter().filter(softened).map(|case| case.id.clone()).collect();
    let outage = |id: &&String| id.starts_with("posit-connect/undocumented/provider-");
    let rest: Vec<_> = ids
        .iter()
        .filter(|id| !outage(id))
        .map(|id| id.trim_start_matches("posit-connect/"))
        .collect();
    assert_eq!(ids.iter().filter(outage).count(), 12);
    assert_eq!(rest, ["undocumented/access-denied-told", "undocumented/exchange-bearer"]);
}

#[test]
fn the_proof_of_acceptance_is_a_good_login_and_exchange() {
    for (_, moves) in set_ups() {
        assert!(matches!(moves.first(), Some(Move::Provider(knobs)) if knobs.fault.is_none()));
        assert!(matches!(moves.last(), Some(Move::Visit { keep: "t", .. })));
        assert!(!moves.iter().any(|one| matches!(one, Move::Configure(Setting::Secret(_)))));
    }
    assert!(
        matches!(plain_exchange(None), Move::Exchange(exchange) if exchange.edits.is_empty() && exchange.subject == "t")
    );
}
