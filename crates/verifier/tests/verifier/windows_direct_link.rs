//! The age of a direct link against exact arithmetic: 30 seconds either way, at any instant.

use std::sync::LazyLock;

use claimproof_verifier::Verifier;
use claimproof_verifier::workato_direct_link::{Violation, WorkatoDirectLink};
use proptest::prelude::*;

use super::make::NOW;
use super::world::{DIRECT_LINK, link_draft, link_request, verdict};

const WINDOW: i128 = 30;

fn with_iat(iat: &str) -> String {
    let mut draft = link_draft();
    draft.payload.set("iat", iat);
    draft.token()
}

fn too_old(iat: i128, now: i64) -> Violation {
    Violation::TooOld { iat, now, window: 30 }
}

fn too_new(iat: i128, now: i64) -> Violation {
    Violation::TooNew { iat, now, window: 30 }
}

/// The last second of acceptance, or what was wrong first.
fn ask(token: &str, now: i64) -> Result<i64, Violation> {
    static VERIFIER: LazyLock<Verifier<WorkatoDirectLink>> = LazyLock::new(Verifier::default);
    match verdict(&VERIFIER, &DIRECT_LINK, link_request(token), now) {
        Ok(until) => Ok(until.expect("a link is single use")),
        Err(all) => Err(all[0].violation.clone().unwrap()),
    }
}

/// Digits beyond 128 bits are further away than any clock.
fn model(iat: &str, now: i64) -> Result<(), Violation> {
    let beyond = if iat.starts_with('-') { i128::MIN } else { i128::MAX };
    let iat = iat.parse().unwrap_or(beyond);
    let age = i128::from(now).saturating_sub(iat);
    match age {
        age if age > WINDOW => Err(too_old(iat, now)),
        age if age < -WINDOW => Err(too_new(iat, now)),
        _ => Ok(()),
    }
}

#[test]
fn every_offset_around_the_edges() {
    let token = with_iat(&NOW.to_string());
    for offset in -120..=120_i64 {
        let expected = match offset {
            ..=-31 => Err(too_new(NOW.into(), NOW + offset)),
            -30..=30 => Ok(NOW + 30),
            31.. => Err(too_old(NOW.into(), NOW + offset)),
        };
        assert_eq!(ask(&token, NOW + offset), expected, "{offset} s after iat");
    }
}

#[test]
fn the_ends_of_the_range() {
    let ends = [
        i64::MIN,
        i64::MIN + 1,
        i64::MIN + 30,
        i64::MIN + 31,
        -31,
        -1,
        0,
        1,
        31,
        i64::MAX - 31,
        i64::MAX,
    ];
    let beyond = [
        "9223372036854775808",
        "9223372036854775837",
        "9223372036854775838",
        "-9223372036854775838",
        "-9223372036854775839",
        "18446744073709551616",
        "340282366920938463463374607431768211456",
    ];
    let far = format!("-1{}", "0".repeat(5000));
    let iats = ends
        .iter()
        .map(i64::to_string)
        .chain(beyond.map(str::to_owned))
        .chain([far, "-0".to_owned()]);
    for iat in iats {
        let token = with_iat(&iat);
        for now in ends {
            assert_eq!(ask(&token, now).map(drop), model(&iat, now), "iat {iat} at {now}");
        }
    }
}

/// Any integer literal of JSON: near now, of 64 bits, and of any length.
fn iat(now: i64) -> impl Strategy<Value = String> {
    let near = (-60..=60_i128).prop_map(move |by| (i128::from(now) + by).to_string());
    let any = any::<i64>().prop_map(|iat| iat.to_string());
    prop_oneof![4 => near, 1 => any, 2 => "-?[1-9][0-9]{0,60}"]
}

fn instant() -> impl Strategy<Value = i64> {
    prop_oneof![
        any::<i64>(),
        Just(NOW),
        -100..=100_i64,
        i64::MAX - 100..=i64::MAX,
        i64::MIN..=i64::MIN + 100
    ]
}

proptest! {
    #[test]
    fn accepted_within_thirty_seconds_alone((now, iat) in instant().prop_flat_map(|now| (Just(now), iat(now)))) {
        prop_assert_eq!(ask(&with_iat(&iat), now).map(drop), model(&iat, now));
    }

    /// Along the clock a token is ahead, then good, then old, and never anything twice.
    #[test]
    fn what_is_old_stays_old(iat in instant(), offsets in prop::collection::btree_set(-90..=90_i64, 2..8)) {
        let token = with_iat(&iat.to_string());
        let clock = offsets.into_iter().map(|by| iat.saturating_add(by));
        let phase = |now| match ask(&token, now) {
            Err(Violation::TooNew { .. }) => 0,
            Ok(_) => 1,
            Err(Violation::TooOld { .. }) => 2,
            Err(other) => panic!("{other:?}"),
        };
        let phases: Vec<i32> = clock.map(phase).collect();
        prop_assert!(phases.is_sorted(), "{:?}", phases);
    }

    /// The store is told the last second of acceptance: past it the token is too old.
    #[test]
    fn the_store_remembers_long_enough((now, iat) in instant().prop_flat_map(|now| (Just(now), iat(now)))) {
        let token = with_iat(&iat);
        if let Ok(until) = ask(&token, now) {
            prop_assert!(until >= now);
            if let Some(after) = until.checked_add(1) {
                let is_old = matches!(ask(&token, after), Err(Violation::TooOld { .. }));
                prop_assert!(is_old);
            }
        }
    }

    /// A number of another form is no integer, however near (WDL-R-iat-form).
    #[test]
    fn no_other_number_is_an_age(by in -60..=60_i64, form in prop::sample::select(vec![".0", ".5", "e0", "E+0", ".0e0"])) {
        let token = with_iat(&format!("{}{form}", NOW + by));
        prop_assert_eq!(ask(&token, NOW), Err(Violation::IatNotInteger));
    }
}
