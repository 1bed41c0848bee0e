//! The file: one entry a cause, with the cases it reaches.

use globset::{GlobBuilder, GlobSet};
use jiff::civil::Date;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use crate::text::{Excerpt, Text};

/// What stands for a reason that nobody has written yet; a file that holds it is refused.
pub const NO_REASON_YET: &str = "WRITE HERE WHY";

/// No id of a case is longer, and no pattern needs to be.
const LONGEST: usize = 300;

/// A file of known failures.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", schemars(rename = "KnownFailures"))]
pub(super) struct File {
    /// One cause each.
    #[serde(default, rename = "known-failure")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<Written>"))]
    pub(super) entries: Vec<Spanned<Written>>,
}

/// One cause: what the target answers to which cases, and why.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", schemars(rename = "Cause"))]
pub(super) struct Written {
    /// Ids of cases, and globs over ids; a glob counts only cases that fail as observed.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<String>>"))]
    cases: Option<Vec<Spanned<String>>>,
    /// The same with one member, as release 0.1.0 wrote it.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    case: Option<Spanned<String>>,
    /// What the target answers, in the grammar of the report: `accept`, `refuse 16`, `crashed,
    /// 500`. A list where one cause has several outcomes.
    #[serde(deserialize_with = "texts")]
    #[cfg_attr(feature = "schema", schemars(schema_with = "text_or_texts"))]
    observed: Vec<String>,
    /// Why it deviates.
    reason: String,
    /// When it was listed.
    #[serde(deserialize_with = "date")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    since: Date,
    /// When the entry stops counting.
    #[serde(default, deserialize_with = "some_date")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    expires: Option<Date>,
}

/// The published schema of the file.
#[cfg(feature = "schema")]
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(File)
}

#[cfg(feature = "schema")]
fn text_or_texts(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({
        "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" }, "minItems": 1 }],
    })
}

fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let one = |value| match value {
        toml::Value::String(text) if !text.trim().is_empty() => Ok(text),
        _ => Err(D::Error::custom(
            "expected what the target answers: \"accept\", or [\"accept\", \"crashed, 500\"]",
        )),
    };
    match toml::Value::deserialize(deserializer)? {
        toml::Value::Array(all) if !all.is_empty() => all.into_iter().map(one).collect(),
        other => one(other).map(|text| vec![text]),
    }
}

/// A TOML date, or the same in quotes.
fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let text = match toml::Value::deserialize(deserializer)? {
        toml::Value::String(text) => text,
        other => other.to_string(),
    };
    text.parse().map_err(|error| {
        D::Error::custom(format!("`{text}` is no date: {error}; expected 2026-11-24"))
    })
}

fn some_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    date(deserializer).map(Some)
}

/// One cause.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Where it begins.
    pub(super) line: usize,
    pub(super) patterns: Vec<Pattern>,
    pub(super) observed: Vec<String>,
    pub(super) reason: String,
    pub(super) since: Date,
    pub(super) expires: Option<Date>,
}

/// A case id, or a glob over ids.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub(super) line: usize,
    pub(super) text: String,
    glob: Option<GlobSet>,
    /// The line that lists the same before; such a one counts for nothing.
    pub(super) before: Option<usize>,
}

/// Why a file of known failures cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum EntryFault {
    /// It is no TOML, or has a key nobody knows.
    #[error("{0}")]
    Parse(Box<Excerpt>),
    /// An entry says something that cannot be.
    #[error("line {line}: {what}")]
    At {
        /// The line.
        line: usize,
        /// What, and what to do.
        what: Text,
    },
}

impl Entry {
    /// Checks what was written; `line` knows the line of a place in the file.
    pub(super) fn read(
        written: Spanned<Written>,
        line: impl Fn(usize) -> usize,
    ) -> Result<Self, EntryFault> {
        let own = line(written.span().start);
        let Written { cases, case, observed, reason, since, expires } = written.into_inner();
        let told = |what: &str| EntryFault::At { line: own, what: what.into() };
        let cases = match (cases, case) {
            (Some(_), Some(_)) => {
                return Err(told("has both `cases` and `case`; write all of them into `cases`"));
            }
            (None, None) => {
                return Err(told("names no case; expected `cases = [\"an id\", \"a-glob-*\"]`"));
            }
            (Some(cases), None) if cases.is_empty() => {
                return Err(told("`cases` is empty; remove the entry"));
            }
            (Some(cases), None) => cases,
            (None, Some(case)) => vec![case],
        };
        let pattern =
            |case: Spanned<String>| Pattern::read(line(case.span().start), case.into_inner());
        let patterns = cases.into_iter().map(pattern).collect::<Result<Vec<_>, _>>()?;
        if reason.trim().is_empty() || reason.contains(NO_REASON_YET) {
            let first = patterns.first().map(|pattern| pattern.text.as_str()).unwrap_or_default();
            return Err(told(&format!(
                "`{first}` has no reason yet: write why the target deviates"
            )));
        }
        Ok(Self { line: own, patterns, observed, reason, since, expires })
    }

    pub(super) fn is_expired(&self, today: Date) -> bool {
        self.expires.is_some_and(|day| day < today)
    }

    pub(super) fn is_observed(&self, observed: &str) -> bool {
        self.observed.iter().any(|one| one == observed)
    }
}

impl Pattern {
    fn read(line: usize, text: String) -> Result<Self, EntryFault> {
        let told = |what: String| EntryFault::At { line, what: what.into() };
        if text.len() > LONGEST {
            return Err(told(format!(
                "a pattern of {} characters, longer than any id",
                text.len()
            )));
        }
        let glob = if text.contains(['*', '?', '[', '{']) {
            Some(matcher(&text).map_err(|error| told(format!("`{text}` is no glob: {error}")))?)
        } else {
            None
        };
        Ok(Self { line, text, glob, before: None })
    }

    pub(super) const fn is_glob(&self) -> bool {
        self.glob.is_some()
    }

    pub(super) fn matches(&self, id: &str) -> bool {
        self.glob.as_ref().map_or(id == self.text, |glob| glob.is_match(id))
    }
}

fn matcher(text: &str) -> Result<GlobSet, globset::Error> {
    GlobSet::builder().add(GlobBuilder::new(text).build()?).build()
}
