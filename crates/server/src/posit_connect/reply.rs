//! Connect's envelope for programs, pages for browsers.

use claimproof_cast::ExposeSecret;
use claimproof_verifier::posit_connect::{
    ACCESS_TOKEN_TYPE, Credentials, Integration, Number, Rank, Session, User, Violation,
};
use serde_json::{Value, json};

use crate::markup::{self, Element};
use crate::reply::Reply;

/// A JSON answer of the API; none of them belongs in a cache.
pub(super) fn answer(status: u16, body: &Value) -> Reply {
    Reply::new(status, "application/json", body.to_string()).with("cache-control", "no-store")
}

/// `{code, error, payload}`, and nothing else.
pub(super) fn refused(violation: &Violation) -> Reply {
    let number = violation.number();
    answer(
        status(number),
        &json!({ "code": number.value(), "error": violation.text(), "payload": null }),
    )
}

/// Of Connect's own errors all but three are a 400: no document names a status (`PCO-R-status`).
const fn status(number: Number) -> u16 {
    match number {
        Number::NotAuthenticated => 401,
        Number::NotPermitted => 403,
        Number::NotFound => 404,
        Number::Unreadable
        | Number::Parameter
        | Number::IntegrationUnknown
        | Number::AssociationAssignment
        | Number::FormNotFound
        | Number::FormParse
        | Number::NoAssociations
        | Number::GrantType
        | Number::SubjectTokenType
        | Number::SubjectToken
        | Number::RefreshFailure
        | Number::SessionNotFound
        | Number::IntegrationName
        | Number::IntegrationTemplate
        | Number::IntegrationConfig
        | Number::IntegrationLogin => 400,
    }
}

/// What a successful exchange answers; no expiry where none is known.
pub(super) fn granted(credentials: &Credentials) -> Reply {
    let mut body = json!({
        "access_token": credentials.access_token.expose_secret(),
        "issued_token_type": ACCESS_TOKEN_TYPE,
        "token_type": "Bearer",
    });
    if let Some(seconds) = credentials.expires_in {
        body["expires_in"] = seconds.into();
    }
    answer(200, &body)
}

/// A page that says what went wrong. A provider's text is text on it, never markup.
pub(super) fn failed(violation: &Violation) -> Reply {
    page(status(violation.number()), "OAuth login", &violation.text())
}

/// A page that offers logins: name and address of each.
pub(super) fn offering(logins: &[(String, String)]) -> Reply {
    let link = |(name, url): &(String, String)| {
        Element::of_text("a", format!("Log in to {name}")).with("href", url.as_str())
    };
    marked(200, "Access", Element::new("p").holding(logins.iter().map(link)))
}

/// A page for a browser. Its address may hold a code, so it is told to nobody and kept nowhere.
pub(super) fn page(status: u16, title: &str, text: &str) -> Reply {
    marked(status, title, Element::of_text("p", text))
}

fn marked(status: u16, title: &str, inside: Element) -> Reply {
    let body = markup::html(&[Element::new("html").with("lang", "en").holding([
        Element::new("meta").with("charset", "utf-8"),
        Element::of_text("title", title),
        Element::of_text("h1", title),
        inside,
    ])]);
    Reply::new(status, "text/html; charset=utf-8", body)
        .with("cache-control", "no-store")
        .with("referrer-policy", "no-referrer")
        .with("x-content-type-options", "nosniff")
        .with("content-security-policy", "default-src 'none'")
}

/// The browser goes there.
pub(super) fn redirect(to: &str) -> Reply {
    Reply::new(302, "text/html; charset=utf-8", String::new())
        .with("location", to)
        .with("cache-control", "no-store")
        .with("referrer-policy", "no-referrer")
}

/// The content echoes the subject token it was handed.
pub(super) fn shown(token: &str) -> Reply {
    answer(200, &json!({ "user_session_token": token }))
}

/// A user, under the names the API uses.
pub(super) fn user(user: &User) -> Value {
    let role = match user.rank {
        Rank::Administrator => "administrator",
        Rank::Publisher => "publisher",
        Rank::Viewer => "viewer",
    };
    json!({
        "guid": user.guid, "username": user.name, "user_role": role, "email": "", "first_name": "", "last_name": "",
        "confirmed": true, "locked": false,
    })
}

/// An integration; whether it has a secret is told, the secret is not.
pub(super) fn integration(integration: &Integration) -> Value {
    let config = &integration.config;
    json!({
        "id": integration.guid,
        "guid": integration.guid,
        "name": integration.name,
        "description": integration.description,
        "template": integration.template,
        "auth_type": "Viewer",
        "config": {
            "auth_mode": if config.client_secret.is_some() { "Confidential" } else { "Public" },
            "auth_type": "Viewer",
            "authorization_uri": config.authorization_uri,
            "token_uri": config.token_uri,
            "client_id": config.client_id,
            "scopes": config.scopes,
            "token_endpoint_auth_method": config.auth.name(),
            "use_pkce": config.pkce,
        },
        "created_time": time(integration.created),
        "updated_time": time(integration.updated),
    })
}

/// One association of content.
pub(super) fn association(content: &str, integration: &Integration) -> Value {
    json!({
        "app_guid": content,
        "content_guid": content,
        "oauth_integration_guid": integration.guid,
        "oauth_integration_name": integration.name,
        "oauth_integration_description": integration.description,
        "oauth_integration_template": integration.template,
        "oauth_integration_auth_type": "Viewer",
        "created_time": time(integration.created),
    })
}

/// A session without its tokens.
pub(super) fn session(session: &Session) -> Value {
    json!({
        "id": session.guid,
        "guid": session.guid,
        "user_guid": session.user,
        "oauth_integration_guid": session.integration,
        "has_refresh_token": session.refresh_token.is_some(),
        "created_time": time(session.created),
        "updated_time": time(session.updated),
    })
}

/// RFC 3339; null where the clock was set beyond what that can write.
fn time(second: i64) -> Value {
    jiff::Timestamp::from_second(second).map_or(Value::Null, |instant| instant.to_string().into())
}
