//! Exchanges: who calls, the form, the subject token, association, session, refresh.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_catalog::posit_connect::Code;
use claimproof_token::Key;
use claimproof_verifier::posit_connect::{
    Effect, Event, ExchangeRequest, Flow, ProviderAnswer, Violation,
};
use rstest::rstest;
use serde_json::{Value, json};

use super::connect_world::{SECRET, World, access, ask, granted, member, refused, token};

#[test]
fn a_subject_token_is_exchanged() {
    let (mut world, _) = World::with_session(&json!(3600));
    let subject = world.visit("viewer.a", "content.1");
    world.now += 100;
    let first = granted(world.exchange(&subject));
    assert_eq!(first.expires_in, Some(3500));
    assert_eq!(access(world.exchange(&subject)), "access-1", "the same until it expires");
    assert!(world.state.asked.is_empty(), "nobody is asked");
}

#[rstest]
#[case::unknown(json!(null), None)]
#[case::text(json!("60"), Some(60))]
#[case::negative(json!(-5), Some(0))]
#[case::nonsense(json!("soon"), None)]
fn an_expiry_is_told_where_it_is_known(#[case] told: Value, #[case] left: Option<i64>) {
    let (mut world, _) = World::with_session(&told);
    let session = world.state.sessions.values().next().unwrap();
    assert_eq!(session.expires.map(|expires| expires - world.now), left);
    if left != Some(0) {
        let subject = world.visit("viewer.a", "content.1");
        assert_eq!(granted(world.exchange(&subject)).expires_in, left);
    }
}

fn faulty(fault: Fault) -> Violation {
    let (mut world, _) = World::with_session(&json!(3600));
    let subject = world.visit("viewer.a", "content.1");
    let good = world.form(&subject);
    let request = fault(&world, good.clone(), &subject);
    let refusal = refused(world.step(Event::Exchange(request)));
    assert!(
        matches!(world.step(Event::Exchange(good)), Effect::Credentials(_)),
        "the session still works"
    );
    assert!(!refusal.step.is_empty());
    refusal.violation
}

fn text(request: &ExchangeRequest) -> String {
    String::from_utf8(request.body.clone()).unwrap()
}

fn replaced(mut request: ExchangeRequest, from: &str, to: &str) -> ExchangeRequest {
    let before = text(&request);
    assert!(before.contains(from), "{from} in {before}");
    request.body = before.replace(from, to).into_bytes();
    request
}

#[test]
fn a_caller_proves_itself_by_one_key() {
    let with = |authorization: &[&str]| {
        let (mut world, _) = World::with_session(&json!(3600));
        let subject = world.visit("viewer.a", "content.1");
        let key = world.secret("publisher");
        let authorization = authorization.iter().map(|value| value.replace("KEY", &key)).collect();
        let request = ExchangeRequest { authorization, ..world.form(&subject) };
        world.step(Event::Exchange(request))
    };
    for good in ["Key KEY", "key KEY"] {
        assert!(matches!(with(&[good]), Effect::Credentials(_)), "{good}");
    }
    for bad in [
        &[][..],
        &["KEY"],
        &["Bearer KEY"],
        &["Key  KEY"],
        &["Key KEY "],
        &["Key x"],
        &["Key KEY", "Key KEY"],
    ] {
        assert_eq!(refused(with(bad)).violation, Violation::CallerUnproven, "{bad:?}");
    }
}

#[test]
fn only_the_owner_exchanges_for_content() {
    for role in ["publisher.other", "admin"] {
        let (mut world, _) = World::with_session(&json!(3600));
        let subject = world.visit("viewer.a", "content.1");
        let authorization = vec![format!("Key {}", world.secret(role))];
        let request = ExchangeRequest { authorization, ..world.form(&subject) };
        assert_eq!(
            refused(world.step(Event::Exchange(request))).violation,
            Violation::NotOwner,
            "{role}"
        );
    }
}

/// What is done to a good request, given its subject token.
type Fault = fn(&World, ExchangeRequest, &str) -> ExchangeRequest;

#[test]
#[expect(clippy::too_many_lines, reason = "one table, a row a fault")]
fn a_fault_of_the_form_has_its_number() {
    let rows: [(&str, Fault, Violation, u16); 18] = [
        (
            "no body",
            |_, request, _| ExchangeRequest { body: Vec::new(), ..request },
            Violation::FormMissing,
            210,
        ),
        (
            "no type",
            |_, request, _| ExchangeRequest { content_type: None, ..request },
            Violation::NotForm,
            211,
        ),
        (
            "json",
            |_, request, _| ExchangeRequest {
                content_type: Some("application/json".into()),
                ..request
            },
            Violation::NotForm,
            211,
        ),
        (
            "bytes",
            |_, request, _| ExchangeRequest { body: vec![0xff, 0xfe], ..request },
            Violation::FormUnreadable,
            211,
        ),
        (
            "large",
            |_, request, _| ExchangeRequest { body: vec![b'a'; 70_000], ..request },
            Violation::BodyTooLarge,
            211,
        ),
        (
            "no grant",
            |_, request, _| replaced(request, "grant_type=", "x="),
            Violation::MemberMissing("grant_type"),
            12,
        ),
        (
            "two grants",
            |_, request, _| replaced(request, "grant_type=", "grant_type=a&grant_type="),
            Violation::MemberRepeated("grant_type"),
            12,
        ),
        (
            "grant",
            |_, request, _| replaced(request, "grant-type", "grant-typo"),
            Violation::GrantType,
            213,
        ),
        ("misprint", |_, request, _| replaced(request, "ietf", "eitf"), Violation::GrantType, 213),
        (
            "no kind",
            |_, request, _| replaced(request, "subject_token_type=", "x="),
            Violation::MemberMissing("subject_token_type"),
            12,
        ),
        (
            "kind",
            |_, request, _| replaced(request, "user-session", "content-session"),
            Violation::SubjectTokenType,
            214,
        ),
        (
            "requested",
            |_, request, _| replaced(request, "access_token", "id_token"),
            Violation::RequestedType,
            12,
        ),
        (
            "audience",
            |_, mut request, _| {
                request.body.extend(b"&audience=other");
                request
            },
            Violation::AudienceForeign,
            212,
        ),
        (
            "no subject",
            |_, request, _| replaced(request, "subject_token=", "x="),
            Violation::SubjectMissing,
            215,
        ),
        ("blank", |world, _, _| world.form(""), Violation::SubjectMissing, 215),
        (
            "two subjects",
            |_, request, subject| {
                replaced(
                    request,
                    "subject_token=",
                    &format!("subject_token={subject}&subject_token="),
                )
            },
            Violation::SubjectRepeated,
            215,
        ),
        ("garbage", |world, _, _| world.form("garbage"), Violation::SubjectUnreadable, 215),
        (
            "truncated",
            |world, _, subject| world.form(&subject[..subject.len() / 2]),
            Violation::SubjectUnreadable,
            215,
        ),
    ];
    for (name, fault, violation, number) in rows {
        assert_eq!(violation.number().value(), number, "{name}");
        assert_eq!(faulty(fault), violation, "{name}");
    }
}

#[test]
fn parameters_of_the_content_type_and_unknown_members_are_nothing() {
    let (mut world, _) = World::with_session(&json!(3600));
    let subject = world.visit("viewer.a", "content.1");
    let mut request = world.form(&subject);
    request.content_type = Some("Application/X-WWW-Form-Urlencoded; charset=utf-8".to_owned());
    request.body.extend(b"&resource=r&scope=a+b&resource=r");
    assert!(matches!(world.step(Event::Exchange(request)), Effect::Credentials(_)));
}

/// A subject token made anew: with this header, these claims, this key.
/// The bound itself is no excess, and what stands behind it is not read.
#[test]
fn a_form_may_have_the_greatest_size() {
    let (mut world, _) = World::with_session(&json!(3600));
    let subject = world.visit("viewer.a", "content.1");
    let sized = |world: &World, bytes: usize, end: &str| {
        let mut request = world.form(&subject);
        request.body.extend(b"&padding=");
        request.body.resize(bytes - end.len(), b'a');
        request.body.extend(end.as_bytes());
        Event::Exchange(request)
    };
    let most = world.flow.policy.max_body;
    let (whole, beyond) = (sized(&world, most, ""), sized(&world, most + 1, ""));
    assert!(matches!(world.step(whole), Effect::Credentials(_)));
    assert_eq!(refused(world.step(beyond)).violation, Violation::BodyTooLarge);
    world.flow.exchange.edit().retain(|step| step.name != "body_size");
    let end = "&audience=x";
    let (whole, beyond) = (sized(&world, most, end), sized(&world, most + end.len(), end));
    assert_eq!(refused(world.step(whole)).violation, Violation::AudienceForeign);
    assert!(matches!(world.step(beyond), Effect::Credentials(_)));
}

fn forged(world: &World, header: &Value, claims: &Value, key: &str) -> String {
    let now = world.now;
    let mut payload = json!({
        "iss": world.state.address, "sub": world.viewer("viewer.a"), "content": world.id("content.1"),
        "iat": now, "exp": now + 60, "jti": "j",
    });
    for (name, value) in claims.as_object().unwrap() {
        match value {
            Value::Null => drop(payload.as_object_mut().unwrap().remove(name)),
            value => payload[name] = value.clone(),
        }
    }
    let segment = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
    let input = format!("{}.{}", segment(header), segment(&payload));
    let signature = Key::hmac(key).unwrap().sign(input.as_bytes()).unwrap();
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn token_key(world: &World) -> String {
    use claimproof_cast::{AnyDirectory, ExposeSecret};
    let AnyDirectory::PositConnect(directory) = &world.cast.directory else {
        panic!("another cast")
    };
    directory.token_secret.expose_secret().to_owned()
}

#[rstest]
#[case::none(json!({ "alg": "none" }), json!({}), Violation::SubjectAlgorithm)]
#[case::other(json!({ "alg": "HS384" }), json!({}), Violation::SubjectAlgorithm)]
#[case::extension(json!({ "alg": "HS256", "crit": ["exp"] }), json!({}), Violation::SubjectExtension)]
#[case::issuer(json!({ "alg": "HS256" }), json!({ "iss": "https://other.example" }), Violation::SubjectIssuer)]
#[case::no_issuer(json!({ "alg": "HS256" }), json!({ "iss": null }), Violation::SubjectIssuer)]
#[case::timeless(json!({ "alg": "HS256" }), json!({ "exp": null }), Violation::SubjectTimeless)]
#[case::time_as_text(json!({ "alg": "HS256" }), json!({ "exp": "2000000000" }), Violation::SubjectTimeless)]
#[case::expired(json!({ "alg": "HS256" }), json!({ "exp": 1 }), Violation::SubjectExpired)]
#[case::nobody(json!({ "alg": "HS256" }), json!({ "sub": "nobody" }), Violation::SubjectUnknown)]
#[case::nowhere(json!({ "alg": "HS256" }), json!({ "content": "none" }), Violation::SubjectContent)]
fn whatever_is_wrong_with_a_subject_token_is_answered_alike(
    #[case] header: Value,
    #[case] claims: Value,
    #[case] violation: Violation,
) {
    let (mut world, _) = World::with_session(&json!(3600));
    let key = token_key(&world);
    let good = forged(&world, &json!({ "alg": "HS256" }), &json!({}), &key);
    assert!(matches!(world.exchange(&good), Effect::Credentials(_)), "the twin is accepted");
    let foreign =
        forged(&world, &json!({ "alg": "HS256" }), &json!({}), "another-key-of-32-bytes-or-more-x");
    assert_eq!(refused(world.exchange(&foreign)).violation, Violation::SubjectSignature);
    let token = forged(&world, &header, &claims, &key);
    let refusal = refused(world.exchange(&token));
    assert_eq!(refusal.violation, violation);
    assert_eq!(refusal.violation.code(), Some(Code::InvalidSubjectToken));
    assert_eq!(refusal.violation.text(), "Invalid subject_token");
    assert!(world.state.asked.is_empty(), "no provider is asked");
}

#[test]
fn a_subject_token_expires_and_a_visit_brings_another() {
    let (mut world, _) = World::with_session(&json!(null));
    let old = world.visit("viewer.a", "content.1");
    world.now += world.flow.policy.subject_life - 1;
    assert!(matches!(world.exchange(&old), Effect::Credentials(_)), "the last second");
    world.now += 1;
    assert_eq!(refused(world.exchange(&old)).violation, Violation::SubjectExpired);
    let new = world.visit("viewer.a", "content.1");
    assert_ne!(old, new);
    assert_ne!(
        new,
        world.visit("viewer.a", "content.1"),
        "each visit has its own, within a second too"
    );
    assert!(matches!(world.exchange(&new), Effect::Credentials(_)));
}

#[test]
fn no_association_and_no_session_are_two_answers() {
    let mut world = World::empty();
    let integration = world.integrate(&json!({}));
    let subject = world.visit("viewer.a", "content.1");
    let text = |effect| refused(effect).violation.text().into_owned();
    let unassociated = "No OAuth integrations have been associated with this content item.";
    let no_session =
        "No OAuth session found. Log in to the OAuth Integration before requesting credentials.";
    assert_eq!(text(world.exchange(&subject)), unassociated);
    world.log_in("viewer.a", &integration, &token("a", "r", &json!(60)));
    assert_eq!(text(world.exchange(&subject)), unassociated, "a login does not cure it");
    world.associate("content.2", &[&integration]);
    assert_eq!(text(world.exchange(&subject)), unassociated, "another content's does not count");
    world.state.sessions.clear();
    world.associate("content.1", &[&integration]);
    assert_eq!(text(world.exchange(&subject)), no_session);
    world.log_in("viewer.b", &integration, &token("b", "r", &json!(60)));
    assert_eq!(text(world.exchange(&subject)), no_session, "another viewer's does not count");
    world.log_in("viewer.a", &integration, &token("a", "r", &json!(60)));
    assert_eq!(access(world.exchange(&subject)), "a");
    world.associate("content.1", &[]);
    assert_eq!(text(world.exchange(&subject)), unassociated);
}

#[test]
fn of_several_integrations_the_audience_names_one() {
    let (mut world, first) = World::with_session(&json!(60));
    let second = world.integrate(&json!({}));
    world.log_in("viewer.a", &second, &token("second", "r", &json!(60)));
    world.associate("content.1", &[&first, &second]);
    let subject = world.visit("viewer.a", "content.1");
    assert_eq!(refused(world.exchange(&subject)).violation, Violation::AudienceMissing);
    let mut request = world.form(&subject);
    request.body.extend(format!("&audience={second}").bytes());
    assert_eq!(access(world.step(Event::Exchange(request))), "second");
}

/// Everything about renewing: once, by the refresh token, the old one kept where no new one comes.
#[test]
fn an_expired_access_token_is_refreshed_once() {
    let (mut world, _) = World::with_session(&json!(60));
    let subject = world.visit("viewer.a", "content.1");
    world.now += 60;
    let (ticket, request) = ask(world.exchange(&subject));
    assert_eq!(
        (member(&request, "grant_type"), member(&request, "refresh_token")),
        (Some("refresh_token"), Some("refresh-1"))
    );
    for _ in 0..3 {
        assert!(
            matches!(world.exchange(&subject), Effect::Wait { ticket: same } if same == ticket)
        );
    }
    let answer = json!({ "access_token": "access-2", "token_type": "bearer", "expires_in": 60 });
    world.now += 5;
    let credentials = granted(world.answer(ticket, 200, &answer.to_string()));
    assert_eq!(credentials.expires_in, Some(55), "its life counts from the question");
    let waited = ExchangeRequest { waited: Some(ticket), ..world.form(&subject) };
    assert_eq!(access(world.step(Event::Exchange(waited))), "access-2");
    world.now += 60;
    let (ticket, request) = ask(world.exchange(&subject));
    assert_eq!(member(&request, "refresh_token"), Some("refresh-1"), "RFC 6749 section 6");
    world.answer(ticket, 200, &token("access-3", "refresh-3", &json!(60)).to_string());
    world.now += 60;
    assert_eq!(
        member(&ask(world.exchange(&subject)).1, "refresh_token"),
        Some("refresh-3"),
        "a new one takes its place"
    );
}

/// The token a waiter gets may have expired while it waited; it is not refreshed for each of them.
#[test]
fn whoever_waited_gets_what_came() {
    let (mut world, _) = World::with_session(&json!(60));
    let subject = world.visit("viewer.a", "content.1");
    world.now += 60;
    let (ticket, _) = ask(world.exchange(&subject));
    world.answer(ticket, 200, &token("access-2", "refresh-2", &json!(0)).to_string());
    let waited = ExchangeRequest { waited: Some(ticket), ..world.form(&subject) };
    assert_eq!(granted(world.step(Event::Exchange(waited))).expires_in, Some(0));
    ask(world.exchange(&subject));
}

#[test]
fn a_failed_refresh_keeps_the_session_for_the_cure() {
    let (mut world, integration) = World::with_session(&json!(60));
    let subject = world.visit("viewer.a", "content.1");
    world.now += 60;
    let (ticket, _) = ask(world.exchange(&subject));
    let said = "AADSTS7000222: The provided client secret keys for app 'x' are expired.";
    let body = json!({ "error": "invalid_client", "error_description": said, "echo": SECRET });
    let refusal = refused(world.answer(ticket, 401, &body.to_string()));
    assert_eq!(
        (refusal.violation.text().as_ref(), refusal.violation.number().value()),
        (said, 219)
    );
    let waited = ExchangeRequest { waited: Some(ticket), ..world.form(&subject) };
    assert_eq!(
        refused(world.step(Event::Exchange(waited))),
        refusal,
        "who waited is told the same, and nobody is asked"
    );
    world.configure(&integration, &json!({ "client_secret": "new-secret" }));
    let (ticket, request) = ask(world.exchange(&subject));
    assert!(
        request.authorization.is_some()
            && !request.authorization.as_deref().unwrap().contains(SECRET)
    );
    assert_eq!(
        access(world.answer(ticket, 200, &token("access-2", "r", &json!(60)).to_string())),
        "access-2"
    );
}

#[test]
fn a_session_that_goes_while_it_is_refreshed_does_not_come_back() {
    let (mut world, _) = World::with_session(&json!(60));
    let subject = world.visit("viewer.a", "content.1");
    world.now += 60;
    let (ticket, _) = ask(world.exchange(&subject));
    let (admin, session) =
        (world.user("admin"), world.state.sessions.keys().next().unwrap().clone());
    world.state.delete_session(&admin, &session).unwrap();
    let answer = world.answer(ticket, 200, &token("access-2", "r", &json!(60)).to_string());
    assert_eq!(refused(answer).violation, Violation::NoSession);
    assert!(world.state.sessions.is_empty());
}

#[test]
fn a_refresh_nobody_answers_can_be_tried_again() {
    let (mut world, _) = World::with_session(&json!(60));
    let subject = world.visit("viewer.a", "content.1");
    world.now += 60;
    let (ticket, _) = ask(world.exchange(&subject));
    let refusal =
        refused(world.step(Event::Answered { ticket, answer: ProviderAnswer::Unreachable }));
    assert_eq!(refusal.violation.number().value(), 219);
    ask(world.exchange(&subject));
}

#[test]
fn a_slack_refreshes_ahead() {
    let (mut world, _) = World::with_session(&json!(60));
    world.flow.policy.refresh_slack = 30;
    let subject = world.visit("viewer.a", "content.1");
    world.now += 29;
    assert!(matches!(world.exchange(&subject), Effect::Credentials(_)));
    world.now += 1;
    ask(world.exchange(&subject));
}

#[test]
fn the_names_of_all_steps_differ_and_each_cites_something() {
    let flow = Flow::default();
    let steps = flow.names();
    let of_each = [
        flow.login.steps().len(),
        flow.callback.steps().len(),
        flow.redemption.steps().len(),
        flow.refresh.steps().len(),
        flow.visit.steps().len(),
        flow.exchange.steps().len(),
    ];
    assert!(of_each.iter().all(|steps| *steps > 1));
    assert_eq!(steps.len(), of_each.iter().sum::<usize>());
    let mut names: Vec<_> = steps.iter().map(|(name, _)| name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), steps.len());
    for (name, cites) in steps {
        assert!(!cites.is_empty(), "{name}");
        let known = |id: &&str| {
            claimproof_catalog::requirements::all().any(|row| row.id == *id)
                || claimproof_catalog::rules::find(id).is_some()
        };
        assert!(cites.iter().all(known), "{name} cites {cites:?}");
    }
}
