//! Each level of a Connect server runs by itself: exchanges of tokens that are handed in,
//! administration, logins.

use std::time::Duration;

use claimproof_cast::{Player, Players, SigningKey, public};
use claimproof_catalog::Profile;
use claimproof_http::{HttpSubject, Target};
use claimproof_in_process::of_reference;
use claimproof_server::{Binding, Running, serve};
use claimproof_suite::{Action, Held, Outcome, Selection, Subject, Verdict, select};
use claimproof_vectors::cases::posit_connect;
use claimproof_vectors::flow::Move;

use crate::common::{play, players, proof};

const CONNECT: Profile = Profile::PositConnect;

async fn server() -> (Running, Target) {
    let running = serve(Binding::of(public(CONNECT)).unwrap().impatient(), 0).await.unwrap();
    let target = of_reference(CONNECT, &running.base_url());
    (running, target)
}

async fn on(target: Target, players: Players) -> HttpSubject {
    HttpSubject::connect(target, players, Duration::from_secs(5), false).await.unwrap()
}

/// Proves the subject and plays all there is; how many cases were tried, none of them in vain.
async fn tried(subject: &HttpSubject) -> usize {
    assert_eq!(proof(subject).await.unwrap(), Vec::<String>::new());
    let cases = select(CONNECT, subject.capabilities(), &Selection::default());
    let played = play(subject, &cases).await;
    let loud: Vec<String> = [Verdict::Fail, Verdict::Advice, Verdict::Error]
        .into_iter()
        .flat_map(|verdict| played.of(verdict))
        .collect();
    assert!(loud.is_empty(), "{loud:#?}");
    played.of(Verdict::Pass).len()
}

fn without(mut target: Target, methods: &[&str]) -> Target {
    target.manage.retain(|name, _| !methods.contains(&name.as_str()));
    target.clock = None;
    target
}

#[tokio::test]
async fn administration_runs_without_logins_at_providers() {
    let (_running, target) = server().await;
    let subject =
        on(without(target, &["login", "visit-solo", "dashboard"]), players(CONNECT)).await;
    let count = tried(&subject).await;
    assert!(count >= 10, "{count} cases");
}

#[tokio::test]
async fn logins_run_without_a_clock() {
    let (_running, target) = server().await;
    let subject = on(without(target, &["dashboard"]), players(CONNECT)).await;
    let count = tried(&subject).await;
    assert!(count >= 180, "{count} cases");
}

/// The tokens are of the server itself: of a viewer who is logged in, of one who is not, and of
/// content without integration.
#[tokio::test]
async fn exchanges_run_with_tokens_that_are_handed_in() {
    let (_running, target) = server().await;
    let whole = on(target.clone(), players(CONNECT)).await;
    let mut held = Held { now: whole.now(), tag: "handed in".to_owned(), ..Held::default() };
    for moved in posit_connect::set_up() {
        let seen = whole.perform(&mut held, Action::Move(&moved)).await.unwrap();
        assert_eq!(seen.outcome, Outcome::Accepted, "{}", moved.describe());
    }
    let good = held.flow.subjects["t"].clone();
    let content = claimproof_vectors::flow::Content::Own;
    let visit = Move::Visit { viewer: "viewer.b", content, solo: false, keep: "b" };
    whole.perform(&mut held, Action::Move(&visit)).await.unwrap();
    let without_session = held.flow.subjects["b"].clone();

    let mut target = without(target, &[]);
    target.manage.clear();
    let mut handed = Players::default();
    handed.cast("publisher", players(CONNECT).get("publisher").unwrap().clone());
    for (role, token) in [("subject.good", good), ("subject.without-session", without_session)] {
        let key = Some(SigningKey::Secret(token.into()));
        handed.cast(role, Player { id: role.to_owned(), key });
        target.players.push(claimproof_http::target::PlayerEntry {
            role: role.to_owned(),
            ..Default::default()
        });
    }
    handed.invent_strangers(CONNECT);
    let count = tried(&on(target, handed).await).await;
    assert!(count >= 20, "{count} cases");
}
