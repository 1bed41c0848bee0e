//! Users, content, integrations, associations and sessions over the API.

use claimproof_reference::PositConnect;
use claimproof_verifier::posit_connect::{User, Violation};
use serde_json::{Value, json};

use super::{entropy, no_entropy, reply};
use crate::received::Received;
use crate::reply::Reply;

type Done = Result<Reply, Violation>;

pub(super) fn route(
    connect: &PositConnect,
    call: &Received,
    caller: &User,
    method: &str,
    path: &[&str],
) -> Done {
    match (method, path) {
        ("GET", ["user"]) => Ok(reply::answer(200, &reply::user(caller))),
        ("GET", ["content", guid]) => content(connect, caller, guid),
        ("GET", ["content", guid, "oauth", "integrations", "associations"]) => {
            associations(connect, caller, guid)
        }
        ("PUT", ["content", guid, "oauth", "integrations", "associations"]) => {
            connect.state().associate(caller, guid, &json(call)?)?;
            associations(connect, caller, guid)
        }
        ("GET", ["oauth", "integrations"]) => {
            let all = connect.state().integrations(caller)?.map(reply::integration).collect();
            Ok(reply::answer(200, &all))
        }
        ("POST", ["oauth", "integrations"]) => create(connect, call, caller),
        (_, ["oauth", "integrations", guid, rest @ ..]) => {
            integration(connect, call, caller, method, guid, rest)
        }
        ("GET", ["oauth", "sessions"]) => {
            let all =
                connect.state().sessions(caller, wants_all(call))?.map(reply::session).collect();
            Ok(reply::answer(200, &all))
        }
        ("GET", ["oauth", "sessions", guid]) => {
            Ok(reply::answer(200, &reply::session(connect.state().session_of(caller, guid)?)))
        }
        ("DELETE", ["oauth", "sessions", guid]) => {
            connect.state().delete_session(caller, guid).map(|()| gone())
        }
        _ => Err(Violation::NotFound),
    }
}

fn integration(
    connect: &PositConnect,
    call: &Received,
    caller: &User,
    method: &str,
    guid: &str,
    rest: &[&str],
) -> Done {
    let mut state = connect.state();
    match (method, rest) {
        ("GET", []) => {
            Ok(reply::answer(200, &reply::integration(state.integration(caller, guid)?)))
        }
        ("PATCH", []) => {
            let changed = state.update_integration(caller, guid, &json(call)?, call.now())?;
            Ok(reply::answer(200, &reply::integration(changed)))
        }
        ("DELETE", []) => state.delete_integration(caller, guid).map(|()| gone()),
        ("GET", ["associations"]) => {
            let integration = state.integration(caller, guid)?;
            let contents = state.contents_of(caller, guid)?;
            let all = contents.map(|content| reply::association(content, integration)).collect();
            Ok(reply::answer(200, &all))
        }
        _ => Err(Violation::NotFound),
    }
}

fn create(connect: &PositConnect, call: &Received, caller: &User) -> Done {
    let Some(drawn) = entropy() else { return Ok(no_entropy()) };
    let mut state = connect.state();
    let made =
        state.create_integration(caller, &json(call)?, &connect.flow.policy, call.now(), &drawn)?;
    Ok(reply::answer(200, &reply::integration(made)))
}

fn associations(connect: &PositConnect, caller: &User, content: &str) -> Done {
    let state = connect.state();
    state.content(caller, content)?;
    let all = state.associated(content).iter().filter_map(|guid| state.integrations.get(guid));
    Ok(reply::answer(
        200,
        &all.map(|integration| reply::association(content, integration)).collect(),
    ))
}

/// What clients read of content; the parts asked for by `include` among it.
fn content(connect: &PositConnect, caller: &User, guid: &str) -> Done {
    let state = connect.state();
    let content = state.content(caller, guid)?;
    let mut body = json!({
        "guid": guid,
        "name": guid,
        "title": null,
        "owner_guid": content.owner,
        "content_url": format!("{}/content/{guid}/", state.address),
        "dashboard_url": format!("{}/content/{guid}/?mode=dashboard", state.address),
        "tags": [],
        "vanity_url": null,
    });
    if let Some(owner) = state.user(&content.owner) {
        body["owner"] = reply::user(owner);
    }
    Ok(reply::answer(200, &body))
}

/// The Python client spells it `all=True`.
fn wants_all(call: &Received) -> bool {
    call.query().iter().any(|(name, value)| name == "all" && value.eq_ignore_ascii_case("true"))
}

fn json(call: &Received) -> Result<Value, Violation> {
    serde_json::from_slice(&call.body).map_err(|_| Violation::NotJson)
}

fn gone() -> Reply {
    Reply::new(204, "application/json", String::new())
}
