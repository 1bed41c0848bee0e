//! Keys by number.

use claimproof_catalog::Profile;
use claimproof_replay::Key;
use claimproof_verifier::{JtiKind, Once};

pub(crate) fn once<'a>(realm: &'a str, kind: JtiKind, jti: &'a str) -> Once<'a> {
    Once { realm, kind, jti, until: 0 }
}

pub(crate) fn key(jti: usize) -> Key<'static> {
    // A key borrows its id, and a test keeps few of them.
    let jti = jti.to_string().leak();
    Key::of(Profile::WorkatoDirectLink, &once("vendor", JtiKind::Text, jti))
}
