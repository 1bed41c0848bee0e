//! What is presented behind a change by management: anew, at growing pauses, until the change shows
//! or the target's time for it is over. The time is this machine's; a clock of the target that can
//! be set stands still meanwhile.

use std::time::{Duration, Instant};

use claimproof_vectors::{Case, Expect};

use super::played::End;
use super::{Options, again};
use crate::grade::{Judgement, judge};
use crate::observation::{Breach, Observation, Outcome};
use crate::retry::{self, Patience};
use crate::subject::{Held, Subject};

/// How long a change may take where the target states nothing.
const SETTLE: Duration = Duration::from_secs(5);
/// The pause behind the first look; each further one is half as long again.
const PAUSE: Duration = Duration::from_millis(50);

/// Does an act of a case, counted from 0, and does it again while its answer is the one from before
/// the change.
pub(super) async fn act<S: Subject>(
    at: usize,
    case: &Case,
    subject: &S,
    held: &mut Held,
    options: &Options,
    patience: &Patience,
) -> Result<Option<Observation>, End> {
    let turn = &case.script[at];
    let (begun, now, stated) = (Instant::now(), held.now, subject.capabilities().settle);
    let until = stated.unwrap_or(SETTLE);
    let mut done = again::act(turn, case, subject, held, options, patience).await;
    if !case.follows_change(at) || !retry::stands_alone(&turn.act) {
        return done;
    }
    let (mut looks, mut pause) = (1, PAUSE);
    while is_as_before(&turn.expect, &done) && begun.elapsed() < until {
        subject.pause(pause.min(until.saturating_sub(begun.elapsed()))).await;
        (looks, pause) = (looks + 1, pause * 3 / 2);
        if !subject.capabilities().clock.is_set() {
            held.now = now + i64::try_from(begun.elapsed().as_secs()).unwrap_or(i64::MAX / 2);
        }
        let named = again::named(options, &format!("look {looks}"));
        done = again::act(turn, case, subject, held, &named, patience).await;
    }
    let late = looks > 1 && stated.is_none() && !is_as_before(&turn.expect, &done);
    done.map(|seen| seen.map(|seen| if late { told(seen, begun.elapsed()) } else { seen }))
}

/// Whether an answer is not the one expected and may be so because the change does not show yet. A
/// refusal in the place of another shows it.
fn is_as_before(expect: &Expect, done: &Result<Option<Observation>, End>) -> bool {
    let Ok(Some(seen)) = done else { return false };
    let accepts = expect.reference().is_none();
    let is_signal =
        seen.outcome == Outcome::Accepted || accepts && matches!(seen.outcome, Outcome::Refused(_));
    is_signal && matches!(judge(expect, seen), Judgement::Fail(_))
}

/// Within the time that nobody stated, later than at once is worth a word.
fn told(mut seen: Observation, after: Duration) -> Observation {
    let what = format!(
        "what management changed shows {:.1} s later, within {} s",
        after.as_secs_f64(),
        SETTLE.as_secs()
    );
    seen.breaches.push(Breach { rule: "CPX-at-once", what: what.into() });
    seen
}
