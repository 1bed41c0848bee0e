//! One expectation against one observation.

use std::fmt::Display;

use claimproof_vectors::{Answer, Expect, Refusal, texts};

use crate::observation::{Observation, Outcome};
use crate::text::Text;

/// What comes of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// As expected.
    Pass,
    /// A refusal as expected whose code cannot be seen here, as the target declares.
    PassOpaque,
    /// Not as expected.
    Fail(Mismatch),
    /// Open: the readings of the family that the outcome fits.
    Fits {
        /// The family.
        family: &'static str,
        /// Its readings that the outcome fits; none is a failure whatever else is seen.
        readings: Vec<&'static str>,
        /// Whether the code could not be seen.
        opaque: bool,
    },
}

/// How an answer differs from what is due.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// Another outcome, or another code.
    #[error("expected {expected}, observed {observed}")]
    Outcome {
        /// What is due.
        expected: String,
        /// What was seen.
        observed: Outcome,
    },
    /// Outcome and code are as expected, and something beside them is not.
    #[error("{0}")]
    Beside(Text),
}

/// Compares.
pub fn judge(expect: &Expect, seen: &Observation) -> Judgement {
    let judged = match expect {
        Expect::Done => holds(&Answer::ACCEPT, seen),
        Expect::Holds(answer) => holds(answer, seen),
        Expect::AtMostOne => used(expect, seen, |accepted| accepted <= 1),
        Expect::AtLeastOne => used(expect, seen, |accepted| accepted >= 1),
        Expect::Open { question, answers } => return open(question, answers, seen),
    };
    match judged {
        Ok(true) => Judgement::Pass,
        Ok(false) => Judgement::PassOpaque,
        Err(mismatch) => Judgement::Fail(mismatch),
    }
}

/// Whether the answer is the one that is due and could be seen whole; else how it differs.
type Judged = Result<bool, Mismatch>;

fn holds(answer: &Answer, seen: &Observation) -> Judged {
    match (answer, &seen.outcome) {
        (Answer::Accept { echo, framed_by }, Outcome::Accepted) => {
            let framed_by = framed_by.map_or(Ok(()), |origin| is_framed_by(origin, seen));
            let echoed = if *echo { is_echoed(seen) } else { Ok(()) };
            echoed.and(framed_by).map(|()| true)
        }
        (Answer::Either(_), Outcome::Accepted) => Ok(true),
        (Answer::Refuse(due) | Answer::Either(due), Outcome::Refused(code)) => {
            refused(due, code.as_deref(), seen).unwrap_or_else(|| unlike(answer, seen))
        }
        (Answer::Refuse(due), Outcome::Neither(_)) if due.or_4xx && is_4xx(seen) => Ok(true),
        _ => unlike(answer, seen),
    }
}

fn used(due: &Expect, seen: &Observation, holds: fn(usize) -> bool) -> Judged {
    match &seen.outcome {
        Outcome::AtOnce(uses) if holds(uses.accepted) => Ok(true),
        _ => unlike(due, seen),
    }
}

fn is_4xx(seen: &Observation) -> bool {
    seen.status.is_some_and(|status| (400..500).contains(&status))
}

fn unlike(expected: impl Display, seen: &Observation) -> Judged {
    Err(Mismatch::Outcome { expected: expected.to_string(), observed: seen.outcome.clone() })
}

/// What stands for a page that is not framed in the place of a code.
const NOT_FRAMED: &str = "x-frame-options";

/// First the code, then what else the answer must say; `None` for a code that is not due.
fn refused(due: &Refusal, code: Option<&str>, seen: &Observation) -> Option<Judged> {
    let codes = due.codes.as_ref();
    match code {
        None if seen.opaque && !codes.is_empty() => return Some(Ok(false)),
        Some(code) if codes.contains(&code) => {}
        // All the document asks there is that the page is not framed; a code may stand beside.
        Some(_) if seen.unframed && codes.contains(&NOT_FRAMED) => {}
        _ if codes.is_empty() => {}
        _ => return None,
    }
    let rest = worded(codes, seen).and_then(|()| besides(due, seen));
    Some(rest.map(|()| true))
}

/// Where a document has a sentence for a code, the sentence is its own; the number beside it is
/// another's.
fn worded(codes: &[&str], seen: &Observation) -> Result<(), Mismatch> {
    let (Some(first), Some(text)) = (codes.iter().find(|code| texts::is_worded(code)), &seen.text)
    else {
        return Ok(());
    };
    // A page has other words around the sentence; the `error` of an envelope is the sentence.
    let read =
        if seen.number.is_some() { texts::code_of_error(text) } else { texts::code_of(text) };
    match read {
        Some(code) if codes.contains(&code) => Ok(()),
        _ => Err(Mismatch::Beside(
            format!(
                "the documented sentence of {first} is not what the answer says: `{}`",
                shortened(text)
            )
            .into(),
        )),
    }
}

/// How much of an answer a message quotes, its blanks as one.
fn shortened(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MAX_QUOTED).collect()
}

/// Letters of an answer that a message quotes.
const MAX_QUOTED: usize = 300;

/// What cannot be seen, a status or a text, is not held against anybody.
fn besides(due: &Refusal, seen: &Observation) -> Result<(), Mismatch> {
    if let (Some(due), Some(status)) = (due.status, seen.status)
        && due != status
    {
        return Err(Mismatch::Beside(format!("expected status {due}, observed {status}").into()));
    }
    if let Some(text) = &due.says {
        says(seen, text)?;
    }
    if due.verbatim {
        match &seen.said_by_provider {
            Some(text) => says(seen, text)?,
            None => {
                return Err(Mismatch::Beside(
                    "the provider said nothing that could be passed on".into(),
                ));
            }
        }
    }
    numbered(due, seen.number)?;
    let lack = due.form.and_then(|form| seen.ill_formed.iter().find(|(own, _)| *own == form));
    lack.map_or(Ok(()), |(form, lack)| {
        Err(Mismatch::Beside(format!("refused, but not {}: {lack}", form.describe()).into()))
    })
}

fn says(seen: &Observation, text: &str) -> Result<(), Mismatch> {
    match &seen.text {
        Some(own) if !own.contains(text) => Err(Mismatch::Beside(other_text(text, own).into())),
        _ => Ok(()),
    }
}

/// The two texts from where they part.
fn other_text(due: &str, own: &str) -> String {
    let own = shortened(own);
    if own.is_empty() {
        format!("the text `{due}` is due, and there is none")
    } else {
        format!("the text `{due}` is due, and it is `{own}`")
    }
}

fn numbered(due: &Refusal, own: Option<i64>) -> Result<(), Mismatch> {
    let Refusal { numbers, other_numbers_than, .. } = due;
    let list = |numbers: &[i64]| numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
    let is_among = |numbers: &[i64]| own.is_some_and(|own| numbers.contains(&own));
    let own_text = own.map_or("none".to_owned(), |own| own.to_string());
    if !numbers.is_empty() && !is_among(numbers) {
        return Err(Mismatch::Beside(
            format!("the envelope's code is {own_text}, expected {}", list(numbers)).into(),
        ));
    }
    if is_among(other_numbers_than) {
        let any_but = list(other_numbers_than);
        return Err(Mismatch::Beside(
            format!("the envelope's code is {own_text}, expected any but {any_but}").into(),
        ));
    }
    Ok(())
}

fn is_echoed(seen: &Observation) -> Result<(), Mismatch> {
    if seen.claims.is_some() {
        return Ok(());
    }
    let hidden = "they are not shown at the place `claims` of the target file";
    let differs = seen.differs.as_deref().unwrap_or(hidden);
    Err(Mismatch::Beside(
        format!("accepted, but not with the claims that were sent: {differs}").into(),
    ))
}

fn is_framed_by(origin: &str, seen: &Observation) -> Result<(), Mismatch> {
    let by = seen.framed_by.as_deref().unwrap_or_default();
    if by.split_whitespace().any(|one| one == origin) {
        return Ok(());
    }
    let by = seen.framed_by.as_deref().unwrap_or("nobody it names");
    Err(Mismatch::Beside(format!("accepted, but framed by {by} in place of {origin}").into()))
}

fn open(family: &'static str, answers: &[(&'static str, Answer)], seen: &Observation) -> Judgement {
    let fitting = answers.iter().filter_map(|(name, one)| Some((*name, holds(one, seen).ok()?)));
    let (readings, whole): (Vec<_>, Vec<_>) = fitting.unzip();
    Judgement::Fits { family, readings, opaque: whole.contains(&false) }
}
