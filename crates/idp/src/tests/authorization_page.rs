//! What a browser meets at the provider.

use super::*;

#[test]
fn hands_code_and_state_to_the_callback() {
    for personality in EVERY {
        let mut provider = provider(Knobs::of(personality));
        let handed = handed(&provider.authorize(&authorization(&provider, "read")));
        let names: Vec<_> = handed.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["code", "state"], "{personality:?}");
        assert_eq!(handed[1].1, "0123456789abcdef0123456789abcdef");
        assert!(provider.issued.contains(&handed[0].1));
    }
}

/// PCO-AZ-08, PCO-AZ-09.
#[test]
fn entra_without_a_redirect_uri_shows_500113_until_one_is_registered() {
    let (reply, mut provider) =
        page(Knobs::of(Personality::Entra).registering(Registered::Nothing));
    assert_eq!(header(&reply, "location"), None);
    assert!(header(&reply, "content-type").unwrap().starts_with("text/html"));
    assert_eq!(code_of(&text_of(reply)), Some("AADSTS500113"));
    provider.knobs.registered = Registered::Callback;
    assert_eq!(handed(&provider.authorize(&authorization(&provider, "openid"))).len(), 2);
}

/// PCO-AZ-11, PCO-AZ-12, PCO-AZ-13.
#[rstest]
#[case(Differs::Slash)]
#[case(Differs::Case)]
#[case(Differs::Scheme)]
#[case(Differs::Port)]
#[case(Differs::Path)]
fn entra_with_another_redirect_uri_shows_50011_naming_the_one_sent(#[case] differs: Differs) {
    let (reply, mut provider) =
        page(Knobs::of(Personality::Entra).registering(Registered::Other(differs)));
    assert_eq!(header(&reply, "location"), None);
    let text = text_of(reply);
    assert_eq!(code_of(&text), Some("AADSTS50011"));
    assert!(
        text.contains(&format!("&apos;{CALLBACK}&apos;")) && text.contains(&provider.client_id()),
        "{text}"
    );
    provider.knobs.registered = Registered::Callback;
    assert_eq!(handed(&provider.authorize(&authorization(&provider, "openid"))).len(), 2);
}

/// PCO-SF-01, PCO-SF-02, PCO-SF-03.
#[rstest]
#[case(Registered::Nothing)]
#[case(Registered::Other(Differs::Slash))]
#[case(Registered::Other(Differs::Path))]
fn snowflake_shows_its_mismatch_and_issues_no_code(#[case] registered: Registered) {
    let (reply, mut provider) = page(Knobs::of(Personality::Snowflake).registering(registered));
    assert_eq!(header(&reply, "location"), None);
    assert_eq!(code_of(&text_of(reply)), Some("snowflake-redirect-mismatch"));
    assert_eq!(provider.issued.len(), 3, "secrets and no code");
    provider.knobs.registered = Registered::Callback;
    assert_eq!(handed(&provider.authorize(&authorization(&provider, "refresh_token"))).len(), 2);
}

#[test]
fn snowflake_rejects_the_scope_of_others() {
    let mut provider = provider(Knobs::of(Personality::Snowflake));
    let told =
        handed(&provider.authorize(&authorization(&provider, "refresh_token offline_access")));
    assert_eq!(told[0], ("error".to_owned(), "invalid_scope".to_owned()));
    assert_eq!(told[2].0, "state");
    assert_eq!(provider.said.as_deref(), Some("The requested scope is invalid."));
}

#[rstest]
#[case("response_type", "token", "unsupported_response_type")]
#[case("code_challenge_method", "plain", "invalid_request")]
fn other_faults_come_back_on_the_redirect(
    #[case] name: &str,
    #[case] value: &str,
    #[case] error: &str,
) {
    let mut provider = provider(Knobs::of(Personality::Keycloak));
    let mut call = authorization(&provider, "openid");
    for (own, text) in &mut call.parameters {
        if own == name {
            value.clone_into(text);
        }
    }
    assert_eq!(handed(&provider.authorize(&call))[0].1, error);
}

#[test]
fn a_parameter_twice_is_a_fault_and_an_unknown_client_gets_a_page() {
    let mut provider = provider(Knobs::of(Personality::Keycloak));
    let mut call = authorization(&provider, "openid");
    call.parameters.push(("state".to_owned(), "x".to_owned()));
    assert_eq!(handed(&provider.authorize(&call))[0].1, "invalid_request");
    call.parameters[1].1 = "stranger".to_owned();
    assert_eq!(header(&provider.authorize(&call), "location"), None);
}
