//! GitHub: errors with status 200, answers as a form unless JSON is asked for; only GitHub Apps
//! get refresh tokens.

use serde_json::{Map, Value};
use url::form_urlencoded;

use super::Call;
use super::grants::{PageFault, RefreshMember, Refusal, Tokens};
use super::reply::{Reaction, Told};

pub(super) fn success(tokens: &Tokens, call: &Call) -> Reaction {
    let mut members = vec![("access_token", Value::from(tokens.access.as_str()))];
    if let Some(seconds) = tokens.expires_in {
        members.push(("expires_in", seconds.into()));
    }
    match &tokens.refresh {
        RefreshMember::Absent => {}
        RefreshMember::Null => members.push(("refresh_token", Value::Null)),
        RefreshMember::Text(text) => {
            members.push(("refresh_token", text.as_str().into()));
            members.push(("refresh_token_expires_in", 15_811_200.into()));
        }
    }
    // What a GitHub App may do is set at GitHub, not by scopes.
    let scope = if tokens.access.starts_with("ghu_") { "" } else { &tokens.scope };
    members.push(("scope", scope.into()));
    members.push(("token_type", "bearer".into()));
    answer(members, call)
}

pub(super) fn told(why: Refusal) -> Told {
    let (error, description) = match why {
        Refusal::UnknownClient | Refusal::WrongSecret | Refusal::ExpiredSecret => (
            "incorrect_client_credentials",
            "The client_id and/or client_secret passed are incorrect.",
        ),
        Refusal::GrantEnded | Refusal::Verifier => {
            ("bad_verification_code", "The code passed is incorrect or expired.")
        }
        Refusal::OtherRedirectUri(_) => (
            "redirect_uri_mismatch",
            "The redirect_uri MUST match the registered callback URL for this application.",
        ),
        Refusal::UnsupportedGrant | Refusal::Malformed => {
            ("unsupported_grant_type", "The grant_type is not supported.")
        }
    };
    Told { status: 200, error, description: description.to_owned() }
}

/// An error is an answer of status 200 whatever it tells.
pub(super) fn error(told: &Told, call: &Call) -> Reaction {
    let members = vec![
        ("error", told.error.into()),
        ("error_description", told.description.as_str().into()),
        ("error_uri", format!("https://docs.github.com/apps/oauth-errors#{}", told.error).into()),
    ];
    answer(members, call)
}

fn answer(members: Vec<(&'static str, Value)>, call: &Call) -> Reaction {
    if call.accept.as_deref().is_some_and(|accept| accept.contains("json")) {
        let body: Map<String, Value> =
            members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        return Reaction::of(
            200,
            "application/json; charset=utf-8",
            Value::Object(body).to_string(),
        );
    }
    let text = |value: &Value| {
        value.as_str().map_or_else(|| value.to_string().replace("null", ""), str::to_owned)
    };
    let pairs = members.iter().map(|(name, value)| (*name, text(value)));
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    Reaction::of(200, "application/x-www-form-urlencoded; charset=utf-8", body)
}

pub(super) fn page(fault: PageFault<'_>) -> (&'static str, String) {
    let text = match fault {
        PageFault::NothingRegistered | PageFault::NotRegistered(_) => {
            "The redirect_uri is not associated with this application."
        }
        PageFault::UnknownClient => "This application does not exist.",
    };
    ("Be careful!", text.to_owned())
}
