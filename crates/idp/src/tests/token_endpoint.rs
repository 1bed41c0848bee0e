//! Codes and refresh tokens for access tokens, and what each provider says of a fault.

use super::*;

#[rstest]
#[case(Personality::Entra, "offline_access", true)]
#[case(Personality::Entra, "openid", false)]
#[case(Personality::Snowflake, "refresh_token session:role:ANALYST", true)]
#[case(Personality::Snowflake, "session:role:ANALYST", false)]
#[case(Personality::Keycloak, "openid", true)]
#[case(Personality::GithubOauthApp, "repo offline_access", false)]
#[case(Personality::GithubApp, "", true)]
fn refresh_tokens_come_by_the_rules_of_each(
    #[case] of: Personality,
    #[case] scope: &str,
    #[case] comes: bool,
) {
    let (status, body) = login(&mut provider(Knobs::of(of)), scope);
    assert_eq!((status, body.get("refresh_token").is_some()), (200, comes), "{body}");
    assert!(body["access_token"].is_string() && body["token_type"].is_string());
    assert_eq!(body.get("expires_in").is_some(), of != Personality::GithubOauthApp);
}

#[rstest]
#[case(Refresh::Null, Some(Value::Null))]
#[case(Refresh::Empty, Some("".into()))]
#[case(Refresh::Never, None)]
fn a_refresh_token_is_withheld_in_three_ways(
    #[case] refresh: Refresh,
    #[case] member: Option<Value>,
) {
    let (_, body) =
        login(&mut provider(Knobs::of(Personality::Keycloak).refreshing(refresh)), "openid");
    assert_eq!(body.get("refresh_token"), member.as_ref());
}

#[test]
fn codes_count_once_and_only_as_asked_for() {
    let mut provider = provider(Knobs::of(Personality::Keycloak));
    let secret = provider.secret(Secret::Current);
    let first = code(&mut provider, "openid");
    let good = redemption(&provider, &secret, &first);
    assert_eq!(json(provider.token(&good)).0, 200);
    assert_eq!(json(provider.token(&good)).1["error"], "invalid_grant");
    for (place, value) in
        [(2, "http://127.0.0.1:3939/__oauth__/integrations/callback/"), (3, CHALLENGE)]
    {
        let code = code(&mut provider, "openid");
        let mut bad = redemption(&provider, &secret, &code);
        bad.parameters[place].1 = value.to_owned();
        assert_eq!(json(provider.token(&bad)).1["error"], "invalid_grant");
    }
    let code = code(&mut provider, "openid");
    let mut without = redemption(&provider, &secret, &code);
    without.parameters.remove(3);
    assert_eq!(json(provider.token(&without)).1["error"], "invalid_grant");
}

#[test]
fn a_client_may_prove_itself_by_header() {
    let mut provider = provider(Knobs::of(Personality::Entra));
    let (client, secret) =
        (provider.client_id(), provider.secret(Secret::Current).replace('~', "%7E"));
    let code = code(&mut provider, "offline_access");
    let mut call = redemption(&provider, "", &code);
    call.parameters.truncate(4);
    call.authorization = Some(format!("Basic {}", STANDARD.encode(format!("{client}:{secret}"))));
    assert_eq!(json(provider.token(&call)).0, 200);
    assert_eq!(provider.holds(Seen::ClientAuth(ClientAuth::Basic)), Ok(()));
    assert!(provider.holds(Seen::ClientAuth(ClientAuth::Post)).is_err());
}

#[test]
fn refreshing_rotates_where_it_should() {
    for (personality, rotates) in [(Personality::GithubApp, true), (Personality::Snowflake, false)]
    {
        let mut provider = provider(Knobs::of(personality));
        let (_, body) = login(&mut provider, "refresh_token");
        let (secret, old) =
            (provider.secret(Secret::Current), body["refresh_token"].as_str().unwrap().to_owned());
        let (_, fresh) = json(provider.token(&refreshing(&provider, &secret, &old)));
        assert_ne!(fresh["access_token"], body["access_token"]);
        assert_eq!(fresh.get("refresh_token").is_some(), rotates);
        let (_, again) = json(provider.token(&refreshing(&provider, &secret, &old)));
        assert_eq!(
            again.get("error").is_some(),
            rotates,
            "the old one counts where there is no new one"
        );
    }
}

/// PCO-AZ-06, PCO-AZ-15.
#[rstest]
#[case(Secrets::First, Secret::Wrong, "AADSTS7000215")]
#[case(Secrets::First, Secret::Id, "AADSTS7000215")]
#[case(Secrets::Replaced, Secret::Wrong, "AADSTS7000215")]
fn entra_tells_wrong_secrets(
    #[case] secrets: Secrets,
    #[case] sent: Secret,
    #[case] expected: &str,
    #[values(true, false)] lines: bool,
) {
    let mut knobs = Knobs::of(Personality::Entra).taking(secrets);
    knobs.trailer_in_lines = lines;
    let mut provider = provider(knobs);
    let code = code(&mut provider, "offline_access");
    let reply = provider.token(&redemption(&provider, &provider.secret(sent), &code));
    assert_entra(&provider, reply, expected, lines);
}

/// PCO-AZ-15.
#[test]
fn entra_tells_expired_secrets_from_wrong_ones() {
    let mut provider = provider(Knobs::of(Personality::Entra));
    let first = provider.secret(Secret::Current);
    let (_, body) = login(&mut provider, "offline_access");
    provider.knobs.secrets = Secrets::FirstExpired;
    let old = body["refresh_token"].as_str().unwrap().to_owned();
    let reply = provider.token(&refreshing(&provider, &first, &old));
    assert_entra(&provider, reply, "AADSTS7000222", false);
    let second = provider.secret(Secret::Current);
    assert_ne!(first, second);
    assert_eq!(json(provider.token(&refreshing(&provider, &second, &old))).0, 200);
}

fn assert_entra(provider: &Provider, reply: Reaction, expected: &str, lines: bool) {
    let request = header(&reply, "x-ms-request-id");
    assert_eq!(header(&reply, "cache-control").as_deref(), Some("no-store"));
    assert_eq!(header(&reply, "content-type").as_deref(), Some("application/json; charset=utf-8"));
    let (status, body) = json(reply);
    let description = body["error_description"].as_str().unwrap();
    assert_eq!((status, body["error"].as_str()), (401, Some("invalid_client")));
    assert_eq!(code_of(description), Some(expected));
    assert!(description.contains(&format!("'{}'", provider.client_id())), "{description}");
    assert!(description.contains(if lines { "\r\nTrace ID: " } else { ". Trace ID: " }));
    assert_eq!(
        body["error_codes"][0].as_u64().map(|number| format!("AADSTS{number}")).as_deref(),
        Some(expected)
    );
    assert_eq!(
        (body["trace_id"].as_str(), body["timestamp"].as_str()),
        (request.as_deref(), Some("2023-11-14 22:13:20Z"))
    );
    assert_eq!(provider.said.as_deref(), Some(description));
}

#[rstest]
#[case(Personality::Keycloak, 401, "error", "unauthorized_client", Some("keycloak-refresh"))]
#[case(Personality::Snowflake, 400, "error", "invalid_client", None)]
#[case(Personality::GithubApp, 200, "error", "incorrect_client_credentials", None)]
fn the_others_tell_a_wrong_secret_in_their_own_shape(
    #[case] of: Personality,
    #[case] status: u16,
    #[case] member: &str,
    #[case] error: &str,
    #[case] text: Option<&str>,
) {
    let mut provider = provider(Knobs::of(of));
    let code = code(&mut provider, "openid");
    let wrong = provider.secret(Secret::Wrong);
    let (seen, body) = json(provider.token(&redemption(&provider, &wrong, &code)));
    assert_eq!((seen, body[member].as_str()), (status, Some(error)));
    assert_eq!(code_of(provider.said.as_deref().unwrap()), text);
    let named = if of == Personality::Snowflake { "message" } else { "error_description" };
    assert_eq!(body[named].as_str(), provider.said.as_deref());
}

#[test]
fn keycloak_tells_an_unknown_client_and_an_ended_session_apart() {
    for (fault, status, error) in [
        (Failure::UnknownClient, 401, "invalid_client"),
        (Failure::GrantEnded, 400, "invalid_grant"),
    ] {
        let mut provider =
            provider(Knobs::of(Personality::Keycloak).failing(At::Redemption, fault));
        let (seen, body) = login(&mut provider, "openid");
        assert_eq!((seen, body["error"].as_str()), (status, Some(error)));
    }
}

#[test]
fn github_answers_as_a_form_unless_asked_for_json() {
    for personality in [Personality::GithubOauthApp, Personality::GithubApp] {
        let mut provider = provider(Knobs::of(personality));
        let (code, secret) = (code(&mut provider, "repo"), provider.secret(Secret::Current));
        let mut call = redemption(&provider, &secret, &code);
        call.accept = None;
        let good = text_of(provider.token(&call));
        let prefix = if personality == Personality::GithubApp { "ghu_" } else { "gho_" };
        assert!(
            good.starts_with(&format!("access_token={prefix}"))
                && good.ends_with("&token_type=bearer"),
            "{good}"
        );
        let (status, _, bad) = http(provider.token(&call));
        assert_eq!(
            (status, bad.starts_with("error=bad_verification_code&error_description=The+code")),
            (200, true)
        );
    }
}

#[test]
fn faults_take_the_place_of_answers_only_when_they_should() {
    let mut provider =
        provider(Knobs::of(Personality::Keycloak).failing(At::Refresh, Failure::Closes));
    let (status, body) = login(&mut provider, "openid");
    assert_eq!(status, 200);
    let (secret, token) =
        (provider.secret(Secret::Current), body["refresh_token"].as_str().unwrap().to_owned());
    assert_eq!(provider.token(&refreshing(&provider, &secret, &token)), Reaction::Closes);
    provider.knobs.fault = Some((At::Refresh, Failure::Stalls));
    assert_eq!(provider.token(&refreshing(&provider, &secret, &token)), Reaction::Stalls);
    provider.knobs.fault = Some((At::Refresh, Failure::EchoesSecret));
    assert!(text_of(provider.token(&refreshing(&provider, &secret, &token))).contains(&secret));
    provider.knobs.fault = Some((At::Refresh, Failure::Truncated));
    let half = text_of(provider.token(&refreshing(&provider, &secret, &token)));
    assert!(half.starts_with('{') && serde_json::from_str::<Value>(&half).is_err());
    provider.knobs.fault = Some((At::Refresh, Failure::Huge));
    assert!(text_of(provider.token(&refreshing(&provider, &secret, &token))).len() > 1 << 20);
}

#[test]
fn nobody_fills_its_memory() {
    let mut provider = provider(Knobs::of(Personality::Keycloak));
    let calls = std::iter::repeat_n(call(&[]), 2 * CALLS);
    let closed = calls.filter(|call| provider.token(call) == Reaction::Closes).count();
    assert_eq!((closed, provider.journal.len()), (CALLS, CALLS));
}
