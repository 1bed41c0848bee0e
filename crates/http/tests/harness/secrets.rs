//! Evidence without secrets: no token, signature, secret or session reaches a report.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use claimproof_cast::{Cast, ExposeSecret, Seed, SigningKey, public, seeded};
use claimproof_catalog::Profile;
use claimproof_http::HttpSubject;
use claimproof_in_process::of_reference;
use claimproof_server::{Binding, serve};
use claimproof_suite::{Action, Held, Subject, Verdict};
use claimproof_vectors::Manage;
use wiremock::{MockServer, Request, ResponseTemplate};

use crate::common::reference::{API_CODES, always, api_target, link_target};
use crate::common::{Played, plain_cases, play, players, subject};

/// Everything a request says, as a page that shows its visitor what came.
fn mirror(request: &Request) -> String {
    let headers: Vec<String> = request
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())))
        .collect();
    let query: Vec<String> =
        request.url.query_pairs().map(|(name, value)| format!("{name}={value}")).collect();
    format!("{}\n{}\n{}\n", request.url, query.join("\n"), headers.join("\n"))
}

/// The tokens a server was shown, from wherever they were placed.
async fn presented(server: &MockServer) -> Vec<String> {
    let requests = server.received_requests().await.unwrap();
    let token = |request: &Request| {
        let query = request
            .url
            .query_pairs()
            .find(|(name, _)| name == "jwt")
            .map(|(_, value)| value.into_owned());
        let header = request
            .headers
            .get("authorization")
            .map(|value| String::from_utf8_lossy(value.as_bytes()));
        query
            .or(header.map(|value| value.split_once(' ').map_or("", |(_, token)| token).to_owned()))
    };
    requests.iter().filter_map(token).filter(|token| !token.is_empty()).collect()
}

/// Neither a whole token, nor its signature, nor half of it.
fn assert_no_token(played: &Played, tokens: &[String]) {
    let text = played.text();
    assert!(tokens.len() > 100, "only {} tokens", tokens.len());
    let real =
        tokens.iter().filter(|token| token.split('.').count() == 3 && token.starts_with("ey"));
    let mut signatures = 0;
    for token in real {
        assert!(!text.contains(token.as_str()), "a whole token: {token}");
        let signature = token.rsplit('.').next().unwrap();
        if signature.len() > 40 && signature.is_ascii() {
            signatures += 1;
            assert!(!text.contains(&signature[..30]), "the start of a signature of {token}");
            assert!(
                !text.contains(&signature[signature.len() - 20..]),
                "the end of a signature of {token}"
            );
        }
    }
    assert!(signatures > 50, "only {signatures} signatures");
}

/// Plays every plain case on a server that agrees with hardly one of them, so that there is
/// evidence.
async fn play_to_fail(text: &str) -> Played {
    let subject = subject(text).await;
    let played = play(&subject, &plain_cases(&subject)).await;
    let evidence = played.cases.iter().filter(|case| case.exchange.is_some()).count();
    assert!(
        evidence > 100,
        "evidence of only {evidence} cases; passed: {:?}",
        played.of(Verdict::Pass)
    );
    played
}

#[tokio::test]
async fn a_server_that_shows_the_request_gets_no_token_into_the_report() {
    let server =
        always(|request: &Request| ResponseTemplate::new(302).set_body_string(mirror(request)))
            .await;
    let rest =
        "accept = { status = [\"200\"] }\ncode = [{ from = \"header\", name = \"x-code\" }]\n";
    let played = play_to_fail(&link_target(&server.uri(), rest)).await;
    assert_no_token(&played, &presented(&server).await);
    assert!(played.text().contains("[token]"));
}

#[tokio::test]
async fn a_token_in_place_of_a_code_reaches_no_message() {
    let server = always(|request: &Request| {
        let token = request
            .url
            .query_pairs()
            .find(|(name, _)| name == "jwt")
            .map(|(_, value)| value.into_owned());
        let token = token.filter(|token| token.is_ascii() && !token.contains(char::is_control));
        ResponseTemplate::new(401)
            .insert_header("x-code", token.unwrap_or_else(|| "none".to_owned()))
    })
    .await;
    let rest =
        "accept = { status = [\"200\"] }\ncode = [{ from = \"header\", name = \"x-code\" }]\n";
    let played = play_to_fail(&link_target(&server.uri(), rest)).await;
    assert_no_token(&played, &presented(&server).await);
    let case = played.case("workato-direct-link/accepted/member");
    assert_eq!(case.observed, "refuse [token].[token].[token]");
}

#[tokio::test]
async fn a_token_cut_by_the_end_of_the_excerpt_leaves_no_half_behind() {
    let server = always(|request: &Request| {
        let header = request
            .headers
            .get("authorization")
            .map(|value| String::from_utf8_lossy(value.as_bytes()));
        let token = header.unwrap_or_default().trim_start_matches("Bearer ").to_owned();
        // The excerpt ends in the middle of the signature.
        let before = 2048_usize.saturating_sub(token.len() - token.len().min(20));
        ResponseTemplate::new(302).set_body_string(format!("{}{token}", "x ".repeat(before / 2)))
    })
    .await;
    let played = play_to_fail(&api_target(&server.uri(), API_CODES)).await;
    assert_no_token(&played, &presented(&server).await);
}

/// A server with ninety headers of three thousand characters makes no report of a hundred megabytes.
#[tokio::test]
async fn long_headers_are_cut_and_their_length_is_told() {
    let server = always(|_: &Request| {
        (0..90).fold(ResponseTemplate::new(302), |answer, n| {
            answer.insert_header(format!("x-padding-{n}"), "p".repeat(3000))
        })
    })
    .await;
    let played = play_to_fail(&api_target(&server.uri(), API_CODES)).await;
    for evidence in played.cases.iter().filter_map(|case| case.exchange.as_ref()) {
        let text = evidence.response.as_str();
        assert!(text.len() < 5000 && text.contains("more characters)"), "{} bytes", text.len());
    }
}

#[tokio::test]
async fn a_token_of_another_request_is_cleaned_too() {
    let last = std::sync::Mutex::new(String::new());
    let server = always(move |request: &Request| {
        let shown = std::mem::replace(&mut *last.lock().unwrap(), mirror(request));
        ResponseTemplate::new(302).set_body_string(shown)
    })
    .await;
    let played = play_to_fail(&api_target(&server.uri(), API_CODES)).await;
    let text = played.text();
    for token in presented(&server).await {
        let whole = token.split('.').count() == 3
            && token.starts_with("ey")
            && !token.contains(['*', ' ', '=', '!']);
        assert!(!whole || !text.contains(&token), "{token}");
    }
}

fn secrets(cast: &Cast) -> Vec<String> {
    let secret = |key: &SigningKey| match key {
        SigningKey::Secret(secret) => Some(secret.expose_secret().to_owned()),
        SigningKey::Rsa { .. } => None,
    };
    cast.players.iter().filter_map(|(_, player)| player.key.as_ref().and_then(secret)).collect()
}

/// A secret as it may stand in an answer.
fn spellings(secret: &str) -> [String; 4] {
    let percent = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    [secret.to_owned(), percent, STANDARD.encode(secret), URL_SAFE_NO_PAD.encode(secret)]
}

#[tokio::test]
async fn a_server_that_shows_its_secrets_gets_none_into_the_report() {
    let all = secrets(&public(Profile::WorkatoApi));
    assert!(all.len() > 4);
    let page: Vec<String> = all.iter().flat_map(|secret| spellings(secret)).collect();
    let page = page.join("\n");
    let server = always(ResponseTemplate::new(302).set_body_string(page)).await;
    let played = play_to_fail(&api_target(&server.uri(), API_CODES)).await;
    let text = played.text();
    for secret in all.iter().flat_map(|secret| spellings(secret)) {
        let bare = secret.trim_end_matches('=');
        assert!(!text.contains(bare), "a secret in the report: {bare}");
    }
    assert!(text.contains("[secret]"));
}

#[tokio::test]
async fn management_leaves_neither_session_nor_made_secret_in_the_evidence() {
    let profile = Profile::TableauConnectedApp;
    let running = serve(Binding::of(seeded(profile, Seed::PUBLIC)).unwrap(), 0).await.unwrap();
    let target = of_reference(profile, &running.base_url());
    let deadline = std::time::Duration::from_secs(5);
    let subject = HttpSubject::connect(target, players(profile), deadline, false).await.unwrap();
    let mut held = Held { now: subject.now(), ..Held::default() };
    let call = Manage::CreateSecret { app: "app.managed" };
    let Ok(seen) = subject.perform(&mut held, Action::Manage(&call, None)).await else {
        println!("skipped: no accepted case of {profile} to sign in with yet");
        return;
    };
    let evidence = seen.exchange.unwrap();
    let (request, response) = (evidence.request.as_str(), evidence.response.as_str());
    assert!(request.contains("x-tableau-auth: [session]"), "{}", request);
    assert!(!request.contains("|claimproof|"), "{}", request);
    assert!(!response.contains("value="), "{}", response);
    assert!(response.starts_with("201"), "{}", response);
}
