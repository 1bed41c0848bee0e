//! Throughput and latency of any endpoint, a distinct token per request, every verdict judged.
//!
//! A run is made of batches: tokens are minted while nothing is timed, then sent while they are
//! fresh. A closed loop sends as soon as a connection is free; an open one at instants fixed
//! beforehand, so that a slow answer is counted for all who waited.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use claimproof_http::HttpSubject;
use claimproof_suite::{KnownFailures, prove};
use jiff::civil::Date;

mod latency;
mod mint;
mod mix;
mod play;
pub mod render;
mod report;

pub use latency::{Percentiles, Point};
pub use report::{Known, Latencies, Lost, Measurement, Minting, Plan, Verdicts, Wrong};

use mint::BATCH;
use mix::Mix;
use play::{Manner, Played, Tally, play};

/// What is sent, how fast, and how what comes of it is judged.
#[derive(Clone, Debug)]
pub struct Workload {
    /// How many requests at most, those of the warm-up apart.
    pub requests: u64,
    /// How long the timed part lasts at most.
    pub duration: Duration,
    /// How many connections.
    pub connections: usize,
    /// Requests a second of an open loop; none makes a closed one.
    pub rate: Option<f64>,
    /// How many of a hundred tokens must be refused.
    pub refused_percent: u8,
    /// Requests before the clock starts.
    pub warm_up: u64,
    /// Deviations that are known: a wrong verdict among them is counted apart.
    pub known: KnownFailures,
    /// The day by which they expire.
    pub today: Date,
    /// Distinguishes runs, so that no `jti` is used in two of them.
    pub run: String,
}

/// Why a run says nothing.
#[derive(Clone, Debug, thiserror::Error)]
pub enum LoadError {
    /// Nothing can be said about the target.
    #[error("{0}")]
    NoVerdict(String),
}

/// A wish to end early. What is under way is waited for, and nothing more begins.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Asks.
    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked for.
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Proves that accept and reject can be told apart, warms up, and measures; `progress` hears how
/// many timed requests are done.
pub async fn run(
    subject: HttpSubject,
    options: &Workload,
    stop: &Stop,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Measurement, LoadError> {
    let proof = prove(&subject, &options.run)
        .await
        .map_err(|error| LoadError::NoVerdict(error.to_string()))?;
    let mix = Arc::new(Mix::of(&subject, &proof.accepted, options.refused_percent)?);
    let mut run = Run::new(Arc::new(subject), mix, options, stop);
    run.warm_up().await?;
    while run.goes_on() {
        run.batch().await?;
        progress(run.sent);
    }
    Ok(run.report())
}

/// A run under way.
pub(crate) struct Run<'o> {
    pub(crate) subject: Arc<HttpSubject>,
    pub(crate) mix: Arc<Mix>,
    pub(crate) options: &'o Workload,
    pub(crate) stop: Stop,
    pub(crate) tally: Tally,
    pub(crate) minting: mint::Rate,
    /// The timed part so far.
    pub(crate) timed: Duration,
    /// Timed requests that were sent, and those among them that were answered.
    pub(crate) sent: u64,
    pub(crate) answered: u64,
    pub(crate) unsent: u64,
    pub(crate) gave_up: bool,
    /// The next request's number; none is used twice.
    next: u64,
}

impl<'o> Run<'o> {
    fn new(subject: Arc<HttpSubject>, mix: Arc<Mix>, options: &'o Workload, stop: &Stop) -> Self {
        let (timed, minting) = (Duration::ZERO, mint::Rate::default());
        let (stop, tally) = (stop.clone(), Tally::new());
        let (sent, answered, unsent, gave_up, next) = (0, 0, 0, false, 0);
        Self {
            subject,
            mix,
            options,
            stop,
            tally,
            minting,
            timed,
            sent,
            answered,
            unsent,
            gave_up,
            next,
        }
    }

    fn goes_on(&self) -> bool {
        let left = self.sent < self.options.requests && self.timed < self.options.duration;
        left && !self.may_mint().is_zero() && !self.stop.is_asked() && !self.gave_up
    }

    /// How long tokens may still be made: in all no longer than the timed part may last, so that a
    /// run ends though making a token takes longer than answering it.
    const fn may_mint(&self) -> Duration {
        self.options.duration.saturating_sub(self.minting.took)
    }

    /// Its verdicts count, its latencies do not. It keeps to the rate of the run, if there is one.
    async fn warm_up(&mut self) -> Result<(), LoadError> {
        let count = self.options.warm_up.min(self.fits(self.options.duration));
        let played = self.round(count, self.options.duration).await?;
        self.tally.add(&played.tally, false);
        Ok(())
    }

    fn interval(&self) -> Option<Duration> {
        self.options.rate.map(|rate| Duration::from_secs_f64(1.0 / rate))
    }

    /// How many requests will be sent in this time while their tokens are fresh.
    fn fits(&self, time: Duration) -> u64 {
        let due = |interval| due_within(time.min(mint::FRESH / 2), interval);
        self.interval().map_or(BATCH, due).min(BATCH)
    }

    async fn batch(&mut self) -> Result<(), LoadError> {
        let left = self.options.duration.saturating_sub(self.timed);
        let count = (self.options.requests - self.sent).min(self.fits(left));
        let played = self.round(count, left).await?;
        self.tally.add(&played.tally, true);
        self.timed += played.took;
        self.answered += played.tally.answered();
        self.sent += played.tally.sent();
        Ok(())
    }

    async fn round(&mut self, count: u64, at_most: Duration) -> Result<Played, LoadError> {
        let (begun, may_mint) = (Instant::now(), self.may_mint());
        let stopped = || self.stop.is_asked() || begun.elapsed() > may_mint;
        let (subject, run) = (&self.subject, &self.options.run);
        let (shots, rate) = mint::batch(subject, &self.mix, run, self.next, count, &stopped)?;
        self.next += count;
        self.minting.tokens += rate.tokens;
        self.minting.took += rate.took;
        let manner = Manner {
            connections: self.options.connections,
            interval: self.interval(),
            at_most,
            stop: self.stop.clone(),
        };
        let played = play(&self.subject, &self.mix, shots, &manner).await?;
        self.unsent += played.unsent;
        self.gave_up |= played.gave_up;
        Ok(played)
    }
}

/// How many requests of an open loop are due within a time; at least one.
fn due_within(time: Duration, interval: Duration) -> u64 {
    let count = time.as_nanos().div_ceil(interval.as_nanos().max(1));
    u64::try_from(count).unwrap_or(u64::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_loop_mints_what_is_due_and_no_more() {
        let ms = Duration::from_millis;
        assert_eq!(due_within(ms(1000), ms(10)), 100);
        assert_eq!(due_within(ms(1005), ms(10)), 101);
        assert_eq!(due_within(ms(0), ms(10)), 1);
    }
}
