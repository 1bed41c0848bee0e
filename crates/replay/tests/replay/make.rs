//! Keys by number.

use claimproof_catalog::Profile;
use claimproof_replay::Key;
use claimproof_verifier::{JtiKind, Redemption};

pub(crate) fn redemption<'a>(realm: &'a str, kind: JtiKind, jti: &'a str) -> Redemption<'a> {
    Redemption { realm, kind, jti, until: 0 }
}

pub(crate) fn key(jti: usize) -> Key<'static> {
    // A key borrows its id, and a test keeps few of them.
    let jti = jti.to_string().leak();
    Key::of(Profile::WorkatoDirectLink, &redemption("vendor", JtiKind::Text, jti))
}
