//! Where a window ends, a store fails, or a rule does not exist.

use std::sync::atomic::Ordering;

use claimproof_reference::{CastError, Reference};
use claimproof_replay::MemoryStore;
use claimproof_token::Scratch;
use claimproof_verifier::tableau_connected_app::{
    TableauConnectedApp, Violation as SignInViolation,
};
use claimproof_verifier::workato_api::{Credentials, WorkatoApi};
use claimproof_verifier::workato_direct_link::{Violation as LinkViolation, WorkatoDirectLink};

use super::make::{
    API, DIRECT_LINK, NOW, TABLEAU, call, claim, link, link_request, reference, sign_in,
    sign_in_request, token,
};

type Links = Reference<WorkatoDirectLink>;
type SignIns = Reference<TableauConnectedApp>;

fn open(links: &Links, token: &str, now: i64) -> Result<(), Option<LinkViolation>> {
    links
        .present(&links.accounts(), link_request(token), &mut Scratch::new(), now)
        .map(drop)
        .map_err(|rejection| rejection.violation)
}

fn enter(sign_ins: &SignIns, token: &str, now: i64) -> Result<(), Option<SignInViolation>> {
    sign_ins
        .present(&sign_ins.accounts(), sign_in_request(token), &mut Scratch::new(), now)
        .map(drop)
        .map_err(|rejection| rejection.violation)
}

/// A token from the future lives for 59 more seconds, and is remembered for as long (H05).
#[test]
fn a_link_minted_ahead_is_remembered_to_its_end() {
    let links: Links = reference(&DIRECT_LINK);
    let ahead = token(&link(), &[claim("iat", (NOW + 29).to_string())]);
    assert_eq!(open(&links, &ahead, NOW), Ok(()));
    for later in [0, 1, 30, 31, 45, 58, 59] {
        assert_eq!(
            open(&links, &ahead, NOW + later),
            Err(Some(LinkViolation::JtiReused)),
            "{later} s later"
        );
    }
    let (iat, now) = (i128::from(NOW + 29), NOW + 60);
    let old = LinkViolation::TooOld { iat, now, window: 30 };
    assert_eq!(open(&links, &ahead, now), Err(Some(old)));
    assert_eq!(open(&links, &ahead, NOW + 59), Err(Some(LinkViolation::JtiReused)));
}

/// An expiry with a fraction is legal, so its token is single use like any other.
#[test]
fn a_sign_in_with_a_fraction_is_single_use() {
    for form in ["", ".0", ".5", ".999999"] {
        let sign_ins: SignIns = reference(&TABLEAU);
        let token = token(&sign_in(), &[claim("exp", format!("{}{form}", NOW + 300))]);
        assert_eq!(enter(&sign_ins, &token, NOW), Ok(()), "{form:?}");
        for later in [0, 150, 299] {
            let seen = enter(&sign_ins, &token, NOW + later);
            assert_eq!(seen, Err(Some(SignInViolation::JtiReused)), "{form:?}, {later} s later");
        }
        let expired = SignInViolation::Expired { exp: NOW + 300, now: NOW + 300 };
        assert_eq!(enter(&sign_ins, &token, NOW + 300), Err(Some(expired)));
    }
}

/// Forgiven seconds are seconds in which a token can be presented again.
#[test]
fn leeway_is_remembered_too() {
    let mut sign_ins: SignIns = reference(&TABLEAU);
    sign_ins.verifier.policy.leeway = 30;
    let good = token(&sign_in(), &[claim("exp", NOW.to_string())]);
    assert_eq!(enter(&sign_ins, &good, NOW + 10), Ok(()));
    for later in [10, 20, 29] {
        assert_eq!(
            enter(&sign_ins, &good, NOW + later),
            Err(Some(SignInViolation::JtiReused)),
            "{later} s later"
        );
    }
    let expired = SignInViolation::Expired { exp: NOW, now: NOW + 30 };
    assert_eq!(enter(&sign_ins, &good, NOW + 30), Err(Some(expired)));
}

#[test]
fn a_store_that_is_down_accepts_nothing_and_spends_nothing() {
    let (links, sign_ins): (Links, SignIns) = (reference(&DIRECT_LINK), reference(&TABLEAU));
    let (one, other) = (token(&link(), &[]), token(&sign_in(), &[]));
    links.store_up.store(false, Ordering::SeqCst);
    sign_ins.store_up.store(false, Ordering::SeqCst);
    for _ in 0..2 {
        assert_eq!(open(&links, &one, NOW), Err(Some(LinkViolation::StoreDown)));
        assert_eq!(enter(&sign_ins, &other, NOW), Err(Some(SignInViolation::StoreDown)));
    }
    links.store_up.store(true, Ordering::SeqCst);
    sign_ins.store_up.store(true, Ordering::SeqCst);
    assert_eq!(open(&links, &one, NOW), Ok(()));
    assert_eq!(enter(&sign_ins, &other, NOW), Ok(()));
    sign_ins.store_up.store(false, Ordering::SeqCst);
    assert_eq!(enter(&sign_ins, &other, NOW), Err(Some(SignInViolation::StoreDown)));
}

/// The store refuses what it has no room for, and never forgets for it.
#[test]
fn a_full_store_refuses_and_forgets_nothing() {
    let mut sign_ins: SignIns = reference(&TABLEAU);
    sign_ins.store = Box::new(MemoryStore::new(1));
    let exp = |by: i64| claim("exp", (NOW + by).to_string());
    let (first, second) =
        (token(&sign_in(), &[exp(60)]), token(&sign_in(), &[exp(300), claim("jti", "\"second\"")]));
    assert_eq!(enter(&sign_ins, &first, NOW), Ok(()));
    assert_eq!(enter(&sign_ins, &second, NOW), Err(Some(SignInViolation::StoreDown)));
    assert_eq!(enter(&sign_ins, &first, NOW), Err(Some(SignInViolation::JtiReused)));
    assert_eq!(enter(&sign_ins, &second, NOW + 61), Ok(()));
}

/// A refusal for the account is cleared, and then the same token passes once (WDL-R-jti-spent-when).
#[test]
fn a_cleared_fault_can_use_the_same_token() {
    let sign_ins: SignIns = reference(&TABLEAU);
    let app = &TABLEAU.players.get("app.ok").unwrap().id;
    let enable = |enabled| {
        let change = claimproof_verifier::tableau_connected_app::AppChange {
            enabled: Some(enabled),
            domain_safelist: None,
        };
        sign_ins.accounts_mut().update_app(app, change).unwrap();
    };
    let good = token(&sign_in(), &[]);
    enable(false);
    assert_eq!(enter(&sign_ins, &good, NOW), Err(Some(SignInViolation::AppDisabled)));
    enable(true);
    assert_eq!(enter(&sign_ins, &good, NOW), Ok(()));
    assert_eq!(enter(&sign_ins, &good, NOW), Err(Some(SignInViolation::JtiReused)));
}

/// The API platform has no single-use rule: neither a second use nor the store is asked about.
#[test]
fn api_calls_are_not_single_use() {
    let calls: Reference<WorkatoApi> = reference(&API);
    let good = token(&call(), &[claim("jti", "\"one\"")]);
    calls.store_up.store(false, Ordering::SeqCst);
    for _ in 0..3 {
        assert!(
            calls
                .present(&calls.accounts(), Credentials::Bearer(&good), &mut Scratch::new(), NOW)
                .is_ok()
        );
    }
}

#[test]
fn a_cast_of_another_profile_makes_no_reference() {
    assert!(matches!(Reference::<WorkatoApi>::of(&DIRECT_LINK), Err(CastError::WrongProfile)));
    assert!(matches!(Reference::<WorkatoDirectLink>::of(&TABLEAU), Err(CastError::WrongProfile)));
}
