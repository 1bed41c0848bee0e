//! A case played as often as it takes to know: later where the target asks for that, once more
//! where it crashed, and by each clock where it is not known which one the target has.

use claimproof_vectors::{Case, Turn};

use super::once::once;
use super::played::{End, Played};
use super::{Options, act};
use crate::observation::{Observation, Outcome};
use crate::retry::{self, Patience};
use crate::subject::{Held, Subject};

/// Plays a case by each clock the target may have. Where they lead to different verdicts, none is
/// known.
pub(super) async fn play<'c, S: Subject>(
    case: &'c Case,
    subject: &S,
    options: &Options,
    patience: &Patience,
) -> Played<'c> {
    let mut played = settled(case, subject, options, patience, 0).await;
    let doubted = case.tells_time() && !matches!(played.end, End::Skip(..) | End::Error(_));
    for shift in subject.other_clocks().into_iter().filter(|_| doubted) {
        let named = Options { run: format!("{}, {shift} s", options.run), ..options.clone() };
        let other = settled(case, subject, &named, patience, shift).await;
        if !played.agrees_with(&other) {
            let [own, other] =
                [&played, &other].map(|one| Outcome::told(one.seen.outcome.as_ref()));
            let why = format!(
                "inconclusive: {own} by the clock that is believed, {other} by one {shift} s off; \
                 `clock_offset` in the target file says which is right"
            );
            played.end = End::Skip(why, None);
            break;
        }
    }
    played
}

/// Plays a case until it ends with more than the target's wish for a later try.
async fn settled<'c, S: Subject>(
    case: &'c Case,
    subject: &S,
    options: &Options,
    patience: &Patience,
    shift: i64,
) -> Played<'c> {
    let mut tried = 1;
    let mut played = once(case, subject, options, patience, shift).await;
    while let End::Busy(busy) = &played.end {
        if !patience.for_another(subject, tried, busy).await {
            played.end = End::Error(retry::given_up(busy));
            return played;
        }
        tried += 1;
        played =
            once(case, subject, &named(options, &format!("try {tried}")), patience, shift).await;
    }
    if let End::Crashed(status) = played.end {
        let first = played.at;
        let control = |name| named(options, name);
        let before =
            retry::control_answers(case, first, subject, &control("control before"), patience)
                .await;
        played = once(case, subject, &control("second try"), patience, shift).await;
        let after =
            retry::control_answers(case, first, subject, &control("control after"), patience).await;
        played.end = crashed(status, played.end, before && after);
    }
    played
}

/// Does an act, and does it again where the target asks for that and the act may be; any other ends
/// busy.
pub(super) async fn act<S: Subject>(
    turn: &Turn,
    case: &Case,
    subject: &S,
    held: &mut Held,
    options: &Options,
    patience: &Patience,
) -> Result<Option<Observation>, End> {
    let mut done = act::act(turn, case, subject, held, options, patience).await;
    for tried in 1.. {
        let Err(End::Busy(busy)) = &done else { break };
        if !retry::stands_alone(&turn.act) || retry::is_counted(&turn.act, case) {
            break;
        }
        if !patience.for_another(subject, tried, busy).await {
            return Err(End::Error(retry::given_up(busy)));
        }
        done = act::act(
            turn,
            case,
            subject,
            held,
            &named(options, &format!("act {}", tried + 1)),
            patience,
        )
        .await;
    }
    if matches!(done, Ok(Some(_))) {
        patience.answered();
    }
    done
}

/// The same run under another name, so that its tokens are fresh.
pub(super) fn named(options: &Options, name: &str) -> Options {
    Options { run: format!("{}, {name}", options.run), ..options.clone() }
}

/// RFC 9110 section 15: a 5xx is the server's own fault. One that comes again for a fresh token,
/// while what must be accepted is answered before and after, comes from the token.
fn crashed(status: u16, second: End, controlled: bool) -> End {
    match second {
        End::Crashed(status) if controlled => End::Crashed(status),
        End::Crashed(_) => End::Error(format!(
            "status {status} twice, but the accepted control was not answered either: an outage"
        )),
        _ => End::Error(format!(
            "status {status}, which did not come again with a fresh token: an outage"
        )),
    }
}
