//! Connected apps: faults by hand from document 003; where it names no code, the reading's default.

use claimproof_catalog::Profile;
use claimproof_verifier::tableau_connected_app::{Request, Surface, TableauConnectedApp, Violation};
use claimproof_verifier::{Rejection, Verifier};

use super::super::make::{Draft, NOW, quoted, with_other_signature};
use super::super::world::{TABLEAU, id, tableau_draft, verdict};
use super::{Fault, Table, fault, hiding};

pub(crate) struct Tableau;

pub(crate) struct Scene {
    draft: Draft,
    site: &'static str,
    origin: Option<&'static str>,
    surface: Surface,
    handed_in: bool,
}

impl Default for Scene {
    fn default() -> Self {
        let (draft, surface) = (tableau_draft(), Surface::EmbedXhr);
        Self { draft, site: id(Profile::TableauConnectedApp, "site.ok"), origin: None, surface, handed_in: true }
    }
}

impl Scene {
    fn at(&mut self, site: &'static str, origin: Option<&'static str>) {
        self.site = id(Profile::TableauConnectedApp, site);
        self.origin = origin;
    }

    fn on_demand(&mut self, site: &'static str) {
        self.at(site, None);
        self.draft.payload.set("https://tableau.com/oda", quoted("true"));
    }

    fn header(&mut self, name: &str, role: &str) {
        self.draft.header.set(name, quoted(id(Profile::TableauConnectedApp, role)));
    }

    fn claim(&mut self, name: &str, json: &str) {
        self.draft.payload.set(name, json);
    }

    fn seconds_ahead(&mut self, name: &str, by: i64) {
        self.draft.payload.set(name, (NOW + by).to_string());
    }
}

impl Table for Tableau {
    type Rules = TableauConnectedApp;
    type Scene = Scene;

    fn faults() -> Vec<Fault<Scene>> {
        [form(), identity(), claims(), times(), embedding()].into_iter().flatten().collect()
    }

    fn ask(scene: &Scene) -> Vec<Rejection<Violation>> {
        let token = scene.handed_in.then(|| scene.draft.token());
        let Scene { surface, site, origin, .. } = *scene;
        let request = Request { surface, site, origin, token: token.as_deref() };
        let verifier = Verifier::<TableauConnectedApp>::default();
        verdict(&verifier, &TABLEAU, request, NOW).err().unwrap_or_default()
    }
}

/// Steps that look at a readable token.
const READ: &[&str] = &[
    "no_extension",
    "signed",
    "alg_is_hs256",
    "kid_present",
    "iss_present",
    "iss_agrees",
    "app_known",
    "app_enabled",
    "secret_known",
    "signature",
    "aud_present",
    "aud_is_tableau",
    "sub_present",
    "iat_is_time",
    "exp_present",
    "exp_is_time",
    "nbf_is_time",
    "exp_not_too_far",
    "not_expired",
    "already_valid",
    "jti_present",
    "scp_present",
    "scp_is_list",
    "on_demand_on_cloud",
    "on_demand_licensed",
    "on_demand_not_in_iframe",
    "user_known",
    "user_may_sign_in",
];
const ALL: &[&str] = &[
    "token_size",
    "enough_parts",
    "not_encrypted",
    "token_readable",
    "no_extension",
    "signed",
    "alg_is_hs256",
    "kid_present",
    "iss_present",
    "iss_agrees",
    "app_known",
    "app_enabled",
    "secret_known",
    "signature",
    "aud_present",
    "aud_is_tableau",
    "sub_present",
    "iat_is_time",
    "exp_present",
    "exp_is_time",
    "nbf_is_time",
    "exp_not_too_far",
    "not_expired",
    "already_valid",
    "jti_present",
    "scp_present",
    "scp_is_list",
    "on_demand_on_cloud",
    "on_demand_licensed",
    "on_demand_not_in_iframe",
    "user_known",
    "user_may_sign_in",
];
const OF_APP: &[&str] = &["app_enabled", "secret_known"];
const OF_ISS: &[&str] = &["iss_agrees", "app_enabled", "secret_known"];
const OF_SITE: &[&str] = &["app_enabled", "secret_known", "on_demand_on_cloud", "on_demand_licensed"];

fn form() -> Vec<Fault<Scene>> {
    vec![
        fault("token_size", "10103", "padding", |scene| scene.claim("padding", &quoted(&"x".repeat(7000)))),
        hiding("token_present", "10084", "text", |scene| scene.handed_in = false, ALL),
        hiding(
            "enough_parts",
            "10098",
            "text",
            |scene| {
                scene.draft.finish = |token| token.rsplit_once('.').map(|(start, _)| start.to_owned()).unwrap();
            },
            READ,
        ),
        hiding("not_encrypted", "10098", "text", |scene| scene.draft.finish = |token| token + ".x.x", READ),
        hiding("token_readable", "10084", "text", |scene| scene.draft.finish = |token| token + ".x", READ),
        fault("no_extension", "10084", "crit", |scene| scene.draft.header.set("crit", "null")),
        fault("signed", "10098", "alg", |scene| scene.draft.header.set("alg", quoted("none"))),
        fault("alg_is_hs256", "10084", "alg", |scene| scene.draft.header.set("alg", quoted("HS384"))),
        fault("signature", "127", "text", |scene| scene.draft.finish = with_other_signature),
    ]
}

fn identity() -> Vec<Fault<Scene>> {
    vec![
        fault("kid_present", "10083", "kid", |scene| scene.draft.header.remove("kid")),
        hiding("iss_present", "10083", "iss", |scene| scene.draft.header.remove("iss"), OF_ISS),
        fault("iss_agrees", "10083", "payload iss", |scene| scene.claim("iss", "\"another\"")),
        hiding("app_known", "10089", "site", |scene| scene.at("site.other", None), OF_SITE),
        hiding("app_known", "10089", "iss", |scene| scene.header("iss", "app.unknown"), OF_APP),
        hiding("app_known", "10089", "iss", |scene| scene.header("iss", "app.elsewhere"), OF_APP),
        fault("app_enabled", "10090", "iss", |scene| scene.header("iss", "app.disabled")),
        fault("secret_known", "10085", "kid", |scene| scene.header("kid", "secret.unknown")),
        fault("secret_known", "10085", "kid", |scene| scene.header("kid", "secret.of-another")),
    ]
}

fn claims() -> Vec<Fault<Scene>> {
    vec![
        fault("aud_present", "10084", "aud", |scene| scene.draft.payload.remove("aud")),
        fault("aud_is_tableau", "10084", "aud", |scene| scene.claim("aud", "\"Tableau\"")),
        hiding("sub_present", "10084", "sub", |scene| scene.draft.payload.remove("sub"), &["user_may_sign_in"]),
        fault("jti_present", "10094", "jti", |scene| scene.draft.payload.remove("jti")),
        fault("scp_present", "10099", "scp", |scene| scene.draft.payload.remove("scp")),
        fault("scp_is_list", "10097", "scp", |scene| scene.claim("scp", "\"tableau:views:embed\"")),
        fault("user_known", "5", "sub", |scene| scene.claim("sub", "\"nobody@example.com\"")),
        fault("user_may_sign_in", "16", "sub", |scene| {
            scene.claim("sub", &quoted(id(Profile::TableauConnectedApp, "user.barred")));
        }),
    ]
}

fn times() -> Vec<Fault<Scene>> {
    vec![
        fault("iat_is_time", "10084", "iat", |scene| scene.claim("iat", "\"2023-11-14\"")),
        fault("exp_present", "10084", "exp", |scene| scene.draft.payload.remove("exp")),
        fault("exp_is_time", "10084", "exp", |scene| scene.claim("exp", "true")),
        fault("exp_not_too_far", "10096", "exp", |scene| scene.seconds_ahead("exp", 601)),
        fault("not_expired", "16", "exp", |scene| scene.seconds_ahead("exp", 0)),
        fault("nbf_is_time", "10084", "nbf", |scene| scene.claim("nbf", "\"1700000000\"")),
        fault("already_valid", "10084", "nbf", |scene| scene.seconds_ahead("nbf", 1)),
    ]
}

/// On-demand access makes a passing user, so it hides that nobody has this name.
fn embedding() -> Vec<Fault<Scene>> {
    vec![
        hiding("on_demand_on_cloud", "67", "site", |scene| scene.on_demand("site.server"), &["user_known"]),
        hiding("on_demand_licensed", "10101", "site", |scene| scene.on_demand("site.ok"), &["user_known"]),
        hiding(
            "on_demand_not_in_iframe",
            "10102",
            "site",
            |scene| {
                scene.surface = Surface::EmbedIframe;
                scene.on_demand("site.licensed");
            },
            &["user_known"],
        ),
        fault("origin_present", "10106", "site", |scene| scene.at("site.listed", None)),
        fault("origin_is_url", "10105", "site", |scene| scene.at("site.listed", Some("null"))),
        fault("origin_listed", "10092", "site", |scene| scene.at("site.listed", Some("https://a.example"))),
    ]
}
