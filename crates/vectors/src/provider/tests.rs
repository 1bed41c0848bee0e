//! Each requirement that the provider speaks, on the provider of ours.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rstest::rstest;
use serde_json::Value;
use url::form_urlencoded;

use super::*;
use crate::texts::code_of;

const CALLBACK: &str = "http://127.0.0.1:3939/__oauth__/integrations/callback";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// RFC 7636, appendix B.
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

const EVERY: [Personality; 5] = [
    Personality::Entra,
    Personality::Snowflake,
    Personality::Keycloak,
    Personality::GithubOauthApp,
    Personality::GithubApp,
];

fn provider(knobs: Knobs) -> Provider {
    Provider::new(knobs, "case-1", CALLBACK)
}

fn call(parameters: &[(&str, &str)]) -> Call {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Call {
        parameters: parameters.iter().map(own).collect(),
        authorization: None,
        accept: Some("application/json".to_owned()),
    }
}

fn authorization(provider: &Provider, scope: &str) -> Call {
    call(&[
        ("response_type", "code"),
        ("client_id", &provider.client_id()),
        ("redirect_uri", CALLBACK),
        ("scope", scope),
        ("state", "0123456789abcdef0123456789abcdef"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ])
}

fn redemption(provider: &Provider, secret: &str, code: &str) -> Call {
    call(&[
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
        ("client_id", &provider.client_id()),
        ("client_secret", secret),
    ])
}

fn refreshing(provider: &Provider, secret: &str, token: &str) -> Call {
    call(&[
        ("grant_type", "refresh_token"),
        ("refresh_token", token),
        ("client_id", &provider.client_id()),
        ("client_secret", secret),
    ])
}

fn http(reply: Reply) -> (u16, Vec<(&'static str, String)>, String) {
    match reply {
        Reply::Http { status, headers, body } => (status, headers, body),
        other => panic!("{other:?}"),
    }
}

fn header(reply: &Reply, name: &str) -> Option<String> {
    let Reply::Http { headers, .. } = reply else { return None };
    headers.iter().find(|(own, _)| *own == name).map(|(_, value)| value.clone())
}

fn json(reply: Reply) -> (u16, Value) {
    let (status, _, body) = http(reply);
    (status, serde_json::from_str(&body).unwrap())
}

/// The parameters a redirect hands to the callback.
fn handed(reply: &Reply) -> Vec<(String, String)> {
    let location = header(reply, "location").expect("a redirect");
    let query = location.strip_prefix(&format!("{CALLBACK}?")).expect("to the callback");
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

fn code(provider: &mut Provider, scope: &str) -> String {
    let handed = handed(&provider.authorize(&authorization(provider, scope)));
    handed.into_iter().find(|(name, _)| name == "code").expect("a code").1
}

fn login(provider: &mut Provider, scope: &str) -> (u16, Value) {
    let code = code(provider, scope);
    let secret = provider.secret(Secret::Current);
    json(provider.token(&redemption(provider, &secret, &code)))
}

fn page(knobs: Knobs) -> (Reply, Provider) {
    let mut provider = provider(knobs);
    let reply = provider.authorize(&authorization(&provider, "openid"));
    (reply, provider)
}

fn text_of(reply: Reply) -> String {
    http(reply).2
}

mod authorization_page {
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
        let (reply, mut provider) = page(Knobs::of(Personality::Entra).registering(Registered::Nothing));
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
        let (reply, mut provider) = page(Knobs::of(Personality::Entra).registering(Registered::Other(differs)));
        assert_eq!(header(&reply, "location"), None);
        let text = text_of(reply);
        assert_eq!(code_of(&text), Some("AADSTS50011"));
        assert!(text.contains(&format!("&#39;{CALLBACK}&#39;")) && text.contains(&provider.client_id()), "{text}");
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
        let told = handed(&provider.authorize(&authorization(&provider, "refresh_token offline_access")));
        assert_eq!(told[0], ("error".to_owned(), "invalid_scope".to_owned()));
        assert_eq!(told[2].0, "state");
        assert_eq!(provider.said.as_deref(), Some("The requested scope is invalid."));
    }

    #[rstest]
    #[case("response_type", "token", "unsupported_response_type")]
    #[case("code_challenge_method", "plain", "invalid_request")]
    fn other_faults_come_back_on_the_redirect(#[case] name: &str, #[case] value: &str, #[case] error: &str) {
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
}

mod token_endpoint {
    use super::*;

    #[rstest]
    #[case(Personality::Entra, "offline_access", true)]
    #[case(Personality::Entra, "openid", false)]
    #[case(Personality::Snowflake, "refresh_token session:role:ANALYST", true)]
    #[case(Personality::Snowflake, "session:role:ANALYST", false)]
    #[case(Personality::Keycloak, "openid", true)]
    #[case(Personality::GithubOauthApp, "repo offline_access", false)]
    #[case(Personality::GithubApp, "", true)]
    fn refresh_tokens_come_by_the_rules_of_each(#[case] of: Personality, #[case] scope: &str, #[case] comes: bool) {
        let (status, body) = login(&mut provider(Knobs::of(of)), scope);
        assert_eq!((status, body.get("refresh_token").is_some()), (200, comes), "{body}");
        assert!(body["access_token"].is_string() && body["token_type"].is_string());
        assert_eq!(body.get("expires_in").is_some(), of != Personality::GithubOauthApp);
    }

    #[rstest]
    #[case(Refresh::Null, Some(Value::Null))]
    #[case(Refresh::Empty, Some("".into()))]
    #[case(Refresh::Never, None)]
    fn a_refresh_token_is_withheld_in_three_ways(#[case] refresh: Refresh, #[case] member: Option<Value>) {
        let (_, body) = login(&mut provider(Knobs::of(Personality::Keycloak).refreshing(refresh)), "openid");
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
        for (place, value) in [(2, "http://127.0.0.1:3939/__oauth__/integrations/callback/"), (3, CHALLENGE)] {
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
        let (client, secret) = (provider.client_id(), provider.secret(Secret::Current).replace('~', "%7E"));
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
        for (personality, rotates) in [(Personality::GithubApp, true), (Personality::Snowflake, false)] {
            let mut provider = provider(Knobs::of(personality));
            let (_, body) = login(&mut provider, "refresh_token");
            let (secret, old) = (provider.secret(Secret::Current), body["refresh_token"].as_str().unwrap().to_owned());
            let (_, fresh) = json(provider.token(&refreshing(&provider, &secret, &old)));
            assert_ne!(fresh["access_token"], body["access_token"]);
            assert_eq!(fresh.get("refresh_token").is_some(), rotates);
            let (_, again) = json(provider.token(&refreshing(&provider, &secret, &old)));
            assert_eq!(again.get("error").is_some(), rotates, "the old one counts where there is no new one");
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

    fn assert_entra(provider: &Provider, reply: Reply, expected: &str, lines: bool) {
        let request = header(&reply, "x-ms-request-id");
        assert_eq!(header(&reply, "cache-control").as_deref(), Some("no-store"));
        assert_eq!(header(&reply, "content-type").as_deref(), Some("application/json; charset=utf-8"));
        let (status, body) = json(reply);
        let description = body["error_description"].as_str().unwrap();
        assert_eq!((status, body["error"].as_str()), (401, Some("invalid_client")));
        assert_eq!(code_of(description), Some(expected));
        assert!(description.contains(&format!("'{}'", provider.client_id())), "{description}");
        assert!(description.contains(if lines { "\r\nTrace ID: " } else { ". Trace ID: " }));
        assert_eq!(body["error_codes"][0].as_u64().map(|number| format!("AADSTS{number}")).as_deref(), Some(expected));
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
        for (fault, status, error) in
            [(Fault::UnknownClient, 401, "invalid_client"), (Fault::GrantEnded, 400, "invalid_grant")]
        {
            let mut provider = provider(Knobs::of(Personality::Keycloak).failing(At::Redemption, fault));
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
                good.starts_with(&format!("access_token={prefix}")) && good.ends_with("&token_type=bearer"),
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
        let mut provider = provider(Knobs::of(Personality::Keycloak).failing(At::Refresh, Fault::Closes));
        let (status, body) = login(&mut provider, "openid");
        assert_eq!(status, 200);
        let (secret, token) = (provider.secret(Secret::Current), body["refresh_token"].as_str().unwrap().to_owned());
        assert_eq!(provider.token(&refreshing(&provider, &secret, &token)), Reply::Closes);
        provider.knobs.fault = Some((At::Refresh, Fault::Stalls));
        assert_eq!(provider.token(&refreshing(&provider, &secret, &token)), Reply::Stalls);
        provider.knobs.fault = Some((At::Refresh, Fault::EchoesSecret));
        assert!(text_of(provider.token(&refreshing(&provider, &secret, &token))).contains(&secret));
        provider.knobs.fault = Some((At::Refresh, Fault::Truncated));
        let half = text_of(provider.token(&refreshing(&provider, &secret, &token)));
        assert!(half.starts_with('{') && serde_json::from_str::<Value>(&half).is_err());
        provider.knobs.fault = Some((At::Refresh, Fault::Huge));
        assert!(text_of(provider.token(&refreshing(&provider, &secret, &token))).len() > 1 << 20);
    }

    #[test]
    fn nobody_fills_its_memory() {
        let mut provider = provider(Knobs::of(Personality::Keycloak));
        let calls = std::iter::repeat_n(call(&[]), 2 * CALLS);
        let closed = calls.filter(|call| provider.token(call) == Reply::Closes).count();
        assert_eq!((closed, provider.journal.len()), (CALLS, CALLS));
    }
}

mod resource {
    use super::*;

    /// PCO-AZ-01.
    #[test]
    fn takes_a_token_of_the_right_scope_alone() {
        let mut knobs = Knobs::of(Personality::Entra);
        knobs.resource_scope = Some("2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default");
        let mut provider = provider(knobs);
        let (_, wrong) = login(&mut provider, "https://graph.microsoft.com/User.Read offline_access");
        let reply = provider.resource(wrong["access_token"].as_str());
        assert!(header(&reply, "x-databricks-reason-phrase").is_some());
        let (status, body) = json(reply);
        assert_eq!((status, body["error_code"].as_i64()), (400, Some(400)));
        assert_eq!(code_of(body["message"].as_str().unwrap()), Some("signature-mismatch"));
        let (_, right) = login(&mut provider, "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default offline_access");
        assert_eq!(json(provider.resource(right["access_token"].as_str())).0, 200);
        assert_eq!(json(provider.resource(Some("stranger"))).0, 401);
        assert_eq!(json(provider.resource(None)).0, 401);
    }
}

mod what_the_journal_shows {
    use super::*;

    #[test]
    fn a_conforming_login() {
        let mut provider = provider(Knobs::of(Personality::Entra));
        for seen in [Seen::RedirectUri, Seen::Pkce, Seen::NoPkce, Seen::State, Seen::Scopes("")] {
            assert!(provider.holds(seen).unwrap_err().contains("not asked"), "nothing proves nothing");
        }
        let (_, body) = login(&mut provider, "a offline_access");
        let token = body["refresh_token"].as_str().unwrap().to_owned();
        provider.token(&refreshing(&provider, &provider.secret(Secret::Current), &token));
        let holding = [
            Seen::Authorized(1),
            Seen::Redeemed(1),
            Seen::Refreshed(1),
            Seen::RedirectUri,
            Seen::Scopes("offline_access a"),
            Seen::Pkce,
            Seen::State,
            Seen::ClientAuth(ClientAuth::Post),
        ];
        for seen in holding {
            assert_eq!(provider.holds(seen), Ok(()), "{seen:?}");
        }
        for seen in [Seen::Authorized(0), Seen::Redeemed(2), Seen::Refreshed(0), Seen::Scopes("a"), Seen::NoPkce] {
            assert!(provider.holds(seen).is_err(), "{seen:?}");
        }
    }

    #[rstest]
    #[case(2, "http://127.0.0.1:3939/__oauth__/integrations/callback/", Seen::RedirectUri)]
    #[case(4, "short", Seen::State)]
    #[case(5, "another", Seen::Pkce)]
    #[case(6, "plain", Seen::Pkce)]
    fn a_faulty_authorization(#[case] place: usize, #[case] value: &str, #[case] seen: Seen) {
        let mut provider = provider(Knobs::of(Personality::Entra));
        let mut call = authorization(&provider, "a");
        call.parameters[place].1 = value.to_owned();
        provider.authorize(&call);
        provider.token(&redemption(&provider, "x", "y"));
        assert!(provider.holds(seen).is_err());
    }

    #[test]
    fn a_state_used_twice() {
        let mut provider = provider(Knobs::of(Personality::Entra));
        let call = authorization(&provider, "a");
        provider.authorize(&call);
        assert_eq!(provider.holds(Seen::State), Ok(()));
        provider.authorize(&call);
        assert!(provider.holds(Seen::State).unwrap_err().contains("same state"));
    }

    #[test]
    fn authentication_by_both_ways_at_once() {
        let mut provider = provider(Knobs::of(Personality::Entra));
        let mut call = redemption(&provider, "x", "y");
        call.authorization = Some("Basic eDp5".to_owned());
        provider.token(&call);
        assert!(provider.holds(Seen::ClientAuth(ClientAuth::Post)).is_err());
        assert!(provider.holds(Seen::ClientAuth(ClientAuth::Basic)).is_err());
    }
}

#[test]
fn strings_are_the_same_for_the_same_tag_and_differ_for_others() {
    let knobs = Knobs::of(Personality::Entra);
    let of = |tag: &str| {
        let mut provider = Provider::new(knobs.clone(), tag, CALLBACK);
        (login(&mut provider, "offline_access"), provider.issued)
    };
    assert_eq!(of("a"), of("a"));
    let (a, b) = (of("a").1, of("b").1);
    assert!(a.iter().all(|text| !b.contains(text)));
}
