//! The server of a row, and how it is reached.

use std::collections::BTreeMap;

use claimproof_cast::tableau_connected_app::Site;
use claimproof_cast::{
    AnyDirectory, ExposeSecret, MANAGEMENT, Player, Players, SigningKey, public,
};
use claimproof_catalog::Profile;
use claimproof_http::Target;
use claimproof_http::target::{ClockControl, ManagementSession, Method, Offers};
use claimproof_in_process::of_reference;
use claimproof_server::Running;
use serde_json::Value;

use super::list::By;
use super::wire::{CLOCK, Handler, Server, Way, bind, run};
use super::{posit_connect, proxy, tableau_connected_app, workato_api, workato_direct_link};

/// What is alive while a row is tried.
pub(crate) struct Started {
    pub(crate) target: Target,
    _alive: (Server, Option<Running>),
}

pub(crate) async fn start(profile: Profile, by: By, way: Way) -> Started {
    if by == By::Proxy {
        let (server, reference, target) = proxy::start(profile, way).await;
        return Started { target, _alive: (server, Some(reference)) };
    }
    let (listener, url) = bind().await;
    let directory = directory(profile, way);
    let (handler, target): (Handler, Target) = match profile {
        Profile::WorkatoApi => {
            (workato_api::handler(way, &directory), parsed(&workato_api::target(way, &url)))
        }
        Profile::WorkatoDirectLink => (
            workato_direct_link::handler(way, directory),
            parsed(&workato_direct_link::target(&url)),
        ),
        Profile::TableauConnectedApp => {
            (tableau_connected_app::handler(way, directory), vendors(profile, way, &url))
        }
        Profile::PositConnect => {
            (posit_connect::handler(way, &url, directory), vendors(profile, way, &url))
        }
    };
    Started { target, _alive: (run(listener, handler, None), None) }
}

fn parsed(text: &str) -> Target {
    Target::parse(text, "outsider.toml").unwrap()
}

/// The routes are the vendor's, so the reference's description of them fits.
fn vendors(profile: Profile, way: Way, url: &str) -> Target {
    let capabilities = Offers {
        token_internals: profile == Profile::PositConnect && !way.is("expiry-not-readable"),
        ..Offers::default()
    };
    let clock = Some(ClockControl { header: Some(CLOCK.to_owned()), ..ClockControl::default() });
    let settle = way.is("changes-after-2-s").then_some(3);
    let mut target = Target { capabilities, clock, settle, ..of_reference(profile, url) };
    // A fixture of the reference's own.
    target.manage.remove("store");
    described(way, &mut target, &public(profile).directory);
    parsed(&toml::to_string(&target).unwrap())
}

/// What the target file says of servers with ways of their own.
fn described(way: Way, target: &mut Target, directory: &AnyDirectory) {
    if way.is(posit_connect::OWN_CLOCK) {
        target.clock = Some(toml::from_str(OWN_CLOCK).unwrap());
        target.manage.insert("viewer-login".to_owned(), toml::from_str(LOGIN_IN_STEPS).unwrap());
    }
    if way.is("hosts-of-its-own") {
        target.hosts.insert("portal.example".to_owned(), OWN_HOST.to_owned());
    }
    if way.is("clock-nobody-moves") {
        target.clock = Some(ClockControl { patience: Some(10), ..ClockControl::default() });
    }
    if way.is(tableau_connected_app::FIXED_TOKEN) {
        let AnyDirectory::TableauConnectedApp(directory) = directory else { return };
        let site_id = |site: &Site| BTreeMap::from([("site_id".to_owned(), site.luid.clone())]);
        let sites = sites().into_iter().zip(&directory.sites);
        let mut session: ManagementSession = toml::from_str("surface = 'rest'").unwrap();
        session.fields = site_id(&directory.sites[0]);
        session.sites = sites.map(|(role, site)| (role, site_id(site))).collect();
        target.session = Some(session);
        for method in target.manage.values_mut() {
            let signals: Method = toml::from_str(ANSWERS_200).unwrap();
            method.headers = BTreeMap::from([("x-office".to_owned(), "{session}".to_owned())]);
            (method.accept, method.refuse, method.code) =
                (signals.accept, signals.refuse, signals.code);
            let escaped = |pattern: &String| pattern.replace('"', r#"\\?""#);
            method.made = method.made.as_ref().map(escaped);
            method.value = method.value.as_ref().map(escaped);
        }
    }
}

const OWN_HOST: &str = "embed.acme.test";

const OWN_CLOCK: &str = r#"
set = { method = "PUT", path = "/lab/clock", text = "{now}" }
back = { method = "PUT", path = "/lab/clock" }
"#;

const LOGIN_IN_STEPS: &str = r#"
method = "GET"
path = "/__login__"
read = { once = 'name=once value="([^"]+)"' }
then = [{ method = "POST", path = "/__login__", form = { user = "{user}", password = "{password}", once = "{once}" } }]
"#;

const ANSWERS_200: &str = r#"
method = "GET"
path = "/"
accept = { body = '"done":true' }
refuse = { body = '"done":false' }
code = [{ from = "json", at = "/why" }]
"#;

/// The roles of the sites in the order of the directory.
fn sites() -> Vec<String> {
    let players = public(Profile::TableauConnectedApp).players;
    let AnyDirectory::TableauConnectedApp(directory) =
        public(Profile::TableauConnectedApp).directory
    else {
        return Vec::new();
    };
    let role = |site: &Site| {
        let found = players
            .iter()
            .find(|(role, player)| role.starts_with("site.") && player.id == site.content_url);
        found.map(|(role, _)| role.to_owned())
    };
    directory.sites.iter().filter_map(role).collect()
}

/// The app every site shares in the cast is one of each site's own here: other ids, other secrets.
fn of_site(site: usize, text: &str) -> String {
    format!("{text}-{site}")
}

fn apps_per_site(directory: &Value) -> Value {
    let mut directory = directory.clone();
    let sites = directory["sites"].as_array().unwrap().clone();
    let apps = directory["apps"].as_array_mut().unwrap();
    let place = apps.iter().position(|app| app["name"] == "app.ok").unwrap();
    let shared = apps.remove(place);
    for (n, site) in sites.iter().enumerate() {
        let mut app = shared.clone();
        app["client_id"] = of_site(n, app["client_id"].as_str().unwrap()).into();
        app["sites"] = Value::from(vec![site["content_url"].clone()]);
        for secret in app["secrets"].as_array_mut().unwrap() {
            secret["id"] = of_site(n, secret["id"].as_str().unwrap()).into();
            secret["value"] = of_site(n, secret["value"].as_str().unwrap()).into();
        }
        apps.push(app);
    }
    directory
}

fn cast_per_site(players: &mut Players) {
    let token = SigningKey::Secret(tableau_connected_app::TOKEN.to_owned().into());
    players.cast(MANAGEMENT, Player { id: "office".to_owned(), key: Some(token) });
    let shared: Vec<(String, Player)> = ["app.ok", "secret.ok", "secret.second"]
        .into_iter()
        .map(|role| (role.to_owned(), players.get(role).unwrap().clone()))
        .collect();
    for (n, site) in sites().iter().enumerate() {
        for (role, player) in &shared {
            let key = player.key.as_ref().map(|key| match key {
                SigningKey::Secret(secret) => {
                    SigningKey::Secret(of_site(n, secret.expose_secret()).into())
                }
                other @ SigningKey::Rsa { .. } => other.clone(),
            });
            players.cast_on(role, site, Player { id: of_site(n, &player.id), key });
        }
    }
}

/// Who is known, as plain JSON.
fn directory(profile: Profile, way: Way) -> Value {
    let directory = serde_json::to_value(public(profile).directory).unwrap();
    if way.is(tableau_connected_app::FIXED_TOKEN) {
        return apps_per_site(&directory);
    }
    if way.is("hosts-of-its-own") {
        return serde_json::from_str(&directory.to_string().replace("portal.example", OWN_HOST))
            .unwrap();
    }
    if !way.is("names-without-at") {
        return directory;
    }
    let renamed = directory
        .to_string()
        .replace("\"name\":\"", "\"name\":\"\u{e9}")
        .replace("@example.com", "");
    serde_json::from_str(&renamed).unwrap()
}

/// Who plays, under the names the server knows.
pub(crate) fn players(profile: Profile, way: Way) -> Players {
    let mut players = public(profile).players;
    if way.is(tableau_connected_app::FIXED_TOKEN) {
        cast_per_site(&mut players);
    }
    if way.is("names-without-at") {
        let users = players.iter().filter(|(role, _)| role.starts_with("user."));
        let users: Vec<_> = users.map(|(role, player)| (role.to_owned(), player.clone())).collect();
        for (role, player) in users {
            let id = format!("\u{e9}{}", player.id.replace("@example.com", ""));
            players.cast(&role, Player { id, ..player });
        }
    }
    players
}
