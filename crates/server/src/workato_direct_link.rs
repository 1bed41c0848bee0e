//! `GET /direct_link`, both URL forms, and the customer update call.

use std::sync::Arc;

use claimproof_reference::Reference;
use claimproof_verifier::workato_direct_link::{Request, WorkatoDirectLink};

use crate::received::Received;
use crate::reply::Reply;
use crate::server::Server;
use crate::service::{Pending, Service, at_once};

mod reply;

pub use reply::CODE_HEADER;

type DirectLink = Reference<WorkatoDirectLink>;

/// The header by which the suite declares a SAML session; a fixture of ours.
const SAML_HEADER: &str = "x-claimproof-saml-session";

impl Service for DirectLink {
    fn route<'c>(self: Arc<Self>, server: &'c Arc<Server>, call: &'c Received) -> Pending<'c> {
        at_once(route(server, &self, call))
    }
}

fn route(server: &Server, reference: &DirectLink, call: &Received) -> Reply {
    match (call.method.as_str(), call.segments().as_slice()) {
        ("GET", ["direct_link", rest @ ..]) => link(server, reference, call, rest),
        ("PUT", ["api", "managed_users", team]) => set_origin(reference, call, team),
        _ => Reply::new(404, "text/plain", "not found\n".to_owned()),
    }
}

fn link(server: &Server, reference: &DirectLink, call: &Received, rest: &[&str]) -> Reply {
    let query = call.query();
    let parameter =
        |name: &str| query.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
    // In the path form the page follows the endpoint, on this very host.
    let in_path = format!(
        "https://{}/{}",
        claimproof_verifier::workato_direct_link::Policy::HOST,
        rest.join("/")
    );
    let path = if rest.is_empty() { parameter("workato_dl_path") } else { Some(in_path.as_str()) };
    let token = parameter("workato_dl_token").map(|token| call.token(token));
    let request = Request {
        accept: call.header("accept"),
        requested_with: call.header("x-requested-with"),
        path,
        token: token.as_deref(),
        saml_session: call.header(SAML_HEADER) == Some("active"),
    };
    call.present(reference, request, |verdict| match verdict {
        Ok(grant) => reply::accepted(&grant, &server.session()),
        Err(rejection) => reply::refused(rejection.violation),
    })
}

/// The origin set for a customer; null or absent inherits the partner's.
fn set_origin(reference: &DirectLink, call: &Received, team: &str) -> Reply {
    let answer =
        |status, body: serde_json::Value| Reply::new(status, "application/json", body.to_string());
    let Ok(body) = serde_json::from_slice::<serde_json::Value>(&call.body) else {
        return answer(400, serde_json::json!({ "message": "the body is no JSON" }));
    };
    let origin = match body.get("origin_url") {
        _ if !body.is_object() => {
            return answer(400, serde_json::json!({ "message": "the body is no object" }));
        }
        None | Some(serde_json::Value::Null) => None,
        Some(origin) => match origin.as_str().filter(|text| is_origin(text)) {
            Some(text) => Some(text.to_owned()),
            None => {
                return answer(400, serde_json::json!({ "message": "origin_url is no origin" }));
            }
        },
    };
    match reference.accounts_mut().set_origin(team, origin) {
        Some(()) => {
            answer(200, serde_json::json!({ "id": team, "origin_url": body.get("origin_url") }))
        }
        None => answer(404, serde_json::json!({ "message": "no such customer" })),
    }
}

/// Scheme, host and port and nothing behind them: it goes into a response header as it stands. A
/// star would be a pattern there, of many sites or of all (CSP Level 3 section 2.3.1).
fn is_origin(text: &str) -> bool {
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b';' | b',' | b'@' | b'*'));
    let bare = |url: url::Url| {
        matches!(url.scheme(), "http" | "https")
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
    };
    plain && url::Url::parse(text).is_ok_and(bare)
}
