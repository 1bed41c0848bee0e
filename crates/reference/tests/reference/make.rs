//! Tokens minted by the forge for scenes of the public cast, and references to present them to.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use claimproof_cast::{Cast, public};
use claimproof_catalog::Profile;
use claimproof_reference::{FromCast, Reference};
use claimproof_vectors::{Change, Edit, Forge, Minted, Scene};
use claimproof_verifier::{tableau_connected_app as tableau, workato_direct_link as direct_link};

/// The instant every token is minted at.
pub(crate) const NOW: i64 = 1_700_000_000;

pub(crate) static DIRECT_LINK: LazyLock<Cast> =
    LazyLock::new(|| public(Profile::WorkatoDirectLink));
pub(crate) static API: LazyLock<Cast> = LazyLock::new(|| public(Profile::WorkatoApi));
pub(crate) static TABLEAU: LazyLock<Cast> = LazyLock::new(|| public(Profile::TableauConnectedApp));

pub(crate) fn reference<R: FromCast>(cast: &Cast) -> Reference<R> {
    Reference::of(cast).unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn link() -> Scene {
    let roles = &[("vendor", "vendor.ok"), ("team", "team.ok"), ("member", "member.ok")];
    Scene::new(Profile::WorkatoDirectLink, "link", roles)
}

pub(crate) fn call() -> Scene {
    Scene::new(Profile::WorkatoApi, "call", &[("profile", "profile.hmac")])
}

pub(crate) fn sign_in() -> Scene {
    let roles =
        &[("site", "site.ok"), ("app", "app.ok"), ("secret", "secret.ok"), ("user", "user.ok")];
    Scene::new(Profile::TableauConnectedApp, "sign-in", roles)
}

/// A claim with this JSON text.
pub(crate) fn claim(name: &'static str, json: impl Into<String>) -> Change {
    Change::Claim(name, Edit::Json(json.into().into()))
}

pub(crate) fn mint(scene: &Scene, changes: &[Change]) -> Minted {
    let cast = match scene.profile {
        Profile::WorkatoDirectLink => &DIRECT_LINK,
        Profile::WorkatoApi => &API,
        Profile::TableauConnectedApp => &TABLEAU,
        Profile::PositConnect => panic!("Posit Connect has no tokens to mint"),
    };
    let forge =
        Forge { players: &cast.players, now: NOW, run: "tests", case: scene.name, seed: None };
    forge.mint("token", scene, changes, &BTreeMap::new()).unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn token(scene: &Scene, changes: &[Change]) -> String {
    mint(scene, changes).presentation.token.unwrap_or_default()
}

pub(crate) fn link_request(token: &str) -> direct_link::Request<'_> {
    direct_link::Request {
        accept: Some("text/html"),
        requested_with: None,
        path: Some("https://app.claimproof.example/recipes"),
        token: Some(token),
        saml_session: false,
    }
}

pub(crate) fn sign_in_request(token: &str) -> tableau::Request<'_> {
    let site = TABLEAU.players.get("site.ok").map_or("", |player| player.id.as_str());
    tableau::Request {
        endpoint: tableau::Endpoint::EmbedXhr,
        site,
        origin: None,
        token: Some(token),
    }
}
