//! When a request may leave: no more than so many a second, and none before the target wants one.

use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The instants at which requests leave, shared by all of a run.
#[derive(Debug)]
pub(crate) struct Pace {
    /// Between two requests; nothing where no rate is asked for.
    interval: Duration,
    /// When the next one may leave.
    next: Mutex<Instant>,
}

impl Pace {
    /// At most so many requests a second.
    pub(crate) fn of(rate: Option<NonZeroU32>) -> Self {
        let interval = rate.map_or(Duration::ZERO, |rate| Duration::from_secs(1) / rate.get());
        Self { interval, next: Mutex::new(Instant::now()) }
    }

    /// Waits until so many requests may leave at the same moment.
    pub(crate) async fn turn(&self, requests: usize) {
        let due = self.take(requests);
        if due > Instant::now() {
            tokio::time::sleep_until(due.into()).await;
        }
    }

    /// The instant of these requests. Those behind them leave as much later as they are.
    fn take(&self, requests: usize) -> Instant {
        let count = u32::try_from(requests).unwrap_or(u32::MAX);
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let due = (*next).max(Instant::now());
        *next = due + self.interval.saturating_mul(count);
        due
    }

    /// No request leaves for so long.
    pub(crate) fn hold(&self, time: Duration) {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        *next = (*next).max(Instant::now() + time);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn requests_leave_one_interval_apart_and_none_before_a_hold_is_over() {
        let pace = Pace::of(NonZeroU32::new(10));
        let begun = Instant::now();
        let first = pace.take(1);
        assert!(first < begun + ms(50));
        assert_eq!(pace.take(3), first + ms(100));
        assert_eq!(pace.take(1), first + ms(400));
        pace.hold(ms(5000));
        assert!(pace.take(1) >= begun + ms(5000));
    }

    #[test]
    fn without_a_rate_nobody_waits_but_for_a_hold() {
        let pace = Pace::of(None);
        for _ in 0..100 {
            assert!(pace.take(64) <= Instant::now());
        }
        pace.hold(ms(1000));
        assert!(pace.take(1) > Instant::now() + ms(900));
    }
}
