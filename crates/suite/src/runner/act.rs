//! One act of a case: a token is minted and presented, a call made, a party moved, or time passes.

use std::time::Duration;

use claimproof_cast::Unplayed;
use claimproof_vectors::{Act, Case, Forge, ForgeError, Minted, Turn, terms};

use super::Options;
use super::played::End;
use crate::observation::{Breach, NoVerdict, Observation};
use crate::report::Lack;
use crate::retry::Patience;
use crate::subject::{Action, Clock, Held, Subject};
use crate::{at_once, changes, claims};

/// Does one act; `None` where nothing is observed of it.
pub(super) async fn act<S: Subject>(
    turn: &Turn,
    case: &Case,
    subject: &S,
    held: &mut Held,
    options: &Options,
    patience: &Patience,
) -> Result<Option<Observation>, End> {
    match &turn.act {
        Act::Present { token, scene, changes } | Act::KeptAlive { token, scene, changes } => {
            let forge = forge(case, subject, held, options);
            let minted = forge.mint(token, scene, changes, &held.ledger).map_err(unminted)?;
            present(turn, token, minted, subject, held).await.map(Some)
        }
        Act::Again { token, change } => {
            let minted = held
                .ledger
                .get(token)
                .ok_or_else(|| End::Error(format!("no token `{token}` was minted")))?;
            let presentation = minted.again(change.as_ref());
            subject.perform(held, Action::Present(&presentation)).await.map(Some).map_err(lost)
        }
        Act::AtOnce { token, scene, changes, times, rounds } => {
            let forge = forge(case, subject, held, options);
            let minted = forge.rounds(token, scene, changes, rounds + at_once::SPARE, &held.ledger);
            let minted = minted.map_err(unminted)?;
            let (last, seen) = at_once::rounds(subject, held, &minted, (*times, *rounds), patience)
                .await
                .map_err(lost)?;
            held.ledger.insert(token, last.clone());
            Ok(Some(seen))
        }
        Act::Raw(bytes) => subject.perform(held, Action::Raw(bytes)).await.map(Some).map_err(lost),
        Act::Manage(call) => {
            let back = case.set_back_by(call);
            changes::call(call, back, subject, held).await.map(Some).map_err(lost)
        }
        Act::Move(moved) => {
            subject.perform(held, Action::Move(moved)).await.map(Some).map_err(lost)
        }
        Act::Advance(seconds) => {
            advance(*seconds, case, subject, held).await;
            Ok(None)
        }
    }
}

/// Presents a fresh token and compares the claims that are shown with those it was sent with.
async fn present<S: Subject>(
    turn: &Turn,
    token: &'static str,
    minted: Minted,
    subject: &S,
    held: &mut Held,
) -> Result<Observation, End> {
    if let Some(name) = stated(turn, &minted, subject) {
        return Err(End::Skip(
            format!("its token lacks the `{name}` that the target states for every token"),
            None,
        ));
    }
    let presentation = minted.presentation.clone();
    held.ledger.insert(token, minted);
    let kept = matches!(turn.act, Act::KeptAlive { .. });
    let action = if kept { Action::Kept(&presentation) } else { Action::Present(&presentation) };
    let mut seen = subject.perform(held, action).await.map_err(lost)?;
    let shown = seen.claims.as_deref().filter(|_| turn.expect.echoes());
    let beside = shown.and_then(|claims| claims::beside(claims, &presentation));
    seen.breaches.extend(beside.map(|what| Breach { rule: "CPX-claims-sent", what: what.into() }));
    let differs =
        seen.claims.as_deref().and_then(|claims| claims::difference(claims, &presentation));
    seen.claims = seen.claims.filter(|_| differs.is_none());
    seen.differs = differs;
    Ok(seen)
}

/// It is so much later, by the target's clock or by ours.
async fn advance<S: Subject>(seconds: i64, case: &Case, subject: &S, held: &mut Held) {
    let clock = subject.capabilities().clock;
    if let (Clock::Waits(_), Ok(seconds)) = (clock, u64::try_from(seconds)) {
        subject.pause(Duration::from_secs(seconds)).await;
    }
    held.now += seconds;
    // The cases after it begin no earlier, unless they see nothing of it.
    if clock == Clock::Moved || !case.has_own_time() {
        subject.reach(held.now);
    }
}

fn lost(error: NoVerdict) -> End {
    match error {
        NoVerdict::Lost(why) => End::Error(why.into()),
        NoVerdict::Stopped => End::Error(error.to_string()),
        NoVerdict::Unsendable(why) => End::Skip(why.into(), None),
        NoVerdict::Unplayed(role) => unplayed(&role),
        NoVerdict::Undeclared(method) => {
            End::Skip(error.to_string(), Some(Lack::of_method(method)))
        }
        NoVerdict::Busy(busy) => End::Busy(busy),
    }
}

/// What the token lacks of what the target states, where it might be refused for that alone.
fn stated<S: Subject>(turn: &Turn, minted: &Minted, subject: &S) -> Option<String> {
    let token = minted.presentation.token.as_deref().filter(|_| !turn.expect.refuses())?;
    terms::missing(token, subject.players().terms())
}

fn forge<'a, S: Subject>(
    case: &'a Case,
    subject: &'a S,
    held: &'a Held,
    options: &'a Options,
) -> Forge<'a> {
    let players = held.players.as_ref().unwrap_or_else(|| subject.players());
    let (now, run, seed) = (held.now, &options.run, Some(options.seed));
    Forge { players, now, run, case: &case.id, seed }
}

fn unplayed(role: &Unplayed) -> End {
    End::Skip(role.to_string(), Some(Lack::of_role(&role.0)))
}

fn unminted(error: ForgeError) -> End {
    match error {
        ForgeError::Unplayed(role) => unplayed(&role),
        error @ (ForgeError::NoPublicText | ForgeError::Unchanged | ForgeError::Pad(_)) => {
            End::Skip(error.to_string(), None)
        }
        other => End::Error(other.to_string()),
    }
}
