//! Right decisions, told wrongly.

use claimproof_server::reply::Reply;
use serde_json::{Value, json};

use super::{PROFILE, providers};
use crate::mutant::Breaks::EveryRefusal;
use crate::mutant::Mutant;
use crate::shared::{header, reply};

pub(super) fn mutants() -> Vec<Mutant> {
    [texts(), numbers(), shapes(), providers::mutants(), pages()].concat()
}

/// The envelope of a refused API call, changed.
fn envelope(reply: &mut Reply, change: impl Fn(i64, &str) -> Value) {
    let body: Option<Value> = serde_json::from_str(&reply.body).ok().filter(|_| reply.refuses);
    let code = body.as_ref().and_then(|body| body.get("code")?.as_i64());
    let error = body.as_ref().and_then(|body| body.get("error")?.as_str());
    if let (Some(code), Some(error)) = (code, error) {
        reply.body = change(code, error).to_string();
    }
}

/// One text said otherwise, in envelopes and on pages.
fn replaced(reply: &mut Reply, text: &str, by: &str) {
    reply.body = reply.body.replace(text, by);
}

mutants! {
    fn texts in PROFILE, reply;

    "subject-text-with-number", "The text of 215 has its number in front",
        ["PCO-ST-01", "PCO-ST-03", "PCO-GN-02"] =>
        |reply| {
            replaced(reply, "Invalid subject_token", "Connect API Error 215: Invalid subject_token")
        };
    "association-text-without-stop", "The text of 212 lacks its full stop",
        ["PCO-AS-01", "PCO-AS-02", "PCO-AS-03", "PCO-AS-06", "PCO-SE-07"] =>
        |reply| {
            let text = "associated with this content item.";
            replaced(reply, text, text.trim_end_matches('.'))
        };
    "session-text-cut", "The text of 220 is its first sentence alone", EveryRefusal =>
        |reply| {
            replaced(reply, " Log in to the OAuth Integration before requesting credentials.", "")
        };
    "refresh-text-without-hint",
        "The text of a missing refresh token lacks the hint at offline_access",
        ["PCO-RT-02", "PCO-RT-01", "PCO-RT-09", "PCO-GH-01"] =>
        |reply| {
            let hint = " Are you missing the offline_access scope in the OAuth integration \
                configuration?";
            replaced(reply, hint, "")
        };
    "association-list-bare", "A listed association does not name its integration",
        ["PCX-18", "PCX-14", "PCO-AS-04"] =>
        |reply| {
            if reply.body.contains("\"app_guid\"") {
                replaced(reply, "\"oauth_integration_guid\"", "\"integration\"");
            }
        };
    "login-says-nothing", "A failed login says only that it failed", EveryRefusal =>
        |reply| {
            let is_page = reply
                .headers
                .iter()
                .any(|(name, value)| *name == "content-type" && value.starts_with("text/html"));
            if reply.refuses && is_page {
                reply.body = "<p>The login failed.</p>".to_owned();
            }
        };
}

mutants! {
    fn numbers in PROFILE, reply;

    "216-for-215", "A rejected subject token is answered with 216",
        ["PCO-ST-01", "PCO-ST-03", "PCX-09"] =>
        |reply| {
            envelope(reply, |code, error| {
                let code = if code == 215 { 216 } else { code };
                json!({ "code": code, "error": error })
            })
        };
    "code-as-text", "The envelope's code is a string", EveryRefusal =>
        |reply| {
            envelope(reply, |code, error| {
                json!({ "code": code.to_string(), "error": error, "payload": null })
            })
        };
    "association-says-session", "Unassociated content gets the text of a missing session",
        ["PCO-AS-01", "PCO-AS-03", "PCO-AS-06", "PCO-SE-07"] =>
        |reply| {
            let session = "No OAuth session found. \
                Log in to the OAuth Integration before requesting credentials.";
            let own = "No OAuth integrations have been associated with this content item.";
            replaced(reply, own, session)
        };
}

mutants! {
    fn shapes in PROFILE, reply;

    "oauth-error-shape", "Errors have the shape of RFC 6749", EveryRefusal =>
        |reply| {
            envelope(reply, |_, error| {
                json!({ "error": "invalid_request", "error_description": error })
            })
        };
    "errors-as-plain-text", "Errors are JSON, declared as plain text", ["PCX-17", "PCX-03"] =>
        |reply| {
            if reply.refuses && reply.body.starts_with('{') {
                header(reply, "content-type", |value| "text/plain".clone_into(value));
            }
        };
    "refusal-with-200", "Refusals have status 200", EveryRefusal =>
        |reply| reply.status = if reply.refuses { 200 } else { reply.status };
    // Of one sentence alone: after ten outages in a row a run waits no longer, and where that is,
    // chance decides.
    "refusal-with-500", "A refusal of the subject token type has status 500", EveryRefusal =>
        |reply| {
            if reply.refuses && reply.body.contains("subject_token_type") {
                reply.status = 500;
            }
        };
    "success-without-types", "A success names neither its issued type nor its token type",
        ["PCX-04"] =>
        |reply| match serde_json::from_str::<Value>(&reply.body) {
            Ok(Value::Object(mut members)) if members.contains_key("access_token") => {
                members.remove("issued_token_type");
                members.remove("token_type");
                reply.body = Value::Object(members).to_string();
            }
            _ => {}
        };
    "provider-markup-as-it-is", "A provider's text is put into the page as markup",
        ["RFC6749-10.14", "PCO-GN-02"] =>
        |reply| {
            let quotes = [("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'")];
            let unescaped = [("&lt;", "<"), ("&gt;", ">")].into_iter().chain(quotes);
            unescaped.chain([("&amp;", "&")]).for_each(|(text, by)| replaced(reply, text, by));
        };
}

const DASHBOARD: &[&str] = &["PCO-SE-05"];

mutants! {
    /// The dashboard, and a status nobody has a name for.
    fn pages in PROFILE, reply;

    "dashboard-offers-nothing", "The dashboard offers a viewer no login", DASHBOARD =>
        |reply| {
            if reply.body.contains(ACCESS) {
                reply.body = ACCESS.to_owned();
            }
        };
    "dashboard-leads-away", "The dashboard begins the login by itself", DASHBOARD =>
        |reply| {
            let away = "<title>Access</title><meta http-equiv=\"refresh\" content=\"0\">";
            replaced(reply, ACCESS, away)
        };
    "status-nobody-knows", "Missing associations and sessions are answered with status 499",
        ["PCO-AS-02", "PCO-SE-02", "PCX-03"] =>
        |reply| {
            let starts = ["{\"code\":212,", "{\"code\":220,"];
            if starts.iter().any(|start| reply.body.starts_with(start)) {
                reply.status = 499;
            }
        };
}

const ACCESS: &str = "<title>Access</title>";
