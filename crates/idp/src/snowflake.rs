//! Snowflake: a scope of its own for refresh tokens, and an envelope of its own for errors.

use serde_json::{Value, json};

use super::grants::{PageFault, Refusal, Tokens};
use super::reply::{Reaction, Told};

pub(super) fn success(tokens: &Tokens) -> Reaction {
    let mut body = json!({
        "access_token": tokens.access,
        "token_type": "Bearer",
        "username": "viewer",
        "scope": tokens.scope,
        "idpInitiated": false,
    });
    if let Some(seconds) = tokens.expires_in {
        body["expires_in"] = seconds.into();
    }
    tokens.refresh.put_into(&mut body);
    if body.get("refresh_token").is_some_and(Value::is_string) {
        body["refresh_token_expires_in"] = 86_399.into();
    }
    Reaction::json(200, &body).unstored()
}

pub(super) fn told(why: Refusal) -> Told {
    let (error, description) = match why {
        Refusal::UnknownClient | Refusal::WrongSecret | Refusal::ExpiredSecret => {
            ("invalid_client", "This is an invalid client.")
        }
        Refusal::GrantEnded => {
            ("invalid_grant", "This is an invalid grant: the code or token has expired.")
        }
        Refusal::OtherRedirectUri(_) => {
            ("invalid_grant", "This is an invalid grant: the redirect URI is another.")
        }
        Refusal::Verifier => {
            ("invalid_grant", "This is an invalid grant: the code verifier does not match.")
        }
        Refusal::UnsupportedGrant => {
            ("unsupported_grant_type", "This grant type is not supported.")
        }
        Refusal::Malformed => ("invalid_request", "This is an invalid request."),
    };
    Told { status: 400, error, description: description.to_owned() }
}

/// The shape of field reports; the status was not among them.
pub(super) fn error(told: &Told) -> Reaction {
    let body = json!({
        "data": null,
        "error": told.error,
        "code": null,
        "message": told.description,
        "success": false,
        "headers": null,
    });
    Reaction::json(told.status, &body).unstored()
}

pub(super) fn page(fault: PageFault<'_>) -> (&'static str, String) {
    let text = match fault {
        PageFault::NothingRegistered | PageFault::NotRegistered(_) => {
            "There is a mismatch in the given redirect uri with the one in the registered OAuth client integration."
        }
        PageFault::UnknownClient => {
            "OAuth client integration with the given client ID is not found."
        }
    };
    ("Error occurred in authorization:", text.to_owned())
}
