//! What is wrong with an event, all of it, and nothing done about it.

use claimproof_verifier::Explained;
use claimproof_verifier::posit_connect::{
    Effect, Entropy, Event, ExchangeRequest, Flow, ProviderAnswer,
};
use serde_json::json;

use super::connect_world::{World, token};

/// The names of the steps that refuse an event, with words for each. The first is what it is refused
/// with, whether the lists run as code or step by step.
fn wrong(world: &World, event: &Event) -> Vec<&'static str> {
    let all = world.flow.explain(&world.state, event, world.now);
    for flow in [world.flow.clone(), step_by_step(&world.flow)] {
        let drawn = Entropy([7; 32]);
        let effect = flow.step(&mut world.state.clone(), event.clone(), world.now, &drawn);
        let Effect::Refused(first) = effect else {
            assert!(all.is_empty(), "{effect:?}");
            continue;
        };
        assert_eq!(Some(&first), all.first());
    }
    assert!(all.iter().all(|one| !one.violation.as_ref().unwrap().words().is_empty()));
    all.into_iter().map(|one| one.step.unwrap()).collect()
}

/// Edited, and not changed.
fn step_by_step(flow: &Flow) -> Flow {
    let mut flow = flow.clone();
    flow.login.edit();
    flow.callback.edit();
    flow.redemption.edit();
    flow.refresh.edit();
    flow.visit.edit();
    flow.exchange.edit();
    flow
}

#[test]
fn an_exchange_without_caller_form_and_session_is_told_all_of_it() {
    let (world, _) = World::associated();
    let request = ExchangeRequest {
        authorization: Vec::new(),
        content_type: None,
        body: b"grant_type=other&subject_token=a.b".to_vec(),
        waited: None,
    };
    let all = wrong(&world, &Event::Exchange(request));
    let due = [
        "caller_proven",
        "form_type",
        "grant_type_right",
        "subject_type_present",
        "subject_readable",
        "session_exists",
    ];
    assert_eq!(all, due);
}

#[test]
fn every_decision_is_explained_and_nothing_is_done() {
    let (mut world, integration) = World::with_session(&json!(60));
    let subject = world.visit("viewer.a", "content.1");
    let good = Event::Exchange(world.form(&subject));
    assert_eq!(wrong(&world, &good), Vec::<&str>::new());
    let (ticket, _) = world.redeem("viewer.a", &integration);
    let without = json!({ "access_token": "a", "token_type": "mac" }).to_string();
    let answered = Event::Answered {
        ticket,
        answer: ProviderAnswer::Http { status: 200, body: without.into_bytes() },
    };
    assert_eq!(wrong(&world, &answered), ["redemption_bearer", "refresh_token_present"]);
    assert_eq!(wrong(&world, &answered), ["redemption_bearer", "refresh_token_present"]);
    let answer = token("a", "r", &json!(60)).to_string();
    let whole = Event::Answered {
        ticket,
        answer: ProviderAnswer::Http { status: 200, body: answer.into_bytes() },
    };
    assert_eq!(wrong(&world, &whole), Vec::<&str>::new());
    let nobody = Event::Login { viewer: None, integration: "none".to_owned(), back: None };
    assert_eq!(wrong(&world, &nobody), ["login_viewer", "login_integration"]);
    let stranger = Event::Visit { viewer: None, content: "none".to_owned(), solo: true };
    assert_eq!(wrong(&world, &stranger), ["visit_viewer", "visit_content"]);
    let bare = Event::Callback { viewer: Some(world.viewer("viewer.b")), query: Vec::new() };
    assert_eq!(wrong(&world, &bare), ["state_known", "code_present"]);
}
