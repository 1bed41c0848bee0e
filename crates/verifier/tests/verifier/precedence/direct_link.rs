//! Direct links: faults by hand from document 000.

use claimproof_catalog::Profile;
use claimproof_verifier::workato_direct_link::{Request, Violation, WorkatoDirectLink};
use claimproof_verifier::{Rejection, Verifier};

use super::super::make::{Draft, NOW, quoted, with_other_signature};
use super::super::world::{DIRECT_LINK, PAGE, id, key, link_draft, verdict};
use super::{Fault, Table, fault, hiding};

pub(crate) struct DirectLink;

pub(crate) struct Scene {
    vendor: &'static str,
    team: &'static str,
    member: &'static str,
    surplus: &'static str,
    draft: Draft,
    accept: &'static str,
    requested_with: Option<&'static str>,
    path: &'static str,
    handed_in: bool,
}

impl Default for Scene {
    fn default() -> Self {
        let (vendor, team, member) = ("vendor.ok", "team.ok", "member.ok");
        let (accept, requested_with, path) = ("text/html", None, PAGE);
        let draft = link_draft();
        Self { vendor, team, member, surplus: "", draft, accept, requested_with, path, handed_in: true }
    }
}

impl Scene {
    fn seconds_ahead(&mut self, name: &str, by: i64) {
        self.draft.payload.set(name, (NOW + by).to_string());
    }
}

impl Table for DirectLink {
    type Rules = WorkatoDirectLink;
    type Scene = Scene;

    fn faults() -> Vec<Fault<Scene>> {
        [request(), token(), claims(), teams(), members()].into_iter().flatten().collect()
    }

    fn ask(scene: &Scene) -> Vec<Rejection<Violation>> {
        let id = |role| id(Profile::WorkatoDirectLink, role);
        let mut draft = scene.draft.clone();
        draft.key = key(Profile::WorkatoDirectLink, scene.vendor).clone();
        let sub = format!("{}:{}:{}{}", id(scene.vendor), id(scene.team), id(scene.member), scene.surplus);
        draft.payload.set("sub", quoted(&sub));
        let token = scene.handed_in.then(|| draft.token());
        let request = Request {
            accept: Some(scene.accept),
            requested_with: scene.requested_with,
            path: Some(scene.path),
            token: token.as_deref(),
            saml_session: false,
        };
        let verifier = Verifier::<WorkatoDirectLink>::default();
        verdict(&verifier, &DIRECT_LINK, request, NOW).err().unwrap_or_default()
    }
}

/// What is read from a token, and so not there without one.
const OF_TOKEN: &[&str] = &[
    "token_readable",
    "no_extension",
    "alg_is_rs256",
    "sub_segments",
    "vendor_known",
    "vendor_has_admin",
    "vendor_link_enabled",
    "vendor_has_key",
    "signature",
    "iat_present",
    "iat_integer",
    "jti_present",
    "jti_type",
    "not_too_old",
    "not_too_new",
    "team_known",
    "team_no_admin",
    "team_link_enabled",
    "team_confirmed",
    "team_saml",
    "member_no_owner",
    "member_no_manager",
    "member_known",
    "member_has_team",
    "member_of_team",
    "member_confirmed",
];

fn request() -> Vec<Fault<Scene>> {
    vec![
        fault("asks_for_html", "http_request_invalid", "accept", |scene| scene.accept = "application/json"),
        fault("is_no_script", "http_request_invalid", "xhr", |scene| scene.requested_with = Some("XMLHttpRequest")),
        fault("path_is_clean", "path_invalid", "path", |scene| scene.path = "https://app.claimproof.example/\n"),
        fault("path_is_url", "path_invalid", "path", |scene| scene.path = "//app.claimproof.example/"),
        fault("path_is_absolute", "path_invalid", "path", |scene| scene.path = "/recipes"),
        fault("path_is_https", "path_invalid", "path", |scene| scene.path = "http://app.claimproof.example/"),
        fault("path_is_ours", "path_invalid", "path", |scene| scene.path = "https://elsewhere.example/"),
    ]
}

fn token() -> Vec<Fault<Scene>> {
    vec![
        hiding("token_present", "token_missing", "text", |scene| scene.handed_in = false, OF_TOKEN),
        hiding("token_readable", "token_invalid", "text", |scene| scene.draft.finish = |token| token + ".x", OF_TOKEN),
        fault("no_extension", "token_invalid", "crit", |scene| scene.draft.header.set("crit", r#"["b64"]"#)),
        fault("alg_is_rs256", "alg_invalid", "alg", |scene| scene.draft.header.set("alg", quoted("RS512"))),
        fault("alg_is_rs256", "alg_invalid", "alg", |scene| scene.draft.header.remove("alg")),
        fault("sub_segments", "token_invalid", "surplus", |scene| scene.surplus = ":more"),
        hiding("vendor_known", "vendor_missing", "vendor", |scene| scene.vendor = "vendor.unknown", &["team_known"]),
        fault("vendor_has_admin", "vendor_admin_missing", "vendor", |scene| scene.vendor = "vendor.no-admin"),
        fault("vendor_link_enabled", "vendor_direct_team_link_disabled", "vendor", |scene| {
            scene.vendor = "vendor.link-disabled";
        }),
        fault("vendor_has_key", "vendor_key_missing", "vendor", |scene| scene.vendor = "vendor.no-key"),
        fault("signature", "token_signature_invalid", "text", |scene| scene.draft.finish = with_other_signature),
    ]
}

fn claims() -> Vec<Fault<Scene>> {
    vec![
        fault("iat_present", "iat_missing", "iat", |scene| scene.draft.payload.remove("iat")),
        fault("iat_integer", "iat_invalid", "iat", |scene| scene.draft.payload.set("iat", "\"1700000000\"")),
        fault("not_too_old", "token_expired", "iat", |scene| scene.seconds_ahead("iat", -31)),
        fault("not_too_new", "token_expired", "iat", |scene| scene.seconds_ahead("iat", 31)),
        fault("jti_present", "jti_missing", "jti", |scene| scene.draft.payload.remove("jti")),
        fault("jti_type", "jti_invalid", "jti", |scene| scene.draft.payload.set("jti", "true")),
    ]
}

fn teams() -> Vec<Fault<Scene>> {
    vec![
        hiding("team_known", "team_missing", "team", |scene| scene.team = "team.unknown", &["member_of_team"]),
        fault("team_known", "team_missing", "team", |scene| scene.team = "team.of-other"),
        fault("team_no_admin", "team_not_allowed", "team", |scene| scene.team = "team.admin"),
        fault("team_link_enabled", "team_direct_team_link_disabled", "team", |scene| scene.team = "team.old"),
        fault("team_confirmed", "team_unconfirmed", "team", |scene| scene.team = "team.unconfirmed"),
        fault("team_saml", "team_saml_required", "team", |scene| scene.team = "team.saml"),
    ]
}

fn members() -> Vec<Fault<Scene>> {
    vec![
        fault("member_no_owner", "x-frame-options", "member", |scene| scene.member = "member.owner"),
        fault("member_no_manager", "x-frame-options", "member", |scene| scene.member = "member.manager"),
        fault("member_known", "member_invalid", "member", |scene| scene.member = "member.unknown"),
        fault("member_has_team", "team_missing", "member", |scene| scene.member = "member.teamless"),
        fault("member_of_team", "x-frame-options", "member", |scene| scene.member = "member.foreign"),
        fault("member_confirmed", "member_unconfirmed", "member", |scene| scene.member = "member.unconfirmed"),
    ]
}
