//! What is malformed, oversized, unknown or misdirected gets a clean 4xx.

use claimproof_catalog::Profile;
use claimproof_vectors::Change;
use rstest::rstest;

use crate::common::send_bytes;
use crate::common::server::{Answer, Server};

const SIGN_IN: &str = "/api/3.22/auth/signin";
const XHR: &str = "/vizportal/api/web/v1/auth/embed/signin";

fn assert_clean(answer: &Answer, what: &str) {
    assert!((400..500).contains(&answer.status), "{what}: {answer:?}");
    assert_eq!(answer.header("set-cookie"), None, "{what}");
    assert!(!answer.body.contains("panicked"), "{what}: {}", answer.body);
}

/// A good token in bodies that are broken around it is no sign-in.
#[rstest]
#[case::nothing("")]
#[case::blanks("  \n")]
#[case::words("sign me in")]
#[case::json_cut(r#"{"credentials":{"jwt":"TOKEN","site":{"contentUrl":"SITE"}}"#)]
#[case::json_list(r#"[{"credentials":{"jwt":"TOKEN"}}]"#)]
#[case::json_trailing(r#"{"credentials":{"jwt":"TOKEN","site":{"contentUrl":"SITE"}}}}"#)]
#[case::xml_cut(r#"<tsRequest><credentials jwt="TOKEN"><site contentUrl="SITE"/></credentials>"#)]
#[case::xml_cut_in_a_tag(r#"<tsRequest><credentials jwt="TOKEN"><site contentUrl="SITE"/"#)]
#[case::xml_crossed(r#"<tsRequest><credentials jwt="TOKEN"><site contentUrl="SITE"></credentials></site></tsRequest>"#)]
#[case::xml_bare_attribute(
    r#"<tsRequest><credentials jwt=TOKEN><site contentUrl="SITE"/></credentials></tsRequest>"#
)]
#[case::xml_twice(r#"<tsRequest><credentials jwt="x" jwt="TOKEN"><site contentUrl="SITE"/></credentials></tsRequest>"#)]
#[case::xml_entity(r#"<tsRequest><credentials jwt="&none;TOKEN"><site contentUrl="SITE"/></credentials></tsRequest>"#)]
#[case::form("jwt=TOKEN&site=SITE")]
#[tokio::test]
async fn a_malformed_sign_in_is_a_bad_request(#[case] body: &str) {
    let server = Server::start(Profile::TableauConnectedApp).await;
    let body = body.replace("TOKEN", &server.token()).replace("SITE", server.id("site.ok"));
    for headers in [&[][..], &[("accept", "application/json")][..]] {
        let answer = server.send("POST", SIGN_IN, headers, &body).await;
        assert_eq!(answer.status, 400, "{body}: {}", answer.body);
        assert!(answer.body.contains("400000"), "{}", answer.body);
    }
}

#[tokio::test]
async fn an_entity_bomb_and_a_deep_document_are_bad_requests() {
    let server = Server::start(Profile::TableauConnectedApp).await;
    let entities: String =
        (1..30).map(|n| format!("<!ENTITY e{n} \"&e{};&e{};\">", n - 1, n - 1)).collect();
    let bomb = format!(
        "<!DOCTYPE a [<!ENTITY e0 \"x\">{entities}]><tsRequest><credentials jwt=\"&e29;\"/></tsRequest>"
    );
    let json = format!("{}1{}", "{\"a\":".repeat(20_000), "}".repeat(20_000));
    let xml = format!("{}{}", "<a>".repeat(20_000), "</a>".repeat(20_000));
    for (body, statuses) in [(bomb, 400..401), (json, 400..401), (xml, 400..402)] {
        let status = server.send("POST", SIGN_IN, &[], &body).await.status;
        assert!(statuses.contains(&status), "{status} for {}...", &body[..40]);
    }
}

#[rstest]
#[case::nothing("")]
#[case::cut("{\"jwt\":")]
#[case::xml("<a/>")]
#[case::null("null")]
#[case::numbers(r#"{"siteName":1,"jwt":2}"#)]
#[case::list("[]")]
#[tokio::test]
async fn a_malformed_embedding_request_is_refused(#[case] body: &str) {
    let server = Server::start(Profile::TableauConnectedApp).await;
    assert_clean(&server.send("POST", XHR, &[], body).await, body);
}

#[tokio::test]
async fn a_malformed_origin_update_is_a_bad_request() {
    let server = Server::start(Profile::WorkatoDirectLink).await;
    let path = format!("/api/managed_users/{}", server.id("team.ok"));
    for body in ["", "{", "origin_url=https://a.example", "[]", "{\"origin_url\":1}"] {
        assert_eq!(server.send("PUT", &path, &[], body).await.status, 400, "{body}");
    }
}

#[rstest]
#[case(Profile::WorkatoDirectLink, "PUT", "/api/managed_users/1")]
#[case(Profile::WorkatoApi, "POST", "/orders")]
#[case(Profile::TableauConnectedApp, "POST", SIGN_IN)]
#[case(Profile::TableauConnectedApp, "POST", XHR)]
#[tokio::test]
async fn a_body_over_256_kib_is_413(
    #[case] profile: Profile,
    #[case] method: &str,
    #[case] path: &str,
) {
    let server = Server::start(profile).await;
    let most = "x".repeat(256 * 1024);
    assert_ne!(server.send(method, path, &[], &most).await.status, 413);
    assert_eq!(server.send(method, path, &[], &format!("{most}x")).await.status, 413);
    // The size is not believed: one that announces little or nothing is counted all the same.
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
    let chunked = format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n{}0\r\n\r\n",
        chunk.repeat(5)
    );
    let raw = send_bytes(&server.running.base_url(), chunked.as_bytes()).await;
    assert!(raw.starts_with("HTTP/1.1 413"), "{raw}");
}

#[rstest]
#[case(Profile::WorkatoDirectLink, &[
    ("GET", "/"), ("GET", "/none"), ("POST", "/direct_link"), ("HEAD", "/direct_link"), ("DELETE", "/api/managed_users/1"),
    ("GET", "/api/managed_users/1"), ("PUT", "/api/managed_users"), ("GET", "/direct_link%00"), ("BREW", "/direct_link"),
    ("GET", "/direct_link/../../etc/passwd"), ("PUT", "/claimproof/store"), ("GET", "/claimproof/store"),
])]
#[case(Profile::WorkatoApi, &[("GET", "/"), ("BREW", "/x"), ("OPTIONS", "/x"), ("POST", "/claimproof/store")])]
#[case(Profile::TableauConnectedApp, &[
    ("GET", "/"), ("GET", SIGN_IN), ("PUT", SIGN_IN), ("GET", "/api/3.22/auth/signout"), ("POST", "/api/3.22/serverInfo"),
    ("POST", "/api/3.22/sessions/current"), ("GET", XHR), ("POST", "/vizportal/api/web/v1/auth/embed/target"),
    ("GET", "/api/3.22/sites"), ("GET", "/api/3.22/sites/x"), ("BREW", "/api"), ("GET", "/vizportal"),
])]
#[tokio::test]
async fn unknown_routes_and_wrong_verbs_are_clean(
    #[case] profile: Profile,
    #[case] all: &[(&str, &str)],
) {
    let server = Server::start(profile).await;
    for (method, path) in all {
        assert_clean(&server.send(method, path, &[], "").await, &format!("{method} {path}"));
    }
}

#[rstest]
#[tokio::test]
async fn a_head_too_large_or_no_http_is_clean(
    #[values(
        Profile::WorkatoDirectLink,
        Profile::WorkatoApi,
        Profile::TableauConnectedApp,
        Profile::PositConnect
    )]
    profile: Profile,
) {
    let server = Server::start(profile).await;
    let long = format!("GET /x HTTP/1.1\r\nhost: localhost\r\nx: {}\r\n\r\n", "a".repeat(200_000));
    let many = format!("GET /x HTTP/1.1\r\nhost: localhost\r\n{}\r\n", "x: y\r\n".repeat(1000));
    let wide = format!("GET /{} HTTP/1.1\r\nhost: localhost\r\n\r\n", "a".repeat(70_000));
    for bytes in [
        long.as_str(),
        &many,
        &wide,
        "GET /x\r\n\r\n",
        "\u{16}\u{3}\u{1}\r\n\r\n",
        "GET /x HTTP/9.9\r\n\r\n",
    ] {
        let raw = send_bytes(&server.running.base_url(), bytes.as_bytes()).await;
        assert!(raw.starts_with("HTTP/1.1 4"), "{:?} got {raw:?}", &bytes[..bytes.len().min(40)]);
    }
    assert_clean(&server.get("/none").await, "afterwards");
}

/// Arithmetic at the ends of the number range answers like any other.
#[rstest]
#[tokio::test]
async fn extreme_times_are_judged(
    #[values(Profile::WorkatoDirectLink, Profile::WorkatoApi, Profile::TableauConnectedApp)]
    profile: Profile,
    #[values(
        "0",
        "-1",
        "9223372036854775807",
        "-9223372036854775808",
        "99999999999999999999",
        "1e400"
    )]
    extreme: &'static str,
) {
    for claim in ["iat", "exp", "nbf", "jti"] {
        for clock in [None, Some("-9223372036854775808"), Some("9223372036854775807"), Some("x")] {
            // The store vouches for nothing after a clock that stepped back, so each clock has its own.
            let server = Server::start(profile).await;
            let token = server.token_with(&[Change::claim(claim, extreme)]);
            let site =
                if profile == Profile::TableauConnectedApp { server.id("site.ok") } else { "" };
            let body = serde_json::json!({ "siteName": site, "jwt": token }).to_string();
            let bearer = format!("Bearer {token}");
            let mut headers = vec![("authorization", bearer.as_str()), ("accept", "text/html")];
            headers.extend(clock.map(|clock| ("x-claimproof-now", clock)));
            let (method, path) = match profile {
                Profile::WorkatoDirectLink => (
                    "GET",
                    format!(
                        "/direct_link?workato_dl_path=https://app.claimproof.example/&workato_dl_token={token}"
                    ),
                ),
                Profile::WorkatoApi => ("GET", "/call".to_owned()),
                Profile::TableauConnectedApp | Profile::PositConnect => ("POST", XHR.to_owned()),
            };
            let answer = server.send(method, &path, &headers, &body).await;
            assert!(answer.status < 500, "{claim} {extreme} {clock:?}: {answer:?}");
        }
    }
}
