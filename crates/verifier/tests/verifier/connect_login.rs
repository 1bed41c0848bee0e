//! Logins at an integration: what is asked of the provider, and what comes of its answers.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use claimproof_verifier::posit_connect::{Effect, Event, ProviderAnswer, Violation};
use rstest::rstest;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::connect_world::{ADDRESS, SECRET, World, ask, member, parameter, refused, token};

const CALLBACK: &str = "https://connect.example/__oauth__/integrations/callback";
const NO_REFRESH_TOKEN: &str = "No refresh token found in response. Refresh tokens are required to update access \
    tokens when they expire. Are you missing the offline_access scope in the OAuth integration configuration?";

#[test]
fn the_authorization_request_is_as_configured() {
    let (mut world, integration) = World::associated();
    let url = world.begin("viewer.a", &integration);
    assert_eq!((url.host_str(), url.path()), (Some("idp.example"), "/authorize"));
    let get = |name| parameter(&url, name);
    assert_eq!(get("tenant").as_deref(), Some("1"), "the page's own query stays");
    assert_eq!(get("response_type").as_deref(), Some("code"));
    assert_eq!(get("client_id").as_deref(), Some("client-1"));
    assert_eq!(get("redirect_uri").as_deref(), Some(CALLBACK));
    assert_eq!(get("scope").as_deref(), Some("openid offline_access"));
    assert_eq!(get("code_challenge_method").as_deref(), Some("S256"));
    assert_eq!(get("state").map(|state| state.len()), Some(43));
    assert_ne!(get("state"), parameter(&world.begin("viewer.a", &integration), "state"));
}

#[test]
fn the_verifier_of_the_redemption_hashes_to_the_challenge() {
    let (mut world, integration) = World::associated();
    let url = world.begin("viewer.a", &integration);
    let state = parameter(&url, "state").unwrap();
    let (_, request) = ask(world.call_back("viewer.a", &[("state", &state), ("code", "c")]));
    let verifier = member(&request, "code_verifier").unwrap();
    assert!((43..=128).contains(&verifier.len()), "RFC 7636 section 4.1");
    let hashed = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier));
    assert_eq!(parameter(&url, "code_challenge"), Some(hashed));
    assert_eq!(member(&request, "redirect_uri"), Some(CALLBACK));
    assert_eq!(member(&request, "grant_type"), Some("authorization_code"));
    assert_eq!(member(&request, "code"), Some("c"));
}

#[test]
fn without_pkce_neither_challenge_nor_verifier_is_sent() {
    let mut world = World::empty();
    let integration = world.integrate(&json!({ "use_pkce": "false" }));
    assert_eq!(parameter(&world.begin("viewer.a", &integration), "code_challenge"), None);
    assert_eq!(member(&world.redeem("viewer.a", &integration).1, "code_verifier"), None);
}

#[test]
fn the_client_proves_itself_as_configured() {
    let mut world = World::empty();
    let basic = world.integrate(&json!({ "client_secret": "a+b c" }));
    let (_, request) = world.redeem("viewer.a", &basic);
    let sent = format!("Basic {}", STANDARD.encode("client-1:a%2Bb+c"));
    assert_eq!(request.authorization.as_deref(), Some(sent.as_str()), "RFC 6749 section 2.3.1");
    assert_eq!(member(&request, "client_secret"), None);
    let post = world.integrate(&json!({ "token_endpoint_auth_method": "client_secret_post" }));
    let (_, request) = world.redeem("viewer.a", &post);
    assert_eq!(
        (request.authorization.as_deref(), member(&request, "client_secret")),
        (None, Some(SECRET))
    );
    let public = world.integrate(&json!({ "auth_mode": "Public" }));
    let (_, request) = world.redeem("viewer.a", &public);
    assert_eq!((request.authorization.as_deref(), member(&request, "client_secret")), (None, None));
    assert_eq!(member(&request, "client_id"), Some("client-1"));
}

#[rstest]
#[case::missing(&[("code", "c")], Violation::StateUnknown)]
#[case::empty(&[("state", ""), ("code", "c")], Violation::StateUnknown)]
#[case::nobodys(&[("state", "never-begun"), ("code", "c")], Violation::StateUnknown)]
#[case::twice(&[("state", "x"), ("state", "x"), ("code", "c")], Violation::ParameterRepeated("state"))]
#[case::code_twice(&[("state", "x"), ("code", "c"), ("code", "d")], Violation::ParameterRepeated("code"))]
fn a_callback_that_belongs_to_no_login_asks_nothing(
    #[case] query: &[(&str, &str)],
    #[case] violation: Violation,
) {
    let (mut world, integration) = World::associated();
    world.begin("viewer.a", &integration);
    assert_eq!(refused(world.call_back("viewer.a", query)).violation, violation);
    assert!(world.state.asked.is_empty() && world.state.sessions.is_empty());
}

#[test]
fn a_state_counts_once_for_its_viewer_within_its_time() {
    let (mut world, integration) = World::associated();
    let begin =
        |world: &mut World| parameter(&world.begin("viewer.a", &integration), "state").unwrap();
    let state = begin(&mut world);
    let query = [("state", state.as_str()), ("code", "c")];
    assert_eq!(refused(world.call_back("viewer.b", &query)).violation, Violation::StateForeign);
    let nobody = Event::Callback {
        viewer: None,
        query: vec![("state".into(), state.clone()), ("code".into(), "c".into())],
    };
    assert_eq!(refused(world.step(nobody)).violation, Violation::StateForeign);
    ask(world.call_back("viewer.a", &query));
    assert_eq!(refused(world.call_back("viewer.a", &query)).violation, Violation::StateUsed);

    let state = begin(&mut world);
    let altered = state.replace(|c: char| c.is_ascii_lowercase(), "z");
    let refusal = refused(world.call_back("viewer.a", &[("state", &altered), ("code", "c")]));
    assert_eq!(refusal.violation, Violation::StateUnknown);
    ask(world.call_back("viewer.a", &[("state", &state), ("code", "c")]));

    let state = begin(&mut world);
    world.now += world.flow.policy.login_life;
    let refusal = refused(world.call_back("viewer.a", &[("state", &state), ("code", "c")]));
    assert_eq!(refusal.violation, Violation::StateStale);
}

/// A callback without code uses the state up as well.
#[test]
fn a_state_is_used_up_by_whatever_comes_with_it() {
    let (mut world, integration) = World::associated();
    let state = parameter(&world.begin("viewer.a", &integration), "state").unwrap();
    assert_eq!(
        refused(world.call_back("viewer.a", &[("state", &state)])).violation,
        Violation::CodeMissing
    );
    let refusal = refused(world.call_back("viewer.a", &[("state", &state), ("code", "c")]));
    assert_eq!(refusal.violation, Violation::StateUsed);
}

#[test]
fn open_logins_are_bounded() {
    let (mut world, integration) = World::associated();
    world.flow.policy.max_logins = 3;
    let first = parameter(&world.begin("viewer.a", &integration), "state").unwrap();
    for _ in 0..5 {
        world.begin("viewer.a", &integration);
    }
    assert_eq!(world.state.logins.len(), 3);
    let refusal = refused(world.call_back("viewer.a", &[("state", &first), ("code", "c")]));
    assert_eq!(refusal.violation, Violation::StateUnknown);
}

#[test]
fn a_login_is_forgotten_when_its_time_is_over() {
    let (mut world, integration) = World::associated();
    let life = world.flow.policy.login_life;
    for (now, open) in [(0, 1), (life - 1, 2), (life, 2), (2 * life - 1, 2), (2 * life, 2)] {
        world.now = super::connect_world::NOW + now;
        world.begin("viewer.a", &integration);
        assert_eq!(world.state.logins.len(), open, "{now} s on");
    }
}

#[test]
fn an_error_of_the_provider_shows_name_and_description() {
    let (mut world, integration) = World::associated();
    let state = parameter(&world.begin("viewer.a", &integration), "state").unwrap();
    let query = [
        ("state", state.as_str()),
        ("error", "invalid_scope"),
        ("error_description", "no such\r\nscope"),
        ("code", "c"),
    ];
    let refusal = refused(world.call_back("viewer.a", &query));
    assert_eq!(
        (refusal.step, refusal.violation.text().as_ref()),
        ("provider_agreed", "invalid_scope: no such  scope")
    );
    assert!(world.state.asked.is_empty());
}

#[test]
fn a_login_ends_in_one_session() {
    let (mut world, integration) = World::associated();
    for access in ["one", "two"] {
        let effect = world.log_in("viewer.a", &integration, &token(access, "r", &json!(60)));
        assert!(matches!(effect, Effect::LoggedIn { back: None }), "{effect:?}");
    }
    assert_eq!(world.state.sessions.len(), 1, "the later login takes the earlier one's place");
    assert!(world.state.asked.is_empty());
}

/// A session is of one viewer at one integration.
#[test]
fn a_login_leaves_the_sessions_of_others_alone() {
    let (mut world, first) = World::associated();
    let second = world.integrate(&json!({ "client_id": "client-2" }));
    let answer = token("a", "r", &json!(60));
    for (viewer, integration) in [("viewer.a", &first), ("viewer.b", &first), ("viewer.a", &second)]
    {
        assert!(matches!(world.log_in(viewer, integration, &answer), Effect::LoggedIn { .. }));
    }
    assert_eq!(world.state.sessions.len(), 3);
    for (viewer, integration) in [("viewer.a", &first), ("viewer.b", &first), ("viewer.a", &second)]
    {
        assert!(
            world.state.session(&world.viewer(viewer), integration).is_some(),
            "{viewer} at {integration}"
        );
    }
}

/// 256 bits each, and new ones for every login.
#[test]
fn state_and_verifier_are_unguessable_and_never_the_same() {
    let (mut world, integration) = World::associated();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..3 {
        let state = parameter(&world.begin("viewer.a", &integration), "state").unwrap();
        let (_, request) = ask(world.call_back("viewer.a", &[("state", &state), ("code", "c")]));
        let verifier = member(&request, "code_verifier").unwrap().to_owned();
        for text in [state, verifier] {
            assert_eq!(text.len(), 43, "{text}");
            assert!(seen.insert(text));
        }
    }
}

#[rstest]
#[case::absent(json!({ "access_token": "a", "token_type": "Bearer" }))]
#[case::null(json!({ "access_token": "a", "refresh_token": null }))]
#[case::empty(json!({ "access_token": "a", "refresh_token": "" }))]
#[case::number(json!({ "access_token": "a", "refresh_token": 7 }))]
fn without_a_refresh_token_no_session_remains(#[case] answer: Value) {
    let (mut world, integration) = World::associated();
    let refusal = refused(world.log_in("viewer.a", &integration, &answer));
    assert_eq!(
        (refusal.step, refusal.violation.text().as_ref()),
        ("refresh_token_present", NO_REFRESH_TOKEN)
    );
    assert!(world.state.sessions.is_empty());
}

#[rstest]
#[case::keycloak(
    401,
    r#"{"error":"unauthorized_client","error_description":"Invalid client or Invalid client credentials"}"#,
    "redemption_status",
    "unauthorized_client: Invalid client or Invalid client credentials"
)]
#[case::github(
    200,
    r#"{"error":"bad_verification_code","error_description":"The code is incorrect.","error_uri":"u"}"#,
    "redemption_without_error",
    "bad_verification_code: The code is incorrect."
)]
#[case::snowflake(
    400,
    r#"{"data":null,"error":"invalid_client","code":null,"message":"This is an invalid client.","success":false}"#,
    "redemption_status",
    "invalid_client: This is an invalid client."
)]
#[case::bare(400, "", "redemption_status", "The OAuth provider answered with HTTP status 400.")]
#[case::page(
    502,
    "<html>Bad Gateway</html>",
    "redemption_status",
    "The OAuth provider answered with HTTP status 502."
)]
#[case::redirect(302, "", "redemption_status", "The OAuth provider answered with HTTP status 302.")]
#[case::error_object(
    200,
    r#"{"error":{"code":1},"access_token":"a","refresh_token":"r"}"#,
    "redemption_without_error",
    "The OAuth provider answered with HTTP status 200."
)]
#[case::html(
    200,
    "<html>access_token</html>",
    "redemption_is_token",
    "The OAuth provider's answer cannot be understood."
)]
#[case::form(
    200,
    "access_token=a&refresh_token=r",
    "redemption_is_token",
    "The OAuth provider's answer cannot be understood."
)]
#[case::truncated(
    200,
    r#"{"access_token":"a","refresh_to"#,
    "redemption_is_token",
    "The OAuth provider's answer cannot be understood."
)]
#[case::list(
    200,
    r#"[{"access_token":"a"}]"#,
    "redemption_is_token",
    "The OAuth provider's answer cannot be understood."
)]
#[case::null(
    200,
    "null",
    "redemption_is_token",
    "The OAuth provider's answer cannot be understood."
)]
#[case::no_token(
    200,
    r#"{"access_token":"","refresh_token":"r"}"#,
    "redemption_is_token",
    "The OAuth provider's answer cannot be understood."
)]
#[case::kind(
    200,
    r#"{"access_token":"a","refresh_token":"r","token_type":"mac"}"#,
    "redemption_bearer",
    "The OAuth provider issued a token that is no bearer token."
)]
fn what_is_no_token_makes_no_session(
    #[case] status: u16,
    #[case] body: &str,
    #[case] step: &str,
    #[case] text: &str,
) {
    let (mut world, integration) = World::associated();
    let (ticket, _) = world.redeem("viewer.a", &integration);
    let refusal = refused(world.answer(ticket, status, body));
    assert_eq!((refusal.step, refusal.violation.text().as_ref()), (step, text));
    assert!(world.state.sessions.is_empty() && world.state.asked.is_empty());
}

#[test]
fn a_provider_that_does_not_answer_makes_no_session() {
    let (mut world, integration) = World::associated();
    let (ticket, _) = world.redeem("viewer.a", &integration);
    let refusal =
        refused(world.step(Event::Answered { ticket, answer: ProviderAnswer::Unreachable }));
    assert_eq!(refusal.violation.text(), "The OAuth provider did not answer.");
    let again = refused(world.answer(ticket, 200, &token("a", "r", &json!(1)).to_string()));
    assert_eq!(
        (again.step, again.violation),
        ("", Violation::Incomplete),
        "it was answered already"
    );
    assert!(world.state.sessions.is_empty());
}

#[test]
fn an_answer_without_end_is_refused_for_its_size() {
    let (mut world, integration) = World::associated();
    let (ticket, _) = world.redeem("viewer.a", &integration);
    let mut answer = token("a", "r", &json!(60));
    answer["padding"] = "x".repeat(world.flow.policy.max_answer).into();
    assert_eq!(refused(world.answer(ticket, 200, &answer.to_string())).step, "redemption_size");
}

/// The bound itself is no excess, and an answer beyond it is not even read.
#[test]
fn an_answer_may_have_the_greatest_size() {
    let sized = |bytes: usize| {
        let answer = token("a", "r", &json!(60)).to_string();
        format!("{answer}{}", " ".repeat(bytes - answer.len()))
    };
    let (mut world, integration) = World::associated();
    let most = world.flow.policy.max_answer;
    let (ticket, _) = world.redeem("viewer.a", &integration);
    assert!(matches!(world.answer(ticket, 200, &sized(most)), Effect::LoggedIn { .. }));
    let (ticket, _) = world.redeem("viewer.a", &integration);
    assert_eq!(refused(world.answer(ticket, 200, &sized(most + 1))).step, "redemption_size");
    world.flow.redemption.edit().retain(|step| step.name != "redemption_size");
    let (ticket, _) = world.redeem("viewer.a", &integration);
    assert_eq!(refused(world.answer(ticket, 200, &sized(most + 1))).step, "redemption_is_token");
}

#[test]
fn texts_of_a_provider_are_made_harmless() {
    let (mut world, integration) = World::associated();
    let (ticket, request) = world.redeem("viewer.a", &integration);
    let verifier = member(&request, "code_verifier").unwrap();
    let basic = request.authorization.clone().unwrap();
    let said = format!(
        "\u{1b}[31m{SECRET} code-123456 {verifier} {basic} \u{202e}\u{0}\r\n<b>{}",
        "y".repeat(5000)
    );
    let body = json!({ "error": SECRET, "error_description": said }).to_string();
    let refusal = refused(world.answer(ticket, 400, &body));
    let text = refusal.violation.text();
    for secret in [SECRET, "code-123456", verifier, &basic] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    assert!(
        text.starts_with("[removed]:  [31m[removed] [removed] [removed] Basic [removed]"),
        "{text}"
    );
    assert!(
        text.contains("<b>") && !text.chars().any(char::is_control),
        "markup is the page's to escape"
    );
    assert!(text.chars().count() < world.flow.policy.max_text + 50, "{}", text.len());
}

/// Without its login a callback has no integration either, and its text may still quote a secret.
#[test]
fn texts_of_a_callback_without_a_login_are_made_harmless() {
    let (mut world, _) = World::associated();
    world.flow.callback.edit().retain(|step| {
        !["state_known", "state_of_viewer", "state_unused", "state_fresh"].contains(&step.name)
    });
    let said = format!("said {SECRET}");
    let query = [("state", "nobody's"), ("error", "denied"), ("error_description", said.as_str())];
    let text = refused(world.call_back("viewer.a", &query)).violation.text().into_owned();
    assert_eq!(text, "denied: said [removed]");
}

/// What is shorter than four characters could stand in any word.
#[rstest]
#[case("abcd", "[removed]")]
#[case("abc", "abc")]
fn a_secret_of_a_few_characters_is_none(#[case] secret: &str, #[case] shown: &str) {
    let mut world = World::empty();
    let integration = world.integrate(&json!({ "client_secret": secret }));
    let (ticket, _) = world.redeem("viewer.a", &integration);
    let body = json!({ "error": "e", "error_description": secret }).to_string();
    assert_eq!(refused(world.answer(ticket, 400, &body)).violation.text(), format!("e: {shown}"));
}

/// A text as long as may be stays whole; what is cut says so.
#[test]
fn a_text_is_cut_at_its_limit() {
    let (mut world, integration) = World::associated();
    let most = world.flow.policy.max_text;
    for (length, more) in [(most, ""), (most + 1, "…")] {
        let (ticket, _) = world.redeem("viewer.a", &integration);
        let body = json!({ "error_description": "y".repeat(length) }).to_string();
        let text = refused(world.answer(ticket, 400, &body)).violation.text().into_owned();
        assert_eq!(text, format!("{}{more}", "y".repeat(most)));
    }
}

#[test]
fn a_login_needs_a_viewer_and_an_integration() {
    let (mut world, integration) = World::associated();
    let nobody = Event::Login { viewer: None, integration, back: None };
    assert_eq!(refused(world.step(nobody)).violation, Violation::NotLoggedIn);
    let viewer = Some(world.viewer("viewer.a"));
    let nowhere = Event::Login { viewer, integration: "none".to_owned(), back: None };
    assert_eq!(refused(world.step(nowhere)).violation, Violation::NotFound);
}

/// The way back is a content that exists, never an address a link brought along.
#[test]
fn the_way_back_leads_to_known_content_alone() {
    let (mut world, integration) = World::associated();
    let own = world.id("content.1");
    for (back, kept) in
        [(own.as_str(), Some(own.clone())), ("//evil.example", None), ("none", None)]
    {
        let viewer = Some(world.viewer("viewer.a"));
        let event =
            Event::Login { viewer, integration: integration.clone(), back: Some(back.to_owned()) };
        let Effect::Redirect(url) = world.step(event) else { panic!("no redirect") };
        let state = parameter(&url::Url::parse(&url).unwrap(), "state").unwrap();
        let (ticket, _) = ask(world.call_back("viewer.a", &[("state", &state), ("code", "c")]));
        match world.answer(ticket, 200, &token("a", "r", &json!(60)).to_string()) {
            Effect::LoggedIn { back } => assert_eq!(back, kept),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn content_alone_leads_to_the_login_and_the_dashboard_does_not() {
    let (mut world, integration) = World::associated();
    let visit = |world: &World, solo| Event::Visit {
        viewer: Some(world.viewer("viewer.a")),
        content: world.id("content.1"),
        solo,
    };
    assert!(matches!(world.step(visit(&world, false)), Effect::Subject(_)));
    match world.step(visit(&world, true)) {
        Effect::Redirect(url) => {
            assert!(
                url.starts_with(&format!("{ADDRESS}/__oauth__/integrations/{integration}/login"))
            )
        }
        other => panic!("{other:?}"),
    }
    world.log_in("viewer.a", &integration, &token("a", "r", &json!(60)));
    assert!(matches!(world.step(visit(&world, true)), Effect::Subject(_)), "a session is there");
    world.associate("content.1", &[]);
    world.state.sessions.clear();
    assert!(matches!(world.step(visit(&world, true)), Effect::Subject(_)), "nothing is associated");
}

#[test]
fn integrations_deleted_meanwhile_get_no_session() {
    let (mut world, integration) = World::associated();
    let state = parameter(&world.begin("viewer.a", &integration), "state").unwrap();
    let (ticket, _) = world.redeem("viewer.a", &integration);
    let admin = world.user("admin");
    world.state.delete_integration(&admin, &integration).unwrap();
    assert_eq!(
        refused(world.answer(ticket, 200, &token("a", "r", &json!(60)).to_string())).violation,
        Violation::Incomplete
    );
    let refusal = refused(world.call_back("viewer.a", &[("state", &state), ("code", "c")]));
    assert_eq!(refusal.violation, Violation::StateUnknown);
    assert!(world.state.sessions.is_empty());
}
