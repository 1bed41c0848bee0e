//! Direct linking: both URL forms, the session, and who may frame the page.

use claimproof_catalog::Profile;
use claimproof_vectors::Change;
use rstest::rstest;

use crate::common::server::{Answer, Server, quoted};

const HTML: (&str, &str) = ("accept", "text/html");
const PAGE: &str = "https://app.claimproof.example/recipes";

async fn server() -> Server {
    Server::start(Profile::WorkatoDirectLink).await
}

fn in_query(token: &str) -> String {
    format!("/direct_link?workato_dl_path={}&workato_dl_token={token}", quoted(PAGE))
}

async fn link(server: &Server, token: &str) -> Answer {
    server.send("GET", &in_query(token), &[HTML], "").await
}

#[tokio::test]
async fn the_query_form_opens_a_session_on_the_page_asked_for() {
    let server = server().await;
    let answer = link(&server, &server.token()).await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains(PAGE), "{}", answer.body);
}

#[tokio::test]
async fn the_path_form_opens_a_session_on_the_page_behind_the_endpoint() {
    let server = server().await;
    let path = format!("/direct_link/recipes/12?workato_dl_token={}", server.token());
    let answer = server.send("GET", &path, &[HTML], "").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert!(answer.body.contains("https://app.claimproof.example/recipes/12<"), "{}", answer.body);
}

#[tokio::test]
async fn the_session_is_usable_in_a_frame_of_another_site() {
    let server = server().await;
    let cookie = link(&server, &server.token()).await.header("set-cookie").unwrap().to_owned();
    for attribute in ["Secure", "HttpOnly", "SameSite=None"] {
        assert!(
            cookie.split("; ").any(|own| own == attribute),
            "{attribute} is missing in {cookie}"
        );
    }
}

#[tokio::test]
async fn two_sessions_are_never_the_same() {
    let server = server().await;
    let cookie =
        async || link(&server, &server.token()).await.header("set-cookie").unwrap().to_owned();
    assert_ne!(cookie().await, cookie().await);
}

#[tokio::test]
async fn a_link_is_good_once() {
    let server = server().await;
    let token = server.token();
    assert_eq!(link(&server, &token).await.status, 200);
    let again = link(&server, &token).await;
    assert_eq!((again.status, again.header("x-claimproof-code")), (401, Some("jti_reused")));
}

#[tokio::test]
async fn a_refusal_has_its_code_in_header_and_page_and_no_session() {
    let server = server().await;
    let answer = link(&server, &server.token_with(&[Change::without_claim("iat")])).await;
    assert_eq!((answer.status, answer.header("x-claimproof-code")), (401, Some("iat_missing")));
    assert!(
        answer.body.contains("<meta name=\"x-claimproof-code\" content=\"iat_missing\"/>"),
        "{}",
        answer.body
    );
    assert_eq!(answer.header("set-cookie"), None);
}

#[tokio::test]
async fn the_page_may_be_framed_by_the_partner_until_the_customer_says_otherwise() {
    let server = server().await;
    let frames = async || {
        link(&server, &server.token()).await.header("content-security-policy").unwrap().to_owned()
    };
    assert_eq!(frames().await, "frame-ancestors https://partner.example");
    let path = format!("/api/managed_users/{}", server.id("team.ok"));
    let body = r#"{"origin_url":"https://customer.example"}"#;
    let set = server.send("PUT", &path, &[], body).await;
    assert_eq!(
        (set.status, set.json()["origin_url"].as_str()),
        (200, Some("https://customer.example"))
    );
    assert_eq!(frames().await, "frame-ancestors https://customer.example");
    assert_eq!(server.send("PUT", &path, &[], r#"{"origin_url":null}"#).await.status, 200);
    assert_eq!(frames().await, "frame-ancestors https://partner.example");
}

#[rstest]
#[tokio::test]
async fn who_manages_customers_is_not_shown_in_a_frame(
    #[values("member.owner", "member.manager")] role: &'static str,
) {
    let server = server().await;
    let slots: &'static [(&str, &str)] = match role {
        "member.owner" => &[("member", "member.owner")],
        _ => &[("member", "member.manager")],
    };
    let answer = link(&server, &server.token_with(&[Change::Roles(slots)])).await;
    assert_eq!((answer.status, answer.header("x-frame-options")), (403, Some("SAMEORIGIN")));
    assert_eq!(answer.header("set-cookie"), None);
}

#[tokio::test]
async fn an_origin_that_is_no_origin_is_refused_and_changes_nothing() {
    let server = server().await;
    let path = format!("/api/managed_users/{}", server.id("team.ok"));
    for origin in [
        "https://a.example; script-src *",
        "https://a.example\\r\\nx: y",
        "*",
        "https://*",
        "https://evil*.example",
        "https://*.customer.example",
        "\u{e9}",
        "https://a.example/p",
    ] {
        let answer =
            server.send("PUT", &path, &[], &format!("{{\"origin_url\":\"{origin}\"}}")).await;
        assert_eq!(answer.status, 400, "{origin}: {}", answer.body);
    }
    let answer = link(&server, &server.token()).await;
    assert_eq!(
        answer.header("content-security-policy"),
        Some("frame-ancestors https://partner.example")
    );
}

#[tokio::test]
async fn an_origin_of_an_unknown_customer_is_not_found() {
    let server = server().await;
    let answer = server
        .send("PUT", "/api/managed_users/0", &[], r#"{"origin_url":"https://a.example"}"#)
        .await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn a_store_that_is_switched_off_is_503_without_a_code_until_it_is_mended() {
    let server = server().await;
    assert_eq!(server.send("POST", "/claimproof/store", &[], "down").await.status, 200);
    let answer = link(&server, &server.token()).await;
    assert_eq!((answer.status, answer.header("x-claimproof-code")), (503, None));
    assert_eq!(answer.header("set-cookie"), None);
    assert_eq!(server.send("POST", "/claimproof/store", &[], "up").await.status, 200);
    assert_eq!(link(&server, &server.token()).await.status, 200);
}
