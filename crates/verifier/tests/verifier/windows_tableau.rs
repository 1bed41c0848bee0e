//! The validity of a Tableau token against exact arithmetic, under any policy and at any instant.

use claimproof_verifier::Verifier;
use claimproof_verifier::tableau_connected_app::{Policy, TableauConnectedApp, Violation};
use proptest::prelude::*;

use super::make::NOW;
use super::world::{TABLEAU, tableau_draft, tableau_request, verdict};

fn with(claims: &[(&str, &str)]) -> String {
    let mut draft = tableau_draft();
    for (name, json) in claims {
        draft.payload.set(name, *json);
    }
    draft.token()
}

/// The second up to which the store is told to remember, or what was wrong first.
fn ask(policy: &Policy, token: &str, now: i64) -> Result<i64, Violation> {
    let verifier = Verifier::<TableauConnectedApp>::new(policy.clone());
    match verdict(&verifier, &TABLEAU, tableau_request("site.ok", token), now) {
        Ok(until) => Ok(until.expect("a sign-in is single use")),
        Err(all) => Err(all[0].violation.clone().unwrap()),
    }
}

/// Too far ahead is met before expired; under odd policies a token is both.
fn model(policy: &Policy, exp: i64, now: i64) -> Result<(), &'static str> {
    let [exp, now, validity, leeway] =
        [exp, now, policy.max_validity, policy.leeway].map(i128::from);
    if exp - now > validity + leeway {
        Err("too far")
    } else if now >= exp + leeway {
        Err("expired")
    } else {
        Ok(())
    }
}

fn seen(policy: &Policy, exp: i64, now: i64) -> Result<(), &'static str> {
    match ask(policy, &with(&[("exp", &exp.to_string())]), now) {
        Ok(_) => Ok(()),
        Err(Violation::ExpTooFar { exp: told, now: at, limit }) => {
            let most = i128::from(policy.max_validity) + i128::from(policy.leeway);
            assert_eq!((told, at, limit), (exp, now, most));
            Err("too far")
        }
        Err(Violation::Expired { exp: told, now: at }) => {
            assert_eq!((told, at), (exp, now));
            Err("expired")
        }
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn every_offset_around_the_edges() {
    let policy = Policy::default();
    for offset in (-120..=120).chain(480..=720) {
        let expected = match offset {
            ..=0 => Err("expired"),
            1..=600 => Ok(()),
            601.. => Err("too far"),
        };
        assert_eq!(seen(&policy, NOW + offset, NOW), expected, "exp {offset} s ahead");
    }
}

#[test]
fn the_ends_of_the_range() {
    let ends = [i64::MIN, i64::MIN + 1, -1, 0, 1, 600, i64::MAX - 600, i64::MAX - 1, i64::MAX];
    for max_validity in ends {
        for leeway in ends {
            let policy = Policy { max_validity, leeway, ..Policy::default() };
            for exp in ends {
                for now in ends {
                    assert_eq!(
                        seen(&policy, exp, now),
                        model(&policy, exp, now),
                        "{policy:?}, exp {exp} at {now}"
                    );
                }
            }
        }
    }
}

/// RFC 7519 section 2 permits a fraction; what is left of it are whole seconds.
#[test]
fn a_fraction_of_a_second_is_cut_off() {
    let policy = Policy::default();
    let ask = |exp: i64| ask(&policy, &with(&[("exp", &format!("{exp}.9"))]), NOW);
    assert_eq!(ask(NOW + 60), Ok(NOW + 60 + policy.leeway));
    assert_eq!(ask(NOW), Err(Violation::Expired { exp: NOW, now: NOW }));
    assert!(matches!(ask(NOW + 601), Err(Violation::ExpTooFar { .. })));
}

#[test]
fn a_time_ahead_waits_to_the_second() {
    let (policy, forgiving) = (Policy::default(), Policy { leeway: 7, ..Policy::default() });
    for offset in -30..=30_i64 {
        let token = with(&[("nbf", &(NOW + offset).to_string())]);
        let refused = |policy| ask(policy, &token, NOW).err();
        let early = Violation::NotYetValid { nbf: NOW + offset, now: NOW };
        assert_eq!(refused(&policy), (offset > 0).then_some(early.clone()), "nbf {offset} s ahead");
        assert_eq!(refused(&forgiving), (offset > 7).then_some(early), "nbf {offset} s ahead");
    }
}

fn second() -> impl Strategy<Value = i64> {
    prop_oneof![
        any::<i64>(),
        Just(NOW),
        -700..=700_i64,
        i64::MAX - 700..=i64::MAX,
        i64::MIN..=i64::MIN + 700
    ]
}

fn policy() -> impl Strategy<Value = Policy> {
    let small = (-100..=900_i64, -40..=40_i64);
    let any = (second(), second());
    let documented = Just((600, 0));
    prop_oneof![2 => documented, 2 => small, 1 => any].prop_map(|(max_validity, leeway)| Policy {
        max_validity,
        leeway,
        ..Policy::default()
    })
}

/// Now, and an expiry near it or anywhere.
fn times() -> impl Strategy<Value = (i64, i64)> {
    let offset = prop_oneof![-700..=700_i64, -2..=2_i64, 598..=602_i64];
    let near = (second(), offset).prop_map(|(now, by)| (now, now.saturating_add(by)));
    prop_oneof![3 => near, 1 => (second(), second())]
}

proptest! {
    #[test]
    fn accepted_within_the_window_alone(policy in policy(), (now, exp) in times()) {
        prop_assert_eq!(seen(&policy, exp, now), model(&policy, exp, now));
    }

    #[test]
    fn what_is_expired_stays_expired((now, exp) in times(), ahead in 0..=i64::MAX) {
        let policy = Policy::default();
        if seen(&policy, exp, now) == Err("expired") {
            prop_assert_eq!(seen(&policy, exp, now.saturating_add(ahead)), Err("expired"));
        }
    }

    /// Whatever form `exp` has, an accepted token is claimed, and remembered until it is refused.
    #[test]
    fn the_store_remembers_long_enough(
        policy in policy(),
        (now, exp) in times(),
        form in prop::sample::select(vec!["", ".0", ".5", ".999"]),
    ) {
        let token = with(&[("exp", &format!("{exp}{form}"))]);
        if let Ok(until) = ask(&policy, &token, now) {
            prop_assert!(until >= now);
            if let Some(after) = until.checked_add(1) {
                prop_assert!(ask(&policy, &token, after).is_err());
            }
        }
    }

    /// What is no number is no time at all.
    #[test]
    fn no_other_time_passes(exp in "true|false|null|\\[\\]|\\[[1-9][0-9]{0,9}\\]|\\{\\}|\"[0-9]{0,10}\"", now in second()) {
        let token = with(&[("exp", &exp)]);
        prop_assert_eq!(ask(&Policy::default(), &token, now), Err(Violation::ExpNoTime));
    }

    /// A number beyond 64 bits lies outside of every window, and is refused without a panic.
    #[test]
    fn no_immense_time_passes(exp in "-?[1-9][0-9]{19,60}|[1-9]e(2[0-9]|[1-9][0-9]{2,3})", now in second()) {
        let token = with(&[("exp", &exp)]);
        prop_assert!(ask(&Policy::default(), &token, now).is_err());
    }

    /// `iat` ahead or long ago is no fault of the document.
    #[test]
    fn iat_is_not_measured(iat in any::<i64>()) {
        prop_assert!(ask(&Policy::default(), &with(&[("iat", &iat.to_string())]), NOW).is_ok());
    }
}
