//! The API platform: faults by hand from documents 001 and 004; all but the size have one answer.

use claimproof_catalog::Profile;
use claimproof_verifier::workato_api::{Credentials, Violation, WorkatoApi};
use claimproof_verifier::{Rejection, Verifier};

use super::super::make::{Draft, NOW, quoted, with_other_signature};
use super::super::world::{API, api_draft, id, key, verdict};
use super::{Fault, Table, fault, hiding};

pub(crate) struct Api;

pub(crate) struct Scene {
    draft: Draft,
    scheme: &'static str,
    values: usize,
}

impl Default for Scene {
    fn default() -> Self {
        Self { draft: api_draft("profile.hmac"), scheme: "Bearer", values: 1 }
    }
}

impl Scene {
    /// Names another profile and signs with its key.
    fn profile(&mut self, role: &'static str) {
        self.draft.key = key(Profile::WorkatoApi, role).clone();
        self.draft.header.set("kid", quoted(id(Profile::WorkatoApi, role)));
    }
}

const REFUSED: &str = "access_refused";

impl Table for Api {
    type Rules = WorkatoApi;
    type Scene = Scene;

    fn faults() -> Vec<Fault<Scene>> {
        [request(), token(), keys()].into_iter().flatten().collect()
    }

    fn ask(scene: &Scene) -> Vec<Rejection<Violation>> {
        let value = format!("{} {}", scene.scheme, scene.draft.token());
        let values = vec![value.as_str(); scene.values];
        let verifier = Verifier::<WorkatoApi>::default();
        verdict(&verifier, &API, Credentials::read(&values), NOW).err().unwrap_or_default()
    }
}

const UNREADABLE: &[&str] =
    &["no_extension", "api_key_present", "api_key_known", "profile_active", "alg_of_profile", "signature"];
const NO_TOKEN: &[&str] = &[
    "payload_size",
    "token_readable",
    "no_extension",
    "api_key_present",
    "api_key_known",
    "profile_active",
    "alg_of_profile",
    "signature",
];
const NO_VALUE: &[&str] = &[
    "scheme_is_bearer",
    "payload_size",
    "token_readable",
    "no_extension",
    "api_key_present",
    "api_key_known",
    "profile_active",
    "alg_of_profile",
    "signature",
];
const NO_PROFILE: &[&str] = &["alg_of_profile"];

fn request() -> Vec<Fault<Scene>> {
    vec![
        hiding("credentials_present", REFUSED, "values", |scene| scene.values = 0, NO_VALUE),
        hiding("credentials_single", REFUSED, "values", |scene| scene.values = 2, NO_VALUE),
        hiding("scheme_is_bearer", REFUSED, "scheme", |scene| scene.scheme = "Basic", NO_TOKEN),
        hiding("scheme_is_bearer", REFUSED, "scheme", |scene| scene.scheme = "", NO_TOKEN),
        fault("payload_size", "payload_too_large", "padding", |scene| {
            scene.draft.payload.set("padding", quoted(&"x".repeat(4000)));
        }),
    ]
}

fn token() -> Vec<Fault<Scene>> {
    vec![
        hiding("token_readable", REFUSED, "text", |scene| scene.draft.finish = |token| token + ".x", UNREADABLE),
        hiding("token_readable", REFUSED, "text", |scene| scene.draft.finish = |token| token + "=", UNREADABLE),
        fault("no_extension", REFUSED, "crit", |scene| scene.draft.header.set("crit", "[]")),
        fault("alg_of_profile", REFUSED, "alg", |scene| scene.draft.header.set("alg", quoted("none"))),
        fault("alg_of_profile", REFUSED, "alg", |scene| scene.draft.header.set("alg", quoted("HS512"))),
        fault("alg_of_profile", REFUSED, "alg", |scene| scene.draft.header.remove("alg")),
        fault("signature", REFUSED, "text", |scene| scene.draft.finish = with_other_signature),
    ]
}

fn keys() -> Vec<Fault<Scene>> {
    vec![
        hiding("api_key_present", REFUSED, "key", |scene| scene.draft.header.remove("kid"), NO_PROFILE),
        hiding("api_key_present", REFUSED, "key", |scene| scene.draft.header.set("kid", "null"), NO_PROFILE),
        hiding("api_key_known", REFUSED, "key", |scene| scene.profile("profile.unknown"), NO_PROFILE),
        hiding("api_key_known", REFUSED, "key", |scene| scene.draft.header.set("kid", "7"), NO_PROFILE),
        fault("profile_active", REFUSED, "key", |scene| scene.profile("profile.disabled")),
    ]
}
