//! Servers that answer by what every public vector has in common are caught over HTTP.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_suite::Verdict;
use wiremock::{Request, ResponseTemplate};

use crate::common::reference::{API_CODES, ApiDecision, api, api_target, documented};
use crate::common::{prove_and_play, subject};

/// The payload of the token as it stands in the request.
fn payload(request: &Request) -> String {
    let value = request
        .headers
        .get("authorization")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let bytes =
        URL_SAFE_NO_PAD.decode(value.split('.').nth(1).unwrap_or_default()).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Right about tokens that look like the public ones, and open to all others.
fn as_published(request: &Request, decision: &ApiDecision) -> ResponseTemplate {
    let payload = payload(request);
    let known = payload.starts_with("{\"name\":") || !payload.contains("\"name\":");
    if known { documented(decision) } else { ResponseTemplate::new(200).set_body_string("{}") }
}

#[tokio::test]
async fn a_server_that_knows_the_claim_order_of_the_public_vectors_is_caught() {
    let server = api(|request, decision| as_published(request, &decision)).await;
    // The public seed: order, place and length differ from the published files there too.
    let played = prove_and_play(&subject(&api_target(&server.uri(), API_CODES)).await).await;
    let failed: Vec<_> = played.cases.iter().filter(|case| case.verdict == Verdict::Fail).collect();
    let let_in = failed.iter().filter(|case| case.observed == "accept").count();
    assert!(let_in > 100, "{let_in} of {} let in", played.cases.len());
}
