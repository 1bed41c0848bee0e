//! Latencies in microseconds, and what coordinated omission hid of them.

use std::time::Duration;

use hdrhistogram::Histogram;
use serde::Serialize;

/// Two histograms of the same answers, in microseconds with three significant digits.
#[derive(Clone, Debug)]
pub(crate) struct Latency {
    /// From sending to the answer.
    service: Histogram<u64>,
    /// From when the request was due: what a caller with its own rhythm would have seen.
    response: Histogram<u64>,
}

/// Some points of a histogram, in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each field is the percentile of its name")]
pub struct Percentiles {
    pub mean: f64,
    pub p50: u64,
    pub p90: u64,
    pub p99: u64,
    pub p999: u64,
    pub max: u64,
}

/// One percentile of both histograms, in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Point {
    /// Percent.
    pub percentile: f64,
    /// From when the request was due.
    pub response: u64,
    /// From when it was sent.
    pub service: u64,
}

impl Latency {
    pub(crate) fn new() -> Self {
        #[expect(clippy::unwrap_used, reason = "three significant digits are among those allowed")]
        let empty = Histogram::<u64>::new(3).unwrap();
        Self { service: empty.clone(), response: empty }
    }

    /// `late` is how long the request had been due when it was sent.
    pub(crate) fn record(&mut self, service: Duration, late: Duration) {
        // Both size themselves to what they are given, so recording cannot fail.
        let _ = self.service.record(micros(service));
        let _ = self.response.record(micros(service + late));
    }

    pub(crate) fn add(&mut self, other: &Self) {
        let _ = self.service.add(&other.service);
        let _ = self.response.add(&other.response);
    }

    /// A closed loop has no instants at which requests were due: each connection is taken to want
    /// one every median, and an answer slower than that hid those which waited behind it.
    pub(crate) fn correct(&mut self) {
        let interval = self.service.value_at_quantile(0.5).max(1);
        self.response = self.service.clone_correct(interval);
    }

    pub(crate) fn service(&self) -> Percentiles {
        summary(&self.service)
    }

    pub(crate) fn response(&self) -> Percentiles {
        summary(&self.response)
    }

    /// Both histograms at percentiles that come ever nearer to a hundred.
    pub(crate) fn curve(&self) -> Vec<Point> {
        let quantiles = (0_u32..=50).map(|step| 1.0 - 10_f64.powf(-f64::from(step) / 10.0));
        // Beyond one in so many there is nothing but the slowest.
        let finest = 1.0 / count(&self.service).max(1.0);
        let point = |quantile: f64| Point {
            percentile: quantile * 100.0,
            response: self.response.value_at_quantile(quantile),
            service: self.service.value_at_quantile(quantile),
        };
        quantiles.take_while(|quantile| 1.0 - quantile >= finest).map(point).collect()
    }
}

#[expect(clippy::as_conversions, reason = "a count of requests is exact in a float")]
fn count(histogram: &Histogram<u64>) -> f64 {
    histogram.len() as f64
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

fn summary(histogram: &Histogram<u64>) -> Percentiles {
    let at = |quantile| histogram.value_at_quantile(quantile);
    let mean = histogram.mean();
    Percentiles {
        mean,
        p50: at(0.5),
        p90: at(0.9),
        p99: at(0.99),
        p999: at(0.999),
        max: histogram.max(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    fn recorded(all: &[(u32, Duration)]) -> Latency {
        let mut latency = Latency::new();
        for (count, service) in all {
            (0..*count).for_each(|_| latency.record(*service, Duration::ZERO));
        }
        latency
    }

    /// Three significant digits.
    fn near(value: u64, expected: u64) -> bool {
        value.abs_diff(expected) * 1000 <= expected
    }

    #[test]
    fn a_stall_of_a_closed_loop_counts_for_those_it_held_up() {
        let mut latency = recorded(&[(1999, MS), (1, 1000 * MS)]);
        assert!(near(latency.response().p99, 1000), "{:?}", latency.response());
        latency.correct();
        // A thousand more fell into the second in which nothing was answered: they waited for
        // 1 ms to 1000 ms, and thirty of these three thousand for longer than 970 ms.
        let seen = latency.response();
        assert!((965_000..=975_000).contains(&seen.p99) && near(seen.p50, 1000), "{seen:?}");
        assert!(near(latency.service().p99, 1000), "{:?}", latency.service());
    }

    #[test]
    fn in_an_open_loop_waiting_counts() {
        let mut latency = Latency::new();
        latency.record(2 * MS, 5 * MS);
        assert!(near(latency.service().max, 2000) && near(latency.response().max, 7000));
    }

    #[test]
    fn histograms_of_several_connections_add_up() {
        let (mut one, other) = (recorded(&[(9, MS)]), recorded(&[(1, 90 * MS)]));
        one.add(&other);
        assert!(
            near(one.service().max, 90_000) && near(one.service().p90, 1000),
            "{:?}",
            one.service()
        );
        assert!((one.service().mean - 9900.0).abs() < 50.0, "{:?}", one.service());
    }

    #[test]
    fn the_curve_rises_and_says_nothing_it_cannot_know() {
        let curve = recorded(&[(90, MS), (10, 50 * MS)]).curve();
        assert!(curve.windows(2).all(|pair| pair[0].percentile < pair[1].percentile));
        assert!(curve.windows(2).all(|pair| pair[0].service <= pair[1].service));
        assert!(curve.last().unwrap().percentile <= 99.0 + 1e-9, "{:?}", curve.last());
        assert!(near(curve.last().unwrap().service, 50_000));
    }
}
