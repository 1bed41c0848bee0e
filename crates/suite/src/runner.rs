//! Plays cases on a subject and grades them.
//!
//! Independent cases run at once; `schedule.rs` says which wait for which. `retry.rs` says what is tried
//! again, and when, and `settle.rs` what is presented anew behind a change; nothing else is ever sent twice.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use claimproof_cast::{Seed, Unplayed};
use claimproof_catalog::requirements::Level;
use claimproof_catalog::{Graded, readings as catalog};
use claimproof_vectors::{Act, Case, Expect, Forge, ForgeError, Minted, Need, Turn, terms};
use futures::StreamExt;
use futures::future::{Either, select};
use futures::stream::FuturesUnordered;

use crate::at_once;
use crate::claims;
use crate::controls;
use crate::grade::{Judgement, judge};
use crate::observation::{Breach, NoVerdict, Observation, Outcome};
use crate::probe;
use crate::readings::{self, Inferred, OpenCase};
use crate::report::{CaseReport, Lack, ReadingReport};
use crate::retry::{self, Patience};
use crate::schedule::Schedule;
use crate::subject::{Action, Clock, Held, Subject};

mod again;
mod played;
mod rehearsal;
mod settle;
mod watch;

pub use rehearsal::rehearse;

use played::{End, Opening, Played, Seen};

/// How a run is made.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many cases at once, where they are independent.
    pub jobs: usize,
    /// Distinguishes runs, so that no `jti` is used in two of them.
    pub run: String,
    /// The least level at which a deviation fails.
    pub level: Level,
    /// Readings the target file fixes: family to reading.
    pub fixed: BTreeMap<String, String>,
    /// What the order of cases and of claims is derived from.
    pub seed: Seed,
}

/// Plays every case and grades it; `progress` hears of each one as it ends.
pub async fn run<S: Subject>(
    cases: &[Case],
    subject: &S,
    options: &Options,
    progress: &(dyn Fn(&str) + Sync),
) -> (Vec<CaseReport>, Vec<ReadingReport>) {
    run_until(cases, subject, options, progress, std::future::pending()).await
}

/// The same until `stop` is ready: then what has ended is graded, and what has not is left out.
pub async fn run_until<S: Subject>(
    cases: &[Case],
    subject: &S,
    options: &Options,
    progress: &(dyn Fn(&str) + Sync),
    stop: impl Future<Output = ()>,
) -> (Vec<CaseReport>, Vec<ReadingReport>) {
    let mut stop = std::pin::pin!(stop);
    let cases = &controls::staffed(cases, subject);
    let (shuffled, patience) = (shuffled(cases, options.seed), Patience::default());
    let (mut schedule, mut running) = (
        Schedule::of(shuffled, options.jobs, subject.capabilities().clock),
        FuturesUnordered::new(),
    );
    let mut played = Vec::with_capacity(cases.len());
    loop {
        running.extend(
            schedule.due().into_iter().map(|case| again::play(case, subject, options, &patience)),
        );
        match select(stop.as_mut(), running.next()).await {
            Either::Left(((), _)) | Either::Right((None, _)) => break,
            Either::Right((Some(one), _)) => {
                schedule.ended(one.case);
                progress(&one.case.id);
                played.push(one);
            }
        }
    }
    // The order of the selection, whatever order they ended in.
    let place: BTreeMap<&str, usize> =
        cases.iter().enumerate().map(|(n, case)| (case.id.as_str(), n)).collect();
    played.sort_by_key(|one| place.get(one.case.id.as_str()).copied());
    without_control(&mut played);
    watch::settle(&mut played);
    let inferred = infer(&played, options);
    let mut reports: Vec<CaseReport> =
        played.into_iter().map(|one| one.report(&inferred, options)).collect();
    probe::settle(&mut reports);
    (reports, inferred.iter().map(|(family, inferred)| reading(family, inferred)).collect())
}

/// Where the plain token of an account is refused, that fails once; what else is refused there says nothing. What
/// is accepted there all the same does.
fn without_control(played: &mut [Played<'_>]) {
    let plain = |one: &&Played<'_>| one.case.twin.is_none() && one.answered() && !one.is_accepted();
    let refused: BTreeMap<String, Outcome> = played
        .iter()
        .filter(plain)
        .filter_map(|one| Some((one.case.id.clone(), one.seen.outcome.clone()?)))
        .collect();
    for one in played.iter_mut().filter(|one| controls::has_control(one.case)) {
        let control = one.case.twin.as_ref().and_then(|twin| Some((twin, refused.get(twin)?)));
        if let Some((twin, observed)) =
            control.filter(|(_, observed)| one.says_nothing_beside(observed))
        {
            let why = format!(
                "its control {twin} was not accepted ({observed}), so what is refused here says nothing"
            );
            (one.end, one.open) = (End::Skip(why, Some(Lack::of_control(twin))), Vec::new());
        }
    }
}

/// Nobody can know a case by its place.
fn shuffled(cases: &[Case], seed: Seed) -> Vec<&Case> {
    let mut cases: Vec<&Case> = cases.iter().collect();
    cases.sort_by_cached_key(|case| seed.hex(&format!("place {}", case.id)));
    cases
}

async fn once<'c, S: Subject>(
    case: &'c Case,
    subject: &S,
    options: &Options,
    patience: &Patience,
    shift: i64,
) -> Played<'c> {
    let begun = Instant::now();
    let tag = format!("{}/{}", options.run, case.id);
    let mut held = Held { now: subject.now() + shift, tag, ..Held::default() };
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
            restore(at + 1, case, subject, &mut held, options, patience).await;
            break;
        }
    }
    subject.leave(&mut held).await;
    played.duration_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    played
}

/// Why a case is not begun on this subject.
fn unplayable<S: Subject>(case: &Case, subject: &S) -> Option<(String, Lack)> {
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

/// What a script would still have set back is set back, and what it presents behind that shows that it is, so that
/// other cases find what they expect.
async fn restore<S: Subject>(
    from: usize,
    case: &Case,
    subject: &S,
    held: &mut Held,
    options: &Options,
    patience: &Patience,
) {
    for at in (from..case.script.len()).filter(|at| sets_back(case, *at)) {
        let _ = settle::act(at, case, subject, held, options, patience).await;
    }
}

/// Whether an act sets something back, or shows that all is.
fn sets_back(case: &Case, at: usize) -> bool {
    let manages = |at: usize| matches!(case.script[at].act, Act::Manage(_));
    let last = (0..case.script.len()).rfind(|at| manages(*at)).unwrap_or(usize::MAX);
    manages(at) || at > last && case.follows_change(at)
}

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

/// A set-up that a provider of ours stops is the finding of the cases that judge it, and their control is missing here.
fn unprepared(why: &str, stopped: Option<&str>) -> End {
    match stopped {
        Some(stopped) => {
            End::Skip(format!("its login is stopped at the provider: {stopped}"), None)
        }
        None => End::Error(format!("the set-up did not succeed: {why}")),
    }
}

/// Does one act; `None` where nothing is observed of it.
async fn act<S: Subject>(
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
            subject.perform(held, Action::Manage(call)).await.map(Some).map_err(lost)
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
    seen.breaches.extend(beside.map(|what| Breach { rule: "CPX-claims-sent", what }));
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
        tokio::time::sleep(Duration::from_secs(seconds)).await;
    }
    held.now += seconds;
    // The cases after it begin no earlier, unless they see nothing of it.
    if clock == Clock::Moved || !case.has_own_time() {
        subject.reach(held.now);
    }
}

fn lost(error: NoVerdict) -> End {
    match error {
        NoVerdict::Lost(why) => End::Error(why),
        NoVerdict::Unsendable(why) => End::Skip(why, None),
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

fn infer(played: &[Played<'_>], options: &Options) -> BTreeMap<&'static str, Inferred> {
    // A probe says what its original said, or contradicts it; neither is one more vote.
    let votes = played.iter().filter(|one| one.case.repeats.is_none());
    let of_case = |one: &Played<'_>| {
        let open = |open: &Opening| OpenCase {
            case: one.case.id.clone(),
            family: open.family,
            fits: open.fits.clone(),
            observed: Outcome::told(open.seen.outcome.as_ref()),
            wants: wants(&one.case.script[open.at - 1].expect),
        };
        one.open.iter().map(open).collect::<Vec<_>>()
    };
    let open: Vec<_> = votes.flat_map(of_case).collect();
    readings::infer(&open, &options.fixed)
}

/// What each reading asks for.
fn wants(expect: &Expect) -> Vec<(&'static str, String)> {
    match expect {
        Expect::Open { answers, .. } => {
            answers.iter().map(|(reading, answer)| (*reading, answer.to_string())).collect()
        }
        _ => Vec::new(),
    }
}

fn reading(family: &'static str, inferred: &Inferred) -> ReadingReport {
    let (chosen, state) = match inferred.left.as_slice() {
        _ if inferred.fitting == 0 => (None, "mixture"),
        // Judged one by one, and not asked to agree.
        [] if catalog::find(family).is_some_and(|family| family.graded != Graded::Family) => {
            (None, "recorded")
        }
        [] => (None, "mixture"),
        [one] => (Some(*one), "chosen"),
        [_, _, ..] => (None, "undetermined"),
    };
    let fits = if inferred.fitting == 0 { Vec::new() } else { inferred.left.clone() };
    ReadingReport { id: family, chosen, state, fits }
}
