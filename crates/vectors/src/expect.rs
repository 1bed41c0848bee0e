//! What the documents let an implementation answer. "Any error" is none of them.

mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;

use claimproof_catalog::readings;
use serde::{Serialize, Serializer};

use crate::texts;

/// One answer: what an act must come to, or what it comes to under one interpretation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "outcome", rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub enum Answer {
    /// Accepted.
    Accept {
        /// Whether every claim of the payload must reach the application.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "schema", schemars(default))]
        echo: bool,
        /// The origin that may frame the page.
        #[serde(skip_serializing_if = "Option::is_none")]
        framed_by: Option<&'static str>,
    },
    /// Refused so.
    #[cfg_attr(feature = "schema", schemars(extend("unevaluatedProperties" = false)))]
    Refuse(Refusal),
    /// Accepted, or refused so: what an interpretation leaves open. The reference accepts.
    #[cfg_attr(feature = "schema", schemars(extend("unevaluatedProperties" = false)))]
    Either(Refusal),
}

/// What a refusal must be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Refusal {
    /// It has one of these codes, the first the reference's; without codes, the code is free. On
    /// Connect the code is the documented one, recognized by its text.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub codes: Cow<'static, [&'static str]>,
    /// Text the answer must carry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub says: Option<Cow<'static, str>>,
    /// The HTTP status, where an interpretation fixes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The number in Connect's envelope is one of these.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub numbers: &'static [i64],
    /// The number in Connect's envelope is none of these, or there is none.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub other_numbers_than: &'static [i64],
    /// The answer carries what the provider said last, letter by letter.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub verbatim: bool,
    /// The form the answer has, in words; the rule of the vector says what belongs to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
    /// Whether a server in front may turn it down in its place, with any 4xx.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub or_4xx: bool,
}

/// The form of a refusal that somebody reads: a matter of its own beside outcome and code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Form {
    /// That of the vendor's own wire.
    #[serde(rename = "in the vendor's form")]
    Vendors,
    /// Such that a script of the page that asked can read it.
    #[serde(rename = "so that a script of the page can read it")]
    Readable,
}

/// The expectation of one act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "outcome", rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", schemars(deny_unknown_fields))]
pub enum Expect {
    /// A set-up act: it must succeed, or the case has no verdict.
    #[serde(skip)]
    Done,
    /// Of the uses at the same moment, no second one is accepted.
    AtMostOne,
    /// Of the uses at the same moment, one is accepted.
    AtLeastOne,
    /// The documents leave it open: an answer per interpretation, judged over the question.
    Open {
        /// The question left open.
        #[serde(rename = "family")]
        question: &'static str,
        /// Interpretation to answer.
        #[serde(rename = "readings", serialize_with = "by_name")]
        #[cfg_attr(feature = "schema", schemars(with = "BTreeMap<String, Answer>"))]
        answers: Vec<(&'static str, Answer)>,
    },
    /// This answer.
    #[serde(untagged)]
    Holds(Answer),
}

fn by_name<S: Serializer>(
    answers: &[(&'static str, Answer)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(
        answers.iter().map(|(name, answer)| (name, answer)).collect::<BTreeMap<_, _>>(),
    )
}

impl Refusal {
    /// With one of these codes; without codes, the code is free.
    pub const fn with(codes: &'static [&'static str]) -> Self {
        Self {
            codes: Cow::Borrowed(codes),
            says: None,
            status: None,
            numbers: &[],
            other_numbers_than: &[],
            verbatim: false,
            form: None,
            or_4xx: false,
        }
    }

    /// For one of two faults, with a code of either; no document says which comes first.
    pub fn of_either(first: &[&'static str], second: &[&'static str]) -> Self {
        let more = second.iter().filter(|code| !first.contains(code));
        Self { codes: first.iter().chain(more).copied().collect(), ..Self::default() }
    }

    /// And this HTTP status.
    pub const fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// And a text that carries this.
    pub fn saying(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        self.says = Some(text.into());
        self
    }

    /// And one of these numbers in the envelope.
    pub const fn numbered(mut self, numbers: &'static [i64]) -> Self {
        self.numbers = numbers;
        self
    }

    /// And none of these numbers in the envelope.
    pub const fn not_numbered(mut self, numbers: &'static [i64]) -> Self {
        self.other_numbers_than = numbers;
        self
    }

    /// And what the provider said last.
    pub const fn verbatim(mut self) -> Self {
        self.verbatim = true;
        self
    }

    /// And this form.
    pub const fn formed(mut self, form: Form) -> Self {
        self.form = Some(form);
        self
    }

    /// Or any 4xx of a server in front, which bounds what it lets through.
    pub const fn or_4xx(mut self) -> Self {
        self.or_4xx = true;
        self
    }

    /// Whether outcome and code are all there is to judge.
    pub fn is_plain(&self) -> bool {
        *self == Self { codes: self.codes.clone(), ..Self::default() }
    }

    /// Whether anything is said of the number in the envelope.
    pub const fn is_numbered(&self) -> bool {
        !self.numbers.is_empty() || !self.other_numbers_than.is_empty()
    }
}

impl Answer {
    /// Accepted.
    pub const ACCEPT: Self = Self::Accept { echo: false, framed_by: None };
    /// Refused, the code free.
    pub const REFUSE: Self = Self::refuse(&[]);

    /// Refused with one of these codes.
    pub const fn refuse(codes: &'static [&'static str]) -> Self {
        Self::Refuse(Refusal::with(codes))
    }

    /// Accepted, or refused with one of these codes.
    pub const fn either(codes: &'static [&'static str]) -> Self {
        Self::Either(Refusal::with(codes))
    }

    /// What the refusal must be, where one is allowed.
    pub const fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Accept { .. } => None,
            Self::Refuse(refusal) | Self::Either(refusal) => Some(refusal),
        }
    }

    /// The codes it allows; none where it accepts or the code is free.
    pub fn codes(&self) -> &[&'static str] {
        self.refusal().map_or(&[], |refusal| &refusal.codes)
    }

    /// With the sentence that the document has for its code.
    fn worded(&mut self) {
        if let Self::Refuse(refusal) = self {
            let sentence = || refusal.codes.first().and_then(|code| texts::sentence(code));
            refusal.says = refusal.says.take().or_else(|| sentence().map(Cow::Borrowed));
        }
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        Self::Refuse(refusal)
    }
}

impl<T: Into<Answer>> From<T> for Expect {
    fn from(answer: T) -> Self {
        Self::Holds(answer.into())
    }
}

impl Expect {
    /// Accepted.
    pub const ACCEPT: Self = Self::Holds(Answer::ACCEPT);
    /// Accepted, and every claim of the payload reaches the application.
    pub const ECHO: Self = Self::Holds(Answer::Accept { echo: true, framed_by: None });
    /// Refused, the code recorded and not judged.
    pub const REFUSE: Self = Self::Holds(Answer::REFUSE);

    /// Accepted, and the page may be framed by this origin.
    pub const fn framed_by(origin: &'static str) -> Self {
        Self::Holds(Answer::Accept { echo: false, framed_by: Some(origin) })
    }

    /// Refused with one of these codes; the first is the reference's.
    pub const fn refuse(codes: &'static [&'static str]) -> Self {
        Self::Holds(Answer::refuse(codes))
    }

    /// An answer per interpretation of a question.
    pub const fn open(question: &'static str, answers: Vec<(&'static str, Answer)>) -> Self {
        Self::Open { question, answers }
    }

    /// Every answer that is allowed, under whichever interpretation; none where it is no answer's.
    fn answers(&self) -> Vec<&Answer> {
        match self {
            Self::Done | Self::AtMostOne | Self::AtLeastOne => Vec::new(),
            Self::Holds(answer) => vec![answer],
            Self::Open { answers, .. } => answers.iter().map(|(_, answer)| answer).collect(),
        }
    }

    /// How the reference, which follows the first interpretation, refuses in a run of its own; none
    /// where it accepts.
    pub fn reference(&self) -> Option<&Refusal> {
        let answer = match self {
            Self::Open { question, answers } => {
                let default = readings::find(question).map(|question| question.default().name);
                let chosen = answers.iter().find(|(name, _)| Some(*name) == default);
                chosen.or(answers.first()).map(|(_, answer)| answer)
            }
            _ => self.answers().first().copied(),
        };
        match answer {
            Some(Answer::Refuse(refusal)) => Some(refusal),
            _ => None,
        }
    }

    /// Every code some interpretation allows, in order, the reference's first.
    pub fn codes(&self) -> Vec<&'static str> {
        let mut codes: Vec<&'static str> = Vec::new();
        for code in self.answers().iter().flat_map(|answer| answer.codes()) {
            if !codes.contains(code) {
                codes.push(code);
            }
        }
        codes
    }

    /// Whether nothing but a refusal is expected, under whichever interpretation.
    pub fn refuses(&self) -> bool {
        let answers = self.answers();
        !answers.is_empty() && answers.iter().all(|answer| matches!(answer, Answer::Refuse(_)))
    }

    /// Whether an acceptance is expected, whatever it must show besides.
    pub const fn accepts(&self) -> bool {
        matches!(self, Self::Holds(Answer::Accept { .. }))
    }

    /// Whether the claims that the application received are looked at.
    pub const fn echoes(&self) -> bool {
        matches!(self, Self::Holds(Answer::Accept { echo: true, .. }))
    }

    /// The question, where the expectation is open.
    pub const fn question(&self) -> Option<&'static str> {
        match self {
            Self::Open { question, .. } => Some(question),
            _ => None,
        }
    }

    /// As the golden files have it: a set-up act is accepted, and where the document has a sentence
    /// for a code, the answer carries it.
    pub fn written(&self) -> Self {
        let mut own = if *self == Self::Done { Self::ACCEPT } else { self.clone() };
        match &mut own {
            Self::Holds(answer) => answer.worded(),
            Self::Open { answers, .. } => {
                answers.iter_mut().for_each(|(_, answer)| answer.worded())
            }
            Self::Done | Self::AtMostOne | Self::AtLeastOne => {}
        }
        own
    }
}
