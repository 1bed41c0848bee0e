//! Tokens made before they are due, outside of what is timed.

use std::time::{Duration, Instant};

use claimproof_http::{HttpSubject, Prepared};

use crate::LoadError;
use crate::mix::Mix;

/// How old a token may be when it is sent. The narrowest window among the documents is 30 s.
pub(crate) const FRESH: Duration = Duration::from_secs(20);

/// How long one batch is minted at most, so that its first token is still fresh when the last is
/// due.
const MINTING: Duration = Duration::from_secs(8);

/// How many requests one batch holds at most: some kilobytes each.
pub(crate) const BATCH: u64 = 50_000;

/// A request with a token of its own.
pub(crate) struct Shot {
    pub(crate) n: u64,
    pub(crate) prepared: Prepared,
    minted: Instant,
}

impl Shot {
    pub(crate) fn is_fresh(&self) -> bool {
        self.minted.elapsed() < FRESH
    }
}

/// How fast tokens were made.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rate {
    pub(crate) tokens: u64,
    pub(crate) took: Duration,
}

/// Requests `from..from + count`, or as many as can be minted in time, by every core at once.
pub(crate) fn batch(
    subject: &HttpSubject,
    mix: &Mix,
    run: &str,
    from: u64,
    count: u64,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Result<(Vec<Shot>, Rate), LoadError> {
    let begun = Instant::now();
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mint = |first: usize| -> Result<Vec<Shot>, LoadError> {
        let mut shots = Vec::new();
        for place in (0..count).skip(first).step_by(threads) {
            if begun.elapsed() > MINTING || stopped() {
                break;
            }
            shots.push(shot(subject, mix, run, from + place)?);
        }
        Ok(shots)
    };
    let made: Vec<_> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|first| scope.spawn(move || mint(first))).collect();
        workers.into_iter().map(std::thread::ScopedJoinHandle::join).collect()
    });
    let mut shots = Vec::new();
    for one in made {
        shots.extend(
            one.map_err(|_| LoadError::NoVerdict("a minting thread broke off".to_owned()))??,
        );
    }
    shots.sort_by_key(|shot| shot.n);
    let tokens = u64::try_from(shots.len()).unwrap_or(u64::MAX);
    Ok((shots, Rate { tokens, took: begun.elapsed() }))
}

fn shot(subject: &HttpSubject, mix: &Mix, run: &str, n: u64) -> Result<Shot, LoadError> {
    let minted = Instant::now();
    let unable = |error: &dyn std::fmt::Display| {
        LoadError::NoVerdict(format!("no token can be minted: {error}"))
    };
    let presentation =
        mix.at(n).mint(subject, run, &n.to_string()).map_err(|error| unable(&error))?;
    let prepared = subject.prepare(&presentation).map_err(|error| unable(&error))?;
    Ok(Shot { n, prepared, minted })
}
