//! The outcome of a run as one value; every rendering is a function of it.

use std::collections::BTreeMap;

use claimproof_catalog::Profile;
use claimproof_catalog::requirements::Level;
use serde::{Deserialize, Deserializer, Serialize};

use crate::observation::{Evidence, Outcome};
use crate::text::Text;

/// What came of one case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// As documented.
    Pass,
    /// Deviates.
    Fail,
    /// A should-case that deviates.
    Advice,
    /// Not run: a capability or a role is not declared.
    Skip,
    /// No verdict could be had.
    Error,
    /// Deviates as the known failures say.
    KnownFailure,
    /// Listed as a known failure and passed.
    UnexpectedPass,
}

/// One case of the report.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CaseReport {
    /// `profile/code/what-is-wrong`.
    pub id: String,
    /// The case in one sentence.
    pub title: String,
    /// The system.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub profile: Profile,
    /// What it judges.
    #[serde(deserialize_with = "words")]
    pub requirements: Vec<Word>,
    /// What a deviation weighs.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub level: Level,
    /// What came of it.
    pub verdict: Verdict,
    /// `accept`, `refuse CODE|CODE`, `refuse`.
    pub expected: String,
    /// `accept`, `refuse CODE`, `refused, code not carried`, `neither accepted nor refused: WHY`; empty where skipped.
    pub observed: Text,
    /// The same typed; null where nothing was.
    pub outcome: Option<Outcome>,
    /// Whether something is accepted that must not be, or more often than it may.
    pub lets_in: bool,
    /// The act of its script that decided it, from 1.
    pub at: usize,
    /// Of a script, what was done at that act, where it is no pass.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub step: Text,
    /// Why it is no pass.
    pub message: Text,
    /// When the document calls for the expected code, or what the code that was answered in place
    /// of an acceptance means; and where a message of the answer belongs that is not in the
    /// document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meaning: Option<Text>,
    /// Why its answer is open, or a deviation weighs no more than advice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rationale: Option<String>,
    /// What the document tells those who meet the expected code.
    #[serde(default, deserialize_with = "some_word", skip_serializing_if = "Option::is_none")]
    pub remedy: Option<Word>,
    /// Whether the refusal's code could not be seen.
    pub opaque: bool,
    /// Where the documents leave it open: the readings the answer fits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading: Option<Fits>,
    /// The case it asks again, where it is a consistency probe.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeats: Option<String>,
    /// Where it is skipped: what would have it played.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lack: Option<Lack>,
    /// Milliseconds.
    pub duration_ms: u64,
    /// Evidence, where it is no pass.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exchange: Option<Evidence>,
}

impl CaseReport {
    /// What the message says beyond what was expected and what was observed; empty where nothing.
    pub(crate) fn beyond(&self) -> &str {
        let Self { expected, observed, message, .. } = self;
        let restated = format!("expected {expected}, observed {observed}");
        message
            .strip_prefix(&restated)
            .map_or(message.as_str(), |rest| rest.trim_start_matches(": "))
    }
}

/// What a skipped case wants.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Lack {
    /// What the target file must say for it to be played, or what must be mended first; empty where
    /// nothing helps.
    pub add: String,
    /// What kind of thing that is.
    pub kind: LackKind,
    /// Whether it belongs to a level that the target does not declare, and so is no part of what
    /// can be tried.
    pub undeclared_level: bool,
}

/// What kind of thing a skipped case wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LackKind {
    /// An account that plays a role.
    Account,
    /// Another case to pass first.
    Control,
    /// Something else that the target file may declare.
    Declaration,
}

/// What an open answer fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fits {
    /// The family.
    #[serde(deserialize_with = "word")]
    pub family: Word,
    /// Its readings; none where the answer fits no reading.
    #[serde(deserialize_with = "words")]
    pub readings: Vec<Word>,
}

/// In which order a subject of one profile looks at two faults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrderReport {
    /// The system.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub profile: Profile,
    /// Every fault that was answered before or after another, the earliest first.
    pub order: Vec<&'static str>,
    /// Faults for which there is no such place, since some come before each other in a circle.
    pub circular: Vec<&'static str>,
    /// What each pair showed.
    pub pairs: Vec<PairReport>,
}

/// Which of two faults was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PairReport {
    /// The case.
    pub case: String,
    /// The two faults.
    pub faults: [&'static str; 2],
    /// The one that was answered; null where the answer fits both or neither.
    pub answered: Option<&'static str>,
}

/// How many of each verdict. Consistency probes are counted apart, since their number depends on
/// the seed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[expect(missing_docs, reason = "each field is the verdict of its name")]
pub struct Summary {
    pub pass: usize,
    pub fail: usize,
    pub advice: usize,
    pub skip: usize,
    pub error: usize,
    pub known_failure: usize,
    pub unexpected_pass: usize,
    /// Refusals that passed without their code being seen.
    pub opaque: usize,
    /// Cases that were played.
    pub tried: usize,
    /// Cases that could be: all that were selected but for those of levels the target does not
    /// declare.
    pub of: usize,
    /// The cases that were asked again.
    pub probes: Probes,
}

/// What came of the cases that were asked again with claims nobody reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Probes {
    /// How many.
    pub asked: usize,
    /// Those answered as the first time, and rightly.
    pub alike: usize,
    /// Those answered otherwise.
    pub otherwise: usize,
}

/// What was tested.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TargetReport {
    /// Its name in the target file.
    pub name: Text,
    /// The system; null where the run covers several.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub profile: Option<Profile>,
    /// Where it was reached; null where the run covers several.
    pub base_url: Option<Text>,
    /// What is known of its clock, where that is not plainly this machine's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock: Option<Text>,
}

/// The reading a subject follows in one family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadingReport {
    /// The family.
    pub id: &'static str,
    /// The reading; null where several fit, or none.
    pub chosen: Option<&'static str>,
    /// `chosen`, `undetermined`, `recorded` where the cases are judged one by one and differ, or `mixture`.
    pub state: &'static str,
    /// The readings every case fits.
    pub fits: Vec<&'static str>,
}

/// The outcome of a run.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// What wrote it, by which its own reports are known.
    pub written_by: &'static str,
    /// Version of this format.
    pub schema: u32,
    /// Version of the suite.
    pub suite_version: &'static str,
    /// SHA-256 over the golden vectors' manifest.
    pub vectors_digest: String,
    /// What ids and orders were derived from.
    pub seed: u64,
    /// What was tested.
    pub target: TargetReport,
    /// RFC 3339.
    pub started: String,
    /// Milliseconds.
    pub duration_ms: u64,
    /// Whether the run was cut short.
    pub partial: bool,
    /// What cut it short.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut_short_by: Option<String>,
    /// Why the run ended before any case; absent where it did not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub unfinished: Option<Text>,
    /// What showed before anything was graded, a sentence each; the failing cases are its evidence.
    pub findings: Vec<Text>,
    /// How many of each verdict.
    pub summary: Summary,
    /// Everything that was reached.
    pub targets: Vec<TargetReport>,
    /// The readings inferred.
    pub readings: Vec<ReadingReport>,
    /// The order in which each subject looks at faults, where pairs were asked for.
    pub orders: Vec<OrderReport>,
    /// How often a status came that is no signal: overload and outages, which were tried again, and
    /// crashes.
    pub no_signals: BTreeMap<u16, usize>,
    /// Why a target was given up before all of its cases were played, a sentence each.
    pub stopped: Vec<Text>,
    /// What the run changed on a target and could not set back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<Text>,
    /// Faults of the run itself: stale or unmatched known failures.
    pub faults: Vec<Text>,
    /// Every selected case.
    pub cases: Vec<CaseReport>,
}

/// A word of the catalog.
type Word = &'static str;

/// A word that a journal has. What is read of it is kept as long as the words of the catalog are: a
/// process reads one journal.
fn word<'de, D: Deserializer<'de>>(from: D) -> Result<Word, D::Error> {
    String::deserialize(from).map(|text| &*text.leak())
}

fn some_word<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Word>, D::Error> {
    Option::<String>::deserialize(from).map(|text| text.map(|text| &*text.leak()))
}

fn words<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Word>, D::Error> {
    let all = Vec::<String>::deserialize(from)?;
    Ok(all.into_iter().map(|text| &*text.leak()).collect())
}

impl Report {
    /// Version of the format.
    pub const SCHEMA: u32 = 2;
    /// What writes it.
    pub const WRITER: &'static str = "claimproof";
}

impl Summary {
    /// Counts.
    pub fn of(cases: &[CaseReport]) -> Self {
        let mut summary = Self::default();
        for case in cases {
            summary.count(case);
        }
        summary
    }

    fn count(&mut self, case: &CaseReport) {
        if case.repeats.is_some() {
            self.probes.asked += 1;
            self.probes.alike += usize::from(case.verdict == Verdict::Pass);
            self.probes.otherwise += usize::from(case.verdict == Verdict::Fail);
            return;
        }
        let beyond = case.lack.as_ref().is_some_and(|lack| lack.undeclared_level);
        *self.slot(case.verdict) += 1;
        self.opaque += usize::from(case.opaque);
        self.tried += usize::from(case.verdict != Verdict::Skip);
        self.of += usize::from(!beyond);
    }

    /// Whether at least so many of a hundred cases were played.
    pub fn tries(&self, percent: u8) -> bool {
        self.tried * 100 >= self.of * usize::from(percent)
    }

    const fn slot(&mut self, verdict: Verdict) -> &mut usize {
        match verdict {
            Verdict::Pass => &mut self.pass,
            Verdict::Fail => &mut self.fail,
            Verdict::Advice => &mut self.advice,
            Verdict::Skip => &mut self.skip,
            Verdict::Error => &mut self.error,
            Verdict::KnownFailure => &mut self.known_failure,
            Verdict::UnexpectedPass => &mut self.unexpected_pass,
        }
    }

    /// How many cases have a verdict or would have had one.
    pub const fn total(&self) -> usize {
        self.pass
            + self.fail
            + self.advice
            + self.skip
            + self.error
            + self.known_failure
            + self.unexpected_pass
    }
}
