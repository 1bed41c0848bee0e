//! Providers over real sockets.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::time::Duration;

use claimproof_idp::Secret;
use claimproof_idp::{At, Failure, Knobs, Personality, Provider, Registered, Seen};
use claimproof_providers::Providers;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::{Request, Response};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use rstest::rstest;
use wiremock::matchers::{method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

const CALLBACK: &str = "http://127.0.0.1:3939/__oauth__/integrations/callback";
const FORM: &str = "application/x-www-form-urlencoded";

struct Answer {
    status: u16,
    headers: hyper::HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

async fn send(
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: String,
) -> Result<Answer, String> {
    let client: Client<_, Full<Bytes>> = Client::builder(TokioExecutor::new()).build_http();
    let mut request = Request::builder().method(method).uri(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Full::from(body)).unwrap();
    let response: Response<_> = client.request(request).await.map_err(|error| error.to_string())?;
    let (parts, body) = response.into_parts();
    let body = body.collect().await.map_err(|error| error.to_string())?.to_bytes();
    Ok(Answer {
        status: parts.status.as_u16(),
        headers: parts.headers,
        body: String::from_utf8(body.to_vec()).unwrap(),
    })
}

async fn get(url: &str) -> Answer {
    send("GET", url, &[], String::new()).await.unwrap()
}

async fn post(url: &str, form: String) -> Result<Answer, String> {
    send("POST", url, &[("content-type", FORM), ("accept", "application/json")], form).await
}

fn of(personality: Personality, tag: &str) -> Provider {
    Provider::new(Knobs::of(personality), tag, CALLBACK)
}

/// The authorization page, then the token endpoint.
async fn login(providers: &Providers, tag: &str) -> Result<Answer, String> {
    let (client, secret) =
        providers.with(tag, |one| (one.client_id(), one.secret(Secret::Current))).unwrap();
    let query = format!(
        "response_type=code&client_id={client}&redirect_uri={CALLBACK}&scope=offline_access&state=s"
    );
    let page = get(&format!("{}?{query}", providers.authorize_url(tag))).await;
    let location = page.header("location").expect("a redirect").to_owned();
    let code = location.split_once("code=").unwrap().1.split_once('&').unwrap().0;
    let form = format!(
        "grant_type=authorization_code&code={code}&redirect_uri={CALLBACK}&client_id={client}&client_secret={secret}"
    );
    post(&providers.token_url(tag), form).await
}

#[tokio::test]
async fn a_code_is_redeemed_for_tokens_that_open_the_resource() {
    let providers = Providers::start().await.unwrap();
    providers.add("one", of(Personality::Entra, "one"));
    let tokens = login(&providers, "one").await.unwrap();
    assert_eq!((tokens.status, tokens.header("content-type")), (200, Some("application/json")));
    assert_eq!(tokens.header("cache-control"), Some("no-store"));
    assert!(tokens.json()["refresh_token"].is_string());
    let bearer = format!("Bearer {}", tokens.json()["access_token"].as_str().unwrap());
    let url = providers.resource_url("one");
    let resource = send("GET", &url, &[("authorization", &bearer)], String::new()).await.unwrap();
    assert_eq!(resource.status, 200);
    assert_eq!(get(&url).await.status, 401);
    let seen = |seen| providers.with("one", |one| one.holds(seen)).unwrap();
    assert_eq!(
        (seen(Seen::Authorized(1)), seen(Seen::Redeemed(1)), seen(Seen::RedirectUri)),
        (Ok(()), Ok(()), Ok(()))
    );
}

/// The browser of a viewer, and a client that is nothing but its callback.
#[tokio::test]
async fn a_browser_is_sent_back_to_the_client_with_a_code_and_its_state() {
    let client = MockServer::start().await;
    let back = Mock::given(method("GET")).and(path("/callback")).and(query_param("state", "s"));
    back.respond_with(ResponseTemplate::new(200)).expect(1).mount(&client).await;
    let callback = format!("{}/callback", client.uri());
    let providers = Providers::start().await.unwrap();
    let one = Provider::new(Knobs::of(Personality::Keycloak), "one", &callback);
    let query = format!("client_id={}&redirect_uri={callback}&state=s", one.client_id());
    providers.add("one", one);
    let page = get(&format!(
        "{}?response_type=code&scope=offline_access&{query}",
        providers.authorize_url("one")
    ))
    .await;
    assert_eq!(get(page.header("location").unwrap()).await.status, 200);
    let sent = client.received_requests().await.unwrap();
    let code = sent[0].url.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
    assert!(!code.is_empty());
}

#[tokio::test]
async fn each_tag_is_a_provider_of_its_own() {
    let providers = Providers::start().await.unwrap();
    providers.add("one", of(Personality::Entra, "one"));
    providers.add("two", of(Personality::Keycloak, "two"));
    login(&providers, "two").await.unwrap();
    assert_eq!(providers.with("one", |one| one.journal.len()), Some(0));
    assert_eq!(providers.with("two", |two| two.journal.len()), Some(2));
    providers.remove("two");
    assert_eq!(providers.with("two", |_| ()), None);
    assert_eq!(get(&providers.authorize_url("two")).await.status, 404);
    assert_eq!(get(providers.base().as_str()).await.status, 404);
}

#[tokio::test]
async fn knobs_turn_between_two_calls() {
    let providers = Providers::start().await.unwrap();
    providers.add("one", of(Personality::Entra, "one"));
    providers.with("one", |one| one.knobs.registered = Registered::Nothing);
    let query = providers
        .with("one", |one| format!("client_id={}&redirect_uri={CALLBACK}", one.client_id()))
        .unwrap();
    let page = get(&format!("{}?{query}", providers.authorize_url("one"))).await;
    assert_eq!(
        (page.header("location"), page.header("content-type")),
        (None, Some("text/html; charset=utf-8"))
    );
    assert!(page.body.contains("AADSTS500113"), "{}", page.body);
    providers.with("one", |one| one.knobs.registered = Registered::Callback);
    assert_eq!(login(&providers, "one").await.unwrap().status, 200);
}

#[tokio::test]
async fn one_that_stalls_holds_nobody_else_up() {
    let providers = Providers::start().await.unwrap();
    let stalling = Knobs::of(Personality::Entra).failing(At::Redemption, Failure::Stalls);
    providers.add("slow", Provider::new(stalling, "slow", CALLBACK));
    providers.add("quick", of(Personality::Entra, "quick"));
    let slow = login(&providers, "slow");
    let quick =
        async { tokio::time::timeout(Duration::from_secs(20), login(&providers, "quick")).await };
    let (slow, quick) = tokio::join!(tokio::time::timeout(Duration::from_secs(2), slow), quick);
    assert!(slow.is_err(), "no answer within the deadline");
    assert_eq!(quick.unwrap().unwrap().status, 200);
    assert_eq!(
        providers.with("slow", |one| one.holds(Seen::Redeemed(1))),
        Some(Ok(())),
        "it was asked all the same"
    );
}

#[tokio::test]
async fn one_that_hangs_up_answers_nothing_and_remembers_the_call_once() {
    let providers = Providers::start().await.unwrap();
    let closing = Knobs::of(Personality::Keycloak).failing(At::Redemption, Failure::Closes);
    providers.add("one", Provider::new(closing, "one", CALLBACK));
    assert!(login(&providers, "one").await.is_err());
    assert_eq!(providers.with("one", |one| one.holds(Seen::Redeemed(1))), Some(Ok(())));
    providers.with("one", |one| one.knobs.fault = None);
    assert_eq!(login(&providers, "one").await.unwrap().status, 200);
}

#[rstest]
#[case::method("PUT", "token", 405)]
#[case::method("POST", "authorize", 405)]
#[case::path("GET", "elsewhere", 404)]
#[tokio::test]
async fn what_is_no_call_gets_a_status(
    #[case] method: &str,
    #[case] what: &str,
    #[case] status: u16,
) {
    let providers = Providers::start().await.unwrap();
    providers.add("one", of(Personality::Keycloak, "one"));
    let url = format!("{}one/{what}", providers.base());
    let answer = send(method, &url, &[("content-type", FORM)], "a=b".to_owned()).await.unwrap();
    assert_eq!(answer.status, status);
}

#[tokio::test]
async fn a_form_is_read_only_as_a_form_and_up_to_a_bound() {
    let providers = Providers::start().await.unwrap();
    providers.add("one", of(Personality::Keycloak, "one"));
    let url = providers.token_url("one");
    let json = send(
        "POST",
        &url,
        &[("content-type", "application/json")],
        "grant_type=refresh_token".to_owned(),
    )
    .await;
    assert_eq!(json.unwrap().json()["error"], "invalid_client");
    assert_eq!(providers.with("one", |one| one.holds(Seen::Refreshed(0))), Some(Ok(())));
    let long = post(&url, "x".repeat(70_000)).await.unwrap();
    assert_eq!((long.status, providers.with("one", |one| one.journal.len())), (413, Some(1)));
}
