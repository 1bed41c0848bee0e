//! The implementation under test, reached in process, over HTTP or over a pipe.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::time::Duration;

use claimproof_cast::Players;
use claimproof_catalog::Profile;
use claimproof_vectors::flow::Move;
use claimproof_vectors::{Case, Ledger, Manage, Need, Presentation, Surface};

use crate::holdings::Holdings;
use crate::journal::{Journal, Unkept};
use crate::observation::{NoVerdict, Observation};

/// What a subject offers beyond answering.
#[derive(Clone, Debug, Default)]
pub struct Capabilities {
    /// How it can be another time for it.
    pub clock: Clock,
    /// How long a change made by management may take to show, where that is stated.
    pub settle: Option<Duration>,
    /// Where requests can be sent; cases that name none go to the first.
    pub surfaces: Vec<Surface>,
    /// What else cases may need of it.
    pub offered: BTreeSet<Need>,
}

/// How it can be another time for a subject.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// It cannot.
    #[default]
    Own,
    /// The suite waits, for at most so many seconds in a case.
    Waits(i64),
    /// Each request says the time.
    Told,
    /// It is moved for everybody.
    Moved,
}

impl Clock {
    /// Whether it stands still until the suite moves it.
    pub const fn is_set(self) -> bool {
        matches!(self, Self::Told | Self::Moved)
    }
}

impl Capabilities {
    /// Why a case that moves the clock cannot be waited for.
    pub(crate) fn impatience(&self, case: &Case) -> Option<String> {
        let Clock::Waits(patience) = self.clock else { return None };
        let seconds = case.advances();
        (seconds > patience).then(|| {
            format!("it takes {seconds} s to wait for, and the patience stated is {patience} s")
        })
    }

    /// Whether it offers what a case needs.
    pub fn meets(&self, need: Need) -> bool {
        match need {
            Need::Clock => self.clock != Clock::Own,
            Need::Surface(surface) => self.surfaces.contains(&surface),
            other => self.offered.contains(&other),
        }
    }
}

/// What one case remembers.
#[derive(Debug, Default)]
pub struct Held {
    /// The tokens minted so far.
    pub ledger: Ledger,
    /// Seconds since 1970, as the case has moved them.
    pub now: i64,
    /// The ids of what management calls made and did not delete, the last one last.
    pub made: Vec<String>,
    /// The management calls that set back what the case has changed so far, in the order of the
    /// changes.
    pub changed: Vec<Manage>,
    /// Who plays, where a management call made one of them; without it, the subject's players.
    pub players: Option<Players>,
    /// What management calls know of the sessions they signed in to, by site where they name one.
    pub sessions: BTreeMap<Option<String>, BTreeMap<String, String>>,
    /// Distinguishes this playing of the case from every other, of any run.
    pub tag: String,
    /// What a Connect case holds.
    pub flow: Holdings,
}

/// One thing to do to a subject.
#[derive(Clone, Copy, Debug)]
pub enum Action<'a> {
    /// Present a token.
    Present(&'a Presentation),
    /// Present a token on the connection of the action before of this kind, which is kept open.
    Kept(&'a Presentation),
    /// Present a token so many times at the same moment.
    AtOnce(&'a Presentation, usize),
    /// Send bytes.
    Raw(&'a str),
    /// Call a management method; where it changes what is to be set back, with the call for that.
    Manage(&'a Manage, Option<&'a Manage>),
    /// Move a party around a Connect server.
    Move(&'a Move),
}

/// The implementation under test. Independent cases run at once, so it is shared; what belongs to
/// one case is in its [`Held`].
pub trait Subject: Sync {
    /// The system it implements.
    fn profile(&self) -> Profile;

    /// What it offers.
    fn capabilities(&self) -> &Capabilities;

    /// Who plays on it.
    fn players(&self) -> &Players;

    /// Its present time in seconds since 1970; never goes back, and goes on only by [`Self::reach`]
    /// where the suite can set it.
    fn now(&self) -> i64;

    /// Moves its clock forward to at least this second, where the suite can set it.
    fn reach(&self, now: i64);

    /// How many seconds from [`Self::now`] its clock may be instead; none where it is known.
    fn other_clocks(&self) -> Vec<i64> {
        Vec::new()
    }

    /// Does one thing once, never again by itself.
    fn perform(
        &self,
        held: &mut Held,
        action: Action<'_>,
    ) -> impl Future<Output = Result<Observation, NoVerdict>> + Send;

    /// Waits so long before it is asked again.
    fn pause(&self, time: Duration) -> impl Future<Output = ()> + Send {
        tokio::time::sleep(time)
    }

    /// Where what is done to it is written down.
    fn journal(&self) -> &dyn Journal {
        &Unkept
    }

    /// How often it answered with each status that is no signal: overload, outages and crashes.
    fn no_signals(&self) -> BTreeMap<u16, usize> {
        BTreeMap::new()
    }

    /// Ready once it has been asked too often in vain, and is to be asked nothing more: why.
    fn given_up(&self) -> impl Future<Output = String> + Send {
        std::future::pending()
    }

    /// Puts back what the case set up or borrowed; called once, whatever came of it.
    fn leave(&self, held: &mut Held) -> impl Future<Output = ()> + Send {
        let _ = held;
        async {}
    }
}
