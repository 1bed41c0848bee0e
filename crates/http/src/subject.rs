//! Any HTTP implementation as a subject, reached as its target file says.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use claimproof_cast::Players;
use claimproof_catalog::Profile;
use claimproof_suite::{
    Action, Capabilities, Held, Journal, NoVerdict, Observation, Subject, TargetReport,
};
use claimproof_vectors::Need;
use url::Url;

use crate::client::{Changes, Client, ClockLeft, time};
use crate::connect::{Connect, Contents, Cookies, StartedOnce};
use crate::target::Target;

mod at_once;
mod clock;
mod form;
mod kept_alive;
mod manage;
mod measure;
mod page;
mod plan;
mod present;
mod reach;
mod set_back;

pub use plan::{Consequence, Planned, Rehearsal};
pub use reach::ConnectError;
pub use reach::is_loopback;
pub use set_back::NotSetBack;

/// An HTTP implementation under test.
#[derive(Debug)]
pub struct HttpSubject {
    client: Client,
    /// How long the first exchange took, connecting included.
    exchange: Duration,
    /// The furthest second a case has moved to, and the one it was when all began.
    reached: AtomicI64,
    /// The connections that cases keep open.
    kept: kept_alive::Kept,
    providers: StartedOnce,
    contents: Contents,
    /// The cookies of each viewer, by role.
    cookies: Cookies,
}

impl HttpSubject {
    /// Checks that the target may be contacted and answers, and measures its clock.
    pub async fn connect(
        target: Target,
        players: Players,
        deadline: Duration,
        allow_remote: bool,
    ) -> Result<Self, ConnectError> {
        let mut subject = Self::unconnected(target, players, deadline, allow_remote)?;
        let begun = Instant::now();
        let url = subject.client.target.base_url.clone();
        let unreachable = |why| ConnectError::Unreachable { url, why };
        let read = time::probe(&subject.client.wire).await.map_err(unreachable)?;
        subject.exchange = begun.elapsed();
        subject.client.read_clock(read).await;
        subject.reach(subject.target_time());
        Ok(subject)
    }

    /// The same without a single byte sent: for lists and plans.
    pub fn unconnected(
        target: Target,
        mut players: Players,
        deadline: Duration,
        allow_remote: bool,
    ) -> Result<Self, ConnectError> {
        let not_allowed = |why: &dyn std::fmt::Display| ConnectError::NotAllowed(why.to_string());
        let base = Url::parse(&target.base_url).map_err(|error| not_allowed(&error))?;
        reach::allowed(&base, allow_remote).map_err(ConnectError::NotAllowed)?;
        page::play(&target, &base, &mut players);
        let vendors = form::is_vendors(&target).then_some(Need::VendorSurfaces);
        let contents = Contents::of(&players);
        let mut client =
            Client::new(target, players, &base, deadline).map_err(|error| not_allowed(&error))?;
        client.capabilities.offered.extend(vendors);
        Ok(Self {
            client,
            exchange: Duration::ZERO,
            reached: AtomicI64::new(0),
            kept: kept_alive::Kept::default(),
            providers: StartedOnce::default(),
            contents,
            cookies: Cookies::default(),
        })
    }

    /// The second it is by the target's own clock, whatever requests have set.
    pub fn target_time(&self) -> i64 {
        self.client.target_time()
    }

    /// The same, with a journal of what it changes on the target.
    pub fn journaled(mut self, journal: Arc<dyn Journal>) -> Self {
        self.client.changes = Changes::written_to(journal);
        self
    }

    /// What was changed on the target and is not set back, in words.
    pub fn left(&self) -> Vec<String> {
        self.client.changes.left()
    }

    /// Sets the target's clock back, where it was moved; the error says what to do by hand.
    pub async fn set_clock_back(&self) -> Result<(), ClockLeft> {
        self.client.set_clock_back().await
    }

    /// How many requests a second it gets at most, where that is said.
    pub const fn rate(&self) -> Option<NonZeroU32> {
        self.client.target.rate
    }

    /// The target as reports name it.
    pub fn described(&self) -> TargetReport {
        let Target { name, profile, base_url, .. } = &self.client.target;
        TargetReport {
            name: name.into(),
            profile: Some(*profile),
            base_url: Some(base_url.into()),
            clock: None,
        }
    }

    /// How many cases at once suit the target: the farther it is, the more.
    pub fn jobs(&self) -> usize {
        reach::jobs(self.exchange)
    }

    /// The parties around a Connect server, for one case.
    fn connect_case<'s>(&'s self, held: &'s mut Held) -> Connect<'s> {
        let Self { client, providers, contents, cookies, .. } = self;
        Connect { client, providers, contents, cookies, held }
    }
}

impl Subject for HttpSubject {
    fn profile(&self) -> Profile {
        self.client.target.profile
    }

    fn capabilities(&self) -> &Capabilities {
        &self.client.capabilities
    }

    fn players(&self) -> &Players {
        &self.client.players
    }

    /// A clock that can be set stands still until a case moves it: of cases that run at once, none
    /// is to come a second too late for a target that has seen the next one.
    fn now(&self) -> i64 {
        let reached = self.reached.load(Ordering::SeqCst);
        if self.client.capabilities.clock.is_set() {
            reached
        } else {
            self.client.target_time().max(reached)
        }
    }

    fn reach(&self, now: i64) {
        self.reached.fetch_max(now, Ordering::SeqCst);
    }

    fn other_clocks(&self) -> Vec<i64> {
        self.client.doubts()
    }

    fn journal(&self) -> &dyn Journal {
        self.client.changes.journal()
    }

    fn no_signals(&self) -> BTreeMap<u16, usize> {
        self.client.no_signals()
    }

    async fn given_up(&self) -> String {
        self.client.given_up().await
    }

    async fn perform(&self, held: &mut Held, action: Action<'_>) -> Result<Observation, NoVerdict> {
        match action {
            Action::Present(presentation) => self.present(held, presentation).await,
            Action::Kept(presentation) => self.present_kept(held, presentation).await,
            Action::AtOnce(presentation, times) => {
                self.present_at_once(held, presentation, times).await
            }
            Action::Raw(bytes) => self.raw(bytes).await,
            Action::Manage(call, back) => self.manage(held, call, back).await,
            Action::Move(moved) => self.connect_case(held).act(moved).await,
        }
    }

    async fn leave(&self, held: &mut Held) {
        self.hang_up(held);
        self.connect_case(held).take_down().await;
    }
}
