//! What is changed on a subject by management, and the calls that set it back.

use claimproof_vectors::Manage;

use crate::observation::{NoVerdict, Observation, Outcome};
use crate::retry::{self, Patience};
use crate::subject::{Action, Held, Subject};

/// Makes a call. What sets it back is noted before anything is sent, and struck out where nothing
/// was changed after all.
pub(crate) async fn call<S: Subject>(
    call: &Manage,
    back: Option<Manage>,
    subject: &S,
    held: &mut Held,
) -> Result<Observation, NoVerdict> {
    let sets_back = held.changed.iter().rposition(|own| own == call);
    let back = back.filter(|back| back != call && note(back, held));
    let is_noted = back.is_some();
    let seen = subject.perform(held, Action::Manage(call, back.as_ref())).await;
    match (&seen, sets_back) {
        (Ok(Observation { outcome: Outcome::Accepted, .. }), Some(at)) => {
            held.changed.remove(at);
        }
        (Ok(Observation { outcome: Outcome::Refused(_), .. }), _) if is_noted => {
            held.changed.pop();
        }
        (Err(why), _) if is_noted && !matches!(why, NoVerdict::Lost(_)) => {
            held.changed.pop();
        }
        _ => {}
    }
    seen
}

/// Whether it was not noted before: secrets are made one by one, but a setting is set back once.
fn note(back: &Manage, held: &mut Held) -> bool {
    let is_new = matches!(back, Manage::DeleteSecret { .. }) || !held.changed.contains(back);
    if is_new {
        held.changed.push(back.clone());
    }
    is_new
}

/// Sets back what was changed and not set back yet, the last change first; whether there was
/// anything. What cannot be set back stays noted.
pub(crate) async fn set_back<S: Subject>(
    subject: &S,
    held: &mut Held,
    patience: &Patience,
) -> bool {
    let changed = held.changed.clone();
    for back in changed.iter().rev() {
        let seen = retry::insist(subject, held, Action::Manage(back, None), patience).await;
        let is_done = seen.is_ok_and(|seen| seen.outcome == Outcome::Accepted);
        let at = held.changed.iter().rposition(|own| own == back).filter(|_| is_done);
        if let Some(at) = at {
            held.changed.remove(at);
        }
    }
    !changed.is_empty()
}
