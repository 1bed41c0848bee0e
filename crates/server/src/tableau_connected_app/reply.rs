//! Connected apps: REST sign-in in XML and JSON, the embedding surfaces, the management methods.

use claimproof_catalog::Code;
use claimproof_verifier::Explained;
use claimproof_verifier::tableau_connected_app::{Grant, Violation};

use crate::markup::{self, Element};
use crate::reply::Reply;

const JSON: &str = "application/json";
const XML: &str = "application/xml";
const NAMESPACE: &str = "http://tableau.com/api";

/// XML unless the client asked for JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// `tsResponse`.
    Xml,
    /// The same members as JSON.
    Json,
}

/// A document of the REST API.
pub(super) fn rest(format: Format, status: u16, xml: Element, json: &serde_json::Value) -> Reply {
    match format {
        Format::Xml => {
            let root = Element::new("tsResponse").with("xmlns", NAMESPACE).holding([xml]);
            Reply::new(status, XML, markup::xml(&root))
        }
        Format::Json => Reply::new(status, JSON, json.to_string()),
    }
}

/// An error of the REST API; the fine code stands in the detail and in the response headers.
pub(super) fn rest_error(
    format: Format,
    status: u16,
    code: &str,
    summary: &str,
    detail: &str,
    fine: Option<&str>,
) -> Reply {
    let detail = fine.map_or_else(|| detail.to_owned(), |fine| format!("{detail} ({fine})"));
    let xml = Element::new("error").with("code", code).holding([
        Element::of_text("summary", summary),
        Element::of_text("detail", detail.as_str()),
    ]);
    let json =
        serde_json::json!({ "error": { "summary": summary, "detail": detail, "code": code } });
    let reply = rest(format, status, xml, &json);
    match fine {
        Some(fine) => {
            reply.with("tableau_status_code", fine).with("tableau_error_source", "Client")
        }
        None => reply,
    }
}

/// A session by REST sign-in.
pub(super) fn signed_in(format: Format, grant: &Grant<'_>, session: &str) -> Reply {
    let site =
        Element::new("site").with("id", grant.site_luid).with("contentUrl", grant.content_url);
    let xml = Element::new("credentials")
        .with("token", session)
        .with("estimatedTimeToExpiration", "120:00")
        .holding([site, Element::new("user").with("id", grant.user_luid)]);
    let json = serde_json::json!({ "credentials": {
        "token": session,
        "estimatedTimeToExpiration": "120:00",
        "site": { "id": grant.site_luid, "contentUrl": grant.content_url },
        "user": { "id": grant.user_luid },
    }});
    rest(format, 200, xml, &json)
}

/// A refused REST sign-in: the coarse code on the wire, the fine one behind it.
pub(super) fn sign_in_refused(format: Format, violation: Option<Violation>) -> Reply {
    let fine = violation.as_ref().and_then(Explained::documented).map(Code::as_str);
    rest_error(format, 401, "401001", "Signin Error", "Error signing in to Tableau Server", fine)
}

/// A refused embedding request: the code as a number, as the embedding library reads it.
pub(super) fn embed_refused(violation: Option<Violation>) -> Reply {
    // Every documented code is numeric.
    let code = violation.as_ref().and_then(Explained::documented).and_then(Code::number);
    let body = serde_json::json!({ "result": { "errors": [{ "code": code }] } });
    Reply::new(401, JSON, body.to_string())
}

/// An embedding session: cookies, which the library asks for and does not read.
pub(super) fn embed_accepted(session: &str) -> Reply {
    Reply::new(200, JSON, "{\"result\":{}}".to_owned()).with("set-cookie", &cookie(session))
}

/// The iframe path leads on to the view.
pub(super) fn embed_redirect(session: &str, target: &str) -> Reply {
    Reply::new(302, "text/plain", String::new())
        .with("set-cookie", &cookie(session))
        .with("location", target)
}

fn cookie(session: &str) -> String {
    format!("workgroup_session_id={session}; Path=/; Secure; HttpOnly; SameSite=None")
}
