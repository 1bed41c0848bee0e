//! The client's side: what Connect answers to an exchange, and what a client must make of it.

use crate::expect::{Answer, Expect, Numbers};

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
    pub body: &'static str,
    /// What the client must make of it: credentials, Connect's error with number and text, or a
    /// failure that hands out nothing.
    pub expect: Expect,
    /// Seconds after which the client must hold the credentials for expired, where the reply says.
    pub expires_in: Option<i64>,
}

const JSON: &str = "application/json";

const fn error(code: &'static [&'static str], number: &'static [i64]) -> Expect {
    Expect::Only(Answer::RefuseNumbered(code, Numbers::Among(number)))
}

/// C-01 to C-10 of the scenarios.
pub fn cases() -> Vec<ClientCase> {
    let case = |slug: &str, title, requirements, (status, content_type, body), expect| ClientCase {
        id: format!("posit-connect/client/{slug}"),
        title,
        requirements,
        status,
        content_type,
        body,
        expect,
        expires_in: None,
    };
    let expiring = case(
        "c-10-expiry",
        "A success that names its expiry",
        &["PCX-05"],
        (
            200,
            JSON,
            concat!(
                r#"{"access_token":"a-token","issued_token_type":"urn:ietf:params:oauth:token-type:access_token","#,
                r#""token_type":"Bearer","expires_in":60}"#
            ),
        ),
        Expect::Accept,
    );
    vec![
        case("c-01-success", "A success", &["PCX-04"], (200, JSON, SUCCESS), Expect::Accept),
        case(
            "c-02-no-association",
            "The content has no integration",
            &["PCO-AS-02"],
            (
                400,
                JSON,
                r#"{"code":212,"error":"No OAuth integrations have been associated with this content item.","payload":null}"#,
            ),
            error(&["212"], &[212]),
        ),
        case(
            "c-03-invalid-subject-token",
            "The subject token is rejected",
            &["PCO-ST-01"],
            (400, JSON, r#"{"code":215,"error":"Invalid subject_token","payload":null}"#),
            error(&["215"], &[215]),
        ),
        case(
            "c-04-no-session",
            "The viewer has no session",
            &["PCO-SE-02"],
            (
                400,
                JSON,
                r#"{"code":220,"error":"No OAuth session found. Log in to the OAuth Integration before requesting credentials.","payload":null}"#,
            ),
            error(&["220"], &[220]),
        ),
        case(
            "c-05-refresh-failed",
            "The refresh failed at the provider",
            &["PCO-KC-02"],
            (
                400,
                JSON,
                r#"{"code":219,"error":"400 Bad Request: Invalid client or Invalid client credentials","payload":null}"#,
            ),
            error(&["keycloak-refresh"], &[219]),
        ),
        case(
            "c-06-unauthorized",
            "The API key is not accepted",
            &["PCX-02"],
            (401, JSON, r#"{"code":30,"error":"The API key is not accepted.","payload":null}"#),
            error(&[], &[30]),
        ),
        case(
            "c-07-rfc-error",
            "An error in the shape of RFC 6749, which is not Connect's",
            &["PCX-03"],
            (400, JSON, r#"{"error":"invalid_request","error_description":"subject_token is missing"}"#),
            Expect::RefuseAny,
        ),
        case(
            "c-08-html-error",
            "A page of a gateway",
            &["PCX-17"],
            (502, "text/html", "<html><h1>502 Bad Gateway</h1></html>"),
            Expect::RefuseAny,
        ),
        case(
            "c-09-no-access-token",
            "A success without access token",
            &["PCX-04"],
            (
                200,
                JSON,
                r#"{"issued_token_type":"urn:ietf:params:oauth:token-type:access_token","token_type":"Bearer"}"#,
            ),
            Expect::RefuseAny,
        ),
        ClientCase { expires_in: Some(60), ..expiring },
    ]
}

const SUCCESS: &str = concat!(
    r#"{"access_token":"a-token","issued_token_type":"urn:ietf:params:oauth:token-type:access_token","#,
    r#""token_type":"Bearer"}"#,
);
