//! An order that the document forces, taken the other way round.

use std::convert::identity;

use claimproof_verifier::workato_direct_link::Violation;

use super::{Link, PROFILE};
use crate::edit::before;
use crate::loose::payload;
use crate::mutant::{Planted, edited};

// Without a partner, or a key of theirs, there is nothing to verify the signature with.
const ALGORITHM: &[&str] =
    &["WDL-JWT-01", "WDL-JWT-02", "RFC8725-2.1", "RFC8725-3.1", "WDL-ACC-19", "WDL-ACC-20"];

const PARTNER: &[&str] = &["WDL-ACC-19", "WDL-ACC-20", "WDL-JWT-21"];

mutants! {
    pub(super) fn mutants in PROFILE, identity;

    "signature-before-alg", "The signature is verified before the algorithm is looked at",
        ALGORITHM => Planted::Swapped("alg_is_rs256", "signature");
    "signature-before-vendor", "The signature is verified before the partner is looked up",
        PARTNER => Planted::Swapped("vendor_known", "signature");
    "claims-before-structure", "The claims of a token are looked at before its structure",
        ["WDL-JWT-19", "WDL-JWT-20"] =>
        edited(|link: &mut Link| {
            before(link, "token_readable", |facts, _| match payload(facts.request.token) {
                Some(payload) if payload.get("iat").is_none() => Err(Some(Violation::IatMissing)),
                _ => Ok(()),
            });
        });
}
