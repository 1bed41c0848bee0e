//! One expectation against one observation.

use claimproof_vectors::{Answer, Expect};

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
        Expect::Open(family, answers) => open(family, answers, seen),
    }
}

fn answer(answer: &Answer, seen: &Observation) -> Judgement {
    let fail = || Judgement::Fail(format!("expected {answer}, observed {}", seen.outcome));
    match (answer, &seen.outcome) {
        (Answer::Accept, Outcome::Accepted) => Judgement::Pass,
        (Answer::RefuseAny, Outcome::Refused(_)) => Judgement::Pass,
        (Answer::Refuse(codes), Outcome::Refused(Some(code))) if codes.contains(&code.as_str()) => Judgement::Pass,
        (Answer::RefuseWith(codes, status), Outcome::Refused(Some(code))) if codes.contains(&code.as_str()) => {
            match seen.status {
                Some(seen) if seen != *status => Judgement::Fail(format!("expected status {status}, observed {seen}")),
                _ => Judgement::Pass,
            }
        }
        (Answer::Refuse(_) | Answer::RefuseWith(..), Outcome::Refused(None)) if seen.opaque => Judgement::PassOpaque,
        (
            Answer::Accept | Answer::RefuseAny | Answer::Refuse(_) | Answer::RefuseWith(..),
            Outcome::Accepted | Outcome::Refused(_) | Outcome::Neither(_),
        ) => fail(),
    }
}

/// A code of either side; the message names both.
fn either(first: &'static [&'static str], second: &'static [&'static str], seen: &Observation) -> Judgement {
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
            Judgement::Fail("accepted, but the claims it received differ or are not shown".to_owned())
        }
        (other, _) => other,
    }
}

fn framed_by(origin: &str, seen: &Observation) -> Judgement {
    match answer(&Answer::Accept, seen) {
        Judgement::Pass
            if seen.framed_by.as_deref().is_some_and(|by| by.split_whitespace().any(|one| one == origin)) =>
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
                Judgement::Fail(format!("refused with {code}, but not with the text `{text}`"))
            }
            _ => Judgement::Pass,
        },
        Outcome::Refused(None) if seen.opaque => Judgement::PassOpaque,
        other => Judgement::Fail(format!("expected refuse {code}, observed {other}")),
    }
}

fn open(family: &'static str, answers: &[(&'static str, Answer)], seen: &Observation) -> Judgement {
    let judged: Vec<_> = answers.iter().map(|(reading, one)| (*reading, answer(one, seen))).collect();
    let fits = |judgement: &Judgement| matches!(judgement, Judgement::Pass | Judgement::PassOpaque);
    let readings = judged.iter().filter(|(_, judgement)| fits(judgement)).map(|(reading, _)| *reading).collect();
    let opaque = judged.iter().any(|(_, judgement)| *judgement == Judgement::PassOpaque);
    Judgement::Fits { family, readings, opaque }
}
