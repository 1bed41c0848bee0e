//! Deviations that are known: they still run, and one that no longer occurs fails the run.

mod update;

pub use update::{Update, update};

use claimproof_catalog::Profile;
use globset::{Glob, GlobMatcher};
use jiff::civil::Date;
use serde::Deserialize;

use crate::report::{CaseReport, Verdict};

/// What stands for a reason that nobody has written yet; a file that holds it is refused.
pub const NO_REASON_YET: &str = "WRITE HERE WHY";

/// One entry of the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// A case id, or a glob over ids.
    pub case: String,
    /// What the target answers, in the grammar of the report: `accept`, `refuse 16`.
    pub observed: String,
    /// Why it deviates.
    pub reason: String,
    /// When it was listed.
    #[serde(deserialize_with = "date")]
    pub since: Date,
    /// When the entry stops counting.
    #[serde(default, deserialize_with = "some_date")]
    pub expires: Option<Date>,
}

/// A TOML date, or the same in quotes.
fn date<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let text = match toml::Value::deserialize(deserializer)? {
        toml::Value::String(text) => text,
        other => other.to_string(),
    };
    text.parse().map_err(|error| serde::de::Error::custom(format!("`{text}` is no date: {error}; expected 2026-11-24")))
}

fn some_date<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    date(deserializer).map(Some)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "known-failure")]
    entries: Vec<toml::Spanned<Entry>>,
}

/// An entry at its place.
#[derive(Clone, Debug)]
struct Listed {
    line: usize,
    entry: Entry,
    glob: Option<GlobMatcher>,
    /// The line that lists the same before; such an entry counts for nothing.
    before: Option<usize>,
}

/// A file of known failures.
#[derive(Clone, Debug, Default)]
pub struct KnownFailures {
    entries: Vec<Listed>,
}

impl KnownFailures {
    /// Reads the file's text; the error names the line.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut known = Self::default();
        for spanned in file.entries {
            let line = text[..spanned.span().start].matches('\n').count() + 1;
            let listed = known.listed(line, spanned.into_inner());
            known.entries.push(listed.map_err(|why| format!("line {line}: {why}"))?);
        }
        Ok(known)
    }

    fn listed(&self, line: usize, entry: Entry) -> Result<Listed, String> {
        if entry.reason.trim().is_empty() || entry.reason.contains(NO_REASON_YET) {
            return Err(format!("`{}` has no reason yet: write why the target deviates", entry.case));
        }
        let is_glob = entry.case.contains(['*', '?', '[', '{']);
        let glob = is_glob.then(|| Glob::new(&entry.case)).transpose();
        let glob = glob.map_err(|error| format!("`{}` is no glob: {error}", entry.case))?;
        let before = self.entries.iter().find(|other| other.entry.case == entry.case).map(|other| other.line);
        Ok(Listed { line, glob: glob.map(|glob| glob.compile_matcher()), before, entry })
    }

    /// Turns listed deviations into known failures; returns what is stale, unmatched, expired or
    /// listed twice.
    pub fn apply(&self, cases: &mut [CaseReport], ran: &[Profile], whole: bool, today: Date) -> Vec<String> {
        let told =
            |listed: &Listed, fault| format!("known failures, line {}: `{}` {fault}", listed.line, listed.entry.case);
        let each = self.entries.iter();
        each.filter_map(|listed| Some(told(listed, listed.settle(cases, ran, whole, today)?))).collect()
    }
}

impl Listed {
    fn is_expired(&self, today: Date) -> bool {
        self.entry.expires.is_some_and(|day| day < today)
    }

    /// A probe is never known to contradict its original.
    fn matches(&self, case: &CaseReport) -> bool {
        let fits = self.glob.as_ref().map_or(case.id == self.entry.case, |glob| glob.is_match(&case.id));
        fits && case.repeats.is_none()
    }

    /// Whether a whole run over these profiles must have met it.
    fn is_due(&self, ran: &[Profile], whole: bool) -> bool {
        whole && ran.iter().any(|profile| self.entry.case.starts_with(profile.name()))
    }

    /// Settles the cases it lists, or says what is wrong with it.
    fn settle(&self, cases: &mut [CaseReport], ran: &[Profile], whole: bool, today: Date) -> Option<String> {
        if let Some(line) = self.before {
            return Some(format!("is listed in line {line} already"));
        }
        if let Some(day) = self.entry.expires.filter(|_| self.is_expired(today)) {
            return Some(format!("expired on {day}"));
        }
        let mut hits = 0_usize;
        for case in cases.iter_mut().filter(|case| self.matches(case)) {
            hits += 1;
            settle(case, &self.entry);
        }
        (hits == 0 && self.is_due(ran, whole)).then(|| "matches no case".to_owned())
    }
}

fn settle(case: &mut CaseReport, entry: &Entry) {
    match case.verdict {
        Verdict::Fail | Verdict::Advice if case.observed == entry.observed => {
            case.verdict = Verdict::KnownFailure;
            case.message = format!("known since {}: {}", entry.since, entry.reason);
        }
        Verdict::Pass => {
            case.verdict = Verdict::UnexpectedPass;
            case.message = format!("listed as a known failure ({}) and passes: remove the entry", entry.reason);
        }
        Verdict::Fail | Verdict::Advice => {
            let other = format!("listed as `{}`, observed `{}`; ", entry.observed, case.observed);
            case.message.insert_str(0, &other);
        }
        Verdict::Skip | Verdict::Error | Verdict::KnownFailure | Verdict::UnexpectedPass => {}
    }
}
