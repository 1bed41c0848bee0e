//! What a target's clock shows, as far as can be known: its `Date`, and which tokens it accepts.

use std::sync::PoisonError;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::Client;
use crate::clock;
use crate::target::Rendered;
use crate::unanswered::Unanswered;
use crate::wire::Wire;

/// How often `Date` is read, and how long apart where it is not ours.
const PROBES: usize = 5;
const APART: Duration = Duration::from_millis(150);
/// Servers write a `Date` kept for up to a second, and it has no fraction.
const OLDEST: i64 = 2000;
/// Within this of each other two clocks are one: no case that runs without a settable clock is
/// nearer to an edge.
const SAME: i64 = 3;

/// A clock, in seconds ahead of this machine's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Clock {
    /// The one tokens are minted by.
    pub(crate) believed: i64,
    /// How far `Date` may be from it.
    pub(crate) doubt: i64,
    /// What it may be instead.
    pub(crate) others: Vec<i64>,
}

impl Clock {
    /// As the target file says.
    const fn told(offset: i64) -> Self {
        Self { believed: offset, doubt: 0, others: Vec::new() }
    }

    /// From the milliseconds each probe leaves between the two clocks, least and most.
    fn read(bounds: &[(i64, i64)]) -> Self {
        let (Some(least), Some(most)) =
            (bounds.iter().map(|one| one.0).max(), bounds.iter().map(|one| one.1).min())
        else {
            return Self::default();
        };
        // Probes that exclude each other come from several clocks, or from a `Date` that stands
        // still.
        let (at_odds, least, most) = (least > most, least.min(most), least.max(most));
        let ours = (least..=most).contains(&0);
        let believed = if ours { 0 } else { seconds((least + most - OLDEST / 2) / 2) };
        let doubt = if ours && !at_odds { 0 } else { seconds((most - least) / 2).max(1) };
        let ends = if at_odds { vec![seconds(least), seconds(most)] } else { Vec::new() };
        let others =
            ends.into_iter().chain([0]).filter(|other| (other - believed).abs() > SAME).collect();
        Self { believed, doubt, others }
    }

    pub(crate) fn shown(&self) -> String {
        format!("the target's Date is {} (within {} s)", ahead(self.believed), self.doubt)
    }

    /// What it means that tokens by these clocks are accepted.
    pub(crate) fn told_by(&self, accepted: &[i64]) -> String {
        let means = match accepted {
            [] => "the plainest token is accepted neither by that clock nor by this machine's"
                .to_owned(),
            [one] => format!(
                "tokens are accepted by one clock alone, so the one {} is believed",
                ahead(*one)
            ),
            [one, ..] => format!(
                "tokens are accepted by several clocks; the one {} is believed, and a case whose answer depends on \
                 which is right is skipped: `clock_offset` in the target file says it",
                ahead(*one)
            ),
        };
        format!("{}; {means}", self.shown())
    }
}

fn ahead(offset: i64) -> String {
    match offset {
        0 => "of this machine".to_owned(),
        1.. => format!("{offset} s ahead of this machine's"),
        _ => format!("{} s behind this machine's", offset.unsigned_abs()),
    }
}

/// The nearest second.
const fn seconds(millis: i64) -> i64 {
    (millis + 500).div_euclid(1000)
}

fn millis() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// What one answer leaves between the two clocks in milliseconds, least and most; nothing where it has no
/// `Date`.
pub(crate) async fn probe(wire: &Wire) -> Result<Option<(i64, i64)>, Unanswered> {
    let path = "/".to_owned();
    let get = Rendered {
        method: "GET".to_owned(),
        path,
        query: vec![],
        headers: vec![],
        body: String::new(),
    };
    let before = millis();
    let response = wire.send(&get).await?;
    let date =
        response.headers("date").next().and_then(|date| jiff::fmt::rfc2822::parse(date).ok());
    let date = date.map(|date| date.timestamp().as_second() * 1000);
    Ok(date.map(|date| (date - millis(), date + OLDEST - before)))
}

/// Reads the target's `Date` until it is plainly ours, or several times; a target that shows none
/// has our clock.
async fn read(wire: &Wire, first: Option<(i64, i64)>) -> Clock {
    let mut bounds: Vec<_> = first.into_iter().collect();
    for _ in 1..PROBES {
        let ours = Clock::read(&bounds) == Clock::default();
        if bounds.is_empty() || ours && bounds.len() > 1 {
            break;
        }
        if !ours {
            tokio::time::sleep(APART).await;
        }
        bounds.extend(probe(wire).await.ok().flatten());
    }
    Clock::read(&bounds)
}

impl Client {
    /// Reads the target's clock, where the target file does not say it.
    pub(crate) async fn read_clock(&self, first: Option<(i64, i64)>) {
        let clock = match self.target.clock_offset {
            Some(offset) => Clock::told(offset),
            None => read(&self.wire, first).await,
        };
        self.believe(clock);
    }

    pub(crate) fn believe(&self, clock: Clock) {
        *self.clock.lock().unwrap_or_else(PoisonError::into_inner) = clock;
    }

    /// The second it is by the target's own clock, whatever requests have set.
    pub(crate) fn target_time(&self) -> i64 {
        clock::system() + self.offset()
    }

    pub(crate) fn clock(&self) -> Clock {
        self.clock.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Seconds the target's clock is believed to be ahead of ours.
    pub(crate) fn offset(&self) -> i64 {
        self.clock().believed
    }

    /// What its clock may be instead, in seconds from the one believed.
    pub(crate) fn doubts(&self) -> Vec<i64> {
        let clock = self.clock();
        // Of a clock that is set, and of a server that mints its tokens itself, nothing is guessed.
        let told = self.capabilities.clock.is_set() || self.target.profile.sheet().is_flow;
        clock.others.iter().filter(|_| !told).map(|other| other - clock.believed).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_within_two_seconds_is_this_machine_s_clock() {
        for bounds in [vec![], vec![(-500, 1500)], vec![(-1900, 100), (-1000, 1000)]] {
            assert_eq!(Clock::read(&bounds), Clock::default(), "{bounds:?}");
        }
    }

    #[test]
    fn a_date_that_is_off_is_one_clock_and_ours_another() {
        let clock = Clock::read(&[(9_100, 11_100), (9_400, 11_400)]);
        assert_eq!(clock, Clock { believed: 10, doubt: 1, others: vec![0] });
        assert_eq!(Clock::read(&[(-3_601_000, -3_599_000)]).believed, -3600);
    }

    #[test]
    fn dates_that_exclude_each_other_leave_their_spread_in_doubt() {
        let clock = Clock::read(&[(20_000, 22_000), (0, 2_000), (10_000, 12_000)]);
        assert_eq!(clock, Clock { believed: 11, doubt: 9, others: vec![2, 20, 0] });
    }
}
