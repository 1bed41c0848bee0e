//! One token at the same moment, several times over: rounds, and which of them decides.

use claimproof_vectors::Minted;

use crate::observation::{NoVerdict, Observation, Outcome};
use crate::subject::{Deed, Stage, Subject};

/// How many rounds in which a request went without an answer are made up for, each with a token of its own:
/// nobody knows whether the lost request was the accepted one.
pub(crate) const SPARE: usize = 2;

/// Plays so many rounds, each with the next token, and yields the last one played. Two acceptances decide at
/// once, whatever else was lost; otherwise the round with the fewest does, so that one in which nobody came in
/// is seen.
pub(crate) async fn rounds<'m, S: Subject>(
    subject: &S,
    stage: &mut Stage,
    tokens: &'m [Minted],
    times: usize,
    rounds: usize,
) -> Result<(&'m Minted, Observation), NoVerdict> {
    let (mut fewest, mut last, mut answered, mut lost) = (None, None, 0, String::new());
    for token in tokens {
        let seen = subject.perform(stage, Deed::AtOnce(&token.presentation, times)).await?;
        let Outcome::AtOnce(uses) = &seen.outcome else { return Ok((token, seen)) };
        if uses.accepted > 1 {
            return Ok((token, seen));
        }
        if !uses.unanswered.is_empty() {
            lost = uses.to_string();
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
        _ => Err(NoVerdict::Lost(format!("only {answered} of {rounds} rounds were answered whole: {lost}"))),
    }
}
