//! An order that a document forces, taken the other way round.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_catalog::Profile;
use claimproof_reference::Reference;
use claimproof_verifier::tableau_connected_app::{self, TableauConnectedApp};
use claimproof_verifier::workato_direct_link::{self, WorkatoDirectLink};

use crate::edit::before;
use crate::mutant::{Fault, Mutant, edited};

pub(crate) fn mutants(profile: Profile) -> Vec<Mutant> {
    match profile {
        Profile::WorkatoDirectLink => direct_link(),
        Profile::TableauConnectedApp => connected_app(),
        // All faults of the API platform but the size have one answer, and the size comes as it will.
        Profile::WorkatoApi | Profile::PositConnect => Vec::new(),
    }
}

/// The members of a payload that a reader takes who does not care what stands around it.
fn lenient(token: Option<&str>) -> Option<serde_json::Value> {
    let payload = URL_SAFE_NO_PAD.decode(token?.split('.').nth(1)?).ok()?;
    serde_json::from_slice(&payload).ok()
}

fn direct_link() -> Vec<Mutant> {
    let link = |name: &str, title: &str, breaks: &[&'static str], fault| {
        Mutant::new(Profile::WorkatoDirectLink, name, title, breaks, fault)
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
            Fault::Swapped("alg_is_rs256", "signature"),
        ),
        link(
            "signature-before-vendor",
            "The signature is verified before the partner is looked up",
            partner,
            Fault::Swapped("vendor_known", "signature"),
        ),
        link(
            "claims-before-structure",
            "The claims of a token are looked at before its structure",
            &["WDL-JWT-19", "WDL-JWT-20"],
            edited(|link: &mut Reference<WorkatoDirectLink>| {
                before(link, "token_readable", |facts, _| match lenient(facts.request.token) {
                    Some(payload) if payload.get("iat").is_none() => {
                        Err(Some(workato_direct_link::Violation::IatMissing))
                    }
                    _ => Ok(()),
                });
            }),
        ),
    ]
}

fn connected_app() -> Vec<Mutant> {
    let app = |name: &str, title: &str, breaks: &[&'static str], fault| {
        Mutant::new(Profile::TableauConnectedApp, name, title, breaks, fault)
    };
    vec![
        app(
            "signature-before-secret",
            "The signature is verified before the secret is looked up",
            &["TCA-10085-kid", "TCA-127-id"],
            Fault::Swapped("secret_known", "signature"),
        ),
        app(
            "secret-before-app",
            "The secret is looked up before the app",
            &["TCA-10089-iss", "TCA-126-missing", "TCA-126-ref"],
            edited(|app: &mut Reference<TableauConnectedApp>| {
                before(app, "app_known", |facts, _| match facts.header("kid").as_text() {
                    Some(_) if facts.app.is_none() => {
                        Err(Some(tableau_connected_app::Violation::SecretUnknown))
                    }
                    _ => Ok(()),
                });
            }),
        ),
        app(
            "claims-before-structure",
            "The claims of a token are looked at before its structure",
            &["RFC7515-7.1", "RFC7515-5.2", "TCA-10098-unsigned", "RFC7519-7.2"],
            edited(|app: &mut Reference<TableauConnectedApp>| {
                before(app, "enough_parts", |facts, _| match lenient(facts.request.token) {
                    Some(payload) if payload.get("jti").is_none() => {
                        Err(Some(tableau_connected_app::Violation::JtiMissing))
                    }
                    _ => Ok(()),
                });
            }),
        ),
    ]
}
