//! The API platform: any path behind Bearer, the claims echoed, and the documented refusals.

use claimproof_catalog::Profile;
use claimproof_vectors::{Change, Size};

use crate::common::server::{Answer, Server};

async fn server() -> Server {
    Server::start(Profile::WorkatoApi).await
}

async fn call(server: &Server, path: &str, credentials: &str) -> Answer {
    server.send("GET", path, &[("authorization", credentials)], "").await
}

fn payload(token: &str) -> serde_json::Value {
    use base64::Engine;
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(token.split('.').nth(1).unwrap())
        .unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

#[tokio::test]
async fn every_claim_reaches_the_recipe_as_json_text() {
    let server = server().await;
    let token = server.token_with(&[Change::claim("region", "{\"zone\":[1,null,\"\u{e9}\"]}")]);
    let answer = call(&server, "/orders-v1/open?x=1", &format!("Bearer {token}")).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let json = answer.json();
    assert_eq!(json["path"], "/orders-v1/open");
    let claims: serde_json::Value =
        serde_json::from_str(json["jwt_claims"].as_str().unwrap()).unwrap();
    assert_eq!(claims, payload(&token));
}

#[tokio::test]
async fn any_method_and_path_is_an_endpoint() {
    let server = server().await;
    for (method, path) in
        [("GET", "/"), ("POST", "/a/b"), ("DELETE", "/a//b?c"), ("PATCH", "/direct_link")]
    {
        let token = format!("Bearer {}", server.token());
        assert_eq!(
            server.send(method, path, &[("authorization", &token)], "{}").await.status,
            200,
            "{method} {path}"
        );
    }
}

#[tokio::test]
async fn a_call_without_a_valid_key_is_403_and_says_nothing_more() {
    let server = server().await;
    let unknown = server.token_with(&[Change::Roles(&[("profile", "profile.unknown")])]);
    let mut answers = vec![server.get("/call").await];
    for credentials in ["Bearer", "Bearer x", "Basic dTpw", "", &format!("Bearer {unknown}")] {
        answers.push(call(&server, "/call", credentials).await);
    }
    for answer in answers {
        assert_eq!((answer.status, answer.body.as_str()), (403, "{\"error\":\"forbidden\"}"));
    }
}

#[tokio::test]
async fn a_payload_of_4097_characters_is_refused_in_the_documented_words() {
    let server = server().await;
    let token = |chars| server.token_with(&[Change::Pad(Size::PayloadChars(chars))]);
    assert_eq!(call(&server, "/call", &format!("Bearer {}", token(4096))).await.status, 200);
    for chars in [4098, 5000] {
        let answer = call(&server, "/call", &format!("Bearer {}", token(chars))).await;
        assert_eq!(answer.status, 400);
        assert_eq!(
            answer.json()["error"],
            format!("JWT payload size exceeded ({chars}, max 4096)")
        );
    }
}

#[tokio::test]
async fn a_header_of_20_000_bytes_is_read_and_judged() {
    let server = server().await;
    let answer = call(&server, "/call", &format!("Bearer {}", "a".repeat(20_000))).await;
    assert_eq!(answer.status, 403);
    let token = server.token();
    let headers = [("authorization", &*format!("Bearer {token}")), ("x-long", &"b".repeat(20_000))];
    assert_eq!(server.send("GET", "/call", &headers, "").await.status, 200);
}
