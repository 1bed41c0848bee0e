//! Tableau's REST sign-in, in XML and JSON, and what a session is good for.

use claimproof_catalog::Profile;
use claimproof_vectors::Change;

use crate::common::server::{Answer, Server};

const JSON: (&str, &str) = ("accept", "application/json");

async fn server() -> Server {
    Server::start(Profile::TableauConnectedApp).await
}

fn xml(server: &Server, token: &str) -> String {
    let site = server.id("site.ok");
    format!(
        "<tsRequest><credentials jwt=\"{token}\" isUat=\"false\"><site contentUrl=\"{site}\"/></credentials></tsRequest>"
    )
}

fn json(server: &Server, token: &str) -> String {
    let site = serde_json::json!({ "contentUrl": server.id("site.ok") });
    serde_json::json!({ "credentials": { "jwt": token, "isUat": false, "site": site } }).to_string()
}

async fn sign_in(server: &Server, headers: &[(&str, &str)], body: &str) -> Answer {
    server.send("POST", "/api/3.22/auth/signin", headers, body).await
}

/// The text parses as XML to its end; returns its elements in order.
fn elements(text: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(one) | quick_xml::events::Event::Empty(one) => {
                found.push(one.name().as_ref().to_owned());
            }
            quick_xml::events::Event::Eof => return found,
            _ => {}
        }
    }
}

#[tokio::test]
async fn xml_is_answered_in_xml() {
    let server = server().await;
    let answer = sign_in(&server, &[], &xml(&server, &server.token())).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/xml")));
    assert_eq!(elements(&answer.body), ["tsResponse", "credentials", "site", "user"]);
    assert!(
        answer.body.contains(&format!("contentUrl=\"{}\"", server.id("site.ok"))),
        "{}",
        answer.body
    );
}

#[tokio::test]
async fn json_is_answered_in_json() {
    let server = server().await;
    let answer = sign_in(&server, &[JSON], &json(&server, &server.token())).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")));
    let credentials = &answer.json()["credentials"];
    assert_eq!(credentials["site"]["contentUrl"], server.id("site.ok"));
    for member in ["/token", "/site/id", "/user/id", "/estimatedTimeToExpiration"] {
        assert!(
            credentials.pointer(member).is_some_and(|value| value.is_string()),
            "{member} in {}",
            answer.body
        );
    }
}

#[tokio::test]
async fn the_accept_header_decides_the_format_and_not_the_body() {
    let server = server().await;
    assert!(sign_in(&server, &[], &json(&server, &server.token())).await.body.starts_with("<?xml"));
    assert!(
        sign_in(&server, &[JSON], &xml(&server, &server.token())).await.json()["credentials"]
            .is_object()
    );
}

#[tokio::test]
async fn a_refusal_has_the_coarse_code_on_the_wire_and_the_fine_one_behind_it() {
    let server = server().await;
    let token = || server.token_with(&[Change::claim("aud", "\"elsewhere\"")]);
    let answer = sign_in(&server, &[JSON], &json(&server, &token())).await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.json()["error"]["code"], "401001");
    assert_eq!(answer.header("tableau_status_code"), Some("10084"));
    assert!(
        answer.json()["error"]["detail"].as_str().unwrap().ends_with("(10084)"),
        "{}",
        answer.body
    );
    let answer = sign_in(&server, &[], &xml(&server, &token())).await;
    assert_eq!(elements(&answer.body), ["tsResponse", "error", "summary", "detail"]);
    assert!(answer.body.contains("<error code=\"401001\">"), "{}", answer.body);
}

async fn session(server: &Server) -> String {
    let answer = sign_in(server, &[JSON], &json(server, &server.token())).await;
    answer.json()["credentials"]["token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_session_ends_with_its_sign_out() {
    let server = server().await;
    let session = session(&server).await;
    let auth = ("x-tableau-auth", session.as_str());
    assert_eq!(server.send("GET", "/api/3.22/sessions/current", &[auth], "").await.status, 200);
    assert_eq!(server.send("POST", "/api/3.22/auth/signout", &[auth], "").await.status, 204);
    let after = server.send("GET", "/api/3.22/sessions/current", &[auth, JSON], "").await;
    assert_eq!((after.status, after.json()["error"]["code"].as_str()), (401, Some("401002")));
    assert_eq!(server.send("POST", "/api/3.22/auth/signout", &[auth], "").await.status, 401);
}

#[tokio::test]
async fn the_current_session_names_its_site() {
    let server = server().await;
    let signed_in = sign_in(&server, &[JSON], &json(&server, &server.token())).await.json();
    let auth = ("x-tableau-auth", signed_in["credentials"]["token"].as_str().unwrap());
    let current = server.send("GET", "/api/3.22/sessions/current", &[auth, JSON], "").await.json();
    assert_eq!(current["session"]["site"]["id"], signed_in["credentials"]["site"]["id"]);
}

#[tokio::test]
async fn without_a_session_nothing_is_current_and_nothing_is_signed_out() {
    let server = server().await;
    for (method, path) in
        [("GET", "/api/3.22/sessions/current"), ("POST", "/api/3.22/auth/signout")]
    {
        let answer = server.send(method, path, &[JSON], "").await;
        assert_eq!(
            (answer.status, answer.json()["error"]["code"].as_str()),
            (401, Some("401000")),
            "{path}"
        );
    }
}

#[tokio::test]
async fn server_info_is_shown_to_anybody_and_in_any_case() {
    let server = server().await;
    for path in ["/api/3.22/serverInfo", "/api/2.4/serverinfo", "/api/3.27/SERVERINFO"] {
        let answer = server.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(elements(&answer.body).contains(&"restApiVersion".to_owned()), "{}", answer.body);
    }
    let json = server.send("GET", "/api/3.22/serverInfo", &[JSON], "").await.json();
    assert!(json["serverInfo"]["productVersion"]["value"].is_string(), "{json}");
}
