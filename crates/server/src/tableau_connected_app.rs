//! REST sign-in, the two embedding surfaces, and the management methods.

use std::sync::Arc;

use claimproof_reference::Reference;
use claimproof_verifier::tableau_connected_app::{Endpoint, Request, TableauConnectedApp};

use crate::markup::Element;
use crate::received::Received;
use crate::reply::Reply;
use crate::server::Server;
use crate::service::{Pending, Service, at_once};

mod document;
mod manage;
mod reply;

use document::Document;
use reply::Format;

type App = Reference<TableauConnectedApp>;

impl Service for App {
    fn route<'c>(self: Arc<Self>, server: &'c Arc<Server>, call: &'c Received) -> Pending<'c> {
        at_once(route(server, &self, call))
    }
}

fn route(server: &Server, app: &App, call: &Received) -> Reply {
    let format = format(call);
    let segments = call.segments();
    match (call.method.as_str(), segments.as_slice()) {
        ("POST", ["api", _, "auth", "signin"]) => sign_in(server, app, call, format),
        ("POST", ["api", _, "auth", "signout"]) => sign_out(server, call, format),
        ("GET", ["api", _, info]) if info.eq_ignore_ascii_case("serverInfo") => server_info(format),
        ("GET", ["api", _, "sessions", "current"]) => current(server, call, format),
        (_, ["api", _, "sites", site, rest @ ..]) => {
            manage::route(server, app, call, format, site, rest)
        }
        ("OPTIONS", ["vizportal", ..]) => cors(call, Reply::new(200, "text/plain", String::new())),
        ("POST", ["vizportal", "api", "web", "v1", "auth", "embed", "signin"]) => {
            cors(call, embed_xhr(server, app, call))
        }
        ("GET", ["vizportal", "api", "web", "v1", "auth", "embed", "target"]) => {
            embed_iframe(server, app, call)
        }
        (_, ["api", _, "auth", "signin" | "signout"]) => {
            reply::rest_error(format, 405, "405000", "Method Not Allowed", "Use POST", None)
        }
        _ => reply::rest_error(format, 404, "404003", "Not Found", "No such resource", None),
    }
}

/// XML unless `Accept` names JSON.
fn format(call: &Received) -> Format {
    let json = call.header("accept").is_some_and(|accept| accept.contains("application/json"));
    if json { Format::Json } else { Format::Xml }
}

fn sign_in(server: &Server, app: &App, call: &Received, format: Format) -> Reply {
    let Some(document) = Document::read(&call.body) else {
        return reply::rest_error(
            format,
            400,
            "400000",
            "Bad Request",
            "The body is neither XML nor JSON",
            None,
        );
    };
    let site = document.get("site", "contentUrl").unwrap_or_default();
    let token = document.get("credentials", "jwt").map(|token| call.token(token));
    let request = Request {
        endpoint: Endpoint::Rest,
        site,
        origin: call.header("origin"),
        token: token.as_deref(),
    };
    call.present(app, request, |verdict| match verdict {
        Ok(grant) => {
            let session = format!("{}|claimproof|{}", server.session(), grant.site_luid);
            server.sessions.open(&session, grant.site_luid);
            reply::signed_in(format, &grant, &session)
        }
        Err(rejection) => reply::sign_in_refused(format, rejection.violation),
    })
}

fn sign_out(server: &Server, call: &Received, format: Format) -> Reply {
    match call.header("x-tableau-auth") {
        Some(token) if server.sessions.close(token) => Reply::new(204, "text/plain", String::new()),
        Some(_) => reply::rest_error(
            format,
            401,
            "401002",
            "Unauthorized Access",
            "Invalid authentication credentials",
            None,
        ),
        None => reply::rest_error(
            format,
            401,
            "401000",
            "Unauthorized Access",
            "No authentication token",
            None,
        ),
    }
}

/// The site of the session a request carries, or the answer to one that carries none.
fn session(server: &Server, call: &Received, format: Format) -> Result<String, Reply> {
    let refuse =
        |code, detail| reply::rest_error(format, 401, code, "Unauthorized Access", detail, None);
    let token =
        call.header("x-tableau-auth").ok_or_else(|| refuse("401000", "No authentication token"))?;
    server.sessions.of(token).ok_or_else(|| refuse("401002", "Invalid authentication credentials"))
}

fn current(server: &Server, call: &Received, format: Format) -> Reply {
    match session(server, call, format) {
        Ok(site) => {
            let own = Element::new("site").with("id", site.as_str());
            let xml = Element::new("session").holding([own]);
            reply::rest(
                format,
                200,
                xml,
                &serde_json::json!({ "session": { "site": { "id": site } } }),
            )
        }
        Err(refusal) => refusal,
    }
}

fn server_info(format: Format) -> Reply {
    let xml = Element::new("serverInfo").holding([
        Element::of_text("productVersion", "2025.3.0").with("build", "20253.25.1001.0000"),
        Element::of_text("restApiVersion", "3.27"),
    ]);
    let json = serde_json::json!({ "serverInfo": {
        "productVersion": { "value": "2025.3.0", "build": "20253.25.1001.0000" },
        "restApiVersion": "3.27",
    }});
    reply::rest(format, 200, xml, &json)
}

fn embed_xhr(server: &Server, app: &App, call: &Received) -> Reply {
    let Ok(body) = serde_json::from_slice::<serde_json::Value>(&call.body) else {
        return Reply::new(400, "application/json", "{\"result\":{\"errors\":[]}}".to_owned());
    };
    let text = |name: &str| body.get(name).and_then(|value| value.as_str());
    let token = text("jwt").map(|token| call.token(token));
    let request = Request {
        endpoint: Endpoint::EmbedXhr,
        site: text("siteName").unwrap_or_default(),
        origin: call.header("origin"),
        token: token.as_deref(),
    };
    call.present(app, request, |verdict| match verdict {
        Ok(_) => reply::embed_accepted(&server.session()),
        Err(rejection) => reply::embed_refused(rejection.violation),
    })
}

/// The site is the segment after `/t/` of the view's path; without one it is the default site.
fn embed_iframe(server: &Server, app: &App, call: &Received) -> Reply {
    let query = call.query();
    let parameter =
        |name: &str| query.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
    let target = parameter("target").unwrap_or("/");
    let site =
        target.strip_prefix("/t/").and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let token = parameter("token").map(|token| call.token(token));
    let token = token.as_deref();
    let request =
        Request { endpoint: Endpoint::EmbedIframe, site, origin: call.header("origin"), token };
    call.present(app, request, |verdict| match verdict {
        Ok(_) => reply::embed_redirect(&server.session(), &on_this_host(target)),
        Err(rejection) => reply::embed_refused(rejection.violation),
    })
}

/// The path and query a browser would make of the target, or `/` where it would leave this host:
/// `//host`, `/\\host` and a tab between the slashes all do.
fn on_this_host(target: &str) -> String {
    let home = url::Url::parse("http://claimproof.invalid/").ok();
    let led = home.as_ref().and_then(|home| home.join(target).ok());
    match led.filter(|led| home.is_some_and(|home| home.origin() == led.origin())) {
        // A path of two slashes would be a host again.
        Some(led) if !led.path().starts_with("//") => led[url::Position::BeforePath..].to_owned(),
        Some(_) | None => "/".to_owned(),
    }
}

/// Without these headers on refusals too, a browser hides the code.
fn cors(call: &Received, reply: Reply) -> Reply {
    let Some(origin) = call.header("origin") else { return reply };
    reply
        .with("access-control-allow-origin", origin)
        .with("access-control-allow-credentials", "true")
        .with("access-control-allow-methods", "POST, OPTIONS")
        .with("access-control-allow-headers", "Origin, X-Requested-With, Content-Type, Accept")
}
