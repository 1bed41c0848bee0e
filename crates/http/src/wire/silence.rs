//! When a target is given up: it answers nothing, or nothing but that it wants a later try.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use crate::unanswered::Unanswered;

/// So many exchanges in a row without an answer, and the target is given up.
const LOST_IN_A_ROW: usize = 10;

/// So long nothing but the wish for a later try, and the target is given up.
const PUT_OFF: Duration = Duration::from_secs(30);

/// So long in all a run waits because the target asks for it.
const MOST_WAITED: Duration = Duration::from_secs(300);

/// Why a target is given up.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Silent {
    #[error("{LOST_IN_A_ROW} requests in a row got no answer, the last one: {0}")]
    Lost(Unanswered),
    #[error("for {} s it answered nothing but that it wants a later try", PUT_OFF.as_secs())]
    PutOff,
    #[error("it asked for more than {} s of waiting in all", MOST_WAITED.as_secs())]
    Waited,
}

/// What was heard of a target of late, by all of a run.
#[derive(Debug)]
pub(crate) struct Silence {
    heard: Mutex<Heard>,
    given_up: watch::Sender<Option<Silent>>,
}

#[derive(Debug, Default)]
struct Heard {
    lost: usize,
    put_off_since: Option<Instant>,
    waited: Duration,
}

impl Default for Silence {
    fn default() -> Self {
        Self { heard: Mutex::default(), given_up: watch::Sender::new(None) }
    }
}

impl Silence {
    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What came of an exchange. What could not be sent says nothing of the target.
    pub(crate) fn note<T>(&self, answer: &Result<T, Unanswered>) {
        match answer {
            Ok(_) => self.heard().lost = 0,
            Err(why) if why.is_ours() => {}
            Err(why) => {
                let mut heard = self.heard();
                heard.lost += 1;
                if heard.lost >= LOST_IN_A_ROW {
                    self.give_up(Silent::Lost(why.clone()));
                }
            }
        }
    }

    /// An answer said something of what was asked.
    pub(crate) fn answered(&self) {
        self.heard().put_off_since = None;
    }

    /// An answer asked for a later try, and the run waits for so long.
    pub(crate) fn put_off(&self, wait: Duration) {
        let mut heard = self.heard();
        heard.waited += wait;
        if heard.waited > MOST_WAITED {
            self.give_up(Silent::Waited);
        }
        if heard.put_off_since.get_or_insert_with(Instant::now).elapsed() >= PUT_OFF {
            self.give_up(Silent::PutOff);
        }
    }

    /// The first reason stays.
    fn give_up(&self, why: Silent) {
        self.given_up.send_if_modified(|known| {
            let is_first = known.is_none();
            known.get_or_insert(why);
            is_first
        });
    }

    /// Ready once the target is given up.
    pub(crate) async fn given_up(&self) -> Silent {
        let mut told = self.given_up.subscribe();
        let why = told.wait_for(Option::is_some).await.ok().and_then(|why| why.clone());
        match why {
            Some(why) => why,
            None => std::future::pending().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    const LOST: Result<(), Unanswered> = Err(Unanswered::Closed);

    fn told(silence: &Silence) -> Option<Silent> {
        silence.given_up().now_or_never()
    }

    #[test]
    fn ten_lost_in_a_row_and_no_answer_between() {
        let silence = Silence::default();
        (0..9).for_each(|_| silence.note(&LOST));
        silence.note(&Ok(()));
        (0..9).for_each(|_| silence.note(&LOST));
        silence.note::<()>(&Err(Unanswered::HeaderName("x y".to_owned())));
        assert_eq!(told(&silence), None);
        silence.note(&LOST);
        assert_eq!(told(&silence), Some(Silent::Lost(Unanswered::Closed)));
    }

    #[test]
    fn a_target_that_asks_for_too_much_waiting_is_given_up() {
        let silence = Silence::default();
        (0..15).for_each(|_| silence.put_off(Duration::from_secs(20)));
        assert_eq!(told(&silence), None);
        silence.put_off(Duration::from_secs(1));
        assert_eq!(told(&silence), Some(Silent::Waited));
    }

    #[test]
    fn what_is_put_off_for_half_a_minute_is_given_up_unless_it_answers() {
        let silence = Silence::default();
        silence.put_off(Duration::ZERO);
        let back = Instant::now().checked_sub(PUT_OFF);
        silence.heard().put_off_since = back;
        silence.answered();
        silence.put_off(Duration::ZERO);
        assert_eq!(told(&silence), None);
        silence.heard().put_off_since = back;
        silence.put_off(Duration::ZERO);
        assert_eq!(told(&silence), Some(Silent::PutOff));
    }
}
