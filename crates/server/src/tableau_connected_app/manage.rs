//! Connected apps, their secrets and a site's embedding settings, in both path families.

use claimproof_catalog::Code;
use claimproof_verifier::Explained;
use claimproof_verifier::tableau_connected_app::{AppChange, ManageError};

use super::document::Document;
use super::reply::Format;
use super::{App, Received, Reply, Server, reply, session};
use crate::markup::Element;

/// Every method wants a session of the site.
pub(super) fn route(
    server: &Server,
    app: &App,
    call: &Received,
    format: Format,
    site: &str,
    rest: &[&str],
) -> Reply {
    match session(server, call, format) {
        Ok(own) if own == site => {}
        Ok(_) => {
            return reply::rest_error(format, 403, "403004", "Forbidden", "Another site", None);
        }
        Err(refusal) => return refusal,
    }
    let rest = match rest {
        ["connected-applications", rest @ ..] | ["connected-apps", "direct-trust", rest @ ..] => {
            rest
        }
        ["settings", "embedding"] => return embedding(app, call, format, site),
        _ => return not_found(format),
    };
    match (call.method.as_str(), rest) {
        ("POST", []) => create_app(server, app, call, format),
        ("GET", [client]) => read_app(app, format, client),
        ("PUT", [client]) => update_app(app, call, format, client),
        ("DELETE", [client]) => done(format, app.accounts_mut().delete_app(client)),
        ("POST", [client, "secrets"]) => create_secret(server, app, format, client),
        ("DELETE", [client, "secrets", secret]) => {
            done(format, app.accounts_mut().delete_secret(client, secret))
        }
        _ => not_found(format),
    }
}

fn not_found(format: Format) -> Reply {
    reply::rest_error(format, 404, "404034", "Not Found", "No such resource", None)
}

fn refused(format: Format, error: &ManageError) -> Reply {
    match error {
        ManageError::NotFound => not_found(format),
        ManageError::Refused(violation) => {
            let fine = violation.documented().map(Code::as_str);
            reply::rest_error(format, 400, "400000", "Bad Request", "The request was refused", fine)
        }
        ManageError::BadSecret(_) => {
            reply::rest_error(format, 400, "400000", "Bad Request", "The value is no secret", None)
        }
    }
}

fn done(format: Format, done: Result<(), ManageError>) -> Reply {
    match done {
        Ok(()) => Reply::new(204, "text/plain", String::new()),
        Err(error) => refused(format, &error),
    }
}

fn change(call: &Received) -> AppChange {
    let document = Document::read(&call.body);
    let get =
        |name| document.as_ref().and_then(|document| document.get("connectedApplication", name));
    AppChange {
        enabled: get("enabled").map(|text| text == "true"),
        domain_safelist: get("domainSafelist").map(str::to_owned),
    }
}

fn create_app(server: &Server, app: &App, call: &Received, format: Format) -> Reply {
    let client = server.session();
    match app.accounts_mut().create_app(client.clone(), "created".to_owned(), change(call)) {
        Ok(()) => {
            let xml = Element::new("connectedApplication").with("clientId", client.as_str());
            let json = serde_json::json!({ "connectedApplication": { "clientId": client } });
            reply::rest(format, 201, xml, &json)
        }
        Err(error) => refused(format, &error),
    }
}

fn read_app(app: &App, format: Format, client: &str) -> Reply {
    let accounts = app.accounts();
    let Some(found) = accounts.find_app(client) else { return not_found(format) };
    let secrets =
        found.secrets.iter().map(|secret| Element::new("secret").with("id", secret.id.as_str()));
    let xml = Element::new("connectedApplication")
        .with("clientId", client)
        .with("name", found.name.as_str())
        .with("enabled", found.enabled.to_string())
        .holding(secrets);
    let ids: Vec<_> =
        found.secrets.iter().map(|secret| serde_json::json!({ "id": secret.id })).collect();
    let json = serde_json::json!({ "connectedApplication": {
        "clientId": client, "name": found.name, "enabled": found.enabled, "secret": ids,
    }});
    reply::rest(format, 200, xml, &json)
}

fn update_app(app: &App, call: &Received, format: Format, client: &str) -> Reply {
    match app.accounts_mut().update_app(client, change(call)) {
        Ok(()) => {}
        Err(error) => return refused(format, &error),
    }
    read_app(app, format, client)
}

fn create_secret(server: &Server, app: &App, format: Format, client: &str) -> Reply {
    let (id, value) = (server.session(), server.session());
    match app.accounts_mut().create_secret(client, id.clone(), &value) {
        Ok(()) => {
            let xml = Element::new("connectedApplicationSecret")
                .with("id", id.as_str())
                .with("value", value.as_str());
            let json =
                serde_json::json!({ "connectedApplicationSecret": { "id": id, "value": value } });
            reply::rest(format, 201, xml, &json)
        }
        Err(error) => refused(format, &error),
    }
}

fn embedding(app: &App, call: &Received, format: Format, luid: &str) -> Reply {
    let found = app.accounts().find_site(luid).map(|site| {
        let list = site.allow_list.entries().collect::<Vec<_>>().join(" ");
        (site.content_url.clone(), site.unrestricted_embedding, list)
    });
    let Some((content_url, mut unrestricted, mut list)) = found else { return not_found(format) };
    if call.method == "PUT" {
        let document = Document::read(&call.body);
        let get = |name| document.as_ref().and_then(|document| document.get("settings", name));
        unrestricted = get("unrestrictedEmbedding").map_or(unrestricted, |text| text == "true");
        list = get("allowList").map_or(list, str::to_owned);
        if let Err(error) = app.accounts_mut().set_site_embedding(&content_url, unrestricted, &list)
        {
            return refused(format, &error);
        }
    }
    let settings = Element::new("settings")
        .with("unrestrictedEmbedding", unrestricted.to_string())
        .with("allowList", list.as_str());
    let xml = Element::new("site").holding([settings]);
    let json = serde_json::json!({ "site": { "settings": {
        "unrestrictedEmbedding": unrestricted, "allowList": list,
    }}});
    reply::rest(format, 200, xml, &json)
}
