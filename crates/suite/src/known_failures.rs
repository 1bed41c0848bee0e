//! Deviations that are known: they still run, and one that no longer occurs fails the run.

use claimproof_catalog::Profile;
use globset::{Glob, GlobMatcher};
use jiff::civil::Date;
use serde::Deserialize;

use crate::report::{CaseReport, Verdict};

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

/// A file of known failures.
#[derive(Clone, Debug, Default)]
pub struct KnownFailures {
    entries: Vec<(usize, Entry, Option<GlobMatcher>)>,
}

impl KnownFailures {
    /// Reads the file's text; the error names the line.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut entries: Vec<(usize, Entry, Option<GlobMatcher>)> = Vec::new();
        for spanned in file.entries {
            let line = text[..spanned.span().start].lines().count().max(1);
            let entry = spanned.into_inner();
            if entries.iter().any(|(_, other, _)| other.case == entry.case) {
                return Err(format!("line {line}: `{}` is listed twice", entry.case));
            }
            let is_glob = entry.case.contains(['*', '?', '[', '{']);
            let glob = is_glob.then(|| Glob::new(&entry.case)).transpose();
            let glob = glob.map_err(|error| format!("line {line}: `{}` is no glob: {error}", entry.case))?;
            entries.push((line, entry, glob.map(|glob| glob.compile_matcher())));
        }
        Ok(Self { entries })
    }

    /// Turns listed deviations into known failures; returns what is stale, unmatched or expired.
    pub fn apply(&self, cases: &mut [CaseReport], ran: &[Profile], whole: bool, today: Date) -> Vec<String> {
        let mut faults = Vec::new();
        for (line, entry, glob) in &self.entries {
            if entry.expires.is_some_and(|day| day < today) {
                faults.push(format!(
                    "known failures, line {line}: `{}` expired on {}",
                    entry.case,
                    entry.expires.unwrap_or(today)
                ));
                continue;
            }
            let matches = |id: &str| glob.as_ref().map_or(id == entry.case, |glob| glob.is_match(id));
            let mut hits = 0_usize;
            for case in cases.iter_mut().filter(|case| matches(&case.id)) {
                hits += 1;
                settle(case, entry);
            }
            let ours = ran.iter().any(|profile| entry.case.starts_with(profile.name()));
            if hits == 0 && whole && ours {
                faults.push(format!("known failures, line {line}: `{}` matches no case", entry.case));
            }
        }
        faults
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
