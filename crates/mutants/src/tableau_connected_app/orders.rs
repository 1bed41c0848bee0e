//! An order that the document forces, taken the other way round.

use std::convert::identity;

use claimproof_verifier::tableau_connected_app::Violation;

use super::{App, PROFILE};
use crate::edit::before;
use crate::loose::payload;
use crate::mutant::{Planted, edited};

mutants! {
    pub(super) fn mutants in PROFILE, identity;

    "signature-before-secret", "The signature is verified before the secret is looked up",
        ["TCA-10085-kid", "TCA-127-id"] => Planted::Swapped("secret_known", "signature");
    "secret-before-app", "The secret is looked up before the app",
        ["TCA-10089-iss", "TCA-126-missing", "TCA-126-ref"] =>
        edited(|app: &mut App| {
            before(app, "app_known", |facts, _| match facts.header("kid").as_text() {
                Some(_) if facts.app.is_none() => Err(Some(Violation::SecretUnknown)),
                _ => Ok(()),
            });
        });
    "claims-before-structure", "The claims of a token are looked at before its structure",
        ["RFC7515-7.1", "RFC7515-5.2", "TCA-10098-unsigned", "RFC7519-7.2"] =>
        edited(|app: &mut App| {
            before(app, "enough_parts", |facts, _| match payload(facts.request.token) {
                Some(payload) if payload.get("jti").is_none() => Err(Some(Violation::JtiMissing)),
                _ => Ok(()),
            });
        });
}
