//! What is counted of servers that are nothing but a rule.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use claimproof_cast::public;
use claimproof_catalog::Profile;
use claimproof_http::{HttpSubject, Target};
use claimproof_load::{Measurement, Stop, Workload, run};
use claimproof_vectors::sign::{Alg, holds};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

const TARGET: &str = r#"
name = "a rule"
profile = "workato-api"
base_url = "http://127.0.0.1:1"

[[surface]]
name = "api"
accept = { status = ["2xx"] }
refuse = { status = ["4xx"] }
code = []

[surface.request]
method = "GET"
path = "/call"
headers = { authorization = "{scheme} {token}" }

[fields]
scheme = "Bearer"
"#;

/// Whether the token is signed with the secret of `profile.hmac`, and nothing else of it.
fn is_signed(request: &Request) -> bool {
    let players = public(Profile::WorkatoApi).players;
    let key = players.get("profile.hmac").unwrap().key.clone().unwrap();
    let header = request.headers.get("authorization").and_then(|value| value.to_str().ok());
    let token = header.and_then(|header| header.strip_prefix("Bearer "));
    token
        .and_then(|token| token.rsplit_once('.'))
        .is_some_and(|(input, signature)| holds(&key, Alg::Hs256, input.as_bytes(), signature))
}

async fn measured(rule: impl Respond + 'static) -> Measurement {
    let server = MockServer::builder().disable_request_recording().start().await;
    Mock::given(any()).respond_with(rule).mount(&server).await;
    let mut target = Target::parse(TARGET, "the target of the test").unwrap();
    target.base_url = server.uri();
    let mut players = public(Profile::WorkatoApi).players;
    let own = players.get("profile.hmac").unwrap().clone();
    players = claimproof_cast::Players::default();
    players.cast("profile.hmac", own);
    let deadline = Duration::from_secs(10);
    let subject = HttpSubject::connect(target, players, deadline, false).await.unwrap();
    let options = Workload {
        requests: 200,
        duration: Duration::from_secs(20),
        connections: 2,
        rate: None,
        refused_percent: 50,
        warm_up: 0,
        known: claimproof_suite::KnownFailures::default(),
        today: jiff::civil::date(2026, 11, 30),
        run: format!("counts-{}", server.address().port()),
    };
    run(subject, &options, &Stop::default(), &|_| {}).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_looks_at_the_signature_alone_is_wrong_about_the_claims() {
    let status = |request: &Request| if is_signed(request) { 200 } else { 403 };
    let report = measured(move |request: &Request| ResponseTemplate::new(status(request))).await;
    let verdicts = report.verdicts;
    assert_eq!((report.sent, verdicts.accepted), (200, 100));
    assert!(verdicts.wrong > 0 && verdicts.refused > 0, "{verdicts:?}");
    assert_eq!(verdicts.wrong + verdicts.refused, 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_turns_away_for_the_moment_is_held_back_and_no_verdict() {
    let asked = AtomicUsize::new(0);
    let report = measured(move |request: &Request| {
        // The proof before the run asks less often than that.
        if asked.fetch_add(1, Ordering::Relaxed) > 100 {
            return ResponseTemplate::new(503);
        }
        ResponseTemplate::new(if is_signed(request) { 200 } else { 403 })
    })
    .await;
    assert!(report.verdicts.held_back >= 90, "{:?}", report.verdicts);
}
