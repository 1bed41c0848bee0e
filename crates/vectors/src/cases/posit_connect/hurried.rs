//! The same cases on a server whose clock nobody can move: its access tokens live for two seconds, and the suite waits.

use claimproof_idp::Knobs;

use super::PAST_AN_HOUR;
use crate::case::{Act, Case, Turn};
use crate::flow::Move;

/// What the provider's tokens live for, in seconds.
const LIFE: u32 = 2;
/// After how many seconds they have ended.
const ENDED: i64 = 4;
/// The longest lifetime that an hour and some minutes outlive.
const HOUR: u32 = 3600;

/// The case in seconds; nothing where it is about more than tokens that have ended.
pub fn hurried(case: &Case) -> Option<Case> {
    let first = case.script.iter().position(|turn| matches!(turn.act, Act::Advance(_)))?;
    // A server may renew a token that is about to end, so what is exchanged before it has ended says nothing here.
    let exchanges =
        |turn: &Turn| matches!(turn.moved(), Some(Move::Exchange(_) | Move::ExchangeAtOnce { .. }));
    if case.script[..first].iter().any(exchanges) {
        return None;
    }
    // Nor is it known how often a provider is asked where a token of seconds is exchanged several times.
    let exchanged = case.script.iter().filter(|turn| exchanges(turn)).count();
    let counted = case.script.iter().any(|turn| matches!(turn.moved(), Some(Move::Look(_))));
    if counted && exchanged > 1 {
        return None;
    }
    let script = case.script.iter().map(in_seconds).collect::<Option<Vec<_>>>()?;
    Some(Case { script, ..case.clone() })
}

fn in_seconds(turn: &Turn) -> Option<Turn> {
    let act = match (&turn.act, turn.moved()) {
        (Act::Advance(PAST_AN_HOUR), _) => Act::Advance(ENDED),
        (Act::Advance(_), _) => return None,
        (_, Some(Move::Use { .. })) => return None,
        (_, Some(Move::Provider(knobs))) => Act::Move(Move::Provider(short_lived(knobs)?)),
        _ => turn.act.clone(),
    };
    Some(Turn::new(act, turn.expect.clone()))
}

/// The same provider with short lives; nothing where the lifetime is what the case is about.
fn short_lived(knobs: &Knobs) -> Option<Knobs> {
    let is_usual =
        knobs.expires_as.is_none() && knobs.expires_in.is_some_and(|seconds| seconds <= HOUR);
    is_usual.then(|| Knobs { expires_in: Some(LIFE), ..knobs.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_of_ended_tokens_take_seconds_and_are_the_same_otherwise() {
        let all = super::super::cases();
        let own: Vec<(Case, &Case)> =
            all.iter().filter_map(|case| Some((hurried(case)?, case))).collect();
        assert!(own.len() >= 12, "{} cases", own.len());
        for (short, long) in own {
            assert_eq!((&short.id, short.script.len()), (&long.id, long.script.len()));
            assert!(short.advances() <= 2 * ENDED, "{}: {} s", short.id, short.advances());
            let expected = |case: &Case| {
                case.script.iter().map(|turn| turn.expect.clone()).collect::<Vec<_>>()
            };
            assert_eq!(expected(&short), expected(long), "{}", long.id);
        }
    }
}
