//! Keycloak since version 20: one sentence for every failed client authentication, status 401.

use serde_json::{Value, json};

use super::grants::{PageFault, Refusal, Tokens};
use super::reply::{Reaction, Told};

pub(super) fn success(tokens: &Tokens) -> Reaction {
    let mut body = json!({
        "access_token": tokens.access,
        "token_type": "Bearer",
        "not-before-policy": 0,
        "scope": tokens.scope,
    });
    if let Some(seconds) = tokens.expires_in {
        body["expires_in"] = seconds.into();
    }
    tokens.refresh.put_into(&mut body);
    if body.get("refresh_token").is_some_and(Value::is_string) {
        body["refresh_expires_in"] = 1800.into();
    }
    Reaction::json(200, &body).unstored()
}

pub(super) fn told(why: Refusal) -> Told {
    let (status, error, description) = match why {
        Refusal::WrongSecret | Refusal::ExpiredSecret => {
            (401, "unauthorized_client", "Invalid client or Invalid client credentials")
        }
        Refusal::UnknownClient => {
            (401, "invalid_client", "Invalid client or Invalid client credentials")
        }
        Refusal::GrantEnded => (400, "invalid_grant", "Token is not active"),
        Refusal::OtherRedirectUri(_) => (400, "invalid_grant", "Incorrect redirect_uri"),
        Refusal::Verifier => (400, "invalid_grant", "PKCE verification failed: Code mismatch"),
        Refusal::UnsupportedGrant => (400, "unsupported_grant_type", "Unsupported grant_type"),
        Refusal::Malformed => (400, "invalid_request", "duplicated parameter"),
    };
    Told { status, error, description: description.to_owned() }
}

pub(super) fn error(told: &Told) -> Reaction {
    let body = json!({ "error": told.error, "error_description": told.description });
    Reaction::json(told.status, &body).unstored()
}

pub(super) fn page(fault: PageFault<'_>) -> (&'static str, String) {
    let text = match fault {
        PageFault::NothingRegistered | PageFault::NotRegistered(_) => {
            "Invalid parameter: redirect_uri"
        }
        PageFault::UnknownClient => "Client not found.",
    };
    ("We are sorry...", text.to_owned())
}
