//! An order that the document forces, taken the other way round.

use claimproof_verifier::workato_direct_link::Violation;

use super::{Link, PROFILE};
use crate::edit::before;
use crate::loose::payload;
use crate::mutant::{Mutant, Planted, edited};

pub(super) fn mutants() -> Vec<Mutant> {
    let link = |name: &str, title: &str, breaks: &[&'static str], fault| {
        Mutant::new(PROFILE, name, title, breaks, fault)
    };
    // Without a partner, or a key of theirs, there is nothing to verify the signature with.
    let algorithm =
        &["WDL-JWT-01", "WDL-JWT-02", "RFC8725-2.1", "RFC8725-3.1", "WDL-ACC-19", "WDL-ACC-20"];
    let partner = &["WDL-ACC-19", "WDL-ACC-20", "WDL-JWT-21"];
    vec![
        link(
            "signature-before-alg",
            "The signature is verified before the algorithm is looked at",
            algorithm,
            Planted::Swapped("alg_is_rs256", "signature"),
        ),
        link(
            "signature-before-vendor",
            "The signature is verified before the partner is looked up",
            partner,
            Planted::Swapped("vendor_known", "signature"),
        ),
        link(
            "claims-before-structure",
            "The claims of a token are looked at before its structure",
            &["WDL-JWT-19", "WDL-JWT-20"],
            edited(|link: &mut Link| {
                before(link, "token_readable", |facts, _| match payload(facts.request.token) {
                    Some(payload) if payload.get("iat").is_none() => {
                        Err(Some(Violation::IatMissing))
                    }
                    _ => Ok(()),
                });
            }),
        ),
    ]
}
