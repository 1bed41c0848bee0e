//! Lists with a step left out: what stands behind each check is there by itself.

use claimproof_verifier::posit_connect::{Effect, Event, ExchangeRequest, Violation};
use rstest::rstest;
use serde_json::json;

use super::connect_world::{World, access, ask, parameter, refused, token};

fn exchange_without(world: &mut World, steps: &[&str]) {
    let before = world.flow.exchange.steps().len();
    world.flow.exchange.edit().retain(|step| !steps.contains(&step.name));
    assert_eq!(world.flow.exchange.steps().len(), before - steps.len());
}

/// Nothing that cannot be read has a fault of its content.
#[test]
fn what_cannot_be_read_is_refused_by_no_later_step() {
    let (mut world, _) = World::with_session(&json!(60));
    exchange_without(&mut world, &["subject_readable", "session_exists"]);
    let refusal = refused(world.exchange("no.token"));
    assert_eq!((refusal.step, refusal.violation), ("", Violation::Incomplete));
}

/// Without its association content is served by an integration of its owner's other content.
#[test]
fn content_that_is_not_associated_takes_after_its_owners_other_content() {
    let (mut world, _) = World::with_session(&json!(60));
    let theirs = world.integrate(&json!({ "client_id": "client-2" }));
    let (admin, other) = (world.user("admin"), world.id("content.other"));
    world.state.associate(&admin, &other, &json!([{ "oauth_integration_guid": theirs }])).unwrap();
    world.log_in("viewer.a", &theirs, &token("access-other", "r", &json!(60)));
    exchange_without(&mut world, &["associated"]);
    let subject = world.visit("viewer.a", "content.2");
    assert_eq!(access(world.exchange(&subject)), "access-1");
}

/// Without its own session a viewer would be given somebody else's at the same integration.
#[test]
fn whose_session_it_is_decides_a_step_alone() {
    let (mut world, _) = World::associated();
    let other = world.integrate(&json!({ "client_id": "client-2" }));
    world.log_in("viewer.a", &other, &token("access-other", "r", &json!(60)));
    let subject = world.visit("viewer.b", "content.1");
    exchange_without(&mut world, &["session_of_viewer"]);
    assert_eq!(refused(world.exchange(&subject)).violation, Violation::NoSession);
    let integration = world.state.associated(&world.id("content.1"))[0].clone();
    world.log_in("viewer.a", &integration, &token("access-1", "r", &json!(60)));
    assert_eq!(access(world.exchange(&subject)), "access-1");
}

/// Without its `state` a callback counts for the login this viewer began last.
#[rstest]
#[case(&[("code", "c")])]
#[case(&[("state", "never-begun"), ("code", "c")])]
fn a_callback_without_a_known_state_is_of_the_viewers_last_login(#[case] query: &[(&str, &str)]) {
    let (mut world, first) = World::associated();
    let second = world.integrate(&json!({ "client_id": "client-2" }));
    world.flow.callback.edit().retain(|step| step.name != "state_known");
    for integration in [&first, &second] {
        world.begin("viewer.a", integration);
    }
    let (_, request) = ask(world.call_back("viewer.a", query));
    assert!(world.state.asked.values().all(|asked| asked.integration == second), "{request:?}");
    let refusal = refused(world.call_back("viewer.b", query));
    assert_eq!((refusal.step, refusal.violation), ("", Violation::Incomplete));
    // No `state` came, so none is used up.
    assert!(world.state.logins.values().all(|login| !login.used));
    let state = parameter(&world.begin("viewer.a", &first), "state").unwrap();
    assert!(matches!(
        world.call_back("viewer.a", &[("state", &state), ("code", "c")]),
        Effect::Ask { .. }
    ));
}

/// An exchange without any step still hands out nothing that is not there.
#[test]
fn an_empty_list_hands_out_what_there_is() {
    let (mut world, _) = World::with_session(&json!(60));
    let subject = world.visit("viewer.a", "content.1");
    world.flow.exchange.edit().clear();
    assert_eq!(access(world.exchange(&subject)), "access-1");
    let nothing = ExchangeRequest {
        authorization: Vec::new(),
        content_type: None,
        body: Vec::new(),
        waited: None,
    };
    let refusal = refused(world.step(Event::Exchange(nothing)));
    assert_eq!((refusal.step, refusal.violation), ("", Violation::Incomplete));
}
