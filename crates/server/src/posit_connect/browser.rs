//! What a viewer's browser sees: the login at Connect, the login at an integration, content.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use claimproof_cast::ExposeSecret;
use claimproof_reference::PositConnect;
use claimproof_verifier::posit_connect::{Effect, Event, Violation};

use super::{entropy, no_entropy, provider};
use crate::call::Call;
use crate::reply::{Reply, posit_connect as reply};
use crate::state::State;

const COOKIE: &str = "claimproof-connect";
const MAX_VIEWERS: usize = 10_000;

/// Whose browser holds which cookie. Bounded; the server is for tests.
#[derive(Default)]
pub(crate) struct Viewers(Mutex<HashMap<String, String>>);

impl Viewers {
    /// GUID of the viewer whose cookie the request carries.
    pub(super) fn of(&self, call: &Call) -> Option<String> {
        let all = call.headers.get_all("cookie").iter().filter_map(|value| value.to_str().ok());
        let mut pairs =
            all.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let (_, cookie) = pairs.find(|(name, _)| *name == COOKIE)?;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(cookie).cloned()
    }

    fn enter(&self, cookie: &str, guid: &str) {
        let mut viewers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if viewers.len() >= MAX_VIEWERS {
            viewers.clear();
        }
        viewers.insert(cookie.to_owned(), guid.to_owned());
    }
}

pub(super) async fn route(state: &Arc<State>, connect: &PositConnect, call: &Call) -> Reply {
    let viewer = state.viewers.of(call);
    let parameter =
        |name: &str| call.query().into_iter().find(|(own, _)| own == name).map(|(_, value)| value);
    let event = match (call.method.as_str(), call.segments().as_slice()) {
        ("POST", ["__login__"]) => return log_in(state, connect, call),
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
    match provider::settle(state, effect, call.now()).await {
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
fn log_in(state: &State, connect: &PositConnect, call: &Call) -> Reply {
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
    state.viewers.enter(&cookie, &guid);
    reply::page(200, "Login", "You are logged in.")
        .with("set-cookie", &format!("{COOKIE}={cookie}; Path=/; HttpOnly; SameSite=Lax"))
}
