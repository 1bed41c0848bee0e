//! A run without verdicts: what it would do, on a subject that writes down what it is asked to do
//! and sends nothing.

use claimproof_vectors::{Act, Case};

use super::Options;
use super::act::act;
use super::once::unplayable;
use super::played::End;
use crate::changes;
use crate::retry::Patience;
use crate::subject::{Held, Subject};

/// Does the acts of a case in order, as a subject would have it whose every answer is right. Why
/// the case ends before its last act, where it does: then only what would be set back is done, as
/// in a run.
pub async fn rehearse<S: Subject>(case: &Case, subject: &S, options: &Options) -> Option<String> {
    if let Some((why, _)) = unplayable(case, subject) {
        return Some(why);
    }
    let tag = format!("{}/{}", options.run, case.id);
    let mut held = Held { now: subject.now(), tag, ..Held::default() };
    let (mut ended, patience) = (None, Patience::default());
    for turn in &case.script {
        // Nobody waits for a plan.
        if let Act::Advance(seconds) = turn.act {
            held.now += seconds;
            continue;
        }
        ended = act(turn, case, subject, &mut held, options, &patience).await.err().map(why);
        if ended.is_some() {
            changes::set_back(subject, &mut held, &patience).await;
            break;
        }
    }
    subject.leave(&mut held).await;
    ended
}

fn why(end: End) -> String {
    match end {
        End::Skip(why, _) | End::Error(why) | End::Fail(why) => why,
        End::Busy(_) | End::Crashed(_) | End::Breach(..) | End::Open { .. } | End::Pass => {
            "it ends".to_owned()
        }
    }
}
