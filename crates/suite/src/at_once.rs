//! One token at the same moment, several times over: rounds, and which of them decides.

use claimproof_vectors::Minted;

use crate::observation::{NoVerdict, Observation, Outcome};
use crate::retry::{self, Patience};
use crate::subject::{Action, Held, Subject};

/// How many rounds in which a request was lost are made up for, each with a token of its own:
/// nobody knows whether the lost request was the accepted one.
const LOST: usize = 2;

/// How many tokens there are beside those of the rounds: for requests that were lost, and for those
/// the target had no time for.
pub(crate) const SPARE: usize = LOST + retry::MORE_TRIES;

/// Plays so many rounds, each with the next token, and yields the last one played. Two acceptances
/// decide at once, whatever else was lost; otherwise the round with the fewest does, so that one in
/// which nobody came in is seen.
pub(crate) async fn rounds<'m, S: Subject>(
    subject: &S,
    held: &mut Held,
    tokens: &'m [Minted],
    (times, rounds): (usize, usize),
    patience: &Patience,
) -> Result<(&'m Minted, Observation), NoVerdict> {
    let (mut fewest, mut last, mut answered, mut lost, mut tried) = (None, None, 0, Vec::new(), 1);
    for token in tokens {
        let seen = subject.perform(held, Action::AtOnce(&token.presentation, times)).await?;
        let Outcome::AtOnce(uses) = &seen.outcome else { return Ok((token, seen)) };
        if uses.accepted > 1 {
            return Ok((token, seen));
        }
        match &uses.busy {
            Some(busy) if patience.for_another(subject, tried, busy).await => {
                tried += 1;
                continue;
            }
            Some(busy) => return Err(NoVerdict::Lost(retry::given_up(busy).into())),
            None => {}
        }
        if !uses.unanswered.is_empty() {
            lost.push(uses.to_string());
            if lost.len() > LOST {
                break;
            }
            continue;
        }
        (last, answered) = (Some(token), answered + 1);
        let accepted = uses.accepted;
        if fewest.as_ref().is_none_or(|(least, _)| accepted < *least) {
            fewest = Some((accepted, seen));
        }
        if answered == rounds {
            break;
        }
    }
    match (last, fewest) {
        (Some(token), Some((_, seen))) if answered == rounds => Ok((token, seen)),
        _ => Err(NoVerdict::Lost(
            format!("only {answered} of {rounds} rounds were answered whole: {}", lost.join("; "))
                .into(),
        )),
    }
}
