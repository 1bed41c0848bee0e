//! Sends prepared requests on kept-alive connections, each once, and judges every answer.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use claimproof_http::{Connection, HttpSubject};
use claimproof_suite::{Judgement, NoVerdict, Observation, judge};
use claimproof_vectors::Expect;
use tokio::task::JoinSet;

use crate::latency::Latency;
use crate::mint::Shot;
use crate::mix::Mix;
use crate::{LoadError, Stop};

/// A run gives up after so many requests in a row without an answer.
const LOST_IN_A_ROW: usize = 10;

/// What was seen of some requests.
#[derive(Debug)]
pub(crate) struct Tally {
    pub(crate) accepted: u64,
    pub(crate) refused: u64,
    /// Of the refused, those whose code could not be seen.
    pub(crate) opaque: u64,
    /// Case, expected, observed.
    pub(crate) wrong: BTreeMap<(String, String, String), u64>,
    pub(crate) lost: BTreeMap<String, u64>,
    /// Turned away for the moment, which is no verdict on a token.
    pub(crate) held_back: BTreeMap<String, u64>,
    /// Connections made beyond the first of each worker.
    pub(crate) reconnected: u64,
    pub(crate) latency: Latency,
}

impl Tally {
    pub(crate) fn new() -> Self {
        let (wrong, lost, held_back, latency) =
            (BTreeMap::new(), BTreeMap::new(), BTreeMap::new(), Latency::new());
        Self { accepted: 0, refused: 0, opaque: 0, wrong, lost, held_back, reconnected: 0, latency }
    }

    pub(crate) fn answered(&self) -> u64 {
        self.accepted + self.refused + self.wrong()
    }

    pub(crate) fn wrong(&self) -> u64 {
        self.wrong.values().sum()
    }

    pub(crate) fn lost(&self) -> u64 {
        self.lost.values().sum()
    }

    pub(crate) fn held_back(&self) -> u64 {
        self.held_back.values().sum()
    }

    /// All there were, whatever came of them.
    pub(crate) fn sent(&self) -> u64 {
        self.answered() + self.lost() + self.held_back()
    }

    /// The verdicts of others; whether their latencies count is said apart.
    pub(crate) fn add(&mut self, other: &Self, timed: bool) {
        self.accepted += other.accepted;
        self.refused += other.refused;
        self.opaque += other.opaque;
        self.reconnected += other.reconnected;
        for (what, count) in &other.wrong {
            *self.wrong.entry(what.clone()).or_default() += count;
        }
        for (why, count) in &other.lost {
            *self.lost.entry(why.clone()).or_default() += count;
        }
        for (why, count) in &other.held_back {
            *self.held_back.entry(why.clone()).or_default() += count;
        }
        if timed {
            self.latency.add(&other.latency);
        }
    }

    fn judged(&mut self, case: &str, expect: &Expect, seen: &Observation) {
        let right = if expect.accepts() { &mut self.accepted } else { &mut self.refused };
        match judge(expect, seen) {
            Judgement::Pass => *right += 1,
            Judgement::PassOpaque => {
                *right += 1;
                self.opaque += 1;
            }
            // Any reading that refuses is right here; which one it is, is for `conform` to tell.
            Judgement::Fits { readings, opaque, .. } if !readings.is_empty() => {
                *right += 1;
                self.opaque += u64::from(opaque);
            }
            Judgement::Fail(_) | Judgement::Fits { .. } => {
                let what = (case.to_owned(), expect.to_string(), seen.outcome.to_string());
                *self.wrong.entry(what).or_default() += 1;
            }
        }
    }
}

/// Some requests, shared by all connections.
struct Round {
    subject: Arc<HttpSubject>,
    mix: Arc<Mix>,
    shots: Vec<Shot>,
    next: AtomicUsize,
    interval: Option<Duration>,
    begun: Instant,
    until: Instant,
    lost_in_a_row: AtomicUsize,
    gave_up: AtomicBool,
    stop: Stop,
}

/// How a round is played.
#[derive(Clone, Debug)]
pub(crate) struct Manner {
    pub(crate) connections: usize,
    /// Between two requests of an open loop; a closed one has none.
    pub(crate) interval: Option<Duration>,
    /// How long at most.
    pub(crate) at_most: Duration,
    pub(crate) stop: Stop,
}

/// What came of a round.
pub(crate) struct Played {
    pub(crate) tally: Tally,
    pub(crate) took: Duration,
    /// Tokens that were made and not sent.
    pub(crate) unsent: u64,
    /// Whether the target was given up.
    pub(crate) gave_up: bool,
}

/// Sends what there is, or what the time allows.
pub(crate) async fn play(
    subject: &Arc<HttpSubject>,
    mix: &Arc<Mix>,
    shots: Vec<Shot>,
    manner: &Manner,
) -> Result<Played, LoadError> {
    let connections = dial(subject, manner.connections.min(shots.len())).await?;
    let begun = Instant::now();
    let round = Arc::new(Round {
        subject: Arc::clone(subject),
        mix: Arc::clone(mix),
        shots,
        next: AtomicUsize::new(0),
        interval: manner.interval,
        begun,
        until: begun + manner.at_most,
        lost_in_a_row: AtomicUsize::new(0),
        gave_up: AtomicBool::new(false),
        stop: manner.stop.clone(),
    });
    let mut workers = JoinSet::new();
    for connection in connections {
        workers.spawn(work(Arc::clone(&round), connection));
    }
    let mut tally = Tally::new();
    while let Some(one) = workers.join_next().await {
        let one =
            one.map_err(|error| LoadError::NoVerdict(format!("a worker broke off: {error}")))?;
        tally.add(&one, true);
    }
    let sent = tally.sent();
    let made = u64::try_from(round.shots.len()).unwrap_or(u64::MAX);
    let gave_up = round.gave_up.load(Ordering::Relaxed);
    Ok(Played { tally, took: begun.elapsed(), unsent: made.saturating_sub(sent), gave_up })
}

/// Every connection is there before the first request.
async fn dial(subject: &Arc<HttpSubject>, count: usize) -> Result<Vec<Connection>, LoadError> {
    let mut dialling = JoinSet::new();
    for _ in 0..count {
        let subject = Arc::clone(subject);
        dialling.spawn(async move { subject.dial().await });
    }
    let mut connections = Vec::new();
    while let Some(one) = dialling.join_next().await {
        let one = one.map_err(|error| LoadError::NoVerdict(error.to_string()))?;
        connections.push(
            one.map_err(|error| LoadError::NoVerdict(format!("no {count} connections: {error}")))?,
        );
    }
    Ok(connections)
}

async fn work(round: Arc<Round>, first: Connection) -> Tally {
    let (mut tally, mut connection) = (Tally::new(), Some(first));
    while let Some((shot, due)) = round.take() {
        let late = wait(due).await;
        if !shot.is_fresh() {
            break;
        }
        let seen = round.ask(&mut connection, shot, late, &mut tally).await;
        round.heed(!matches!(seen, Err(NoVerdict::Lost(_))));
        match seen {
            Ok(seen) => {
                let recipe = round.mix.at(shot.n);
                tally.judged(&recipe.case, &recipe.expect, &seen);
            }
            Err(NoVerdict::Busy(busy)) => {
                *tally.held_back.entry(busy.to_string()).or_default() += 1
            }
            Err(why) => *tally.lost.entry(why.to_string()).or_default() += 1,
        }
    }
    tally
}

/// Waits for the instant; how long it had passed already. A timer that fires late is ours, so only
/// the wait for a free connection counts.
async fn wait(due: Option<Instant>) -> Duration {
    let Some(due) = due else { return Duration::ZERO };
    let late = due.elapsed();
    if late.is_zero() {
        tokio::time::sleep_until(due.into()).await;
    }
    late
}

impl Round {
    /// The next request and when it is due.
    fn take(&self) -> Option<(&Shot, Option<Instant>)> {
        if Instant::now() >= self.until
            || self.stop.is_asked()
            || self.gave_up.load(Ordering::Relaxed)
        {
            return None;
        }
        let place = self.next.fetch_add(1, Ordering::Relaxed);
        let after = |interval: Duration| {
            interval.mul_f64(f64::from(u32::try_from(place).unwrap_or(u32::MAX)))
        };
        let due = self.interval.map(|interval| self.begun + after(interval));
        let shot = self.shots.get(place)?;
        due.is_none_or(|due| due < self.until).then_some((shot, due))
    }

    async fn ask(
        &self,
        connection: &mut Option<Connection>,
        shot: &Shot,
        late: Duration,
        tally: &mut Tally,
    ) -> Result<Observation, NoVerdict> {
        let begun = Instant::now();
        let mut own = match connection.take().filter(Connection::is_open) {
            Some(own) => own,
            None => {
                tally.reconnected += 1;
                self.subject.dial().await?
            }
        };
        let seen = self.subject.ask(&mut own, &shot.prepared).await;
        // A quick refusal to look at a token would flatter the others.
        if seen.is_ok() {
            tally.latency.record(begun.elapsed(), late);
        }
        if !matches!(seen, Err(NoVerdict::Lost(_))) {
            *connection = Some(own);
        }
        seen
    }

    /// Too many requests in a row without an answer, and the target is given up.
    fn heed(&self, answered: bool) {
        if answered {
            self.lost_in_a_row.store(0, Ordering::Relaxed);
        } else if self.lost_in_a_row.fetch_add(1, Ordering::Relaxed) + 1 >= LOST_IN_A_ROW {
            self.gave_up.store(true, Ordering::Relaxed);
        }
    }
}
