//! Processor time of the thread that asks.

use std::time::Duration;

/// A point in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ThreadTime(Duration);

impl ThreadTime {
    pub(crate) fn now() -> Self {
        Self(read())
    }

    /// What the thread, which must be the same one, has used since.
    pub(crate) fn elapsed(self) -> Duration {
        read().saturating_sub(self.0)
    }
}

#[cfg(unix)]
fn read() -> Duration {
    let since = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    // A clock that counts from the start of a thread is never negative.
    Duration::try_from(since).unwrap_or_default()
}

/// Elsewhere the time on the clock, which a busy machine lengthens.
#[cfg(not(unix))]
fn read() -> Duration {
    use std::sync::LazyLock;
    use std::time::Instant;

    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    BEGUN.elapsed()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::ThreadTime;

    #[test]
    fn work_counts_and_sleep_does_not() {
        let (begun, wall) = (ThreadTime::now(), Instant::now());
        std::thread::sleep(Duration::from_millis(100));
        let asleep = begun.elapsed();
        while begun.elapsed() < asleep + Duration::from_millis(5) {
            std::hint::black_box(wall.elapsed());
        }
        assert!(asleep < Duration::from_millis(50) || !cfg!(unix), "{asleep:?}");
    }
}
