//! A Connect server and what a provider may do to it: refuse, lie, stall, die, flood.

use std::time::{Duration, Instant};

use claimproof_cast::public;
use claimproof_catalog::Profile;
use claimproof_server::Binding;
use futures::future::join_all;
use rstest::rstest;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use wiremock::matchers::{body_string_contains, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::common::connect::{CODE, Connect, REFRESH, SECRET, envelope};

const ACCESS: &str = "an-access-token-of-the-provider";

fn token(access: &str, expires_in: i64) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({
        "access_token": access, "token_type": "Bearer", "expires_in": expires_in, "refresh_token": REFRESH,
    }))
}

/// A provider that redeems every code and answers refreshes so.
async fn provider(expires_in: i64, refresh: ResponseTemplate, refreshes: u64) -> MockServer {
    let provider = MockServer::start().await;
    let grant = |name: &str| body_string_contains(format!("grant_type={name}"));
    Mock::given(method("POST"))
        .and(path("/token"))
        .and(grant("authorization_code"))
        .and(header("accept", "application/json"))
        .and(header("content-type", "application/x-www-form-urlencoded"))
        .respond_with(token(ACCESS, expires_in))
        .mount(&provider)
        .await;
    let refreshed = Mock::given(grant("refresh_token")).respond_with(refresh);
    refreshed.expect(refreshes).mount(&provider).await;
    provider
}

async fn started(provider: &MockServer) -> Connect {
    Connect::start(&format!("{}/token", provider.uri())).await
}

/// In how many seconds from now, as the clock header writes it.
fn ahead(seconds: i64) -> String {
    (jiff::Timestamp::now().as_second() + seconds).to_string()
}

#[tokio::test]
async fn a_login_and_an_exchange() {
    let provider = provider(3600, ResponseTemplate::new(500), 0).await;
    let connect = started(&provider).await;
    let cookie = connect.cookie("viewer.a").await;
    assert_eq!(connect.log_in(&cookie).await.status, 200);
    let subject = connect.subject(&cookie).await;
    for _ in 0..2 {
        let answer = connect.exchange(&subject, &[]).await;
        assert_eq!(
            (answer.status, &answer.json()["access_token"]),
            (200, &json!(ACCESS)),
            "{answer:?}"
        );
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
    let sessions = connect.browse(&cookie, "/__api__/v1/oauth/sessions").await;
    assert_eq!(sessions.json()[0]["has_refresh_token"], true);
    assert!(
        !sessions.body.contains(ACCESS) && !sessions.body.contains(REFRESH),
        "{}",
        sessions.body
    );
    provider.verify().await;
}

#[tokio::test]
async fn a_login_from_content_leads_back_to_it() {
    let provider = provider(3600, ResponseTemplate::new(500), 0).await;
    let connect = started(&provider).await;
    let cookie = connect.cookie("viewer.a").await;
    let login = format!(
        "/__oauth__/integrations/{}/login?content={}",
        connect.integration,
        connect.content()
    );
    let to = connect.browse(&cookie, &login).await;
    let state = to
        .header("location")
        .unwrap()
        .split("state=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap()
        .to_owned();
    let back = connect.call_back(&cookie, &format!("state={state}&code={CODE}")).await;
    let expected = format!("{}/content/{}/", connect.server.running.base_url(), connect.content());
    assert_eq!((back.status, back.header("location")), (302, Some(expected.as_str())));
}

/// However many ask at once, the provider is asked once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn exchanges_at_once_refresh_once() {
    let slow = token("another-access-token", 3600).set_delay(Duration::from_millis(300));
    let provider = provider(60, slow, 1).await;
    let connect = started(&provider).await;
    let cookie = connect.cookie("viewer.a").await;
    connect.log_in(&cookie).await;
    let subject = connect.subject(&cookie).await;
    let later = ahead(120);
    let clock = [("x-claimproof-now", later.as_str())];
    for answer in join_all((0..20).map(|_| connect.exchange(&subject, &clock))).await {
        assert_eq!(
            (answer.status, &answer.json()["access_token"]),
            (200, &json!("another-access-token"))
        );
    }
    provider.verify().await;
}

/// The same where it fails: all are told, and the provider is not asked by each of them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refresh_that_fails_is_told_to_all_who_waited() {
    let said = json!({ "error": "unauthorized_client", "error_description": "Invalid client or Invalid client credentials" });
    let slow = ResponseTemplate::new(401).set_body_json(said).set_delay(Duration::from_millis(300));
    let provider = provider(60, slow, 1).await;
    let connect = started(&provider).await;
    let cookie = connect.cookie("viewer.a").await;
    connect.log_in(&cookie).await;
    let subject = connect.subject(&cookie).await;
    let later = ahead(120);
    let clock = [("x-claimproof-now", later.as_str())];
    for answer in join_all((0..20).map(|_| connect.exchange(&subject, &clock))).await {
        assert_eq!((answer.status, envelope(&answer)), (400, 219));
        assert_eq!(answer.json()["error"], "Invalid client or Invalid client credentials");
    }
    provider.verify().await;
}

/// Who asked hangs up; those who come later are not kept waiting for nobody.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_caller_who_hangs_up_leaves_no_lock_behind() {
    let slow = token("another-access-token", 3600).set_delay(Duration::from_millis(300));
    let provider = provider(60, slow, 1).await;
    let connect = started(&provider).await;
    let cookie = connect.cookie("viewer.a").await;
    connect.log_in(&cookie).await;
    let subject = connect.subject(&cookie).await;
    let later = ahead(120);
    let clock = [("x-claimproof-now", later.as_str())];
    let gone =
        tokio::time::timeout(Duration::from_millis(100), connect.exchange(&subject, &clock)).await;
    assert!(gone.is_err(), "hung up before the answer");
    let answer = connect.exchange(&subject, &clock).await;
    assert_eq!(
        (answer.status, &answer.json()["access_token"]),
        (200, &json!("another-access-token"))
    );
    provider.verify().await;
}

#[rstest]
#[case::html(ResponseTemplate::new(200).set_body_raw("<html>access_token</html>", "text/html"), "cannot be understood")]
#[case::bytes(ResponseTemplate::new(200).set_body_bytes([0xff, 0, 0xfe]), "cannot be understood")]
#[case::empty(ResponseTemplate::new(200), "cannot be understood")]
#[case::deep(ResponseTemplate::new(200).set_body_string(format!("{{\"a\":{}", "[".repeat(50_000))), "cannot be understood")]
#[case::large(ResponseTemplate::new(200).set_body_string(format!("{{\"error\":\"{}\"}}", "x".repeat(1_000_000))), "cannot be understood")]
#[case::bad_gateway(ResponseTemplate::new(502).set_body_raw("<html>Bad Gateway</html>", "text/html"), "HTTP status 502")]
#[case::no_content(ResponseTemplate::new(204), "cannot be understood")]
#[case::error(ResponseTemplate::new(200).set_body_json(json!({ "error": "bad_verification_code", "error_description": "The code is wrong." })), "bad_verification_code: The code is wrong.")]
#[case::no_refresh(ResponseTemplate::new(200).set_body_json(json!({ "access_token": "a", "token_type": "bearer" })), "No refresh token found in response.")]
#[case::markup(ResponseTemplate::new(400).set_body_json(json!({ "error": "<b>", "error_description": "</p><script>\u{1b}[2J" })), "&lt;b&gt;: &lt;/p&gt;&lt;script&gt;")]
#[case::echo(ResponseTemplate::new(401).set_body_json(json!({ "error": "invalid_client", "error_description": format!("bad secret {SECRET} for {CODE}") })), "invalid_client: bad secret [removed] for [removed]")]
#[tokio::test]
async fn an_answer_that_is_no_token_ends_the_login(
    #[case] answer: ResponseTemplate,
    #[case] text: &str,
) {
    let provider = MockServer::start().await;
    Mock::given(method("POST")).respond_with(answer).expect(1).mount(&provider).await;
    let connect = started(&provider).await;
    let cookie = connect.cookie("viewer.a").await;
    let page = connect.log_in(&cookie).await;
    assert_eq!(page.status, 400, "{page:?}");
    assert!(page.body.contains(text), "{text} in {}", page.body);
    assert!(page.body.len() < 16_000, "{} bytes", page.body.len());
    for secret in [SECRET, CODE, "<script>", "\u{1b}"] {
        assert!(!page.body.contains(secret), "{secret} in {}", page.body);
    }
    assert_eq!(connect.sessions().await, 0);
    let answer = connect.exchange(&connect.subject(&cookie).await, &[]).await;
    assert_eq!((answer.status, envelope(&answer)), (400, 220));
    provider.verify().await;
}

/// No host but this machine's is asked, unless that is wanted: an address that is not of the loopback interface and leads here
/// all the same shows both.
#[rstest]
#[case::not_wanted(false, 0)]
#[case::wanted(true, 1)]
#[tokio::test]
async fn a_token_endpoint_elsewhere_is_asked_where_that_is_wanted(
    #[case] remote_providers: bool,
    #[case] times: u64,
) {
    let listener = std::net::TcpListener::bind("0.0.0.0:0").unwrap();
    let elsewhere = MockServer::builder().listener(listener).start().await;
    Mock::given(method("POST"))
        .respond_with(token(ACCESS, 60))
        .expect(times)
        .mount(&elsewhere)
        .await;
    let binding =
        Binding { remote_providers, ..Binding::of(public(Profile::PositConnect)).unwrap() };
    let connect =
        Connect::over(&format!("http://0.0.0.0:{}/token", elsewhere.address().port()), binding)
            .await;
    let page = connect.log_in(&connect.cookie("viewer.a").await).await;
    assert_eq!(page.status == 200, remote_providers, "{page:?}");
    assert_eq!(page.body.contains("did not answer"), !remote_providers, "{page:?}");
    elsewhere.verify().await;
}

/// A redirect would carry code and secret elsewhere.
#[tokio::test]
async fn a_redirect_of_the_token_endpoint_is_not_followed() {
    let elsewhere = MockServer::start().await;
    Mock::given(method("GET")).respond_with(token(ACCESS, 60)).expect(0).mount(&elsewhere).await;
    Mock::given(method("POST")).respond_with(token(ACCESS, 60)).expect(0).mount(&elsewhere).await;
    let provider = MockServer::start().await;
    let to =
        ResponseTemplate::new(307).insert_header("location", format!("{}/token", elsewhere.uri()));
    Mock::given(method("POST")).respond_with(to).mount(&provider).await;
    let connect = started(&provider).await;
    let page = connect.log_in(&connect.cookie("viewer.a").await).await;
    assert!(page.status == 400 && page.body.contains("HTTP status 307"), "{page:?}");
    elsewhere.verify().await;
}

/// A socket that does this to whoever connects; its address.
async fn socket(act: &'static str) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut request = [0; 4096];
                let _ = stream.read(&mut request).await;
                match act {
                    "closes" => {}
                    "stalls" => tokio::time::sleep(Duration::from_secs(60)).await,
                    "drips" => {
                        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n").await;
                        while stream.write_all(b"x").await.is_ok() {
                            tokio::time::sleep(Duration::from_millis(50)).await;
                        }
                    }
                    "floods" => {
                        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
                        while stream.write_all(&[b'{'; 65_536]).await.is_ok() {}
                    }
                    "babbles" => drop(stream.write_all(b"SSH-2.0-OpenSSH\r\n").await),
                    other => panic!("a socket cannot {other}"),
                }
            });
        }
    });
    format!("http://{address}/token")
}

#[rstest]
#[case::dead(None, "did not answer")]
#[case::closes(Some("closes"), "did not answer")]
#[case::stalls(Some("stalls"), "did not answer")]
#[case::drips(Some("drips"), "did not answer")]
#[case::babbles(Some("babbles"), "did not answer")]
#[case::floods(Some("floods"), "cannot be understood")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_that_does_not_answer_ends_the_login_in_time(
    #[case] act: Option<&'static str>,
    #[case] text: &str,
) {
    let token_uri = match act {
        Some(act) => socket(act).await,
        None => "http://127.0.0.1:9/token".to_owned(),
    };
    let connect = Connect::patient(&token_uri, Duration::from_millis(600)).await;
    let cookie = connect.cookie("viewer.a").await;
    let begun = Instant::now();
    let page = connect.log_in(&cookie).await;
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    assert!(page.status == 400 && page.body.contains(text), "{page:?}");
    assert!(!page.body.contains("127.0.0.1"), "{}", page.body);
    assert_eq!(connect.sessions().await, 0);
}
