//! Microsoft Entra ID: errors of the token endpoint are JSON with a trailer, those of redirect
//! URIs are pages.

use serde_json::json;

use super::Provider;
use super::grants::{PageFault, RefreshMember, Refusal, Tokens};
use super::reply::{Reaction, Told};

/// The instant in every trailer, that of the golden files.
const TIMESTAMP: &str = "2023-11-14 22:13:20Z";

pub(super) fn success(tokens: &Tokens) -> Reaction {
    let mut body =
        json!({ "token_type": "Bearer", "scope": tokens.scope, "access_token": tokens.access });
    if let Some(seconds) = tokens.expires_in {
        body["expires_in"] = seconds.into();
        body["ext_expires_in"] = seconds.into();
    }
    tokens.refresh.put_into(&mut body);
    Reaction::json(200, &body).unstored()
}

/// Number and sentence of a fault; the numbers of the vendor's list.
pub(super) fn told(why: Refusal, of: &Provider) -> Told {
    let app = of.client_id();
    let (status, error, sentence) = match why {
        Refusal::WrongSecret => (
            401,
            "invalid_client",
            format!(
                "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the \
                 client secret value, not the client secret ID, for a secret added to app '{app}'."
            ),
        ),
        Refusal::ExpiredSecret => (
            401,
            "invalid_client",
            format!(
                "AADSTS7000222: The provided client secret keys for app '{app}' are expired. Visit the Azure portal \
                 to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate \
                 credentials for added security: https://aka.ms/certCreds."
            ),
        ),
        Refusal::UnknownClient => (
            400,
            "unauthorized_client",
            "AADSTS700016: Application with this identifier was not found in the directory.".to_owned(),
        ),
        Refusal::GrantEnded => (
            400,
            "invalid_grant",
            "AADSTS70008: The provided authorization code or refresh token has expired due to inactivity.".to_owned(),
        ),
        Refusal::OtherRedirectUri(_) => (
            400,
            "invalid_client",
            "AADSTS500112: The reply address does not match the reply address provided when requesting \
             Authorization code."
                .to_owned(),
        ),
        Refusal::Verifier => (
            400,
            "invalid_grant",
            "AADSTS501481: The Code_Verifier does not match the code_challenge supplied in the authorization request."
                .to_owned(),
        ),
        Refusal::UnsupportedGrant => {
            (400, "unsupported_grant_type", "AADSTS70003: The app requested an unsupported grant type.".to_owned())
        }
        Refusal::Malformed => {
            (400, "invalid_request", "AADSTS900144: The request body is missing a parameter.".to_owned())
        }
    };
    Told { status, error, description: sentence + &trailer(of) }
}

fn trailer(of: &Provider) -> String {
    let between = if of.knobs.trailer_in_lines { "\r\n" } else { " " };
    let (trace, correlation) = (trace(of), of.guid(&format!("correlation {}", of.journal.len())));
    [
        format!("Trace ID: {trace}"),
        format!("Correlation ID: {correlation}"),
        format!("Timestamp: {TIMESTAMP}"),
    ]
    .iter()
    .fold(String::new(), |text, part| text + between + part)
}

fn trace(of: &Provider) -> String {
    of.guid(&format!("trace {}", of.journal.len()))
}

pub(super) fn error(told: &Told, of: &Provider) -> Reaction {
    let number = told
        .description
        .strip_prefix("AADSTS")
        .and_then(|rest| rest.split(':').next()?.parse::<u32>().ok());
    let body = json!({
        "error": told.error,
        "error_description": told.description,
        "error_codes": number.into_iter().collect::<Vec<_>>(),
        "timestamp": TIMESTAMP,
        "trace_id": trace(of),
        "correlation_id": of.guid(&format!("correlation {}", of.journal.len())),
        "error_uri": format!("https://login.microsoftonline.com/error?code={}", number.unwrap_or_default()),
    });
    let reply = Reaction::of(told.status, "application/json; charset=utf-8", body.to_string());
    reply.unstored().with("x-ms-request-id", trace(of))
}

pub(super) fn page(fault: PageFault<'_>, app: &str) -> (&'static str, String) {
    let text = match fault {
        PageFault::NothingRegistered => {
            "AADSTS500113: No reply address is registered for the application.".to_owned()
        }
        PageFault::NotRegistered(sent) => format!(
            "AADSTS50011: The redirect URI '{sent}' specified in the request does not match the redirect URIs \
             configured for the application '{app}'. Make sure the redirect URI sent in the request matches one added \
             to your application in the Azure portal. Navigate to https://aka.ms/redirectUriMismatchError to learn \
             more about how to fix this."
        ),
        PageFault::UnknownClient => {
            "AADSTS700016: Application with this identifier was not found in the directory."
                .to_owned()
        }
    };
    ("Sign in to your account", text)
}

impl RefreshMember {
    /// As a member of a JSON answer.
    pub(super) fn put_into(&self, body: &mut serde_json::Value) {
        match self {
            Self::Absent => {}
            Self::Null => body["refresh_token"] = serde_json::Value::Null,
            Self::Text(text) => body["refresh_token"] = text.as_str().into(),
        }
    }
}
