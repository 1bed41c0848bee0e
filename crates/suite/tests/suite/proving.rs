//! The acceptance proof at a Connect server, and at one that does not answer.

use std::sync::Mutex;

use claimproof_cast::{Player, Players, public};
use claimproof_catalog::Profile;
use claimproof_suite::{
    Action, Capabilities, Held, NoVerdict, Observation, Outcome, Subject, prove,
};
use claimproof_vectors::cases::posit_connect::{REQUESTED_TYPE, plain_exchange, set_up, set_ups};
use claimproof_vectors::flow::{Alteration, FormEdit, Move};
use claimproof_vectors::{Act, Need};

use super::make::{accepted, refused};

/// Answers each move by this function, and keeps what it was asked.
struct Connect<F> {
    capabilities: Capabilities,
    players: Players,
    answer: F,
    moves: Mutex<Vec<Move>>,
    tags: Mutex<Vec<String>>,
    left: Mutex<usize>,
}

impl<F: Fn(&Move) -> Result<Observation, NoVerdict> + Sync> Connect<F> {
    fn new(answer: F) -> Self {
        Self {
            capabilities: Capabilities { offered: [Need::Login].into(), ..Capabilities::default() },
            players: public(Profile::PositConnect).players,
            answer,
            moves: Mutex::default(),
            tags: Mutex::default(),
            left: Mutex::default(),
        }
    }
}

impl<F: Fn(&Move) -> Result<Observation, NoVerdict> + Sync> Subject for Connect<F> {
    fn profile(&self) -> Profile {
        Profile::PositConnect
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn players(&self) -> &Players {
        &self.players
    }

    fn now(&self) -> i64 {
        0
    }

    fn reach(&self, _: i64) {}

    async fn perform(&self, held: &mut Held, action: Action<'_>) -> Result<Observation, NoVerdict> {
        let Action::Move(moved) = action else { panic!("{action:?}") };
        self.moves.lock().unwrap().push(moved.clone());
        self.tags.lock().unwrap().push(held.tag.clone());
        (self.answer)(moved)
    }

    async fn leave(&self, _: &mut Held) {
        *self.left.lock().unwrap() += 1;
    }
}

/// The set-up and good exchanges succeed, and no other exchange does.
fn rightly(moved: &Move) -> Result<Observation, NoVerdict> {
    let sets_up = set_ups().iter().any(|(_, moves)| moves.contains(moved));
    let is_good =
        sets_up || *moved == plain_exchange(None) || *moved == plain_exchange(Some(REQUESTED_TYPE));
    Ok(if is_good { accepted() } else { refused("invalid_token") })
}

#[tokio::test]
async fn good_absent_broken_and_good_again_are_exchanged_after_the_set_up() {
    let connect = Connect::new(rightly);
    prove(&connect, "test").await.unwrap();
    let moves = connect.moves.into_inner().unwrap();
    let (first, exchanges) = moves.split_at(set_up().len());
    assert_eq!(first, set_up());
    let good = plain_exchange(None);
    assert_eq!(
        exchanges.iter().map(|one| *one == good).collect::<Vec<_>>(),
        [true, false, false, false, true]
    );
    assert_ne!(exchanges[2], exchanges[3]);
    let tags = connect.tags.into_inner().unwrap();
    assert!(tags.iter().all(|tag| tag == "test/acceptance proof"), "{tags:?}");
    assert_eq!(connect.left.into_inner().unwrap(), 1);
}

/// What was found, in words.
async fn found(answer: impl Fn(&Move) -> Result<Observation, NoVerdict> + Sync) -> Vec<String> {
    let proof = prove(&Connect::new(answer), "test").await.unwrap();
    proof.findings.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn what_the_exchanges_show_is_graded() {
    assert_eq!(found(rightly).await, [""; 0]);
    let told = found(|_| Ok(accepted())).await;
    assert!(
        told.len() == 1 && told[0].starts_with("the request without a token is accepted"),
        "{told:?}"
    );
    let unsigned = FormEdit::Subject(Alteration::SignatureAltered);
    let lax = |moved: &Move| {
        if *moved == plain_exchange(Some(unsigned.clone())) {
            Ok(accepted())
        } else {
            rightly(moved)
        }
    };
    let told = found(lax).await;
    assert!(told.len() == 1 && told[0].starts_with("the signature is not checked"), "{told:?}");
    let named = |moved: &Move| {
        if *moved == plain_exchange(None) { Ok(refused("12")) } else { rightly(moved) }
    };
    let told = found(named).await;
    assert_eq!(told, ["a plain exchange of a fresh subject token is refused: refuse 12"]);
}

/// A wrong key in the target file looks the same.
#[tokio::test]
async fn exchanges_that_are_all_refused_without_a_code_are_no_verdict() {
    let bare = || Observation::of(Outcome::Refused(None));
    let connect =
        Connect::new(|moved| Ok(if set_up().contains(moved) { accepted() } else { bare() }));
    let told = prove(&connect, "test").await.unwrap_err().to_string();
    assert!(told.contains("Seen: good: refused, code not carried"), "{told}");
}

/// Where the set-up fails nothing is exchanged, and what was put up is taken down.
#[tokio::test]
async fn a_set_up_that_fails_is_told_with_its_move() {
    let last = set_up().pop().unwrap();
    let connect =
        Connect::new(
            |moved| if *moved == last { Ok(refused("not_found")) } else { rightly(moved) },
        );
    let told = prove(&connect, "test").await.unwrap_err().to_string();
    assert_eq!(
        told,
        format!(
            "the set-up of a good exchange fails where {}: refuse not_found",
            Act::Move(last.clone()).describe()
        )
    );
    assert_eq!(connect.moves.into_inner().unwrap().len(), set_up().len());
    assert_eq!(connect.left.into_inner().unwrap(), 1);
    let lost = Connect::new(|_| Err(NoVerdict::Lost("nobody there".into())));
    let told = prove(&lost, "test").await.unwrap_err().to_string();
    assert_eq!(told, "the set-up token got no answer: nobody there");
}

/// The provider of the suite knows what was wrong: the run goes on, and the cases that judge a
/// login say it.
#[tokio::test]
async fn a_login_that_the_suites_provider_stops_is_graded() {
    let stopped = |moved: &Move| match moved {
        Move::Login { .. } => {
            let stopped = Some("the redemption sent no redirect URI, expected `x`".to_owned());
            Ok(Observation { stopped, ..refused("AADSTS500112") })
        }
        other => rightly(other),
    };
    let told = found(stopped).await;
    let kinds = ["entra", "snowflake", "keycloak", "github-app"];
    let each = kinds.map(|kind| {
        format!(
            "a viewer's login at {kind} does not succeed: refuse AADSTS500112; the redemption sent no redirect URI, expected `x`"
        )
    });
    assert_eq!(told, each);
}

/// Another kind of provider is tried where one is refused, and the run goes on with it.
#[tokio::test]
async fn a_login_refused_at_one_kind_of_provider_is_a_finding() {
    let (_, second) = set_ups().remove(1);
    let second = second.first().cloned();
    let of_second = Mutex::new(false);
    let picky = |moved: &Move| match moved {
        Move::Provider(_) => {
            *of_second.lock().unwrap() = Some(moved) == second.as_ref();
            Ok(accepted())
        }
        Move::Login { .. } if !*of_second.lock().unwrap() => Ok(refused("missing-refresh-token")),
        Move::Exchange(_) => rightly(moved),
        _ => Ok(accepted()),
    };
    let told = found(picky).await;
    assert_eq!(told, ["a viewer's login at entra does not succeed: refuse missing-refresh-token"]);
}

/// Without a login there is a token of the target file, or nothing to exchange.
#[tokio::test]
async fn no_login_is_needed() {
    let mut none = Connect::new(|moved: &Move| panic!("{moved:?}"));
    none.capabilities.offered.clear();
    assert!(prove(&none, "test").await.unwrap().findings.is_empty());
    let given = |moved: &Move| {
        if matches!(moved, Move::Given { .. }) { Ok(accepted()) } else { rightly(moved) }
    };
    let mut connect = Connect::new(given);
    connect.capabilities.offered.clear();
    connect.players.cast("subject.good", Player { id: "t".to_owned(), key: None });
    assert!(prove(&connect, "test").await.unwrap().findings.is_empty());
    assert_eq!(connect.moves.into_inner().unwrap().len(), 6);
}
