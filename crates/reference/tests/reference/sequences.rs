//! Good, forged, late and misnamed tokens in any order under any clock, sharing ids: an id is
//! accepted at most once within its window, and a refusal never spends one.

use std::sync::LazyLock;
use std::sync::atomic::Ordering;

use claimproof_cast::Cast;
use claimproof_reference::{FromCast, Reference};
use claimproof_token::Scratch;
use claimproof_vectors::{Alg, Change, Scene, Signature};
use claimproof_verifier::tableau_connected_app::{self as tableau, TableauConnectedApp};
use claimproof_verifier::workato_direct_link::{self as direct_link, WorkatoDirectLink};
use proptest::prelude::*;

use super::make::{
    DIRECT_LINK, NOW, TABLEAU, claim, link, link_request, reference, sign_in, sign_in_request,
    token,
};

/// What is wrong with a token beside its time.
struct Kind<V> {
    changes: Vec<Change>,
    /// What is met before its time is looked at.
    early: Option<V>,
    /// What is met after.
    late: Option<V>,
    /// Whose ids it uses.
    realm: usize,
}

/// A minted token and what the documents say of it.
struct Token<V> {
    text: String,
    early: Option<V>,
    late: Option<V>,
    /// Realm and id: what may be accepted once.
    id: (usize, usize),
    /// First and last second of acceptance, and the one it is remembered through.
    window: (i64, i64, i64),
}

/// A profile with a single-use rule.
trait World: FromCast {
    const TOO_NEW: Self::Violation;
    const TOO_OLD: Self::Violation;

    fn cast() -> &'static Cast;
    fn tokens() -> &'static [Token<Self::Violation>];
    fn request(token: &str) -> Self::Request<'_>;
}

/// Every kind under every id and instant; `instants` are the claim and the window it gives.
fn pool<V: Clone>(
    scene: &Scene,
    kinds: &[Kind<V>],
    ids: &[&str],
    instants: &[(Change, (i64, i64, i64))],
) -> Vec<Token<V>> {
    let mut tokens = Vec::new();
    for kind in kinds {
        for (place, jti) in ids.iter().enumerate() {
            for (instant, window) in instants {
                let mut changes = vec![claim("jti", *jti), instant.clone()];
                changes.extend(kind.changes.iter().cloned());
                let (early, late) = (kind.early.clone(), kind.late.clone());
                let text = token(scene, &changes);
                tokens.push(Token { text, early, late, id: (kind.realm, place), window: *window });
            }
        }
    }
    tokens
}

fn flip(mut signature: Vec<u8>) -> Vec<u8> {
    signature[7] ^= 1;
    signature
}

const FLIPPED: Change = Change::Sign(Signature::Altered("with a bit flipped", flip));

impl World for WorkatoDirectLink {
    const TOO_NEW: direct_link::Violation =
        direct_link::Violation::TooNew { iat: 0, now: 0, window: 30 };
    const TOO_OLD: direct_link::Violation =
        direct_link::Violation::TooOld { iat: 0, now: 0, window: 30 };

    fn cast() -> &'static Cast {
        &DIRECT_LINK
    }

    fn tokens() -> &'static [Token<direct_link::Violation>] {
        use direct_link::Violation as V;
        static TOKENS: LazyLock<Vec<Token<V>>> = LazyLock::new(|| {
            let kind =
                |change: Vec<Change>, early, late| Kind { changes: change, early, late, realm: 0 };
            let other = Change::Roles(&[
                ("vendor", "vendor.other"),
                ("team", "team.of-other"),
                ("member", "member.ok"),
            ]);
            let by_other = Change::Sign(Signature::By("vendor.other", Alg::Rs256));
            let kinds = [
                kind(vec![], None, None),
                kind(vec![FLIPPED], Some(V::SignatureMismatch), None),
                kind(vec![by_other], Some(V::SignatureMismatch), None),
                kind(vec![Change::header("alg", "\"HS256\"")], Some(V::AlgNotRs256), None),
                kind(
                    vec![Change::Roles(&[("team", "team.unconfirmed")])],
                    None,
                    Some(V::TeamUnconfirmed),
                ),
                kind(
                    vec![Change::Roles(&[("member", "member.unknown")])],
                    None,
                    Some(V::MemberUnknown),
                ),
                Kind { changes: vec![other], early: None, late: Some(V::MemberForeign), realm: 1 },
            ];
            let at = |by: i64| {
                let iat = NOW + by;
                (claim("iat", iat.to_string()), (iat - 30, iat + 30, iat + 30))
            };
            // The same id as string and as integer are two.
            pool(&link(), &kinds, &["1", "\"1\"", "\"no-2\""], &[at(0), at(20), at(50)])
        });
        &TOKENS
    }

    fn request(token: &str) -> direct_link::Request<'_> {
        link_request(token)
    }
}

impl World for TableauConnectedApp {
    /// A token whose `exp` lies too far ahead becomes good later, like one whose `iat` does.
    const TOO_NEW: tableau::Violation =
        tableau::Violation::ExpTooFar { exp: 0, now: 0, limit: 600 };
    const TOO_OLD: tableau::Violation = tableau::Violation::Expired { exp: 0, now: 0 };

    fn cast() -> &'static Cast {
        &TABLEAU
    }

    fn tokens() -> &'static [Token<tableau::Violation>] {
        use tableau::Violation as V;
        static TOKENS: LazyLock<Vec<Token<V>>> = LazyLock::new(|| {
            let kind = |changes: Vec<Change>, early, late| Kind { changes, early, late, realm: 0 };
            let by_other = Change::Sign(Signature::By("secret.second", Alg::Hs256));
            let another = Change::Roles(&[("app", "app.another"), ("secret", "secret.of-another")]);
            let on_demand = Change::claim("https://tableau.com/oda", "\"true\"");
            let kinds = [
                kind(vec![], None, None),
                kind(vec![FLIPPED], Some(V::SignatureMismatch), None),
                kind(vec![by_other], Some(V::SignatureMismatch), None),
                kind(vec![Change::Roles(&[("app", "app.disabled")])], Some(V::AppDisabled), None),
                kind(vec![Change::Roles(&[("user", "user.unknown")])], None, Some(V::UserUnknown)),
                kind(vec![on_demand], None, Some(V::OnDemandNotLicensed)),
                Kind { changes: vec![another], early: None, late: None, realm: 1 },
            ];
            let at = |by: i64, form: &str| {
                let exp = NOW + by;
                (claim("exp", format!("{exp}{form}")), (exp - 600, exp - 1, exp))
            };
            let instants = [at(30, ""), at(60, ".5"), at(90, ".0"), at(640, "")];
            pool(&sign_in(), &kinds, &["\"1\"", "\"1 \"", "\"two\""], &instants)
        });
        &TOKENS
    }

    fn request(token: &str) -> tableau::Request<'_> {
        sign_in_request(token)
    }
}

#[derive(Clone, Debug)]
enum Deed {
    /// The token, and whether one that nothing is wrong with but its time.
    Present(prop::sample::Index, bool),
    Again,
    Clock(i64),
    Store(bool),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        8 => (any::<prop::sample::Index>(), any::<bool>()).prop_map(|(token, good)| Deed::Present(token, good)),
        3 => Just(Deed::Again),
        4 => (-20..=40_i64).prop_map(Deed::Clock),
        1 => prop::bool::weighted(0.7).prop_map(Deed::Store),
    ];
    prop::collection::vec(deed, 1..60)
}

/// The naive side: every acceptance, and the furthest clock the store was shown.
struct Naive {
    accepted: Vec<((usize, usize), i64)>,
    furthest: i64,
    up: bool,
}

impl Naive {
    fn expect<W: World>(
        &mut self,
        token: &Token<W::Violation>,
        now: i64,
    ) -> Result<(), W::Violation> {
        let (from, to, until) = token.window;
        let time = if now < from {
            Err(W::TOO_NEW)
        } else if now > to {
            Err(W::TOO_OLD)
        } else {
            Ok(())
        };
        token.early.clone().map_or(Ok(()), Err)?;
        time?;
        token.late.clone().map_or(Ok(()), Err)?;
        if !self.up {
            return Err(W::SINGLE_USE.unwrap().store_down);
        }
        self.furthest = self.furthest.max(now);
        if until < self.furthest {
            return Err(W::SINGLE_USE.unwrap().store_down);
        }
        if self.accepted.iter().any(|(id, until)| *id == token.id && *until >= self.furthest) {
            return Err(W::SINGLE_USE.unwrap().reused);
        }
        self.accepted.push((token.id, until));
        Ok(())
    }
}

/// Without what a violation measures.
fn kind<V: std::fmt::Debug>(violation: V) -> String {
    format!("{violation:?}").split(' ').next().unwrap_or_default().to_owned()
}

fn run<W: World>(deeds: &[Deed]) {
    let reference: Reference<W> = reference(W::cast());
    let mut naive = Naive { accepted: Vec::new(), furthest: i64::MIN, up: true };
    let tokens = W::tokens();
    let good: Vec<_> =
        tokens.iter().filter(|token| token.early.is_none() && token.late.is_none()).collect();
    let (mut now, mut last) = (NOW, &tokens[0]);
    for deed in deeds {
        match deed {
            Deed::Clock(by) => now += by,
            Deed::Store(up) => {
                naive.up = *up;
                reference.store_up.store(*up, Ordering::SeqCst);
            }
            Deed::Present(place, true) => last = good[place.index(good.len())],
            Deed::Present(place, false) => last = &tokens[place.index(tokens.len())],
            Deed::Again => {}
        }
        if matches!(deed, Deed::Present(..) | Deed::Again) {
            let seen = reference
                .present(&reference.accounts(), W::request(&last.text), &mut Scratch::new(), now)
                .map(drop);
            let seen = seen.map_err(|rejection| rejection.violation.map(kind).unwrap_or_default());
            let expected = naive.expect::<W>(last, now).map_err(kind);
            assert_eq!(seen, expected, "id {:?}, window {:?}, at {now}", last.id, last.window);
        }
    }
}

/// Everything there is, one after the other: refused ones first spend nothing, and then good ones pass once.
fn refusals_spend_nothing<W: World>() {
    let reference: Reference<W> = reference(W::cast());
    let is_good = |token: &&Token<W::Violation>| token.early.is_none() && token.late.is_none();
    for token in W::tokens().iter().filter(|token| !is_good(token)) {
        assert!(
            reference
                .present(&reference.accounts(), W::request(&token.text), &mut Scratch::new(), NOW)
                .is_err()
        );
    }
    let mut spent = Vec::new();
    for token in W::tokens()
        .iter()
        .filter(is_good)
        .filter(|token| (token.window.0..=token.window.1).contains(&NOW))
    {
        let first = !spent.contains(&token.id);
        spent.push(token.id);
        assert_eq!(
            reference
                .present(&reference.accounts(), W::request(&token.text), &mut Scratch::new(), NOW)
                .is_ok(),
            first,
            "id {:?}",
            token.id
        );
        assert!(
            reference
                .present(&reference.accounts(), W::request(&token.text), &mut Scratch::new(), NOW)
                .is_err()
        );
    }
    assert!(spent.len() >= 6);
}

#[test]
fn refusals_spend_nothing_on_direct_links() {
    refusals_spend_nothing::<WorkatoDirectLink>();
}

#[test]
fn refusals_spend_nothing_on_sign_ins() {
    refusals_spend_nothing::<TableauConnectedApp>();
}

proptest! {
    #[test]
    fn direct_links(deeds in deeds()) {
        run::<WorkatoDirectLink>(&deeds);
    }

    #[test]
    fn sign_ins(deeds in deeds()) {
        run::<TableauConnectedApp>(&deeds);
    }
}
