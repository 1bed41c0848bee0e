//! The time a request is of: said with it, or set for everybody before it.

use std::time::{Duration, Instant};

use claimproof_suite::{Back, Clock, NoVerdict, Undo};
use tokio::sync::Mutex;

use super::Client;
use crate::clock;
use crate::target::{Fields, Method, Rendered, TargetFault, render};
use crate::unanswered::Unanswered;

/// To which second the target's clock was set, and when.
pub(crate) type Moved = Mutex<Option<(i64, Instant)>>;

/// What the journal calls it.
const CLOCK: &str = "clock";

/// A clock that was set may go on from there.
const STANDS: Duration = Duration::from_secs(1);

/// How long a run that is over waits for its last request.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// A target's clock that a run moved and could not set back.
#[derive(Debug, thiserror::Error)]
#[error("the clock of {url} was not set back: {why}; set it by hand")]
pub struct ClockLeft {
    url: String,
    why: Unset,
}

/// Why a clock was not set.
#[derive(Debug, thiserror::Error)]
enum Unset {
    #[error(transparent)]
    NoTime(#[from] jiff::Error),
    #[error(transparent)]
    Unfilled(#[from] TargetFault),
    #[error(transparent)]
    Unanswered(#[from] Unanswered),
    #[error("{method} {path} is answered with status {status}")]
    Refused { method: String, path: String, status: u16 },
}

impl Client {
    /// Sees to it that a request comes at this second by the target's clock, where the suite can.
    pub(crate) async fn at(&self, request: &mut Rendered, now: i64) -> Result<(), NoVerdict> {
        match (self.capabilities.clock, self.target.clock_header()) {
            (_, Some(header)) => request.headers.push((header.to_owned(), now.to_string())),
            (Clock::Moved, None) => self.move_to(now).await?,
            (Clock::Own | Clock::Waits(_) | Clock::Told, None) => {}
        }
        Ok(())
    }

    async fn move_to(&self, now: i64) -> Result<(), NoVerdict> {
        let mut moved = self.moved.lock().await;
        if moved.is_some_and(|(at, when)| at == now && when.elapsed() < STANDS) {
            return Ok(());
        }
        if let Some(set) = self.target.clock.as_ref().and_then(|clock| clock.set.as_ref()) {
            if moved.is_none() {
                let back = Back::Clock { ahead: self.offset() };
                self.changes.begin(Undo { name: CLOCK.to_owned(), back })?;
            }
            // Noted before it is sent: a run that is stopped meanwhile sets it back all the same.
            *moved = Some((now, Instant::now()));
            if let Err(why) = self.set(set, now).await {
                *moved = Some((i64::MIN, Instant::now()));
                return Err(NoVerdict::Lost(format!("clock.set: {why}").into()));
            }
        }
        Ok(())
    }

    async fn set(&self, method: &Method, now: i64) -> Result<(), Unset> {
        let mut fields: Fields = self.target.fields.clone();
        let date = jiff::Timestamp::from_second(now)?;
        fields.extend([
            ("now".to_owned(), now.to_string()),
            ("now_rfc3339".to_owned(), date.to_string()),
        ]);
        let request = render(method, &fields)?;
        let response = self.wire.send(&request).await?;
        match response.status {
            200..=299 => Ok(()),
            status => Err(Unset::Refused { method: request.method, path: request.path, status }),
        }
    }

    /// Sets the target's clock back, where it was moved; the error says what to do by hand.
    pub(crate) async fn set_clock_back(&self) -> Result<(), ClockLeft> {
        if self.moved.lock().await.take().is_none() {
            return Ok(());
        }
        // The clock it had was this machine's, as far as its `Date` told.
        self.put_clock_back(self.offset()).await
    }

    /// Sets it so many seconds ahead of this machine's, or as the target file says it is set back.
    pub(crate) async fn put_clock_back(&self, ahead: i64) -> Result<(), ClockLeft> {
        let Some(clock) = &self.target.clock else { return Ok(()) };
        let now = clock::system() + ahead;
        let method = clock.back.as_ref().or(clock.set.as_ref());
        let Some(method) = method else { return Ok(()) };
        let set = tokio::time::timeout(LAST_WORDS, self.set(method, now)).await;
        let late = Unanswered::Late { what: "answer", seconds: LAST_WORDS.as_secs() };
        let set = set.unwrap_or_else(|_| Err(late.into()));
        set.map_err(|why| ClockLeft { url: self.target.base_url.clone(), why })?;
        self.changes.end(CLOCK);
        Ok(())
    }
}
