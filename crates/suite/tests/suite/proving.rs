//! The acceptance proof at a Connect server, and at one that does not answer.

use std::sync::Mutex;

use claimproof_cast::{Players, public};
use claimproof_catalog::Profile;
use claimproof_suite::{Capabilities, Deed, NoVerdict, Observation, Stage, Subject, prove};
use claimproof_vectors::cases::posit_connect::{plain_exchange, set_up};
use claimproof_vectors::flow::Move;

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
            capabilities: Capabilities::default(),
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

    async fn perform(&self, stage: &mut Stage, deed: Deed<'_>) -> Result<Observation, NoVerdict> {
        let Deed::Move(moved) = deed else { panic!("{deed:?}") };
        self.moves.lock().unwrap().push(moved.clone());
        self.tags.lock().unwrap().push(stage.tag.clone());
        (self.answer)(moved)
    }

    async fn leave(&self, _: &mut Stage) {
        *self.left.lock().unwrap() += 1;
    }
}

/// The set-up and good exchanges succeed, and no other exchange does.
fn rightly(moved: &Move) -> Result<Observation, NoVerdict> {
    let is_good = set_up().contains(moved) || *moved == plain_exchange(None);
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
    assert_eq!(exchanges.iter().map(|one| *one == good).collect::<Vec<_>>(), [true, false, false, true]);
    assert_ne!(exchanges[1], exchanges[2]);
    let tags = connect.tags.into_inner().unwrap();
    assert!(tags.iter().all(|tag| tag == "test/acceptance proof"), "{tags:?}");
    assert_eq!(connect.left.into_inner().unwrap(), 1);
}

#[tokio::test]
async fn a_server_that_exchanges_everything_is_told() {
    let connect = Connect::new(|_| Ok(accepted()));
    let told = prove(&connect, "test").await.unwrap_err().to_string();
    let seen = "Seen: good: accept; absent: accept; broken: accept; good again: accept.";
    assert!(told.contains(seen), "{told}");
}

/// Where the set-up fails nothing is exchanged, and what was put up is taken down.
#[tokio::test]
async fn a_set_up_that_fails_is_told_with_its_move() {
    let last = set_up().pop().unwrap();
    let connect = Connect::new(|moved| if *moved == last { Ok(refused("not_found")) } else { rightly(moved) });
    let told = prove(&connect, "test").await.unwrap_err().to_string();
    assert_eq!(told, format!("the set-up of a good exchange fails at {last:?}: refuse not_found"));
    assert_eq!(connect.moves.into_inner().unwrap().len(), set_up().len());
    assert_eq!(connect.left.into_inner().unwrap(), 1);
    let lost = Connect::new(|_| Err(NoVerdict::Lost("nobody there".to_owned())));
    let told = prove(&lost, "test").await.unwrap_err().to_string();
    assert_eq!(told, "the set-up token got no answer: nobody there");
}

/// The provider of the suite knows what was wrong: the run goes on, and the cases that judge a login say it.
#[tokio::test]
async fn a_login_that_the_suites_provider_stops_is_graded() {
    let stopped = |moved: &Move| match moved {
        Move::Login { .. } => {
            let stopped = Some("the redemption sent no redirect URI, expected `x`".to_owned());
            Ok(Observation { stopped, ..refused("AADSTS500112") })
        }
        other => rightly(other),
    };
    let connect = Connect::new(stopped);
    prove(&connect, "test").await.unwrap();
    assert!(matches!(connect.moves.into_inner().unwrap().last(), Some(Move::Login { .. })), "nothing is exchanged");
}
