//! Servers in a shape of their own, described by a target file alone, conform.

use std::fmt::Write;

use claimproof_catalog::{Profile, codes};
use claimproof_http::HttpSubject;
use claimproof_http::target::Offers;
use claimproof_in_process::of_reference;
use claimproof_suite::Verdict;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::common::reference::{LinkDecision, link, link_code, link_target};
use crate::common::{named, play, players, proof, prove_and_play, subject};

/// The code in a `<meta>` tag, status 422; an acceptance is 204 with a header of its own.
fn in_a_meta_tag(decision: &LinkDecision, code: Option<&str>) -> ResponseTemplate {
    match (decision, code) {
        (Ok(_), _) => ResponseTemplate::new(204).insert_header("x-workspace", "open"),
        (Err(_), code) => {
            let code = code.unwrap_or("none");
            let page = format!(
                "<!doctype html>\n<html><head><meta charset=utf-8><meta name=\"why\" content=\"{code}\">"
            );
            ResponseTemplate::new(422).set_body_raw(page, "text/html")
        }
    }
}

const IN_A_META_TAG: &str = r#"
accept = { status = ["204"], header = "x-workspace" }
refuse = { status = ["422"] }
code = [{ from = "body", pattern = '<meta name="why" content="([^"]+)"' }]
"#;

#[tokio::test]
async fn a_server_that_looks_nothing_like_ours_conforms() {
    let server = link(|_, decision| in_a_meta_tag(&decision, link_code(&decision))).await;
    let played = prove_and_play(&subject(&link_target(&server.uri(), IN_A_META_TAG)).await).await;
    played.assert_all_pass();
    assert!(played.cases.len() > 150, "only {} cases", played.cases.len());
    assert!(played.cases.iter().all(|case| !case.opaque), "a code was not read");
}

#[tokio::test]
async fn the_same_server_does_not_conform_where_the_file_looks_elsewhere_for_codes() {
    let server = link(|_, decision| in_a_meta_tag(&decision, link_code(&decision))).await;
    let elsewhere = IN_A_META_TAG.replace("meta name=", "meta property=");
    let subject = subject(&link_target(&server.uri(), &elsewhere)).await;
    proof(&subject).await.unwrap();
    let played = play(&subject, &named(&subject, &["jti_missing/absent"])).await;
    assert_eq!(
        played.case("workato-direct-link/jti_missing/absent").observed,
        "refused, code not carried"
    );
    assert_eq!(played.of(Verdict::Fail).len(), 1);
}

/// Every documented code under a name of the target's own: the nth is `E` and n.
fn own_name(code: &str) -> Option<String> {
    let place =
        codes::of(Profile::WorkatoDirectLink).iter().position(|row| row.as_str() == code)?;
    Some(format!("E{place}"))
}

fn error_map() -> String {
    let mut map = "[codes]\n".to_owned();
    for row in codes::of(Profile::WorkatoDirectLink) {
        writeln!(map, "{} = \"{}\"", own_name(row.as_str()).unwrap(), row.as_str()).unwrap();
    }
    map
}

#[tokio::test]
async fn a_server_with_code_names_of_its_own_conforms_by_its_error_map() {
    let server = link(|_, decision| {
        in_a_meta_tag(&decision, link_code(&decision).and_then(own_name).as_deref())
    })
    .await;
    let text = format!("{}\n{}", link_target(&server.uri(), IN_A_META_TAG), error_map());
    prove_and_play(&subject(&text).await).await.assert_all_pass();
}

#[tokio::test]
async fn two_codes_exchanged_in_the_error_map_are_found_by_the_cases_of_both() {
    let server = link(|_, decision| {
        in_a_meta_tag(&decision, link_code(&decision).and_then(own_name).as_deref())
    })
    .await;
    let exchanged = error_map()
        .replace("\"iat_missing\"", "\"?\"")
        .replace("\"jti_missing\"", "\"iat_missing\"")
        .replace("\"?\"", "\"jti_missing\"");
    let subject =
        subject(&format!("{}\n{exchanged}", link_target(&server.uri(), IN_A_META_TAG))).await;
    let ids = ["iat_missing/absent", "jti_missing/absent", "iat_invalid/string"];
    let played = play(&subject, &named(&subject, &ids)).await;
    assert_eq!(
        played.case("workato-direct-link/iat_missing/absent").observed,
        "refuse jti_missing"
    );
    assert_eq!(
        played.case("workato-direct-link/jti_missing/absent").observed,
        "refuse iat_missing"
    );
    assert_eq!(played.of(Verdict::Fail).len(), 2);
}

#[tokio::test]
async fn a_code_the_error_map_does_not_know_fails_under_its_own_name() {
    let server =
        link(|_, decision| in_a_meta_tag(&decision, link_code(&decision).map(|_| "E99"))).await;
    let subject =
        subject(&format!("{}\n{}", link_target(&server.uri(), IN_A_META_TAG), error_map())).await;
    let played = play(&subject, &named(&subject, &["iat_missing/absent"])).await;
    let case = played.case("workato-direct-link/iat_missing/absent");
    assert_eq!((case.verdict, case.observed.as_str()), (Verdict::Fail, "refuse E99"));
}

#[tokio::test]
async fn a_code_in_the_query_of_a_redirect_is_read() {
    let server = link(|_, decision| match link_code(&decision) {
        Some(code) => ResponseTemplate::new(303)
            .insert_header("location", format!("/sorry?x=1&reason={code}#top")),
        None => ResponseTemplate::new(303).insert_header("location", "/home"),
    })
    .await;
    let rest = r#"
accept = { status = ["303"], location = "^/home$" }
refuse = { status = ["303"], location = "^/sorry" }
code = [{ from = "redirect-query", name = "reason" }]
"#;
    prove_and_play(&subject(&link_target(&server.uri(), rest)).await).await.assert_all_pass();
}

/// A server of this profile that answers everything so.
async fn answering(profile: Profile, answer: ResponseTemplate) -> (MockServer, HttpSubject) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let target = claimproof_http::Target {
        capabilities: Offers::default(),
        ..of_reference(profile, &server.uri())
    };
    let timeout = std::time::Duration::from_secs(5);
    let subject = HttpSubject::connect(target, players(profile), timeout, false).await.unwrap();
    (server, subject)
}

/// FC-75: a JWT handed to the old JavaScript API.
#[tokio::test]
async fn a_message_of_a_neighbouring_product_is_named_with_its_cure() {
    let text = r#"<tsResponse><error code="401001"><detail>Could not locate unexpired trusted ticket</detail></error></tsResponse>"#;
    let ticket = ResponseTemplate::new(401).set_body_raw(text, "application/xml");
    let (_server, subject) = answering(Profile::TableauConnectedApp, ticket).await;
    let belongs = "of trusted tickets and not of connected apps";
    let error = proof(&subject).await.unwrap_err().to_string();
    assert!(error.contains(belongs) && error.contains("Embedding API v3"), "{error}");
    let played = play(&subject, &named(&subject, &["accepted/embed"])).await;
    let meaning = played.cases[0].meaning.as_deref().unwrap_or_default();
    assert!(meaning.contains(belongs), "{:?}", played.cases[0]);
}

/// FC-73: texts that Connect has since a later edition.
#[tokio::test]
async fn a_message_of_a_later_edition_is_named_as_such() {
    let texts = [
        r#"{"code":230,"error":"OAuth integration does not support the auth flow","payload":null}"#,
        r#"{"code":12,"error":"Invalid requested_token_type","payload":null}"#,
    ];
    for text in texts {
        let later = ResponseTemplate::new(400).set_body_raw(text, "application/json");
        let (_server, subject) = answering(Profile::PositConnect, later).await;
        let error = proof(&subject).await.unwrap_err().to_string();
        assert!(error.contains("of a later edition of Connect's document than 2024.11"), "{error}");
    }
}
