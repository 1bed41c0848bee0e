//! What is accepted: the scenes every other case changes in one place.

use claimproof_catalog::Profile;

use super::{on_demand, plain};
use crate::case::Case;
use crate::change::{Change, Edit, RequestEdit};
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

/// Who plays: the site, the app with its secret, and the user.
pub(super) const fn roles(
    site: &'static str,
    app: &'static str,
    secret: &'static str,
    user: &'static str,
) -> [(&'static str, &'static str); 4] {
    [("site", site), ("app", app), ("secret", secret), ("user", user)]
}

const PLAIN: Roles = &roles("site.ok", "app.ok", "secret.ok", "user.ok");
const SECOND: Roles = &roles("site.ok", "app.ok", "secret.second", "user.ok");
const OTHER_USER: Roles = &roles("site.ok", "app.ok", "secret.ok", "user.second");
const ANOTHER: Roles = &roles("site.ok", "app.another", "secret.of-another", "user.ok");
const MANAGED: Roles = &roles("site.ok", "app.managed", "secret.of-managed", "user.ok");
const SERVER: Roles = &roles("site.server", "app.ok", "secret.ok", "user.ok");
const SERVER_USER: Roles = &roles("site.server", "app.ok", "secret.ok", "user.second");
const LICENSED: Roles = &roles("site.licensed", "app.ok", "secret.ok", "user.ok");
const LICENSED_USER: Roles = &roles("site.licensed", "app.ok", "secret.ok", "user.second");
const ON_LISTED: Roles = &roles("site.listed", "app.ok", "secret.ok", "user.ok");
const ON_LISTED_USER: Roles = &roles("site.listed", "app.ok", "secret.ok", "user.second");
const ON_LISTED_APP: Roles = &roles("site.listed", "app.another", "secret.of-another", "user.ok");
const ON_BARE: Roles = &roles("site.bare", "app.ok", "secret.ok", "user.ok");
const ON_MANAGED: Roles = &roles("site.managed", "app.ok", "secret.ok", "user.ok");

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

pub(super) fn accepted() -> Vec<Case> {
    let cites = &["TCA-126-enabled", "TCA-CTX-surfaces"];
    let managed = managed_app_everywhere()
        .map(|(place, scene)| plain(&format!("An enabled app on {place}"), scene, cites));
    [signed_in(), on_surfaces(), managed.to_vec()].concat()
}

fn signed_in() -> Vec<Case> {
    cases! { plain:
        "A token as the document describes it":
            embed(),
            &[
                "TCA-10083-iss", "TCA-10083-kid", "TCA-10096-10min", "TCA-10097-ok",
                "TCA-5-username", "TCA-16-sub-email", "TCA-126-ref",
            ];
        "Signed with the second of the app's two secrets":
            second_secret(), &["TCA-127-id", "TCA-127-value"];
        "Another user": second_user(), &["TCA-5-username", "TCA-16-sub-email"];
        "Another app under its own secret": another_app(), &["TCA-126-ref", "TCA-127-id"];
        "An app that is enabled": managed_app(), &["TCA-10090-enable", "TCA-126-enabled"];
        "A site that is not on Tableau Cloud, without on-demand access":
            server(), &["TCA-67-cloud"];
        "Another user of such a site": server_second_user(), &["TCA-67-cloud"];
        "A token in the style of the Python sample, without iat and with iss in both parts":
            python_sample(), &["TCA-10083-iss", "CPX-odd-accept"];
        "A token in the style of the C# sample, with nbf beside iat":
            csharp_sample(), &["CPX-odd-accept"];
        "A token whose iat and nbf lie five seconds back":
            backdated_sample(), &["TCA-CLOCK-external", "TCA-10096-10min", "CPX-odd-accept"];
    }
}

fn on_surfaces() -> Vec<Case> {
    let listed_cites = &["TCA-10092-listed"];
    cases! { plain:
        "A REST sign-in": rest(), &["TCA-CTX-surfaces", "TCA-10106-pre"];
        "A REST sign-in on a site whose list names a URL, no Origin sent":
            rest_listed(), &["TCA-10106-pre", "TCA-CTX-surfaces"];
        "The embedding library's request on an unrestricted site, no Origin sent":
            xhr(), &["TCA-10106-pre", "TCA-10092-unrestricted"];
        "The iframe path without on-demand access":
            iframe(), &["TCA-10102-iframe", "TCA-CTX-surfaces"];
        "A page whose origin is listed": listed(), listed_cites;
        "A listed page, another user": listed_second_user(), listed_cites;
        "A listed page, another app": listed_another_app(), listed_cites;
        "A page whose bare host is listed": bare(), listed_cites;
        "A listed page on the site whose settings change": managed_site(), listed_cites;
        "On-demand access on a licensed site": on_demand_scene(), &["TCA-10101-ok", "TCA-67-cloud"];
        "On-demand access with groups": on_demand_groups(), &["TCA-10101-ok"];
        "The iframe path on a licensed site without on-demand access":
            licensed_iframe(), &["TCA-10102-iframe"];
        "The same iframe path for another user":
            licensed_iframe_second_user(), &["TCA-10102-iframe"];
    }
}
