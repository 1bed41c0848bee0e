//! A script moves the time its later acts are done at, and the subject's clock unless the time is
//! its own.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use claimproof_cast::{Players, Seed, public};
use claimproof_catalog::Profile;
use claimproof_catalog::requirements::Level;
use claimproof_suite::{
    Action, Capabilities, Clock, Held, NoVerdict, Observation, Options, Subject, run,
};
use claimproof_vectors::{Act, Case, ManageMethod, Need, cases};

use super::make::accepted;

const BEGIN: i64 = 1_700_000_000;

/// Accepts everything, and writes down when it was asked.
struct Clocked {
    profile: Profile,
    capabilities: Capabilities,
    players: Players,
    now: AtomicI64,
    asked: Mutex<Vec<i64>>,
}

impl Clocked {
    fn new(profile: Profile) -> Self {
        let capabilities = Capabilities {
            clock: Clock::Told,
            offered: [Need::Exchange, Need::Administration, Need::Login, Need::TokenInternals]
                .into_iter()
                .chain(ManageMethod::ALL.map(Need::Method))
                .collect(),
            ..Capabilities::default()
        };
        let players = public(profile).players;
        Self { profile, capabilities, players, now: AtomicI64::new(BEGIN), asked: Mutex::default() }
    }
}

impl Subject for Clocked {
    fn profile(&self) -> Profile {
        self.profile
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn players(&self) -> &Players {
        &self.players
    }

    fn now(&self) -> i64 {
        self.now.load(Ordering::SeqCst)
    }

    fn reach(&self, now: i64) {
        self.now.fetch_max(now, Ordering::SeqCst);
    }

    async fn perform(&self, held: &mut Held, _: Action<'_>) -> Result<Observation, NoVerdict> {
        self.asked.lock().unwrap().push(held.now);
        Ok(accepted())
    }
}

/// When each act of a script is due, and where the clock stands behind it.
fn due(case: &Case) -> (Vec<i64>, i64) {
    let (mut now, mut due) = (BEGIN, Vec::new());
    for turn in &case.script {
        match turn.act {
            Act::Advance(seconds) => now += seconds,
            _ => due.push(now),
        }
    }
    (due, now)
}

/// The cases of a profile that move a clock, each played alone, with when it asked and where it
/// left the clock.
async fn played(profile: Profile) -> Vec<(&'static Case, Vec<i64>, i64)> {
    let options = Options {
        jobs: 1,
        run: "test".to_owned(),
        level: Level::Should,
        fixed: Default::default(),
        seed: Seed(0),
    };
    let mut played = Vec::new();
    for case in cases::of(profile).iter().filter(|case| case.moves_clock()) {
        let subject = Clocked::new(profile);
        run(std::slice::from_ref(case), &subject, &options, &|_| {}).await;
        played.push((case, subject.asked.lock().unwrap().clone(), subject.now()));
    }
    played
}

#[tokio::test]
async fn what_comes_later_is_asked_later_and_the_clock_is_left_there() {
    let mut asked_later = 0;
    for profile in [Profile::WorkatoDirectLink, Profile::TableauConnectedApp] {
        for (case, asked, left) in played(profile).await {
            let (due, end) = due(case);
            // A script ends where an answer is not the due one.
            assert!(
                !asked.is_empty() && due.starts_with(&asked),
                "{}: {asked:?} of {due:?}",
                case.id
            );
            if asked.last() > Some(&BEGIN) {
                asked_later += 1;
                assert_eq!(left, end, "{}", case.id);
            }
        }
    }
    assert!(asked_later > 1, "{asked_later} cases asked later");
}

#[tokio::test]
async fn a_time_of_its_own_moves_no_clock() {
    let (mut own, mut asked_later) = (0, 0);
    for (case, asked, left) in played(Profile::PositConnect).await {
        assert!(due(case).0.starts_with(&asked), "{}: {asked:?}", case.id);
        if case.has_own_time() {
            own += 1;
            assert_eq!(left, BEGIN, "{}", case.id);
        } else if asked.last() > Some(&BEGIN) {
            assert!(left > BEGIN, "{}", case.id);
        }
        asked_later += usize::from(asked.last() > Some(&BEGIN));
    }
    assert!(
        own > 2 && asked_later > 2,
        "{own} with a time of their own, {asked_later} asked later"
    );
}
