//! Deviations that are known: they still run, and one that no longer occurs fails the run.

mod entry;
mod update;

use std::collections::HashMap;

use claimproof_catalog::Profile;
use jiff::civil::Date;

use crate::report::{CaseReport, Verdict};
use crate::text::of_toml;

#[cfg(feature = "schema")]
pub use entry::schema;
use entry::{Entry, File, Pattern};
pub use entry::{EntryFault, NO_REASON_YET};
pub use update::{Update, update};

/// A file of known failures.
#[derive(Clone, Debug, Default)]
pub struct KnownFailures {
    entries: Vec<Entry>,
}

/// What a run shows of one pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Met {
    /// Some case deviates as listed.
    Listed,
    /// No case matches.
    Nothing,
    /// Cases match, and none of them was answered.
    Silent,
    /// A glob matches cases of which none deviates as listed.
    Idle,
    /// The case passes.
    Passing,
    /// The case deviates otherwise.
    Otherwise,
}

impl KnownFailures {
    /// Reads the file's text.
    ///
    /// # Errors
    ///
    /// The message names the line.
    pub fn parse(text: &str) -> Result<Self, EntryFault> {
        let file: File = toml::from_str(text)
            .map_err(|error| EntryFault::Parse(Box::new(of_toml(text, &error))))?;
        let ends: Vec<usize> = text.match_indices('\n').map(|(place, _)| place).collect();
        let line = |place: usize| ends.partition_point(|end| *end < place) + 1;
        let entries = file
            .entries
            .into_iter()
            .map(|written| Entry::read(written, line))
            .collect::<Result<_, _>>()?;
        let mut known = Self { entries };
        known.mark_repeated();
        Ok(known)
    }

    /// The same pattern with the same outcome twice says nothing the second time.
    fn mark_repeated(&mut self) {
        let mut lines: HashMap<(String, String), usize> = HashMap::new();
        for entry in &mut self.entries {
            for pattern in &mut entry.patterns {
                for observed in &entry.observed {
                    let place = (pattern.text.clone(), observed.clone());
                    pattern.before = pattern.before.or(lines.get(&place).copied());
                    lines.entry(place).or_insert(pattern.line);
                }
            }
        }
    }

    /// Whether a case that was answered so is listed, with its reason.
    pub fn reason(&self, case: &str, observed: &str, today: Date) -> Option<&str> {
        let mut counting = self
            .entries
            .iter()
            .filter(|entry| !entry.is_expired(today) && entry.is_observed(observed));
        let entry =
            counting.find(|entry| entry.patterns.iter().any(|pattern| pattern.matches(case)))?;
        Some(&entry.reason)
    }

    /// Turns listed deviations into known failures; returns what is stale, unmatched, expired or
    /// listed twice.
    pub fn apply(
        &self,
        cases: &mut [CaseReport],
        ran: &[Profile],
        whole: bool,
        today: Date,
    ) -> Vec<String> {
        let counting: Vec<&Entry> =
            self.entries.iter().filter(|entry| !entry.is_expired(today)).collect();
        let mut exact: HashMap<&str, Vec<(&Entry, &Pattern)>> = HashMap::new();
        for entry in &counting {
            for pattern in entry
                .patterns
                .iter()
                .filter(|pattern| !pattern.is_glob() && pattern.before.is_none())
            {
                exact.entry(&pattern.text).or_default().push((entry, pattern));
            }
        }
        // A probe is never known to contradict its original.
        for case in cases.iter_mut().filter(|case| case.repeats.is_none()) {
            let named = exact.get(case.id.as_str()).map(Vec::as_slice).unwrap_or_default();
            settle(case, named, &counting);
        }
        let met = Index::of(cases);
        self.entries.iter().flat_map(|entry| entry.faults(&met, ran, whole, today)).collect()
    }
}

/// What becomes of a case that these entries name, and that others may match.
fn settle(case: &mut CaseReport, named: &[(&Entry, &Pattern)], all: &[&Entry]) {
    match case.verdict {
        Verdict::Fail | Verdict::Advice => {
            let lists = |entry: &&Entry| {
                let matches = |pattern: &Pattern| pattern.is_glob() && pattern.matches(&case.id);
                entry.is_observed(&case.observed) && entry.patterns.iter().any(matches)
            };
            let by_name = named
                .iter()
                .map(|(entry, _)| *entry)
                .find(|entry| entry.is_observed(&case.observed));
            if let Some(entry) = by_name.or_else(|| all.iter().copied().find(lists)) {
                case.verdict = Verdict::KnownFailure;
                case.message = format!("known since {}: {}", entry.since, entry.reason).into();
            } else if let Some((entry, _)) = named.first() {
                let listed = entry.observed.join("` or `");
                let (observed, message) = (&case.observed, &case.message);
                case.message =
                    format!("listed as `{listed}`, observed `{observed}`; {message}").into();
            }
        }
        Verdict::Pass => {
            let Some((entry, pattern)) = named.first() else { return };
            case.verdict = Verdict::UnexpectedPass;
            let cure = match entry.patterns.as_slice() {
                [_] => "remove the entry".to_owned(),
                _ => format!("take it out of the entry, line {}", pattern.line),
            };
            case.message =
                format!("listed as a known failure ({}) and passes: {cure}", entry.reason).into();
        }
        Verdict::Skip | Verdict::Error | Verdict::KnownFailure | Verdict::UnexpectedPass => {}
    }
}

/// The cases of a run, probes apart.
struct Index<'c> {
    all: Vec<&'c CaseReport>,
    by_id: HashMap<&'c str, &'c CaseReport>,
}

impl<'c> Index<'c> {
    fn of(cases: &'c [CaseReport]) -> Self {
        let all: Vec<&CaseReport> = cases.iter().filter(|case| case.repeats.is_none()).collect();
        let by_id = all.iter().map(|case| (case.id.as_str(), *case)).collect();
        Self { all, by_id }
    }

    fn matching(&self, pattern: &Pattern) -> Vec<&'c CaseReport> {
        if pattern.is_glob() {
            self.all.iter().copied().filter(|case| pattern.matches(&case.id)).collect()
        } else {
            self.by_id.get(pattern.text.as_str()).copied().into_iter().collect()
        }
    }
}

impl Entry {
    /// What a run shows of a pattern, once its cases are settled.
    fn met(&self, pattern: &Pattern, cases: &Index<'_>) -> Met {
        let found = cases.matching(pattern);
        let any = |is: &dyn Fn(&CaseReport) -> bool| found.iter().any(|case| is(case));
        match () {
            () if found.is_empty() => Met::Nothing,
            () if any(&|case| {
                case.verdict == Verdict::KnownFailure && self.is_observed(&case.observed)
            }) =>
            {
                Met::Listed
            }
            () if any(&|case| matches!(case.verdict, Verdict::Skip | Verdict::Error)) => {
                Met::Silent
            }
            () if pattern.is_glob() => Met::Idle,
            () if any(&|case| case.verdict == Verdict::UnexpectedPass) => Met::Passing,
            () => Met::Otherwise,
        }
    }

    /// What is wrong with it; nothing is said of what a run of some cases could not show.
    fn faults(&self, cases: &Index<'_>, ran: &[Profile], whole: bool, today: Date) -> Vec<String> {
        let told = |line, text: &str, fault: &str| {
            format!("known failures, line {line}: `{text}` {fault}")
        };
        let first = self.patterns.first().map(|pattern| pattern.text.as_str()).unwrap_or_default();
        if let Some(day) = self.expires.filter(|_| self.is_expired(today)) {
            return vec![told(self.line, first, &format!("expired on {day}"))];
        }
        let is_idle = |pattern: &Pattern| {
            let met = self.met(pattern, cases);
            is_due(&pattern.text, ran, whole)
                && matches!(met, Met::Nothing | Met::Idle | Met::Passing)
        };
        if self.patterns.len() > 1 && self.patterns.iter().all(is_idle) {
            return vec![format!(
                "known failures, line {}: nothing this entry lists fails any more: remove it",
                self.line
            )];
        }
        let fault = |pattern: &Pattern| match (pattern.before, self.met(pattern, cases)) {
            (Some(line), _) => Some(format!("is listed in line {line} already")),
            (None, Met::Nothing) if is_due(&pattern.text, ran, whole) => {
                Some("matches no case".to_owned())
            }
            (None, Met::Idle) if is_due(&pattern.text, ran, whole) => {
                Some("matches no case that fails as observed".to_owned())
            }
            _ => None,
        };
        let each = self.patterns.iter();
        each.filter_map(|pattern| Some(told(pattern.line, &pattern.text, &fault(pattern)?)))
            .collect()
    }
}

/// Whether a whole run over these profiles must have met what a pattern names.
fn is_due(pattern: &str, ran: &[Profile], whole: bool) -> bool {
    whole && ran.iter().any(|profile| pattern.starts_with(profile.name()))
}
