//! The API platform: 403, and the documented text for a payload too large.

use claimproof_verifier::workato_api::{Grant, Violation};

use crate::reply::Reply;

const JSON: &str = "application/json";

/// The claims as a recipe receives them: JSON text in a JSON string.
pub(super) fn accepted(grant: &Grant<'_>, path: &str) -> Reply {
    let body = serde_json::json!({ "path": path, "jwt_claims": grant.claims });
    Reply::new(200, JSON, body.to_string())
}

/// The document's status; for the size its exact text with both numbers.
pub(super) fn refused(violation: Option<Violation>) -> Reply {
    let (status, error) = match violation {
        Some(Violation::PayloadTooLarge { chars, max }) => {
            (400, format!("JWT payload size exceeded ({chars}, max {max})"))
        }
        Some(_) | None => (403, "forbidden".to_owned()),
    };
    Reply::new(status, JSON, serde_json::json!({ "error": error }).to_string())
}
