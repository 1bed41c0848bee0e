//! The server of a row, and how it is reached.

use claimproof_cast::{Player, Players, public};
use claimproof_catalog::Profile;
use claimproof_http::target::{Offers, of_reference};
use claimproof_http::{Running, Target};
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
        Profile::WorkatoApi => (workato_api::handler(way, &directory), parsed(&workato_api::target(way, &url))),
        Profile::WorkatoDirectLink => {
            (workato_direct_link::handler(way, directory), parsed(&workato_direct_link::target(&url)))
        }
        Profile::TableauConnectedApp => (tableau_connected_app::handler(way, directory), vendors(profile, way, &url)),
        Profile::PositConnect => (posit_connect::handler(way, &url, directory), vendors(profile, way, &url)),
    };
    Started { target, _alive: (run(listener, handler, None), None) }
}

fn parsed(text: &str) -> Target {
    Target::parse(text, "outsider.toml").unwrap()
}

/// The routes are the vendor's, so the reference's description of them fits.
fn vendors(profile: Profile, way: Way, url: &str) -> Target {
    let capabilities = Offers {
        clock_header: Some(CLOCK.to_owned()),
        token_internals: profile == Profile::PositConnect && !way.is("expiry-not-readable"),
        ..Offers::default()
    };
    let mut target = Target { capabilities, ..of_reference(profile, url) };
    // A fixture of the reference's own.
    target.manage.remove("store");
    target
}

/// Who is known, as plain JSON.
fn directory(profile: Profile, way: Way) -> Value {
    let directory = serde_json::to_value(public(profile).directory).unwrap();
    if !way.is("names-without-at") {
        return directory;
    }
    let renamed = directory.to_string().replace("\"name\":\"", "\"name\":\"\u{e9}").replace("@example.com", "");
    serde_json::from_str(&renamed).unwrap()
}

/// Who plays, under the names the server knows.
pub(crate) fn players(profile: Profile, way: Way) -> Players {
    let mut players = public(profile).players;
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
