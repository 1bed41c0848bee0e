//! Two requests on one connection, and servers that keep none.

use std::sync::atomic::Ordering;

use claimproof_suite::Verdict;
use rstest::rstest;
use tokio::io::AsyncWriteExt;

use crate::common::reference::{API_CODES, api_target};
use crate::common::{Played, named, play, raw_server, read_head, subject};

const FORGED_THEN_GOOD: &str = "access_refused/one-connection-accepted";
const REFUSED: &[u8] = b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n";
const REFUSED_AND_CLOSED: &[u8] =
    b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
const ACCEPTED: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

async fn played(url: &str) -> Played {
    let subject = subject(&api_target(url, API_CODES)).await;
    play(&subject, &named(&subject, &[FORGED_THEN_GOOD])).await
}

/// Whoever came second is let in, so the case passes where both came on one connection, and only
/// there.
#[tokio::test]
async fn the_second_request_comes_on_the_connection_of_the_first() {
    let server = raw_server(|mut stream| async move {
        let _ = stream.write_all(REFUSED).await;
        if !read_head(&mut stream).await.is_empty() {
            let _ = stream.write_all(ACCEPTED).await;
        }
    })
    .await;
    played(&server.url).await.assert_all_pass();
    assert_eq!(server.requests.load(Ordering::SeqCst), 1, "connections");
}

#[rstest]
#[case::and_says_so(REFUSED_AND_CLOSED)]
#[case::and_says_nothing(REFUSED)]
#[tokio::test]
async fn a_server_that_closes_behind_its_answer_is_not_tried(#[case] answer: &'static [u8]) {
    let server = raw_server(move |mut stream| async move {
        let _ = stream.write_all(answer).await;
    })
    .await;
    let played = played(&server.url).await;
    let case = played.case(&format!("workato-api/{FORGED_THEN_GOOD}"));
    assert_eq!(case.verdict, Verdict::Skip, "{}", case.message);
    assert!(case.message.starts_with("the target keeps no connection open: "), "{}", case.message);
}
