//! One expectation against one observation.

use claimproof_vectors::{Answer, Expect, Numbers, texts};

use crate::observation::{Observation, Outcome};

/// What comes of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// As expected.
    Pass,
    /// A refusal as expected whose code cannot be seen here, as the target declares.
    PassOpaque,
    /// Not as expected; how, in words.
    Fail(String),
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

/// Compares.
pub fn judge(expect: &Expect, seen: &Observation) -> Judgement {
    match expect {
        Expect::Done | Expect::Accept => answer(&Answer::Accept, seen),
        Expect::AcceptEcho => echoed(seen),
        Expect::AcceptFramedBy(origin) => framed_by(origin, seen),
        Expect::Refuse(codes) => answer(&Answer::Refuse(codes), seen),
        Expect::Either(first, second) => either(first, second, seen),
        Expect::RefuseAny => answer(&Answer::RefuseAny, seen),
        Expect::RefuseSaying(code, text) => saying(code, text, seen),
        Expect::AtMostOne => used(seen, "accepted at most one", |accepted| accepted <= 1),
        Expect::AtLeastOne => used(seen, "accepted one", |accepted| accepted >= 1),
        Expect::Only(one) => answer(one, seen),
        Expect::Open(family, answers) => open(family, answers, seen),
    }
}

fn answer(answer: &Answer, seen: &Observation) -> Judgement {
    match (answer, &seen.outcome) {
        (Answer::Accept | Answer::Either(_), Outcome::Accepted)
        | (Answer::RefuseAny | Answer::RefuseOr4xx, Outcome::Refused(_)) => Judgement::Pass,
        (Answer::RefuseOr4xx, Outcome::Neither(_)) if is_4xx(seen) => Judgement::Pass,
        (Answer::Accept | Answer::RefuseAny | Answer::RefuseOr4xx, _) => unlike(answer, seen),
        (refusal, Outcome::Refused(code)) => refused(refusal, code.as_deref(), seen),
        (_, Outcome::Accepted | Outcome::Neither(_) | Outcome::AtOnce(_)) => unlike(answer, seen),
    }
}

fn used(seen: &Observation, due: &str, holds: fn(usize) -> bool) -> Judgement {
    match &seen.outcome {
        Outcome::AtOnce(uses) if holds(uses.accepted) => Judgement::Pass,
        other => Judgement::Fail(format!("expected {due}, observed {other}")),
    }
}

fn is_4xx(seen: &Observation) -> bool {
    seen.status.is_some_and(|status| (400..500).contains(&status))
}

fn unlike(expected: &Answer, seen: &Observation) -> Judgement {
    Judgement::Fail(format!("expected {expected}, observed {}", seen.outcome))
}

/// What stands for a page that is not framed in the place of a code.
const NOT_FRAMED: &str = "x-frame-options";

/// First the code, then what else the answer must say.
fn refused(expected: &Answer, code: Option<&str>, seen: &Observation) -> Judgement {
    let codes = expected.codes();
    match code {
        None if seen.opaque && !codes.is_empty() => return Judgement::PassOpaque,
        Some(code) if codes.contains(&code) => {}
        // All the document asks there is that the page is not framed; a code may stand beside.
        Some(_) if seen.unframed && codes.contains(&NOT_FRAMED) => {}
        _ if codes.is_empty() => {}
        _ => return unlike(expected, seen),
    }
    match worded(codes, seen).and_then(|()| besides(expected, seen)) {
        Ok(()) => Judgement::Pass,
        Err(why) => Judgement::Fail(why),
    }
}

/// Where a document has a sentence for a code, the sentence is its own; the number beside it is another's.
fn worded(codes: &[&str], seen: &Observation) -> Result<(), String> {
    let (Some(first), Some(text)) = (codes.iter().find(|code| texts::is_worded(code)), &seen.text)
    else {
        return Ok(());
    };
    // A page has other words around the sentence; the `error` of an envelope is the sentence.
    let read =
        if seen.number.is_some() { texts::code_of_error(text) } else { texts::code_of(text) };
    match read {
        Some(code) if codes.contains(&code) => Ok(()),
        _ => Err(format!(
            "the documented sentence of {first} is not what the answer says: `{}`",
            shortened(text)
        )),
    }
}

/// How much of an answer a message quotes, its blanks as one.
fn shortened(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MAX_QUOTED).collect()
}

/// Letters of an answer that a message quotes.
const MAX_QUOTED: usize = 300;

fn besides(expected: &Answer, seen: &Observation) -> Result<(), String> {
    match expected {
        Answer::RefuseWith(_, status) => match seen.status {
            Some(seen) if seen != *status => {
                Err(format!("expected status {status}, observed {seen}"))
            }
            _ => Ok(()),
        },
        Answer::RefuseSaying(_, text) => says(seen, text),
        Answer::RefuseVerbatim(_) => match &seen.said_by_provider {
            Some(text) => says(seen, text),
            None => Err("the provider said nothing that could be passed on".to_owned()),
        },
        Answer::RefuseNumbered(_, numbers) => numbered(*numbers, seen.number),
        Answer::RefuseIn(_, form) => match seen.ill_formed.iter().find(|(own, _)| own == form) {
            Some((_, lack)) => Err(format!("refused, but not {}: {lack}", form.describe())),
            None => Ok(()),
        },
        Answer::Accept
        | Answer::Either(_)
        | Answer::Refuse(_)
        | Answer::RefuseAny
        | Answer::RefuseOr4xx => Ok(()),
    }
}

fn says(seen: &Observation, text: &str) -> Result<(), String> {
    let own = seen.text.as_deref().unwrap_or_default();
    if own.contains(text) { Ok(()) } else { Err(other_text(text, own)) }
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

fn numbered(numbers: Numbers, own: Option<i64>) -> Result<(), String> {
    let list = |numbers: &[i64]| numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
    let own_text = own.map_or("none".to_owned(), |own| own.to_string());
    match numbers {
        Numbers::Among(known) if !own.is_some_and(|own| known.contains(&own)) => {
            Err(format!("the envelope's code is {own_text}, expected {}", list(known)))
        }
        Numbers::NotAmong(known) if own.is_some_and(|own| known.contains(&own)) => {
            Err(format!("the envelope's code is {own_text}, expected any but {}", list(known)))
        }
        Numbers::Among(_) | Numbers::NotAmong(_) => Ok(()),
    }
}

/// A code of either side; the message names both.
fn either(
    first: &'static [&'static str],
    second: &'static [&'static str],
    seen: &Observation,
) -> Judgement {
    match (answer(&Answer::Refuse(first), seen), answer(&Answer::Refuse(second), seen)) {
        (Judgement::Fail(_), Judgement::Fail(_)) => {
            let codes = [first, second].concat().join("|");
            Judgement::Fail(format!("expected refuse {codes}, observed {}", seen.outcome))
        }
        (Judgement::Fail(_), judged) | (judged, _) => judged,
    }
}

fn echoed(seen: &Observation) -> Judgement {
    match (answer(&Answer::Accept, seen), &seen.claims) {
        (Judgement::Pass, Some(_)) => Judgement::Pass,
        (Judgement::Pass, None) => {
            let differs = seen
                .differs
                .as_deref()
                .unwrap_or("they are not shown at the place `claims` of the target file");
            Judgement::Fail(format!("accepted, but not with the claims that were sent: {differs}"))
        }
        (other, _) => other,
    }
}

fn framed_by(origin: &str, seen: &Observation) -> Judgement {
    match answer(&Answer::Accept, seen) {
        Judgement::Pass
            if seen
                .framed_by
                .as_deref()
                .is_some_and(|by| by.split_whitespace().any(|one| one == origin)) =>
        {
            Judgement::Pass
        }
        Judgement::Pass => {
            let by = seen.framed_by.as_deref().unwrap_or("nobody it names");
            Judgement::Fail(format!("accepted, but framed by {by} in place of {origin}"))
        }
        other => other,
    }
}

fn saying(code: &str, text: &str, seen: &Observation) -> Judgement {
    match &seen.outcome {
        Outcome::Refused(Some(own)) if own == code => match &seen.text {
            Some(body) if !body.contains(text) => {
                Judgement::Fail(format!("refused with {code}, but {}", other_text(text, body)))
            }
            _ => Judgement::Pass,
        },
        Outcome::Refused(None) if seen.opaque => Judgement::PassOpaque,
        other => Judgement::Fail(format!("expected refuse {code}, observed {other}")),
    }
}

fn open(family: &'static str, answers: &[(&'static str, Answer)], seen: &Observation) -> Judgement {
    let judged: Vec<_> =
        answers.iter().map(|(reading, one)| (*reading, answer(one, seen))).collect();
    let fits = |judgement: &Judgement| matches!(judgement, Judgement::Pass | Judgement::PassOpaque);
    let readings = judged
        .iter()
        .filter(|(_, judgement)| fits(judgement))
        .map(|(reading, _)| *reading)
        .collect();
    let opaque = judged.iter().any(|(_, judgement)| *judgement == Judgement::PassOpaque);
    Judgement::Fits { family, readings, opaque }
}
