//! Whom a request may be addressed to: this machine, and nobody else (RFC 9112 section 3.2).

use claimproof_cast::public;
use claimproof_catalog::Profile;
use claimproof_server::{Binding, serve};
use rstest::rstest;

use crate::common::send_bytes;
use crate::common::server::Server;

/// The status of `GET /none` with these lines as its head.
async fn status(server: &Server, version: &str, target: &str, lines: &[&str]) -> String {
    let lines: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
    let head = format!("GET {target} HTTP/{version}\r\n{lines}connection: close\r\n\r\n");
    let raw = send_bytes(&server.running.base_url(), head.as_bytes()).await;
    raw.split(' ').nth(1).unwrap_or_default().to_owned()
}

#[rstest]
#[case::address("127.0.0.1:80", "404")]
#[case::another_of_loopback("127.9.9.9", "404")]
#[case::of_ipv6("[::1]:8080", "404")]
#[case::name("localhost", "404")]
#[case::in_capitals("LocalHost:1", "404")]
#[case::rooted("localhost.", "404")]
#[case::below_localhost("app.localhost:8080", "404")]
#[case::rebound("evil.example:8080", "421")]
#[case::alike("localhost.evil.example", "421")]
#[case::ends_alike("evillocalhost", "421")]
#[case::another_machine("192.0.2.1", "421")]
#[case::any_address("0.0.0.0:8080", "421")]
#[case::empty("", "400")]
#[case::with_user("a@localhost", "400")]
#[case::with_path("localhost/x", "400")]
#[tokio::test]
async fn one_host_is_looked_at(#[case] host: &str, #[case] expected: &str) {
    let server = Server::start(Profile::WorkatoDirectLink).await;
    let line = format!("host: {host}");
    assert_eq!(status(&server, "1.1", "/none", &[&line]).await, expected);
}

#[rstest]
#[tokio::test]
async fn none_and_two_are_a_bad_request(
    #[values(
        Profile::WorkatoDirectLink,
        Profile::WorkatoApi,
        Profile::TableauConnectedApp,
        Profile::PositConnect
    )]
    profile: Profile,
) {
    let server = Server::start(profile).await;
    assert_eq!(status(&server, "1.1", "/none", &[]).await, "400");
    let twice = ["host: localhost", "host: localhost"];
    assert_eq!(status(&server, "1.1", "/none", &twice).await, "400");
    assert_eq!(status(&server, "1.0", "/none", &twice).await, "400");
    assert_eq!(status(&server, "1.1", "/none", &["host: evil.example"]).await, "421");
    // Of the API platform every path is a call, and one without a token is refused.
    let none = status(&server, "1.0", "/none", &[]).await;
    assert!(none == "404" || none == "403", "{none}");
}

#[tokio::test]
async fn an_absolute_target_outranks_the_host() {
    let server = Server::start(Profile::WorkatoDirectLink).await;
    let localhost = ["host: localhost"];
    assert_eq!(status(&server, "1.1", "http://evil.example/none", &localhost).await, "421");
    assert_eq!(status(&server, "1.1", "http://localhost/none", &["host: a.example"]).await, "404");
}

#[tokio::test]
async fn the_public_address_is_its_own() {
    let cast = public(Profile::WorkatoDirectLink);
    let binding = Binding {
        public_address: Some("https://gateway.example:8443".to_owned()),
        ..Binding::of(cast.clone()).unwrap()
    };
    let server = Server::over(serve(binding, 0).await.unwrap(), cast);
    assert_eq!(status(&server, "1.1", "/none", &["host: gateway.example"]).await, "404");
    assert_eq!(status(&server, "1.1", "/none", &["host: evil.example"]).await, "421");
}
