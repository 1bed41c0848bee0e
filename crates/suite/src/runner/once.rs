//! One playing of a case: its acts in order, each graded, and what is set back where it ends early.

use std::time::Instant;

use claimproof_vectors::{Act, Case, Expect, Need, terms};

use super::played::{End, Played, Seen};
use super::{Options, settle};
use crate::changes;
use crate::grade::{Judgement, judge};
use crate::observation::Outcome;
use crate::report::Lack;
use crate::retry::{self, Patience};
use crate::subject::{Clock, Held, Subject};

/// A clock that is set to the second of a case before each of its requests runs on between them, and
/// what it ran is taken back. So much, in seconds, on a machine that is busy.
const MOST_GONE_BACK: i64 = 60;

/// Plays a case once, so many seconds from the subject's time.
pub(super) async fn once<'c, S: Subject>(
    case: &'c Case,
    subject: &S,
    options: &Options,
    patience: &Patience,
    shift: i64,
) -> Played<'c> {
    let begun = Instant::now();
    let tag = format!("{}/{}", options.run, case.id);
    let mut held = Held { now: subject.now() + shift, tag, ..Held::default() };
    if matches!(subject.capabilities().clock, Clock::Moved) {
        held.flow.gone_back = MOST_GONE_BACK;
    }
    let mut played = Played {
        case,
        at: case.script.len(),
        seen: Seen::default(),
        open: Vec::new(),
        end: End::Pass,
        duration_ms: 0,
    };
    if let Some((why, lack)) = unplayable(case, subject) {
        played.end = End::Skip(why, Some(lack));
        return played;
    }
    for at in 0..case.script.len() {
        played.at = at + 1;
        played.end = take(at, case, subject, &mut held, options, patience, &mut played.seen).await;
        played.note_open();
        if !matches!(played.end, End::Pass) {
            break;
        }
    }
    if changes::set_back(subject, &mut held, patience).await {
        await_set_back(played.at, case, subject, &mut held, options, patience).await;
    }
    subject.leave(&mut held).await;
    played.duration_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    played
}

/// Why a case is not begun on this subject.
pub(super) fn unplayable<S: Subject>(case: &Case, subject: &S) -> Option<(String, Lack)> {
    let lack = |need| Some((subject.capabilities().lack(need)?, Lack::of_need(need, case.profile)));
    if let Some(lack) = case.needs().into_iter().find_map(lack) {
        return Some(lack);
    }
    if let Some(why) = subject.capabilities().impatience(case) {
        return Some((why, Lack::of_need(Need::Clock, case.profile)));
    }
    let place = terms::unread(case, subject.players().terms())?;
    Some((format!("the target reads no account from `{place}`"), Lack::of_place(place)))
}

/// What a script presents behind its last change shows that all is set back, so that other cases
/// find what they expect.
async fn await_set_back<S: Subject>(
    from: usize,
    case: &Case,
    subject: &S,
    held: &mut Held,
    options: &Options,
    patience: &Patience,
) {
    let manages = |at: &usize| matches!(case.script[*at].act, Act::Manage(_));
    let behind = (0..case.script.len()).rfind(manages).map_or(usize::MAX, |last| last + 1);
    for at in (from.max(behind)..case.script.len()).filter(|at| case.follows_change(*at)) {
        let _ = settle::act(at, case, subject, held, options, patience).await;
    }
}

/// Does an act and grades what came of it.
async fn take<S: Subject>(
    at: usize,
    case: &Case,
    subject: &S,
    held: &mut Held,
    options: &Options,
    patience: &Patience,
    kept: &mut Seen,
) -> End {
    let turn = &case.script[at];
    let seen = match settle::act(at, case, subject, held, options, patience).await {
        Ok(Some(seen)) => seen,
        Ok(None) => return End::Pass,
        Err(end) => return end,
    };
    kept.outcome = Some(seen.outcome.clone());
    kept.evidence.clone_from(&seen.exchange);
    kept.breaches
        .extend(seen.breaches.iter().map(|breach| (breach.clone(), seen.exchange.clone())));
    if let Some(status) = retry::crash(&seen).filter(|_| turn.expect != Expect::Done) {
        kept.outcome = Some(Outcome::Crashed(status));
        return End::Crashed(status);
    }
    match judge(&turn.expect, &seen) {
        Judgement::Pass => End::Pass,
        Judgement::PassOpaque => {
            kept.opaque = true;
            End::Pass
        }
        Judgement::Fail(why) if turn.expect == Expect::Done => {
            unprepared(&why.to_string(), seen.stopped.as_deref())
        }
        Judgement::Fail(why) => {
            let why = why.to_string();
            End::Fail(seen.stopped.map_or(why.clone(), |stopped| format!("{why}: {stopped}")))
        }
        Judgement::Fits { family, readings, opaque } => {
            kept.opaque |= opaque;
            End::Open { family, fits: readings }
        }
    }
}

/// A set-up that a provider of ours stops is the finding of the cases that judge it, and their
/// control is missing here.
fn unprepared(why: &str, stopped: Option<&str>) -> End {
    match stopped {
        Some(stopped) => {
            End::Skip(format!("its login is stopped at the provider: {stopped}"), None)
        }
        None => End::Error(format!("the set-up did not succeed: {why}")),
    }
}
