//! Keys by number.

use claimproof_catalog::Profile;
use claimproof_replay::Key;
use claimproof_verifier::{JtiKind, Redemption};

pub(crate) fn redemption(realm: &str, kind: JtiKind, jti: &str) -> Redemption {
    Redemption { realm: realm.to_owned(), kind, jti: jti.to_owned(), until: 0 }
}

pub(crate) fn key(jti: usize) -> Key {
    Key::of(Profile::WorkatoDirectLink, &redemption("vendor", JtiKind::Text, &jti.to_string()))
}
