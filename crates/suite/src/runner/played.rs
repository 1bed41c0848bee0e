//! A case on its way to a verdict, and what it says in the report.

use std::collections::BTreeMap;
use std::mem::discriminant;

use claimproof_catalog::requirements::Level;
use claimproof_catalog::{Profile, codes, elsewhere};
use claimproof_vectors::{Case, Expect};

use super::Options;
use crate::observation::{Breach, Busy, Evidence, Outcome};
use crate::readings::Inferred;
use crate::report::{CaseReport, Fits, Lack, Verdict};
use crate::text::Text;

/// A case on its way to a verdict.
#[derive(Clone)]
pub(super) struct Played<'c> {
    pub(super) case: &'c Case,
    /// The act that decided it, from 1.
    pub(super) at: usize,
    pub(super) seen: Seen,
    /// The open acts on the way; the script goes on behind each that fits some reading.
    pub(super) open: Vec<Opening>,
    pub(super) end: End,
    pub(super) duration_ms: u64,
}

/// What was seen of an act whose answer is open.
#[derive(Clone)]
pub(super) struct Opening {
    pub(super) at: usize,
    pub(super) family: &'static str,
    pub(super) fits: Vec<&'static str>,
    pub(super) seen: Seen,
}

/// What is kept of the act that decided.
#[derive(Clone, Default)]
pub(super) struct Seen {
    pub(super) outcome: Option<Outcome>,
    pub(super) opaque: bool,
    pub(super) evidence: Option<Evidence>,
    /// What the answers so far carried and should not, each with its exchange.
    pub(super) breaches: Vec<(Breach, Option<Evidence>)>,
}

#[derive(Clone)]
pub(super) enum End {
    Pass,
    Fail(String),
    /// An answer broke a rule that holds for all: which, and how.
    Breach(&'static str, String),
    Skip(String, Option<Lack>),
    Error(String),
    /// The target asked for a later try.
    Busy(Busy),
    /// The target answered with this 5xx.
    Crashed(u16),
    /// No end yet: the readings of a family that this act's answer fits.
    Open {
        family: &'static str,
        fits: Vec<&'static str>,
    },
}

/// Of a refusal that is due, when the document calls for it; of one that is not, what the answered
/// code means.
fn meaning(profile: Profile, expect: &Expect, outcome: Option<&Outcome>) -> Option<String> {
    let answered = outcome.and_then(Outcome::code);
    let due = expect.codes().first().copied();
    let (code, words) = due.map(|code| (code, "is due")).or(answered.map(|code| (code, "means")))?;
    codes::find(profile, code).map(|row| format!("{code} {words}: {}", row.meaning))
}

/// Whether something is accepted that must not be, or more often than it may.
fn lets_in(expect: &Expect, outcome: Option<&Outcome>) -> bool {
    match outcome {
        Some(Outcome::Accepted) => expect.reference().is_some(),
        Some(Outcome::AtOnce(uses)) => *expect == Expect::AtMostOne && uses.accepted > 1,
        _ => false,
    }
}

impl Played<'_> {
    /// Whether both played the same case to the same end.
    pub(super) fn agrees_with(&self, other: &Self) -> bool {
        let fits = |one: &Self| one.open.iter().map(|open| open.fits.clone()).collect::<Vec<_>>();
        discriminant(&self.end) == discriminant(&other.end) && fits(self) == fits(other)
    }

    /// Whether an answer came that was held against an expectation.
    pub(super) fn answered(&self) -> bool {
        self.seen.outcome.is_some()
            && !matches!(self.end, End::Skip(..) | End::Error(_) | End::Busy(_))
    }

    pub(super) fn is_accepted(&self) -> bool {
        self.seen.outcome == Some(Outcome::Accepted)
    }

    /// Whether what came of it may be due to the account alone: its own control was answered so.
    pub(super) fn says_nothing_beside(&self, control: &Outcome) -> bool {
        let own = self.seen.outcome.as_ref();
        let is_like_it = matches!(own, Some(Outcome::Refused(_))) || own == Some(control);
        // A script whose first token was accepted has a control of its own.
        let is_at_its_first =
            self.case.single().is_some() || self.case.script[self.at - 1].expect == Expect::ACCEPT;
        self.answered() && is_like_it && is_at_its_first
    }

    /// An open answer that fits some reading does not end the script.
    pub(super) fn note_open(&mut self) {
        let End::Open { family, fits } = &mut self.end else { return };
        let (family, fits) = (*family, std::mem::take(fits));
        let some = !fits.is_empty();
        self.open.push(Opening { at: self.at, family, fits, seen: self.seen.clone() });
        self.end = if some { End::Pass } else { End::Open { family, fits: Vec::new() } };
    }

    /// Where nothing else went wrong, an open answer outside of the subject's reading decides.
    pub(super) fn settle(&mut self, inferred: &BTreeMap<&'static str, Inferred>) {
        let outside =
            |open: &&Opening| inferred.get(open.family)?.outside.get(&self.case.id).cloned();
        // Of several acts the one that contradicts is shown, and of those the one that fits least.
        let fits = |open: &Opening| {
            let demanded = inferred.get(open.family).and_then(|family| family.demanded.as_deref());
            demanded.is_some_and(|reading| open.fits.contains(&reading))
        };
        let wrong = self.open.iter().filter(|open| outside(open).is_some());
        let wrong = wrong.min_by_key(|open| (fits(open), open.fits.len()));
        if let (End::Pass | End::Open { .. }, Some(open)) = (&self.end, wrong) {
            let why = outside(&open).unwrap_or_default();
            (self.at, self.seen, self.end) = (open.at, open.seen.clone(), End::Fail(why));
        }
    }

    pub(super) fn report(
        mut self,
        inferred: &BTreeMap<&'static str, Inferred>,
        options: &Options,
    ) -> CaseReport {
        self.settle(inferred);
        let (verdict, message) = self.verdict(options);
        let lack = if let End::Skip(_, lack) = &self.end { lack.clone() } else { None };
        let turn = &self.case.script[self.at - 1];
        let expect = &turn.expect;
        // Where any refusal will do, the remedy is that of the code the case is filed under.
        let filed = (*expect == Expect::REFUSE).then(|| self.case.code());
        let code = expect.codes().first().copied().or(filed);
        let row = code.and_then(|code| codes::find(self.case.profile, code));
        let passed = verdict == Verdict::Pass;
        let is_step =
            self.case.script.len() > 1 && !matches!(verdict, Verdict::Pass | Verdict::Skip);
        let step = is_step
            .then(|| format!("{} of {}: {}", self.at, self.case.script.len(), turn.act.describe()));
        let answer = self.seen.evidence.as_ref().map_or("", |exchange| exchange.response.as_str());
        let elsewhere =
            elsewhere::find(self.case.profile, answer).map(|message| message.belongs.to_owned());
        let meaning = meaning(self.case.profile, expect, self.seen.outcome.as_ref())
            .into_iter()
            .chain(elsewhere);
        let meaning = Some(meaning.collect::<Vec<_>>().join("; "))
            .filter(|meaning| !passed && !meaning.is_empty());
        let asked = self.open.first();
        let reading = asked.map(|open| Fits { family: open.family, readings: open.fits.clone() });
        CaseReport {
            id: self.case.id.clone(),
            title: self.case.title.clone(),
            profile: self.case.profile,
            requirements: self.requirements(),
            level: self.level(),
            verdict,
            expected: expect.to_string(),
            lets_in: lets_in(expect, self.seen.outcome.as_ref()),
            observed: Outcome::told(self.seen.outcome.as_ref()).into(),
            outcome: self.seen.outcome,
            at: self.at,
            step: step.unwrap_or_default().into(),
            message: message.into(),
            meaning: meaning.map(Text::from),
            rationale: self.case.rationale(),
            remedy: row.filter(|_| !passed).map(|row| row.remedy),
            opaque: self.seen.opaque && passed,
            reading,
            repeats: self.case.repeats.clone(),
            lack,
            duration_ms: self.duration_ms,
            exchange: self.seen.evidence.filter(|_| !passed),
        }
    }

    /// A rule that holds for every answer, where that is what failed.
    pub(super) const fn rule(&self) -> Option<&'static str> {
        match self.end {
            End::Crashed(_) => Some("RFC9110-15"),
            End::Breach(rule, _) => Some(rule),
            _ => None,
        }
    }

    pub(super) fn requirements(&self) -> Vec<&'static str> {
        let own = &self.case.requirements;
        own.iter().copied().chain(self.rule().filter(|rule| !own.contains(rule))).collect()
    }

    pub(super) fn level(&self) -> Level {
        self.rule().and_then(claimproof_catalog::level).unwrap_or(self.case.level)
    }

    pub(super) fn verdict(&self, options: &Options) -> (Verdict, String) {
        let failed = |why: String| {
            let weighs = self.level() >= options.level;
            (if weighs { Verdict::Fail } else { Verdict::Advice }, why)
        };
        match &self.end {
            // A family nobody knows demands nothing.
            End::Pass | End::Open { .. } => (Verdict::Pass, String::new()),
            End::Fail(why) | End::Breach(_, why) => failed(why.clone()),
            End::Skip(why, _) => (Verdict::Skip, why.clone()),
            End::Crashed(status) => (
                Verdict::Fail,
                format!(
                    "crashed, {status}, twice; its accepted control was answered before and after"
                ),
            ),
            End::Busy(busy) => (Verdict::Error, busy.to_string()),
            End::Error(why) => (Verdict::Error, why.clone()),
        }
    }
}
