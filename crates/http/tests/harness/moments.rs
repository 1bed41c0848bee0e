//! Overload, outages and crashes: which is which, and that none but the last becomes a verdict.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use claimproof_cast::public;
use claimproof_catalog::Profile;
use claimproof_http::HttpSubject;
use claimproof_in_process::of_reference;
use claimproof_server::{Binding, serve};
use claimproof_suite::{Selection, Subject, Verdict, select};
use claimproof_vectors::Case;
use rstest::rstest;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use wiremock::{Request, ResponseTemplate};

use crate::common::reference::{
    API_CODES, ApiDecision, api, api_target, documented, link, link_code, link_target,
};
use crate::common::{Played, named, plain_cases, play, proof, read_head, subject};

/// The API platform, with something said before every answer.
async fn played(
    rest: &str,
    first: impl Fn(usize, &Request, &ApiDecision) -> Option<ResponseTemplate> + Send + Sync + 'static,
    ids: &[&str],
) -> Played {
    let count = AtomicUsize::new(0);
    let server = api(move |request, decision| {
        let nth = count.fetch_add(1, Ordering::SeqCst);
        first(nth, request, &decision).unwrap_or_else(|| documented(&decision))
    })
    .await;
    let subject = subject(&api_target(&server.uri(), rest)).await;
    play(&subject, &named(&subject, ids)).await
}

const BOTH: [&str; 2] = ["access_refused/secret-foreign", "accepted/hmac-kid"];

#[rstest]
#[case::too_many(429)]
#[case::unavailable(503)]
#[case::too_early(425)]
#[case::timed_out(408)]
#[tokio::test]
async fn what_says_try_later_is_tried_later_and_judged_then(#[case] status: u16) {
    let first =
        move |nth, _: &Request, _: &ApiDecision| (nth < 3).then(|| ResponseTemplate::new(status));
    played(API_CODES, first, &BOTH).await.assert_all_pass();
}

#[tokio::test]
async fn every_seventh_429_is_seen_and_changes_no_verdict() {
    let count = AtomicUsize::new(0);
    let server = api(move |_, decision| match count.fetch_add(1, Ordering::SeqCst) % 7 {
        6 => ResponseTemplate::new(429),
        _ => documented(&decision),
    })
    .await;
    let subject = subject(&api_target(&server.uri(), API_CODES)).await;
    proof(&subject).await.unwrap();
    let played = play(&subject, &plain_cases(&subject)).await;
    assert_eq!((played.of(Verdict::Fail), played.of(Verdict::Error)), (vec![], vec![]));
    assert!(played.of(Verdict::Pass).len() > 100, "{:?}", played.of(Verdict::Skip));
    assert!(subject.no_signals()[&429] * 7 > played.cases.len(), "{:?}", subject.no_signals());
}

#[rstest]
#[case::by_its_status(ResponseTemplate::new(429), "status 429, which says nothing of the token")]
#[case::by_its_header(ResponseTemplate::new(403).insert_header("retry-after", "1"), "status 403 with Retry-After 1")]
#[tokio::test]
async fn a_429_without_end_is_no_refusal_but_an_error(
    #[case] answer: ResponseTemplate,
    #[case] why: &str,
) {
    let played = played("code = []", move |_, _, _| Some(answer.clone()), &BOTH).await;
    let errors = played.of(Verdict::Error);
    assert!(
        errors.len() == 2 && errors.iter().all(|error| error.contains(why)),
        "{:?} {errors:?}",
        played.of(Verdict::Pass)
    );
}

#[tokio::test]
async fn a_status_that_the_target_file_names_is_a_signal() {
    let codes = "refuse = { status = [\"4xx\", \"503\"] }\ncode = [{ from = \"status\", status = 503, code = \"access_refused\" }]";
    let first = |_, _: &Request, decision: &ApiDecision| {
        decision.is_err().then(|| ResponseTemplate::new(503))
    };
    let played = played(codes, first, &BOTH).await;
    assert_eq!(
        played.case("workato-api/access_refused/secret-foreign").observed,
        "refuse access_refused"
    );
    assert_eq!(played.of(Verdict::Error), Vec::<String>::new());
}

#[tokio::test]
async fn a_5xx_for_a_bad_token_alone_is_a_crash_and_fails() {
    let first = |_, _: &Request, decision: &ApiDecision| {
        decision.is_err().then(|| ResponseTemplate::new(500))
    };
    let played = played(API_CODES, first, &BOTH).await;
    let case = played.case("workato-api/access_refused/secret-foreign");
    assert_eq!(
        (case.verdict, case.observed.as_str()),
        (Verdict::Fail, "crashed, 500"),
        "{}",
        case.message
    );
    assert!(case.requirements.contains(&"RFC9110-15"), "{:?}", case.requirements);
    assert_eq!(played.case("workato-api/accepted/hmac-kid").verdict, Verdict::Pass);
}

#[tokio::test]
async fn a_5xx_for_everything_is_an_outage_and_an_error() {
    let played = played(API_CODES, |_, _, _| Some(ResponseTemplate::new(502)), &BOTH).await;
    assert_eq!(played.of(Verdict::Error).len(), 2, "{:?}", played.of(Verdict::Fail));
}

#[tokio::test]
async fn a_5xx_that_does_not_come_again_is_an_error() {
    let first = |nth, _: &Request, _: &ApiDecision| (nth == 0).then(|| ResponseTemplate::new(500));
    let played = played(API_CODES, first, &BOTH[..1]).await;
    let errors = played.of(Verdict::Error);
    assert!(errors.len() == 1 && errors[0].contains("did not come again"), "{errors:?}");
}

/// Lets requests through to a server and answers each fifth one itself. It speaks of no token.
async fn limited(upstream: String) -> (String, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        for nth in 1_usize.. {
            let Ok((mut client, _)) = listener.accept().await else { break };
            let upstream = upstream.trim_start_matches("http://").to_owned();
            tokio::spawn(async move {
                if nth.is_multiple_of(5) {
                    read_head(&mut client).await;
                    let _ =
                        client.write_all(b"HTTP/1.1 429 Slow\r\ncontent-length: 0\r\n\r\n").await;
                } else if let Ok(mut server) = TcpStream::connect(upstream).await {
                    let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
                }
            });
        }
    });
    (url, task)
}

#[tokio::test]
async fn scripts_with_management_calls_end_well_under_a_rate_limit() {
    let profile = Profile::TableauConnectedApp;
    let running = serve(Binding::of(public(profile)).unwrap(), 0).await.unwrap();
    let (url, task) = limited(running.base_url()).await;
    let target = of_reference(profile, &url);
    let subject =
        HttpSubject::connect(target, public(profile).players, Duration::from_secs(5), false)
            .await
            .unwrap();
    proof(&subject).await.unwrap();
    let all = select(profile, subject.capabilities(), &Selection::default());
    let scripts: Vec<_> = all.into_iter().filter(Case::is_managed).collect();
    let played = play(&subject, &scripts).await;
    played.assert_all_pass();
    assert!(subject.no_signals()[&429] > 10, "{:?}", subject.no_signals());
    task.abort();
}

/// Lets requests through to a server, and says 500 where it refuses.
async fn crashing(upstream: String) -> (String, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let upstream = upstream.trim_start_matches("http://").to_owned();
            tokio::spawn(async move {
                let server = TcpStream::connect(upstream).await.unwrap();
                let ((mut from, mut to), (mut back, mut there)) =
                    (client.into_split(), server.into_split());
                let asked =
                    tokio::spawn(async move { tokio::io::copy(&mut from, &mut there).await });
                let mut status = [0; 12];
                if back.read_exact(&mut status).await.is_ok() {
                    let shown =
                        if status.starts_with(b"HTTP/1.1 4") { b"HTTP/1.1 500" } else { &status };
                    let _ = to.write_all(shown).await;
                    let _ = tokio::io::copy(&mut back, &mut to).await;
                }
                asked.abort();
            });
        }
    });
    (url, task)
}

/// Whichever case comes first, and whatever runs beside it: each crash has a control of its own.
#[rstest]
#[case::direct_links(Profile::WorkatoDirectLink)]
#[case::connected_apps(Profile::TableauConnectedApp)]
#[tokio::test]
async fn a_500_for_every_refusal_is_the_same_verdict_in_every_run(#[case] profile: Profile) {
    let mut runs = Vec::new();
    for _ in 0..2 {
        // What the first run has used up is no concern of the second.
        let running = serve(Binding::of(public(profile)).unwrap(), 0).await.unwrap();
        let (url, task) = crashing(running.base_url()).await;
        let target = of_reference(profile, &url);
        let subject =
            HttpSubject::connect(target, public(profile).players, Duration::from_secs(5), false)
                .await
                .unwrap();
        let played = play(&subject, &plain_cases(&subject)).await;
        assert_eq!(played.of(Verdict::Error), Vec::<String>::new());
        let verdicts: Vec<_> =
            played.cases.into_iter().map(|case| (case.id, case.observed, case.message)).collect();
        assert!(
            verdicts.iter().filter(|(_, observed, _)| observed == "crashed, 500").count() > 100,
            "{verdicts:?}"
        );
        runs.push(verdicts);
        task.abort();
    }
    let differ: Vec<_> = runs[0].iter().zip(&runs[1]).filter(|(one, other)| one != other).collect();
    assert!(differ.is_empty(), "{differ:?}");
}

#[tokio::test]
async fn an_outage_of_three_seconds_changes_no_verdict() {
    let begun = std::time::Instant::now();
    let server = api(move |_, decision| match begun.elapsed() < Duration::from_secs(3) {
        true => ResponseTemplate::new(503),
        false => documented(&decision),
    })
    .await;
    let subject = subject(&api_target(&server.uri(), API_CODES)).await;
    let played = play(&subject, &plain_cases(&subject)).await;
    assert_eq!((played.of(Verdict::Fail), played.of(Verdict::Error)), (vec![], vec![]));
    assert!(subject.no_signals()[&503] > 0, "{:?}", subject.no_signals());
}

/// A server of direct links without a memory, which answers all but the first use of each link with
/// a 429, `limited` times.
async fn uses_at_once(limited: usize) -> Played {
    let (seen, left) =
        (std::sync::Mutex::new(std::collections::BTreeSet::new()), AtomicUsize::new(limited));
    let server = link(move |request, decision| {
        let again = !seen.lock().unwrap().insert(request.url.to_string());
        let spend = |left: usize| left.checked_sub(1);
        if again && left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, spend).is_ok() {
            return ResponseTemplate::new(429);
        }
        match link_code(&decision) {
            None => ResponseTemplate::new(204),
            Some(code) => ResponseTemplate::new(403).insert_header("x-code", code),
        }
    })
    .await;
    let subject =
        subject(&link_target(&server.uri(), "accept = { status = [\"204\"] }\ncode = []")).await;
    play(&subject, &named(&subject, &["jti_reused/at-once-member"])).await
}

#[tokio::test]
async fn a_429_among_uses_at_the_same_moment_is_no_refusal() {
    uses_at_once(5).await.assert_all_pass();
    let played = uses_at_once(usize::MAX).await;
    let errors = played.of(Verdict::Error);
    assert!(
        errors.len() == 1 && errors[0].contains("status 429"),
        "{errors:?} {:?}",
        played.of(Verdict::Pass)
    );
}

#[tokio::test]
async fn a_second_run_is_no_alarm_for_the_empty_jti() {
    let server = link(|_, decision| match link_code(&decision) {
        None => ResponseTemplate::new(204),
        Some(code) => ResponseTemplate::new(403).insert_header("x-code", code),
    })
    .await;
    let rest = "accept = { status = [\"204\"] }\ncode = [{ from = \"header\", name = \"x-code\" }]";
    let subject = Arc::new(subject(&link_target(&server.uri(), rest)).await);
    let id = "workato-direct-link/jti_invalid/empty";
    for (run, observed) in ["accept", "refuse jti_reused"].into_iter().enumerate() {
        let played = play(&subject, &named(&subject, &["jti_invalid/empty"])).await;
        played.assert_all_pass();
        assert_eq!(played.case(id).observed, observed, "run {run}");
        assert_eq!(played.readings[0].chosen, Some("accepted-once"), "run {run}");
    }
}
