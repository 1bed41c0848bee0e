//! What the documents let an implementation answer. "Any error" is none of them.

use std::fmt;

use claimproof_catalog::readings;

/// One answer under one reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Accepted.
    Accept,
    /// Refused with one of these codes.
    Refuse(&'static [&'static str]),
    /// Refused with one of these codes, an empty list standing for any, and this HTTP status.
    RefuseWith(&'static [&'static str], u16),
    /// Refused with one of these codes, an empty list standing for any, and a text that carries this.
    RefuseSaying(&'static [&'static str], &'static str),
    /// Refused with one of these codes, an empty list standing for any, and such a number in the
    /// envelope. On Connect the code is the documented one, recognized by its text
    /// ([`crate::texts`]); the number is the integer beside it.
    RefuseNumbered(&'static [&'static str], Numbers),
    /// Refused with one of these codes, and the text carries what the provider said last, letter by
    /// letter ([`claimproof_idp::Provider::said`]).
    RefuseVerbatim(&'static [&'static str]),
    /// Refused with one of these codes, an empty list standing for any, in this form.
    RefuseIn(&'static [&'static str], Form),
    /// Accepted, or refused with one of these codes, an empty list standing for any: what an interpretation leaves
    /// open. The reference accepts.
    Either(&'static [&'static str]),
    /// Refused, the code free.
    RefuseAny,
    /// Refused, or turned down with any 4xx by a server in front, which bounds what it lets through.
    RefuseOr4xx,
}

/// Which integers the envelope of an error may carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers {
    /// One of these.
    Among(&'static [i64]),
    /// Any other than these, or none.
    NotAmong(&'static [i64]),
}

/// The form of a refusal that somebody reads: a matter of its own beside outcome and code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// That of the vendor's own wire.
    Vendors,
    /// Such that a script of the page that asked can read it.
    Readable,
}

impl Form {
    /// The form in words.
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Vendors => "in the vendor's form",
            Self::Readable => "so that a script of the page can read it",
        }
    }
}

/// The expectation of one act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expect {
    /// A set-up act: it must succeed, or the case has no verdict.
    Done,
    /// Accepted.
    Accept,
    /// Accepted, and every claim of the payload reaches the application.
    AcceptEcho,
    /// Accepted, and the page may be framed by this origin.
    AcceptFramedBy(&'static str),
    /// Refused with one of these codes; the first is the reference's.
    Refuse(&'static [&'static str]),
    /// Refused with this code and exactly this text.
    RefuseSaying(&'static str, String),
    /// Refused, the code recorded and not judged.
    RefuseAny,
    /// Exactly this answer.
    Only(Answer),
    /// Refused for one of two faults, with a code of either; no document says which comes first.
    Either(&'static [&'static str], &'static [&'static str]),
    /// Of the uses at the same moment, no second one is accepted.
    AtMostOne,
    /// Of the uses at the same moment, one is accepted.
    AtLeastOne,
    /// An answer per reading of a family, judged over the family.
    Open(&'static str, Vec<(&'static str, Answer)>),
}

impl Expect {
    /// What the reference, which follows the first reading, answers in a run of its own.
    pub fn reference(&self) -> Answer {
        match self {
            Self::Done
            | Self::Accept
            | Self::AcceptEcho
            | Self::AcceptFramedBy(_)
            | Self::AtMostOne
            | Self::AtLeastOne => Answer::Accept,
            Self::Refuse(codes) => Answer::Refuse(codes),
            Self::RefuseSaying(..) | Self::Either(..) | Self::RefuseAny => Answer::RefuseAny,
            Self::Only(answer) => *answer,
            Self::Open(family, answers) => {
                let default = readings::find(family).map(|family| family.default().name);
                let chosen = answers.iter().find(|(reading, _)| Some(*reading) == default);
                match chosen.or(answers.first()) {
                    Some((_, Answer::Either(_))) => Answer::Accept,
                    Some((_, answer)) => *answer,
                    None => Answer::RefuseAny,
                }
            }
        }
    }

    /// Every code some reading allows, in order, the reference's first.
    pub fn codes(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = match self {
            Self::Refuse(codes) => codes.to_vec(),
            Self::RefuseSaying(code, _) => vec![code],
            Self::Only(answer) => answer.codes().to_vec(),
            Self::Either(first, second) => [*first, *second].concat(),
            Self::Open(_, answers) => {
                answers.iter().flat_map(|(_, answer)| answer.codes()).copied().collect()
            }
            Self::Done
            | Self::Accept
            | Self::AcceptEcho
            | Self::AcceptFramedBy(_)
            | Self::AtMostOne
            | Self::AtLeastOne
            | Self::RefuseAny => vec![],
        };
        let mut seen = Vec::new();
        codes.retain(|code| {
            !seen.contains(code) && {
                seen.push(code);
                true
            }
        });
        codes
    }

    /// Whether nothing but a refusal is expected, under whichever reading.
    pub fn refuses(&self) -> bool {
        let is_refusal = |answer: &Answer| !matches!(answer, Answer::Accept | Answer::Either(_));
        match self {
            Self::Refuse(_) | Self::RefuseSaying(..) | Self::RefuseAny | Self::Either(..) => true,
            Self::Only(answer) => is_refusal(answer),
            Self::Open(_, answers) => answers.iter().all(|(_, answer)| is_refusal(answer)),
            Self::Done
            | Self::Accept
            | Self::AcceptEcho
            | Self::AcceptFramedBy(_)
            | Self::AtMostOne
            | Self::AtLeastOne => false,
        }
    }

    /// The family, where the expectation is open.
    pub const fn family(&self) -> Option<&'static str> {
        match self {
            Self::Open(family, _) => Some(family),
            _ => None,
        }
    }
}

impl Answer {
    /// The codes it allows; none where it accepts or the code is free.
    pub const fn codes(&self) -> &'static [&'static str] {
        match self {
            Self::Refuse(codes)
            | Self::Either(codes)
            | Self::RefuseWith(codes, _)
            | Self::RefuseSaying(codes, _)
            | Self::RefuseNumbered(codes, _)
            | Self::RefuseIn(codes, _)
            | Self::RefuseVerbatim(codes) => codes,
            Self::Accept | Self::RefuseAny | Self::RefuseOr4xx => &[],
        }
    }
}

impl Answer {
    /// What a refusal must have beside its code.
    fn more(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RefuseWith(_, status) => write!(f, " with status {status}"),
            Self::RefuseSaying(_, text) => write!(f, " with the text `{text}`"),
            Self::RefuseNumbered(_, Numbers::Among(numbers)) => {
                write!(f, " with number {}", list(numbers))
            }
            Self::RefuseNumbered(_, Numbers::NotAmong(numbers)) => {
                write!(f, " with no number {}", list(numbers))
            }
            Self::RefuseVerbatim(_) => f.write_str(" with the provider's own words"),
            Self::RefuseIn(_, form) => write!(f, " {}", form.describe()),
            Self::Accept
            | Self::Either(_)
            | Self::Refuse(_)
            | Self::RefuseAny
            | Self::RefuseOr4xx => Ok(()),
        }
    }
}

fn list(numbers: &[i64]) -> String {
    numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(" or ")
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Accept => f.write_str("accept"),
            Self::RefuseAny => f.write_str("refuse"),
            Self::Either([]) => f.write_str("accept or refuse"),
            Self::Either(codes) => write!(f, "accept or refuse {}", codes.join("|")),
            refusal => {
                f.write_str("refuse")?;
                let codes = refusal.codes().join("|");
                if codes.is_empty() {
                    refusal.more(f)
                } else {
                    write!(f, " {codes}").and_then(|()| refusal.more(f))
                }
            }
        }
    }
}

/// The grammar of the reports: `accept`, `refuse CODE|CODE`, `refuse`.
impl fmt::Display for Expect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done | Self::Accept | Self::AcceptEcho | Self::AcceptFramedBy(_) => {
                f.write_str("accept")
            }
            Self::Refuse(codes) => write!(f, "refuse {}", codes.join("|")),
            Self::RefuseSaying(code, text) => write!(f, "refuse {code} with the text `{text}`"),
            Self::Either(..) => write!(f, "refuse {}", self.codes().join("|")),
            Self::RefuseAny => f.write_str("refuse"),
            Self::AtMostOne => f.write_str("accept at most one"),
            Self::AtLeastOne => f.write_str("accept one"),
            Self::Only(answer) => answer.fmt(f),
            Self::Open(_, answers) => {
                let mut texts: Vec<String> =
                    answers.iter().map(|(_, answer)| answer.to_string()).collect();
                texts.dedup();
                f.write_str(&texts.join(" or "))
            }
        }
    }
}
