//! Contenders take turns in one process, and each is measured against the limit of the same round: what
//! else the machine does meets them alike.

use std::hint::black_box;
use std::time::Duration;

use crate::contender::{Contender, RAW_LIMIT, Run, Task};
use crate::thread_time::ThreadTime;

/// How long, and how often.
#[derive(Clone, Copy, Debug)]
pub struct Rounds {
    /// How many turns each has.
    pub count: usize,
    /// The processor time of a turn, at least.
    pub turn: Duration,
}

impl Default for Rounds {
    fn default() -> Self {
        Self { count: 31, turn: Duration::from_millis(4) }
    }
}

/// What one contender took for one token, over all rounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Processor time of the thread in nanoseconds: the median of the rounds.
    pub median_ns: f64,
    /// The quickest round.
    pub min_ns: f64,
    /// The median of the ratios to the limit of the same round.
    pub ratio_to_limit: f64,
    /// Half of the ratios lie between these.
    pub spread: [f64; 2],
    /// How many of the accepted tokens it refused.
    pub refused: usize,
}

impl Rounds {
    /// Times these contenders at one task; the limit must be among them.
    pub fn measure<'c>(
        &self,
        contenders: &'c [Contender],
        task: &Task<'_>,
    ) -> Vec<(&'c Contender, Measured)> {
        let prepared = contenders.iter().filter_map(|one| Some((one, one.prepare(task)?)));
        let (contenders, mut runs): (Vec<&Contender>, Vec<_>) = prepared.unzip();
        let turns = self.alternate(&mut runs);
        let limit = contenders.iter().position(|one| one.name == RAW_LIMIT.name);
        let limit = limit.map(|at| turns[at].clone()).unwrap_or_default();
        contenders
            .into_iter()
            .zip(turns)
            .map(|(one, turns)| (one, Measured::of(&turns, &limit)))
            .collect()
    }

    /// The turns of each, taken round by round; the order rotates.
    pub fn alternate(&self, runs: &mut [Box<dyn Run + '_>]) -> Vec<Vec<Turn>> {
        let mut turns = vec![Vec::with_capacity(self.count); runs.len()];
        for round in 0..=self.count {
            for step in 0..runs.len() {
                let at = (round + step) % runs.len();
                let turn = self.turn(runs[at].as_mut());
                // The first round warms caches and buffers.
                if round > 0 {
                    turns[at].push(turn);
                }
            }
        }
        turns
    }

    fn turn(&self, run: &mut dyn Run) -> Turn {
        let (mut spent, mut tokens, mut refused) = (Duration::ZERO, 0_usize, 0);
        while spent < self.turn {
            run.renew();
            let begun = ThreadTime::now();
            run.pass(&mut |accepted| {
                tokens += 1;
                refused += usize::from(!black_box(accepted));
            });
            spent += begun.elapsed();
        }
        Turn { ns: per(spent, tokens), refused }
    }
}

/// One turn of one contender.
#[derive(Clone, Copy, Debug)]
pub struct Turn {
    /// Nanoseconds a token.
    pub ns: f64,
    /// How many it refused.
    pub refused: usize,
}

impl Measured {
    fn of(turns: &[Turn], limit: &[Turn]) -> Self {
        let times: Vec<f64> = turns.iter().map(|turn| turn.ns).collect();
        let ratios =
            sorted(turns.iter().zip(limit).map(|(turn, limit)| turn.ns / limit.ns).collect());
        let at = |part: usize| ratios.get(ratios.len() * part / 4).copied().unwrap_or(f64::NAN);
        Self {
            min_ns: times.iter().copied().fold(f64::INFINITY, f64::min),
            median_ns: median(times),
            ratio_to_limit: at(2),
            spread: [at(1), at(3)],
            refused: turns.iter().map(|turn| turn.refused).sum(),
        }
    }
}

/// Nanoseconds for each of so many.
pub fn per(spent: Duration, count: usize) -> f64 {
    spent.as_secs_f64() * 1e9 / u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

/// The middle one.
pub fn median(of: Vec<f64>) -> f64 {
    let of = sorted(of);
    of.get(of.len() / 2).copied().unwrap_or(f64::NAN)
}

fn sorted(mut of: Vec<f64>) -> Vec<f64> {
    of.sort_by(f64::total_cmp);
    of
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::API_SMALL;

    #[test]
    fn the_limit_is_the_unit() {
        let given = API_SMALL.presentations(2);
        let rounds = Rounds { count: 3, turn: Duration::from_micros(50) };
        let measured = rounds.measure(&[RAW_LIMIT], &Task::new(API_SMALL, &given));
        let [(_, limit)] = measured.as_slice() else { panic!("{measured:?}") };
        assert_eq!((limit.ratio_to_limit, limit.spread), (1.0, [1.0, 1.0]));
        assert!(limit.min_ns > 0.0 && limit.min_ns <= limit.median_ns, "{limit:?}");
    }

    #[test]
    fn ratios_are_taken_within_a_round() {
        let turns = |ns: [f64; 4]| ns.map(|ns| Turn { ns, refused: 1 });
        let measured =
            Measured::of(&turns([10.0, 40.0, 30.0, 80.0]), &turns([5.0, 10.0, 10.0, 20.0]));
        assert_eq!(measured.refused, 4);
        assert_eq!(
            (measured.median_ns, measured.min_ns, measured.ratio_to_limit),
            (40.0, 10.0, 4.0)
        );
        assert_eq!(measured.spread, [3.0, 4.0]);
    }
}
