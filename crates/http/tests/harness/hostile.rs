//! Servers that answer late, without end, or no HTTP at all: an error on time, never a verdict.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use claimproof_http::ConnectError;
use claimproof_suite::Verdict;
use rstest::rstest;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::common::reference::{API_CODES, api_target};
use crate::common::{RawServer, connect, named, play, proof, raw_server};

const DEADLINE: Duration = Duration::from_secs(1);

/// Plays one refusal and one acceptance on the server; both must be errors, on time.
async fn both_are_errors(server: &RawServer) -> Vec<String> {
    let subject = connect(&api_target(&server.url, API_CODES), DEADLINE).await.unwrap();
    let begun = Instant::now();
    let played =
        play(&subject, &named(&subject, &["access_refused/secret-foreign", "accepted/hmac-kid"]))
            .await;
    assert!(begun.elapsed() < DEADLINE + Duration::from_secs(1), "took {:?}", begun.elapsed());
    let errors = played.of(Verdict::Error);
    assert_eq!(errors.len(), 2, "{:?} {:?}", played.of(Verdict::Pass), played.of(Verdict::Fail));
    errors
}

#[rstest]
#[case::never_a_byte(b"", b"")]
#[case::a_dripping_head(b"HTTP/1.1 403 Forbidden\r\n", b"x")]
#[case::a_dripping_body(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 1000\r\n\r\n", b"x")]
#[case::dripping_chunks(
    b"HTTP/1.1 403 Forbidden\r\ntransfer-encoding: chunked\r\n\r\n",
    b"1\r\nx\r\n"
)]
#[case::interim_answers(b"", b"HTTP/1.1 100 Continue\r\n\r\n")]
#[tokio::test]
async fn the_deadline_covers_the_whole_exchange(
    #[case] start: &'static [u8],
    #[case] drop: &'static [u8],
) {
    let server = raw_server(move |mut stream| async move {
        let _ = stream.write_all(start).await;
        while stream.write_all(drop).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    })
    .await;
    for error in both_are_errors(&server).await {
        assert!(error.contains("no whole answer within 1 s"), "{error}");
    }
    assert_eq!(server.requests.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_dripping_answer_stops_the_proof_on_time() {
    let server = raw_server(|mut stream| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n").await;
        while stream.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(400)).await;
        }
    })
    .await;
    let subject = connect(&api_target(&server.url, API_CODES), DEADLINE).await.unwrap();
    let begun = Instant::now();
    let error = proof(&subject).await.unwrap_err();
    assert!(begun.elapsed() < DEADLINE + Duration::from_secs(1), "took {:?}", begun.elapsed());
    assert!(error.0.ends_with(", got no answer: no whole answer within 1 s"), "{error}");
}

#[rstest]
#[case::garbage(b"\x16\x03\x01\x00\xa5\x01 \xff\xfe\x00 this is no HTTP\r\n\r\n")]
#[case::a_page_without_a_head(b"<html>403 Forbidden</html>\r\n\r\n")]
#[case::a_bare_status(b"403\r\n\r\n")]
#[case::a_body_cut_short(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 1000\r\n\r\nshort")]
#[case::a_head_cut_short(b"HTTP/1.1 403 Forbidden\r\ncontent-le")]
#[case::two_lengths(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nabc")]
#[case::a_negative_length(b"HTTP/1.1 403 Forbidden\r\ncontent-length: -1\r\n\r\nabc")]
#[case::a_length_of_2_to_the_64(
    b"HTTP/1.1 403 Forbidden\r\ncontent-length: 18446744073709551616\r\n\r\nabc"
)]
#[case::a_chunk_of_2_to_the_68(
    b"HTTP/1.1 403 Forbidden\r\ntransfer-encoding: chunked\r\n\r\n100000000000000000\r\nx"
)]
#[case::closed_after_reading(b"")]
#[tokio::test]
async fn no_whole_http_answer_is_an_error(#[case] answer: &'static [u8]) {
    let server = raw_server(move |mut stream| async move {
        let _ = stream.write_all(answer).await;
    })
    .await;
    for error in both_are_errors(&server).await {
        assert!(!error.contains("within 1 s"), "it was waited for: {error}");
    }
    assert_eq!(server.requests.load(Ordering::SeqCst), 2, "something was sent twice");
}

#[tokio::test]
async fn a_connection_closed_after_reading_gets_exactly_one_request() {
    let server = raw_server(|stream| async move { drop(stream) }).await;
    let subject = connect(&api_target(&server.url, API_CODES), DEADLINE).await.unwrap();
    let played = play(&subject, &named(&subject, &["accepted/hmac-kid"])).await;
    assert_eq!(played.of(Verdict::Error).len(), 1);
    assert_eq!(server.requests.load(Ordering::SeqCst), 1);
}

/// A server that treats every connection alike, the clock probe included.
async fn on_accept(read: usize) -> (String, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            // Closing with bytes unread resets the connection.
            let _ = stream.read_exact(&mut vec![0; read]).await;
        }
    });
    (url, task)
}

#[rstest]
#[case::closed_at_once(0)]
#[case::reset(1)]
#[tokio::test]
async fn a_server_that_hangs_up_is_unreachable(#[case] read: usize) {
    let (url, task) = on_accept(read).await;
    let begun = Instant::now();
    let error = connect(&api_target(&url, API_CODES), DEADLINE).await.unwrap_err();
    assert!(matches!(error, ConnectError::Unreachable { .. }), "{error}");
    assert!(error.to_string().starts_with(&format!("{url} does not answer: ")), "{error}");
    assert!(begun.elapsed() < DEADLINE, "took {:?}", begun.elapsed());
    task.abort();
}

#[tokio::test]
async fn a_server_that_accepts_and_says_nothing_is_unreachable_on_time() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let begun = Instant::now();
    let error = connect(&api_target(&url, API_CODES), DEADLINE).await.unwrap_err();
    assert!(error.to_string().contains("no whole answer within 1 s"), "{error}");
    assert!(begun.elapsed() < DEADLINE + Duration::from_secs(1), "took {:?}", begun.elapsed());
}

/// Sends `start`, then `more` until the client closes; returns the server and the bytes it got rid
/// of.
async fn endless(start: &'static [u8], more: &'static [u8]) -> (RawServer, Arc<AtomicUsize>) {
    let sent = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&sent);
    let server = raw_server(move |mut stream| {
        let count = Arc::clone(&count);
        async move {
            let _ = stream.write_all(start).await;
            let block = more.repeat(65_536 / more.len());
            while stream.write_all(&block).await.is_ok() {
                count.fetch_add(block.len(), Ordering::SeqCst);
            }
        }
    })
    .await;
    (server, sent)
}

#[rstest]
#[case::until_the_end_of_time(b"HTTP/1.1 403 Forbidden\r\n\r\n", b"x")]
#[case::in_chunks(
    b"HTTP/1.1 403 Forbidden\r\ntransfer-encoding: chunked\r\n\r\n",
    b"4\r\nxxxx\r\n"
)]
#[tokio::test]
async fn an_endless_body_is_read_no_further_than_its_bound(
    #[case] start: &'static [u8],
    #[case] more: &'static [u8],
) {
    let (server, sent) = endless(start, more).await;
    let subject = connect(&api_target(&server.url, API_CODES), DEADLINE).await.unwrap();
    let begun = Instant::now();
    let played = play(&subject, &named(&subject, &["accepted/hmac-kid"])).await;
    assert!(begun.elapsed() < DEADLINE, "took {:?}", begun.elapsed());
    let case = played.case("workato-api/accepted/hmac-kid");
    assert_eq!((case.verdict, case.observed.as_str()), (Verdict::Fail, "refuse access_refused"));
    let evidence = case.exchange.as_ref().unwrap();
    assert!(
        evidence.response.as_str().len() < 4096,
        "{} bytes of evidence",
        evidence.response.as_str().len()
    );
    // What the sockets buffer beside the 256 KiB that are read.
    tokio::time::sleep(Duration::from_millis(100)).await;
    let taken = sent.load(Ordering::SeqCst);
    assert!(taken < 16 << 20, "{taken} bytes were taken");
}

#[rstest]
#[case::endless_headers(b"HTTP/1.1 403 Forbidden\r\n", b"a: b\r\n")]
#[case::one_endless_header(b"HTTP/1.1 403 Forbidden\r\na: ", b"x")]
#[tokio::test]
async fn endless_headers_are_an_error_before_memory_runs_out(
    #[case] start: &'static [u8],
    #[case] more: &'static [u8],
) {
    let (server, sent) = endless(start, more).await;
    both_are_errors(&server).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    let taken = sent.load(Ordering::SeqCst);
    assert!(taken < 32 << 20, "{taken} bytes were taken");
}
