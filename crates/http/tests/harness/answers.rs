//! Wrong answers that fooled other suites, and the verdict each must get.

use claimproof_suite::Verdict;
use wiremock::ResponseTemplate;

use crate::common::reference::{
    API_CODES, always, api, api_target, documented, link, link_code, link_target, refused,
};
use crate::common::{named, plain_cases, play, proof, prove_and_play, subject};

const SIGNATURE: &str = "access_refused/secret-foreign";

/// An error in the body of a 200.
fn error_in_200() -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_string("{\"error\":\"forbidden\"}")
}

#[tokio::test]
async fn a_server_right_in_everything_conforms() {
    let server = api(|_, decision| documented(&decision)).await;
    let played = prove_and_play(&subject(&api_target(&server.uri(), API_CODES)).await).await;
    played.assert_all_pass();
    assert!(played.cases.len() > 100, "only {} cases", played.cases.len());
}

#[tokio::test]
async fn a_200_with_an_error_body_is_an_acceptance_where_the_target_file_says_so() {
    let server =
        api(|_, decision| if decision.is_ok() { documented(&decision) } else { error_in_200() })
            .await;
    let found = proof(&subject(&api_target(&server.uri(), API_CODES)).await).await.unwrap();
    assert!(
        found[0].ends_with("or `accept` of the target file also fits what the server refuses"),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_200_with_an_error_body_is_no_refusal_where_acceptance_shows_otherwise() {
    let server = link(|_, decision| match link_code(&decision) {
        None => ResponseTemplate::new(200).insert_header("x-session", "yes"),
        Some(code) => ResponseTemplate::new(200).insert_header("x-code", code),
    })
    .await;
    let rest = r#"
accept = { status = ["200"], header = "x-session" }
code = [{ from = "header", name = "x-code" }]
"#;
    let played = prove_and_play(&subject(&link_target(&server.uri(), rest)).await).await;
    let refusals = played.cases.iter().filter(|case| case.expected.starts_with("refuse "));
    let passed: Vec<_> =
        refusals.filter(|case| case.verdict == Verdict::Pass).map(|case| &case.id).collect();
    assert!(passed.is_empty(), "{passed:?}");
    let case = played.case("workato-direct-link/iat_missing/absent");
    assert_eq!(case.verdict, Verdict::Fail);
    assert_eq!(
        case.observed,
        "neither accepted nor refused: status 200 with code iat_missing, which `refuse` does not fit"
    );
}

#[tokio::test]
async fn a_500_for_a_bad_token_is_a_crash_and_no_refusal() {
    let server = api(|_, decision| match decision {
        Err(_) => ResponseTemplate::new(500),
        Ok(_) => documented(&decision),
    })
    .await;
    let played = prove_and_play(&subject(&api_target(&server.uri(), API_CODES)).await).await;
    let carried = played.cases.iter().filter(|case| case.verdict != Verdict::Skip);
    let refusals = || carried.clone().filter(|case| case.expected.starts_with("refuse"));
    assert!(refusals().count() > 100);
    for case in refusals().filter(|case| !case.expected.contains("accept")) {
        assert_eq!(case.verdict, Verdict::Fail, "{}", case.id);
        assert_eq!(case.observed, "crashed, 500", "{}", case.id);
    }
}

#[tokio::test]
async fn a_refusal_without_a_code_fails_where_the_target_declares_a_place_for_one() {
    let server = link(|_, decision| match decision {
        Ok(_) => ResponseTemplate::new(204),
        Err(_) => ResponseTemplate::new(401),
    })
    .await;
    let rest = r#"
accept = { status = ["204"] }
code = [{ from = "header", name = "x-code" }]
"#;
    let subject = subject(&link_target(&server.uri(), rest)).await;
    proof(&subject).await.unwrap();
    let played = play(&subject, &named(&subject, &["iat_missing/absent", "accepted/member"])).await;
    let case = played.case("workato-direct-link/iat_missing/absent");
    assert_eq!(
        (case.verdict, case.observed.as_str()),
        (Verdict::Fail, "refused, code not carried")
    );
    assert!(!case.opaque);
    assert_eq!(played.case("workato-direct-link/accepted/member").verdict, Verdict::Pass);
}

#[tokio::test]
async fn a_refusal_without_a_code_passes_and_is_counted_where_the_target_declares_none() {
    let server =
        link(|_, decision| ResponseTemplate::new(if decision.is_ok() { 204 } else { 401 })).await;
    let rest = "accept = { status = [\"204\"] }\ncode = []\n";
    let subject = subject(&link_target(&server.uri(), rest)).await;
    let played = prove_and_play(&subject).await;
    played.assert_all_pass();
    for case in &played.cases {
        // Where no code is due, as of an open "refuse or accept", none is missed.
        let coded =
            case.expected.starts_with("refuse ") && !case.expected.starts_with("refuse or ");
        assert_eq!(
            case.opaque,
            coded && case.observed == "refused, code not carried",
            "{}",
            case.id
        );
    }
    let opaque = claimproof_suite::Summary::of(&played.cases).opaque;
    assert!(opaque > 50, "only {opaque} counted");
}

#[tokio::test]
async fn a_wrong_code_fails_and_names_both() {
    let server = link(|_, decision| match link_code(&decision) {
        Some("iat_missing") => ResponseTemplate::new(401).insert_header("x-code", "jti_missing"),
        Some(code) => ResponseTemplate::new(401).insert_header("x-code", code),
        None => ResponseTemplate::new(204),
    })
    .await;
    let rest =
        "accept = { status = [\"204\"] }\ncode = [{ from = \"header\", name = \"x-code\" }]\n";
    let subject = subject(&link_target(&server.uri(), rest)).await;
    let played =
        play(&subject, &named(&subject, &["iat_missing/absent", "jti_missing/absent"])).await;
    let wrong = played.case("workato-direct-link/iat_missing/absent");
    assert_eq!(wrong.verdict, Verdict::Fail);
    assert_eq!(wrong.message, "expected refuse iat_missing, observed refuse jti_missing");
    assert_eq!(played.case("workato-direct-link/jti_missing/absent").verdict, Verdict::Pass);
}

#[tokio::test]
async fn an_empty_body_where_the_code_should_stand_fails() {
    let server = link(|_, decision| match decision {
        Ok(_) => ResponseTemplate::new(204),
        Err(_) => ResponseTemplate::new(422).set_body_string(""),
    })
    .await;
    let rest = "accept = { status = [\"204\"] }\ncode = [{ from = \"json\", at = \"/code\" }]\n";
    let subject = subject(&link_target(&server.uri(), rest)).await;
    let played = play(
        &subject,
        &named(&subject, &["token_expired/25-s-old-accepted", "vendor_missing/member-link"]),
    )
    .await;
    assert_eq!(played.of(Verdict::Fail).len(), 1, "{:?}", played.of(Verdict::Fail));
    assert_eq!(
        played.case("workato-direct-link/vendor_missing/member-link").observed,
        "refused, code not carried"
    );
}

#[tokio::test]
async fn a_server_that_accepts_everything_is_graded_and_found() {
    let server = always(ResponseTemplate::new(200)).await;
    let subject = subject(&api_target(&server.uri(), API_CODES)).await;
    let found = proof(&subject).await.unwrap();
    assert!(
        found[0].starts_with("the request without a token is accepted (status 200): "),
        "{found:?}"
    );
    let played = play(&subject, &named(&subject, &[SIGNATURE, "accepted/hmac-kid"])).await;
    assert_eq!(played.of(Verdict::Fail).len(), 1);
}

#[tokio::test]
async fn a_server_that_refuses_everything_gives_no_verdict_and_each_scene_is_told() {
    let server = always(ResponseTemplate::new(403)).await;
    let error = proof(&subject(&api_target(&server.uri(), API_CODES)).await).await.unwrap_err();
    let account = "accepted/rsa-kid, played by profile.rsa `";
    for part in [
        account,
        "`: refuse access_refused (status 403)",
        "sent GET /call | authorization: Bearer [token]",
    ] {
        assert!(error.0.contains(part), "`{part}` is missing: {error}");
    }
}

#[tokio::test]
async fn a_server_that_accepts_the_first_good_token_alone_is_graded_and_found() {
    let accepted = std::sync::atomic::AtomicUsize::new(0);
    let server = api(move |_, decision| match decision {
        Ok(_) if accepted.fetch_add(1, std::sync::atomic::Ordering::SeqCst) > 0 => {
            ResponseTemplate::new(403)
        }
        decision => documented(&decision),
    })
    .await;
    let found = proof(&subject(&api_target(&server.uri(), API_CODES)).await).await.unwrap();
    assert!(
        found[0].contains("is accepted at first, and a fresh token of it later is not"),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_redirect_is_recorded_and_not_followed() {
    let server = api(|request, decision| {
        let login = ResponseTemplate::new(302).insert_header("location", "/login?error=1");
        match (request.url.path(), decision) {
            ("/login", _) => ResponseTemplate::new(403),
            (_, Err(_)) => login,
            (_, decision) => documented(&decision),
        }
    })
    .await;
    let subject = subject(&api_target(&server.uri(), API_CODES)).await;
    let played = prove_and_play(&subject).await;
    let case = played.case(&format!("workato-api/{SIGNATURE}"));
    assert_eq!(case.verdict, Verdict::Fail);
    assert_eq!(
        case.observed,
        "neither accepted nor refused: status 302 fits neither `accept` nor `refuse`"
    );
    let requests = server.received_requests().await.unwrap();
    assert!(
        requests.iter().all(|request| request.url.path() != "/login"),
        "the redirect was followed"
    );
    let carried = plain_cases(&subject).len() - played.of(Verdict::Skip).len();
    assert!(requests.len() > carried && carried > 100, "{carried}");
}

#[tokio::test]
async fn both_signals_at_once_are_neither() {
    let server = api(|_, decision| match decision {
        Ok(_) => ResponseTemplate::new(200),
        Err(rejection) => refused(&rejection, 207),
    })
    .await;
    let rest = "refuse = { status = [\"207\", \"4xx\"] }\ncode = []\n";
    let subject = subject(&api_target(&server.uri(), rest)).await;
    let played = prove_and_play(&subject).await;
    let case = played.case(&format!("workato-api/{SIGNATURE}"));
    assert_eq!(case.verdict, Verdict::Fail);
    assert_eq!(
        case.observed,
        "neither accepted nor refused: status 207 fits both `accept` and `refuse`"
    );
}
