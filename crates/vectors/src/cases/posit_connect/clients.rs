//! The client's side: what Connect answers to an exchange, and what a client must make of it.

use crate::expect::{Expect, Refusal};
use crate::texts;

/// A reply to a client's exchange.
#[derive(Clone, Debug)]
pub struct ClientCase {
    /// `posit-connect/client/what-is-answered`, never reused.
    pub id: String,
    /// The case in one sentence.
    pub title: &'static str,
    /// Requirements and rules it judges.
    pub requirements: &'static [&'static str],
    /// The HTTP status of the reply.
    pub status: u16,
    /// Its content type.
    pub content_type: &'static str,
    /// Its body.
    pub body: String,
    /// What the client must make of it: credentials, Connect's error with number and text, or a
    /// failure that hands out nothing.
    pub expect: Expect,
    /// Seconds after which the client must hold the credentials for expired, where the reply says.
    pub expires_in: Option<i64>,
}

const JSON: &str = "application/json";
const ACCESS_TOKEN: &str = r#""access_token":"a-token""#;
const TYPES: &str =
    r#""issued_token_type":"urn:ietf:params:oauth:token-type:access_token","token_type":"Bearer""#;

/// C-01 to C-10 of the scenarios.
pub fn cases() -> Vec<ClientCase> {
    [successes(), errors(), strangers()].concat()
}

fn case(slug: &str, title: &'static str, requirements: &'static [&'static str]) -> ClientCase {
    ClientCase {
        id: format!("posit-connect/client/{slug}"),
        title,
        requirements,
        status: 200,
        content_type: JSON,
        body: String::new(),
        expect: Expect::REFUSE,
        expires_in: None,
    }
}

fn successes() -> Vec<ClientCase> {
    let success = |members: &[&str]| format!("{{{}}}", members.join(","));
    vec![
        ClientCase {
            body: success(&[ACCESS_TOKEN, TYPES]),
            expect: Expect::ACCEPT,
            ..case("c-01-success", "A success", &["PCX-04"])
        },
        ClientCase {
            body: success(&[TYPES]),
            ..case("c-09-no-access-token", "A success without access token", &["PCX-04"])
        },
        ClientCase {
            body: success(&[ACCESS_TOKEN, TYPES, r#""expires_in":60"#]),
            expect: Expect::ACCEPT,
            expires_in: Some(60),
            ..case("c-10-expiry", "A success that names its expiry", &["PCX-05"])
        },
    ]
}

/// Envelopes of Connect: a status, a text, its number, and the documented code a client can tell.
fn errors() -> Vec<ClientCase> {
    let row =
        |slug, title, cites, status, error: &str, codes, numbers: &'static [i64; 1]| ClientCase {
            status,
            body: format!(r#"{{"code":{},"error":"{error}","payload":null}}"#, numbers[0]),
            expect: Expect::from(Refusal::with(codes).numbered(numbers)),
            ..case(slug, title, cites)
        };
    let text = |code| texts::sentence(code).unwrap_or_default();
    let failed = "400 Bad Request: Invalid client or Invalid client credentials";
    let unknown = "The API key is not accepted.";
    cases! { row:
        "c-02-no-association", "The content has no integration":
            &["PCO-AS-02"], 400, text("212"), &["212"], &[212];
        "c-03-invalid-subject-token", "The subject token is rejected":
            &["PCO-ST-01"], 400, text("215"), &["215"], &[215];
        "c-04-no-session", "The viewer has no session":
            &["PCO-SE-02"], 400, text("220"), &["220"], &[220];
        "c-05-refresh-failed", "The refresh failed at the provider":
            &["PCO-KC-02"], 400, failed, &["keycloak-refresh"], &[219];
        "c-06-unauthorized", "The API key is not accepted": &["PCX-02"], 401, unknown, &[], &[30];
    }
}

/// What is no answer of Connect: a failure, and never credentials.
fn strangers() -> Vec<ClientCase> {
    vec![
        ClientCase {
            status: 400,
            body: r#"{"error":"invalid_request","error_description":"subject_token is missing"}"#
                .to_owned(),
            ..case(
                "c-07-rfc-error",
                "An error in the shape of RFC 6749, which is not Connect's",
                &["PCX-03"],
            )
        },
        ClientCase {
            status: 502,
            content_type: "text/html",
            body: "<html><h1>502 Bad Gateway</h1></html>".to_owned(),
            ..case("c-08-html-error", "A page of a gateway", &["PCX-17"])
        },
    ]
}
