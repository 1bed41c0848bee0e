//! What was seen of one action.

use std::fmt;
use std::time::Duration;

use claimproof_cast::Unplayed;
use claimproof_vectors::{Form, ManageMethod};
use serde::{Deserialize, Serialize};

use crate::text::{Passage, Text};

/// Accepted, refused, or neither of the two signals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The subject's accept signal.
    Accepted,
    /// The subject's reject signal, with the code where it carried one.
    Refused(Option<Text>),
    /// Neither signal; why in words.
    Neither(Text),
    /// What came of uses at the same moment.
    AtOnce(Uses),
    /// This 5xx, again and again.
    Crashed(u16),
}

impl Outcome {
    /// The code of a refusal, where it carried one.
    pub fn code(&self) -> Option<&str> {
        if let Self::Refused(code) = self { code.as_deref() } else { None }
    }

    /// What was seen, where anything was, in the grammar of the reports.
    pub(crate) fn told(seen: Option<&Self>) -> String {
        seen.map(Self::to_string).unwrap_or_default()
    }
}

/// The grammar of the reports.
impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Accepted => f.write_str("accept"),
            Self::Refused(Some(code)) => write!(f, "refuse {code}"),
            Self::Refused(None) => f.write_str("refused, code not carried"),
            Self::Neither(why) => write!(f, "neither accepted nor refused: {why}"),
            Self::AtOnce(uses) => uses.fmt(f),
            Self::Crashed(status) => write!(f, "crashed, {status}"),
        }
    }
}

/// What came of uses of one token at the same moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Uses {
    /// How many were accepted.
    pub accepted: usize,
    /// How many were refused.
    pub refused: usize,
    /// Why the others say nothing: turned away for their number, lost, or answered with neither
    /// signal.
    pub unanswered: Vec<Text>,
    /// What asked for a later try among them; the longest wait.
    #[serde(skip)]
    pub busy: Option<Busy>,
}

impl Uses {
    /// Counts one more.
    pub fn count(&mut self, answer: &Result<Observation, NoVerdict>) {
        let seen = match answer {
            Ok(seen) => seen,
            Err(error) => {
                if let NoVerdict::Busy(busy) = error {
                    let longer = self.busy.as_ref().is_none_or(|own| own.after < busy.after);
                    self.busy = if longer { Some(busy.clone()) } else { self.busy.take() };
                }
                return self.unanswered.push(error.to_string().into());
            }
        };
        match &seen.outcome {
            Outcome::Accepted => self.accepted += 1,
            Outcome::Refused(_) => self.refused += 1,
            other @ (Outcome::Neither(_) | Outcome::AtOnce(_) | Outcome::Crashed(_)) => {
                self.unanswered.push(other.to_string().into())
            }
        }
    }
}

impl fmt::Display for Uses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { accepted, refused, unanswered, .. } = self;
        let all = accepted + refused + unanswered.len();
        write!(f, "accepted {accepted} of {all} uses at the same moment")?;
        match unanswered.first() {
            Some(why) => write!(f, ", {} without an answer to the token ({why})", unanswered.len()),
            None => Ok(()),
        }
    }
}

/// One request and its answer with every secret taken out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evidence {
    /// Request line and headers.
    pub request: Passage,
    /// Status, headers and the start of the body.
    pub response: Passage,
}

/// What was seen of one action.
#[derive(Clone, Debug)]
pub struct Observation {
    /// Accepted, refused or neither.
    pub outcome: Outcome,
    /// The HTTP status, where there was one.
    pub status: Option<u16>,
    /// The number an error envelope of Connect carries.
    pub number: Option<i64>,
    /// The text of the answer, where it may be quoted.
    pub text: Option<String>,
    /// What a provider of ours said last, where this answer may pass it on.
    pub said_by_provider: Option<String>,
    /// What a provider of ours was sent and what it expected, where it stopped this.
    pub stopped: Option<String>,
    /// The claims the application received, as JSON text.
    pub claims: Option<String>,
    /// What differs between them and the payload that was sent, in words.
    pub differs: Option<String>,
    /// The origins that may frame the page, as the answer names them.
    pub framed_by: Option<String>,
    /// Whether the answer forbids to frame the page, whatever else it says.
    pub unframed: bool,
    /// Whether codes cannot be seen here, as the target declares.
    pub opaque: bool,
    /// What the answer carries and no such answer should.
    pub breaches: Vec<Breach>,
    /// What a refusal lacks of the form that somebody reads.
    pub ill_formed: Vec<(Form, Text)>,
    /// Evidence.
    pub exchange: Option<Evidence>,
}

/// A rule that any answer can break, whatever its case is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// The rule.
    pub rule: &'static str,
    /// What was found, in words and without secrets.
    pub what: Text,
}

impl Observation {
    /// An outcome and nothing else.
    pub const fn of(outcome: Outcome) -> Self {
        Self {
            outcome,
            status: None,
            number: None,
            text: None,
            said_by_provider: None,
            stopped: None,
            claims: None,
            differs: None,
            framed_by: None,
            unframed: false,
            opaque: false,
            breaches: Vec::new(),
            ill_formed: Vec::new(),
            exchange: None,
        }
    }
}

/// The target speaks of the moment and not of what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("status {status}{}, which says nothing of the token and asks for a later try", self.asked())]
pub struct Busy {
    /// The status.
    pub status: u16,
    /// What `Retry-After` asks for, where it is there.
    pub after: Option<Duration>,
}

impl Busy {
    fn asked(&self) -> String {
        self.after.map(|after| format!(" with Retry-After {}", after.as_secs())).unwrap_or_default()
    }
}

/// No verdict could be had.
#[derive(Clone, Debug, thiserror::Error)]
pub enum NoVerdict {
    /// The request was not answered, or not whole.
    #[error("{0}")]
    Lost(Text),
    /// Nobody plays this role on this target: a skip.
    #[error(transparent)]
    Unplayed(#[from] Unplayed),
    /// The target file has no such management method: a skip.
    #[error("the target file has no [manage.{}]", .0.name())]
    Undeclared(ManageMethod),
    /// The request cannot be made of what the case hands in, on this target: a skip.
    #[error("{0}")]
    Unsendable(Text),
    /// The run is to stop, so this was not asked, or not waited for.
    #[error("the run is to stop")]
    Stopped,
    /// The answer speaks of the moment; a later one may speak of the token.
    #[error("{0}")]
    Busy(Busy),
}
