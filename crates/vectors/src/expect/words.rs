//! Expectations in the grammar of the reports: `accept`, `refuse CODE|CODE`, `refuse`.

use std::fmt;

use super::{Answer, Expect, Form, Refusal};

impl Form {
    /// The form in words.
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Vendors => "in the vendor's form",
            Self::Readable => "so that a script of the page can read it",
        }
    }
}

impl Refusal {
    /// What a refusal must have beside its code.
    fn more(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(status) = self.status {
            write!(f, " with status {status}")?;
        }
        if let Some(text) = &self.says {
            write!(f, " with the text `{text}`")?;
        }
        if !self.numbers.is_empty() {
            write!(f, " with number {}", list(self.numbers))?;
        }
        if !self.other_numbers_than.is_empty() {
            write!(f, " with no number {}", list(self.other_numbers_than))?;
        }
        if self.verbatim {
            f.write_str(" with the provider's own words")?;
        }
        self.form.map_or(Ok(()), |form| write!(f, " {}", form.describe()))
    }
}

fn list(numbers: &[i64]) -> String {
    numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(" or ")
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("refuse")?;
        if !self.codes.is_empty() {
            write!(f, " {}", self.codes.join("|"))?;
        }
        if f.alternate() { Ok(()) } else { self.more(f) }
    }
}

/// The alternate form is the outcome with its codes and nothing more.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Accept { .. } => f.write_str("accept"),
            Self::Refuse(refusal) => refusal.fmt(f),
            Self::Either(refusal) => f.write_str("accept or ").and_then(|()| refusal.fmt(f)),
        }
    }
}

impl fmt::Display for Expect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done => f.write_str("accept"),
            Self::AtMostOne => f.write_str("accept at most one"),
            Self::AtLeastOne => f.write_str("accept one"),
            Self::Holds(answer) => answer.fmt(f),
            Self::Open { answers, .. } => {
                let mut texts: Vec<String> =
                    answers.iter().map(|(_, answer)| answer.to_string()).collect();
                texts.dedup();
                f.write_str(&texts.join(" or "))
            }
        }
    }
}
