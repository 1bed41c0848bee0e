//! Keys by number.

use claimproof_catalog::Profile;
use claimproof_replay::UsedId;
use claimproof_verifier::{JtiKind, Once};

pub(crate) fn once<'a>(realm: &'a str, kind: JtiKind, jti: &'a str) -> Once<'a> {
    Once { realm, kind, jti, until: 0 }
}

pub(crate) fn key(jti: usize) -> UsedId<'static> {
    // A key borrows its id, and a test keeps few of them.
    let jti = jti.to_string().leak();
    UsedId::of(Profile::WorkatoDirectLink, &once("vendor", JtiKind::Text, jti))
}
