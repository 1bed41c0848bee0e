//! Answers that come before the request was sent whole, and what comes back where no HTTP was sent.

use std::time::Duration;

use claimproof_cast::public;
use claimproof_catalog::Profile;
use claimproof_http::HttpSubject;
use claimproof_in_process::of_reference;
use claimproof_server::{Binding, serve};
use claimproof_suite::Verdict;
use rstest::rstest;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

use crate::common::reference::link_target;
use crate::common::{PROBE_ANSWER, Played, named, play, players, raw_server, read_head, subject};

const REFUSED: &[u8] = b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/// A surface whose requests are too large for any buffer between.
fn large(url: &str) -> String {
    format!(
        r#"
name = "canned"
profile = "workato-api"
base_url = "{url}"
fields = {{ scheme = "Bearer" }}

[[surface]]
name = "api"
accept = {{ status = ["2xx"] }}
code = [{{ from = "status", status = 403, code = "access_refused" }}]

[surface.request]
method = "POST"
path = "/call"
headers = {{ authorization = "{{scheme}} {{token}}" }}
text = "{}"
"#,
        "x".repeat(8 << 20)
    )
}

async fn refusal_of(text: &str) -> Played {
    let subject = subject(text).await;
    play(&subject, &named(&subject, &["access_refused/secret-foreign"])).await
}

#[tokio::test]
async fn an_answer_counts_though_the_server_closed_before_it_read_the_body() {
    let server = raw_server(|mut stream| async move {
        let _ = stream.write_all(REFUSED).await;
    })
    .await;
    for _ in 0..10 {
        refusal_of(&large(&server.url)).await.assert_all_pass();
    }
}

#[tokio::test]
async fn an_answer_counts_though_it_came_before_the_request() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all(REFUSED).await;
            tokio::spawn(async move { read_head(&mut stream).await });
        }
    });
    for _ in 0..30 {
        refusal_of(&large(&url).replace(&"x".repeat(8 << 20), "small")).await.assert_all_pass();
    }
    task.abort();
}

#[tokio::test]
async fn a_server_that_reads_half_and_says_nothing_is_an_error_on_time() {
    let server = raw_server(|stream| async move {
        tokio::time::sleep(Duration::from_secs(60)).await;
        drop(stream);
    })
    .await;
    let text = large(&server.url);
    let subject = crate::common::connect(&text, Duration::from_secs(1)).await.unwrap();
    let played = play(&subject, &named(&subject, &["access_refused/secret-foreign"])).await;
    let errors = played.of(Verdict::Error);
    assert!(errors.len() == 1 && errors[0].contains("no whole answer within 1 s"), "{errors:?}");
}

/// Nine megabytes, which the reference reads over before it refuses them.
#[tokio::test]
async fn a_large_exchange_ends_the_same_every_time() {
    let rounds = std::env::var("CLAIMPROOF_STRESS")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or_else(|| {
            println!("CLAIMPROOF_STRESS=50 plays this 50 times; without it, 5 times");
            5
        });
    for round in 0..rounds {
        let cast = public(Profile::PositConnect);
        let running = serve(Binding::of(cast).unwrap().impatient(), 0).await.unwrap();
        let target = of_reference(Profile::PositConnect, &running.base_url());
        let players = players(Profile::PositConnect);
        let subject =
            HttpSubject::connect(target, players, Duration::from_secs(10), false).await.unwrap();
        let played = play(&subject, &named(&subject, &["undocumented/exchange-megabytes"])).await;
        assert_eq!(played.of(Verdict::Error), Vec::<String>::new(), "round {round}");
        played.assert_all_pass();
    }
}

/// Answers bytes that are no request by these, and HTTP as the clock probe expects.
async fn to_raw_bytes(answer: &'static [u8]) -> Played {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let head = read_head(&mut stream).await;
            let _ = stream
                .write_all(if head.starts_with("GET / HTTP/1.1") { PROBE_ANSWER } else { answer })
                .await;
        }
    });
    let rest = "accept = { status = [\"204\"] }\ncode = []\n[capabilities]\nraw_socket = true\n";
    let subject = subject(&link_target(&url, rest)).await;
    let played = play(&subject, &named(&subject, &["http_request_invalid/garbage"])).await;
    task.abort();
    played
}

#[rstest]
#[case::another_protocol(b"SSH-2.0-x\r\n")]
#[case::a_page_without_a_head(b"<html>Welcome, you are signed in</html>")]
#[case::a_session_cut_off(b"HTTP/1.1 200 OK\r\nset-cookie: session=1\r\n")]
#[case::no_status(b"HTTP/1.1 99999 Never\r\ncontent-length: 0\r\n\r\n")]
#[case::random(b"\x00\xff\x16\x03\x01")]
#[case::tls(b"\x15\x03\x03\x00\x02\x02\x46")]
#[case::a_head_that_is_cut_off(b"HTTP/1.1 400 Bad Request\r\ncontent-le")]
#[case::a_body_that_is_cut_off(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 9\r\n\r\n{}")]
#[case::two_lengths(b"HTTP/1.1 400 Bad\r\ncontent-length: 0\r\ncontent-length: 1\r\n\r\n")]
#[case::a_terminal_s_code(b"\x1b]0;signed in\x07")]
#[case::a_wish_for_later(b"HTTP/1.1 429 Slow\r\nretry-after: 86400\r\ncontent-length: 0\r\n\r\n")]
#[tokio::test]
async fn bytes_that_are_no_http_are_an_error_and_no_refusal(#[case] answer: &'static [u8]) {
    let played = to_raw_bytes(answer).await;
    assert_eq!(
        played.of(Verdict::Error).len(),
        1,
        "{:?} {:?}",
        played.of(Verdict::Pass),
        played.of(Verdict::Fail)
    );
}

#[rstest]
#[case::closed(b"")]
#[case::no_method(b"HTTP/1.1 501 Not Implemented\r\ncontent-length: 0\r\n\r\n")]
#[case::no_version(b"HTTP/1.0 505 Version Not Supported\r\n\r\n")]
#[case::line_feeds_alone(b"HTTP/1.1 400 Bad Request\ncontent-length: 0\n\n")]
#[case::refused(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n")]
#[tokio::test]
async fn a_closed_connection_and_a_400_refuse_bytes_that_are_no_http(
    #[case] answer: &'static [u8],
) {
    to_raw_bytes(answer).await.assert_all_pass();
}
