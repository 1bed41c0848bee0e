//! What is accepted: the scenes every other case changes in one place.

use claimproof_catalog::Profile;

use super::on_demand;
use crate::case::Case;
use crate::change::{Change, Edit, RequestEdit};
use crate::expect::Expect;
use crate::presentation::Surface;
use crate::scene::Scene;

pub(super) type Roles = &'static [(&'static str, &'static str)];

/// The page that stands in the lists.
pub(super) const LISTED: &str = "https://portal.example";

pub(super) fn scene(name: &'static str, roles: Roles) -> Scene {
    Scene::new(Profile::TableauConnectedApp, name, roles)
}

pub(super) const fn at(surface: Surface) -> Change {
    Change::Request(RequestEdit::Surface(surface))
}

const fn origin(value: &'static str) -> Change {
    Change::request_header("origin", value)
}

const fn groups() -> Change {
    Change::claim("https://tableau.com/groups", "[\"Readers\"]")
}

const PLAIN: Roles =
    &[("site", "site.ok"), ("app", "app.ok"), ("secret", "secret.ok"), ("user", "user.ok")];
const SECOND: Roles =
    &[("site", "site.ok"), ("app", "app.ok"), ("secret", "secret.second"), ("user", "user.ok")];
const OTHER_USER: Roles =
    &[("site", "site.ok"), ("app", "app.ok"), ("secret", "secret.ok"), ("user", "user.second")];
const ANOTHER: Roles = &[
    ("site", "site.ok"),
    ("app", "app.another"),
    ("secret", "secret.of-another"),
    ("user", "user.ok"),
];
const MANAGED: Roles = &[
    ("site", "site.ok"),
    ("app", "app.managed"),
    ("secret", "secret.of-managed"),
    ("user", "user.ok"),
];
const SERVER: Roles =
    &[("site", "site.server"), ("app", "app.ok"), ("secret", "secret.ok"), ("user", "user.ok")];
const SERVER_USER: Roles =
    &[("site", "site.server"), ("app", "app.ok"), ("secret", "secret.ok"), ("user", "user.second")];
const LICENSED: Roles =
    &[("site", "site.licensed"), ("app", "app.ok"), ("secret", "secret.ok"), ("user", "user.ok")];
const LICENSED_USER: Roles = &[
    ("site", "site.licensed"),
    ("app", "app.ok"),
    ("secret", "secret.ok"),
    ("user", "user.second"),
];
const ON_LISTED: Roles =
    &[("site", "site.listed"), ("app", "app.ok"), ("secret", "secret.ok"), ("user", "user.ok")];
const ON_LISTED_USER: Roles =
    &[("site", "site.listed"), ("app", "app.ok"), ("secret", "secret.ok"), ("user", "user.second")];
const ON_LISTED_APP: Roles = &[
    ("site", "site.listed"),
    ("app", "app.another"),
    ("secret", "secret.of-another"),
    ("user", "user.ok"),
];
const ON_BARE: Roles =
    &[("site", "site.bare"), ("app", "app.ok"), ("secret", "secret.ok"), ("user", "user.ok")];
const ON_MANAGED: Roles =
    &[("site", "site.managed"), ("app", "app.ok"), ("secret", "secret.ok"), ("user", "user.ok")];

/// The plain sign-in, wherever the target takes tokens.
pub(super) fn embed() -> Scene {
    scene("embed", PLAIN)
}

/// Signed with the app's other secret.
pub(super) fn second_secret() -> Scene {
    scene("second-secret", SECOND)
}

/// Another user.
pub(super) fn second_user() -> Scene {
    scene("second-user", OTHER_USER)
}

/// Another app under its own secret.
pub(super) fn another_app() -> Scene {
    scene("another-app", ANOTHER)
}

/// The app whose settings the suite changes.
pub(super) fn managed_app() -> Scene {
    scene("managed-app", MANAGED)
}

/// The same app wherever the document has tokens presented: the name of the place, and the scene there.
pub(super) fn managed_app_everywhere() -> [(&'static str, Scene); 3] {
    [
        ("xhr", scene("managed-app-xhr", MANAGED).with(at(Surface::EmbedXhr))),
        ("rest", scene("managed-app-rest", MANAGED).with(at(Surface::Rest))),
        ("iframe", scene("managed-app-iframe", MANAGED).with(at(Surface::EmbedIframe))),
    ]
}

/// A site that is not on Tableau Cloud.
pub(super) fn server() -> Scene {
    scene("server", SERVER)
}

/// Another user of that site.
pub(super) fn server_second_user() -> Scene {
    scene("server-second-user", SERVER_USER)
}

/// REST sign-in.
pub(super) fn rest() -> Scene {
    scene("rest", PLAIN).with(at(Surface::Rest))
}

/// REST sign-in on a site with a list, which concerns embedding alone.
pub(super) fn rest_listed() -> Scene {
    scene("rest-listed", ON_LISTED).with(at(Surface::Rest))
}

/// The embedding library's request on a site without restriction, no Origin.
pub(crate) fn xhr() -> Scene {
    scene("xhr", PLAIN).with(at(Surface::EmbedXhr))
}

/// The redirect of the iframe path.
pub(super) fn iframe() -> Scene {
    scene("iframe", PLAIN).with(at(Surface::EmbedIframe))
}

/// A listed page embeds.
pub(crate) fn listed() -> Scene {
    scene("listed", ON_LISTED).with(at(Surface::EmbedXhr)).with(origin(LISTED))
}

/// A listed page embeds for another user.
pub(super) fn listed_second_user() -> Scene {
    scene("listed-second-user", ON_LISTED_USER).with(at(Surface::EmbedXhr)).with(origin(LISTED))
}

/// A listed page embeds under another app.
pub(super) fn listed_another_app() -> Scene {
    scene("listed-another-app", ON_LISTED_APP).with(at(Surface::EmbedXhr)).with(origin(LISTED))
}

/// A page whose bare host is listed.
pub(super) fn bare() -> Scene {
    scene("bare-host", ON_BARE).with(at(Surface::EmbedXhr)).with(origin(LISTED))
}

/// The site whose settings the suite changes, as it starts.
pub(super) fn managed_site() -> Scene {
    scene("managed-site", ON_MANAGED).with(at(Surface::EmbedXhr)).with(origin(LISTED))
}

/// On-demand access where the license covers it.
pub(super) fn on_demand_scene() -> Scene {
    scene("on-demand", LICENSED).with(at(Surface::EmbedXhr)).with(on_demand("\"true\""))
}

/// The same with groups for the passing user.
pub(super) fn on_demand_groups() -> Scene {
    let scene = scene("on-demand-groups", LICENSED).with(at(Surface::EmbedXhr));
    scene.with(on_demand("\"true\"")).with(groups())
}

/// The iframe path on a licensed site, no on-demand access asked for.
pub(super) fn licensed_iframe() -> Scene {
    scene("licensed-iframe", LICENSED).with(at(Surface::EmbedIframe))
}

/// The same for another user.
pub(super) fn licensed_iframe_second_user() -> Scene {
    scene("licensed-iframe-second-user", LICENSED_USER).with(at(Surface::EmbedIframe))
}

/// As the vendor's Python sample does: no `iat`, the client ID in both parts.
fn python_sample() -> Scene {
    let scene = scene("python-sample", PLAIN).with(Change::without_claim("iat"));
    scene.with(Change::Claim("iss", Edit::Role("app.ok")))
}

/// As the vendor's C# library does: `nbf` beside `iat`.
pub(super) fn csharp_sample() -> Scene {
    scene("csharp-sample", PLAIN).with(Change::Claim("nbf", Edit::FromNow(0)))
}

/// As the vendor's MCP server does with its times: five seconds in the past.
fn backdated_sample() -> Scene {
    let scene = scene("backdated-sample", PLAIN).with(Change::Claim("iat", Edit::FromNow(-5)));
    scene.with(Change::Claim("nbf", Edit::FromNow(-5)))
}

fn plain(scene: Scene, title: &str, cites: &[&'static str]) -> Case {
    Case::one(&scene, &format!("accepted/{}", scene.name), title, cites, vec![], Expect::ACCEPT)
}

pub(super) fn accepted() -> Vec<Case> {
    let cites = &["TCA-126-enabled", "TCA-CTX-surfaces"];
    let managed = managed_app_everywhere()
        .map(|(place, scene)| plain(scene, &format!("An enabled app on {place}"), cites));
    [signed_in(), on_surfaces(), managed.to_vec()].concat()
}

fn signed_in() -> Vec<Case> {
    vec![
        plain(
            embed(),
            "A token as the document describes it",
            &[
                "TCA-10083-iss",
                "TCA-10083-kid",
                "TCA-10096-10min",
                "TCA-10097-ok",
                "TCA-5-username",
                "TCA-16-sub-email",
                "TCA-126-ref",
            ],
        ),
        plain(
            second_secret(),
            "Signed with the second of the app's two secrets",
            &["TCA-127-id", "TCA-127-value"],
        ),
        plain(second_user(), "Another user", &["TCA-5-username", "TCA-16-sub-email"]),
        plain(another_app(), "Another app under its own secret", &["TCA-126-ref", "TCA-127-id"]),
        plain(managed_app(), "An app that is enabled", &["TCA-10090-enable", "TCA-126-enabled"]),
        plain(
            server(),
            "A site that is not on Tableau Cloud, without on-demand access",
            &["TCA-67-cloud"],
        ),
        plain(server_second_user(), "Another user of such a site", &["TCA-67-cloud"]),
        plain(
            python_sample(),
            "A token in the style of the Python sample, without iat and with iss in both parts",
            &["TCA-10083-iss", "CPX-odd-accept"],
        ),
        plain(
            csharp_sample(),
            "A token in the style of the C# sample, with nbf beside iat",
            &["CPX-odd-accept"],
        ),
        plain(
            backdated_sample(),
            "A token whose iat and nbf lie five seconds back",
            &["TCA-CLOCK-external", "TCA-10096-10min", "CPX-odd-accept"],
        ),
    ]
}

fn on_surfaces() -> Vec<Case> {
    let listed_cites = &["TCA-10092-listed"];
    vec![
        plain(rest(), "A REST sign-in", &["TCA-CTX-surfaces", "TCA-10106-pre"]),
        plain(
            rest_listed(),
            "A REST sign-in on a site whose list names a URL, no Origin sent",
            &["TCA-10106-pre", "TCA-CTX-surfaces"],
        ),
        plain(
            xhr(),
            "The embedding library's request on an unrestricted site, no Origin sent",
            &["TCA-10106-pre", "TCA-10092-unrestricted"],
        ),
        plain(
            iframe(),
            "The iframe path without on-demand access",
            &["TCA-10102-iframe", "TCA-CTX-surfaces"],
        ),
        plain(listed(), "A page whose origin is listed", listed_cites),
        plain(listed_second_user(), "A listed page, another user", listed_cites),
        plain(listed_another_app(), "A listed page, another app", listed_cites),
        plain(bare(), "A page whose bare host is listed", listed_cites),
        plain(managed_site(), "A listed page on the site whose settings change", listed_cites),
        plain(
            on_demand_scene(),
            "On-demand access on a licensed site",
            &["TCA-10101-ok", "TCA-67-cloud"],
        ),
        plain(on_demand_groups(), "On-demand access with groups", &["TCA-10101-ok"]),
        plain(
            licensed_iframe(),
            "The iframe path on a licensed site without on-demand access",
            &["TCA-10102-iframe"],
        ),
        plain(
            licensed_iframe_second_user(),
            "The same iframe path for another user",
            &["TCA-10102-iframe"],
        ),
    ]
}
