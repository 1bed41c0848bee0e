//! The outcome of a run as one value; every rendering is a function of it.

use std::collections::BTreeMap;
use std::time::Duration;

use claimproof_suite::{Report, TargetReport, Text};
use serde::Serialize;

use crate::latency::{Percentiles, Point};
use crate::{Run, Workload};

/// The outcome of a run.
#[derive(Clone, Debug, Serialize)]
pub struct Measurement {
    /// What wrote it, by which its own reports are known.
    pub written_by: &'static str,
    /// Version of this format.
    pub schema: u32,
    /// Version of the suite.
    pub suite_version: &'static str,
    /// `release`, or `dev` where the figures are those of a build without optimisation.
    pub build: &'static str,
    /// What was measured.
    pub target: TargetReport,
    /// What was asked for.
    pub plan: Plan,
    /// Whether the run was interrupted.
    pub partial: bool,
    /// Whether it ended because the target no longer answered.
    pub gave_up: bool,
    /// How fast tokens were made, outside of what is timed.
    pub minting: Minting,
    /// Milliseconds of the timed part.
    pub timed_ms: u64,
    /// Timed requests that were sent.
    pub sent: u64,
    /// Timed requests that were answered.
    pub answered: u64,
    /// Answers a second of the timed part.
    pub requests_per_second: f64,
    /// Every verdict, those of the warm-up included.
    pub verdicts: Verdicts,
    /// Wrong verdicts by case.
    pub wrong: Vec<Wrong>,
    /// Wrong verdicts that are known, by case.
    pub known: Vec<Known>,
    /// Requests without an answer by reason. None was sent again.
    pub lost: Vec<Lost>,
    /// Requests the target had no time for, by what it said: a rate limit, overload or an outage.
    /// None was sent again.
    pub held_back: Vec<Lost>,
    /// Connections made anew during the run.
    pub reconnected: u64,
    /// In microseconds.
    pub latency_us: Latencies,
}

/// What was asked for.
#[derive(Clone, Debug, Serialize)]
pub struct Plan {
    /// `closed` or `open`.
    pub r#loop: &'static str,
    /// Requests at most.
    pub requests: u64,
    /// Milliseconds at most.
    pub duration_ms: u64,
    /// Connections.
    pub connections: usize,
    /// Requests a second of an open loop.
    pub rate: Option<f64>,
    /// Tokens of a hundred that must be refused.
    pub refused_percent: u8,
    /// How many different refused tokens take turns.
    pub refused_cases: usize,
    /// Requests before the clock starts.
    pub warm_up: u64,
}

/// How fast tokens were made.
#[derive(Clone, Debug, Serialize)]
pub struct Minting {
    /// How many, those of the warm-up included.
    pub tokens: u64,
    /// Milliseconds, which are not part of the timed ones.
    pub duration_ms: u64,
    /// A second, with every core.
    pub per_second: f64,
    /// Made and never sent: the time was over, or they were no longer fresh.
    pub unsent: u64,
}

/// How many of each verdict.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Verdicts {
    /// Rightly accepted.
    pub accepted: u64,
    /// Rightly refused.
    pub refused: u64,
    /// Of those, refusals whose code could not be seen.
    pub opaque: u64,
    /// Wrong.
    pub wrong: u64,
    /// Wrong, as the file of known failures says.
    pub known: u64,
    /// None, since there was no answer.
    pub lost: u64,
    /// None, since the answer speaks of the moment and not of the token.
    pub held_back: u64,
}

/// A wrong verdict.
#[derive(Clone, Debug, Serialize)]
pub struct Wrong {
    /// The case the token is of.
    pub case: String,
    /// What was expected.
    pub expected: String,
    /// What was observed.
    pub observed: Text,
    /// How often.
    pub count: u64,
}

/// A wrong verdict that is known.
#[derive(Clone, Debug, Serialize)]
pub struct Known {
    /// The case the token is of.
    pub case: String,
    /// What was observed.
    pub observed: Text,
    /// Why the target deviates.
    pub reason: Text,
    /// How often.
    pub count: u64,
}

/// Requests without a verdict.
#[derive(Clone, Debug, Serialize)]
pub struct Lost {
    /// Why.
    pub why: Text,
    /// How often.
    pub count: u64,
}

/// Latencies in microseconds.
#[derive(Clone, Debug, Serialize)]
pub struct Latencies {
    /// From when a request was due. In a closed loop corrected for what a slow answer held up.
    pub response: Percentiles,
    /// From when it was sent.
    pub service: Percentiles,
    /// Both, percentile by percentile.
    pub curve: Vec<Point>,
}

impl Run<'_> {
    pub(crate) fn report(mut self) -> Measurement {
        if self.options.rate.is_none() {
            self.tally.latency.correct();
        }
        let (tally, latency) = (&self.tally, &self.tally.latency);
        let (wrong, known) = self.wrong();
        let verdicts = Verdicts {
            accepted: tally.accepted,
            refused: tally.refused,
            opaque: tally.opaque,
            wrong: wrong.iter().map(|one| one.count).sum(),
            known: known.iter().map(|one| one.count).sum(),
            lost: tally.lost(),
            held_back: tally.held_back(),
        };
        let counted = |all: &BTreeMap<String, u64>| {
            all.iter().map(|(why, count)| Lost { why: why.into(), count: *count }).collect()
        };
        Measurement {
            written_by: Report::WRITER,
            schema: 1,
            suite_version: env!("CARGO_PKG_VERSION"),
            build: if cfg!(debug_assertions) { "dev" } else { "release" },
            target: self.subject.described(),
            plan: plan(self.options, self.mix.refused()),
            partial: self.stop.is_asked(),
            gave_up: self.gave_up,
            minting: self.minted(),
            timed_ms: millis(self.timed),
            sent: self.sent,
            answered: self.answered,
            requests_per_second: per_second(self.answered, self.timed),
            verdicts,
            wrong,
            known,
            lost: counted(&tally.lost),
            held_back: counted(&tally.held_back),
            reconnected: tally.reconnected,
            latency_us: Latencies {
                response: latency.response(),
                service: latency.service(),
                curve: latency.curve(),
            },
        }
    }

    /// Wrong verdicts: those that nobody knew, and those that are known.
    fn wrong(&self) -> (Vec<Wrong>, Vec<Known>) {
        let (mut wrong, mut known) = (Vec::new(), Vec::new());
        for ((case, expected, observed), &count) in &self.tally.wrong {
            let (case, observed) = (case.clone(), Text::from(observed));
            match self.options.known.reason(&case, &observed, self.options.today) {
                Some(reason) => known.push(Known { reason: reason.into(), case, observed, count }),
                None => wrong.push(Wrong { expected: expected.clone(), case, observed, count }),
            }
        }
        (wrong, known)
    }

    fn minted(&self) -> Minting {
        let (tokens, took) = (self.minting.tokens, self.minting.took);
        Minting {
            tokens,
            duration_ms: millis(took),
            per_second: per_second(tokens, took),
            unsent: self.unsent,
        }
    }
}

fn plan(options: &Workload, refused_cases: usize) -> Plan {
    Plan {
        r#loop: if options.rate.is_some() { "open" } else { "closed" },
        requests: options.requests,
        duration_ms: millis(options.duration),
        connections: options.connections,
        rate: options.rate,
        refused_percent: options.refused_percent,
        refused_cases,
        warm_up: options.warm_up,
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[expect(clippy::as_conversions, reason = "a count of requests is exact in a float")]
fn per_second(count: u64, time: Duration) -> f64 {
    if time.is_zero() { 0.0 } else { count as f64 / time.as_secs_f64() }
}
