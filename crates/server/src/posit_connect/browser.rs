//! What a viewer's browser sees: the login at Connect, the login at an integration, content.

use std::sync::Arc;

use claimproof_cast::ExposeSecret;
use claimproof_reference::PositConnect;
use claimproof_verifier::posit_connect::{Effect, Event, Violation};

use super::{Connect, entropy, no_entropy, provider, reply};
use crate::received::Received;
use crate::reply::Reply;
use crate::server::Server;

const COOKIE: &str = "claimproof-connect";

/// GUID of the viewer whose cookie the request carries.
pub(super) fn viewer(server: &Server, call: &Received) -> Option<String> {
    let all = call.headers.get_all("cookie").iter().filter_map(|value| value.to_str().ok());
    let mut pairs =
        all.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let (_, cookie) = pairs.find(|(name, _)| *name == COOKIE)?;
    server.sessions.of(cookie)
}

pub(super) async fn route(server: &Arc<Server>, connect: &Connect, call: &Received) -> Reply {
    let viewer = viewer(server, call);
    let parameter =
        |name: &str| call.query().into_iter().find(|(own, _)| own == name).map(|(_, value)| value);
    let event = match (call.method.as_str(), call.segments().as_slice()) {
        ("POST", ["__login__"]) => return log_in(server, connect, call),
        ("GET", ["__oauth__", "integrations", "callback"]) => {
            Event::Callback { viewer, query: call.query() }
        }
        ("GET", ["__oauth__", "integrations", integration, "login"]) => Event::Login {
            viewer,
            integration: (*integration).to_owned(),
            back: parameter("content"),
        },
        ("GET", ["connect", "content", content, "access"]) => {
            return dashboard(connect, viewer.as_deref(), content);
        }
        ("GET", ["content", content]) => {
            let solo = parameter("mode").as_deref() != Some("dashboard");
            Event::Visit { viewer, content: (*content).to_owned(), solo }
        }
        _ => return reply::failed(&Violation::NotFound),
    };
    let Some(drawn) = entropy() else { return no_entropy() };
    let effect = connect.step(event, call.now(), &drawn);
    match provider::settle(server, connect, effect, call.now()).await {
        Some(effect) => told(connect, &effect),
        None => no_entropy(),
    }
}

fn told(connect: &PositConnect, effect: &Effect) -> Reply {
    match effect {
        Effect::Redirect(to) => reply::redirect(to),
        Effect::Subject(token) => reply::shown(token.expose_secret()),
        Effect::LoggedIn { back: Some(content) } => {
            reply::redirect(&format!("{}/content/{content}/", connect.state().address))
        }
        Effect::LoggedIn { back: None } => reply::page(200, "OAuth login", "You are logged in."),
        Effect::Refused(refusal) => reply::failed(refusal.shown()),
        Effect::Ask { .. } | Effect::Wait { .. } | Effect::Credentials(_) => {
            reply::failed(&Violation::Incomplete)
        }
    }
}

/// The access settings of content in the dashboard: the logins that are due are offered, and none is begun.
fn dashboard(connect: &PositConnect, viewer: Option<&str>, content: &str) -> Reply {
    let Some(viewer) = viewer else { return reply::failed(&Violation::NotLoggedIn) };
    let state = connect.state();
    let due = state
        .due(viewer, content)
        .map(|one| (one.name.clone(), state.login_url(&one.guid, Some(content))));
    reply::offering(&due.collect::<Vec<_>>())
}

/// A fixture of ours: `POST /__login__` with a form of `user` and `password` sets the cookie.
fn log_in(server: &Server, connect: &PositConnect, call: &Received) -> Reply {
    let form: Vec<(String, String)> =
        url::form_urlencoded::parse(&call.body).into_owned().collect();
    let member = |name: &str| {
        form.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value.as_str())
    };
    let known =
        connect.state().log_in(member("user"), member("password")).map(|user| user.guid.clone());
    let Some(guid) = known else { return reply::failed(&Violation::NotLoggedIn) };
    let Some(drawn) = entropy() else { return no_entropy() };
    let cookie = drawn.text("viewer");
    server.sessions.open(&cookie, &guid);
    reply::page(200, "Login", "You are logged in.")
        .with("set-cookie", &format!("{COOKIE}={cookie}; Path=/; HttpOnly; SameSite=Lax"))
}
