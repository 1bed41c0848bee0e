//! What a subject does where the documents leave it open, written down and not graded.

use std::collections::BTreeMap;

use claimproof_catalog::Profile;
use claimproof_catalog::readings::{self, Family};
use claimproof_vectors::Case;
use serde::Serialize;

use crate::report::{CaseReport, ReadingReport, TargetReport};
use crate::text::Text;

/// Everything observed in a run.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Observed {
    /// What wrote it, by which its own reports are known.
    pub written_by: &'static str,
    /// Version of this format.
    pub schema: u32,
    /// Version of the suite.
    pub suite_version: &'static str,
    /// What ids and orders were derived from.
    pub seed: u64,
    /// RFC 3339.
    pub started: String,
    /// Everything that was reached.
    pub targets: Vec<TargetReport>,
    /// Every family that some case asked about.
    pub families: Vec<FamilySeen>,
}

/// What was seen of one question the documents leave open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FamilySeen {
    /// The family.
    pub id: &'static str,
    /// The system.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub profile: Profile,
    /// The question.
    pub question: &'static str,
    /// `chosen`, `undetermined`, `recorded`, `mixture`, or `unseen` where no case came to an answer.
    pub state: &'static str,
    /// The one reading every answer fits.
    pub chosen: Option<&'static str>,
    /// Each reading with the cases whose answer fits it.
    pub readings: Vec<ReadingSeen>,
    /// Cases whose answer fits no reading: case to answer.
    pub other: BTreeMap<String, Text>,
    /// Cases that came to no answer: case to reason.
    pub unseen: BTreeMap<String, Text>,
}

/// One reading and what fits it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadingSeen {
    /// Short name, unique in its family.
    pub name: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// The cases whose answer fits it.
    pub cases: Vec<String>,
}

/// Whether a case asks what the documents leave open.
pub fn is_open(case: &Case) -> bool {
    family(case).is_some()
}

fn family(case: &Case) -> Option<&'static Family> {
    case.script.iter().find_map(|turn| turn.expect.question()).and_then(readings::find)
}

/// What the answers to open cases show, family by family; what is chosen is what the run inferred.
pub fn observe(
    cases: &[Case],
    reports: &[CaseReport],
    inferred: &[ReadingReport],
) -> Vec<FamilySeen> {
    let mut asked: BTreeMap<&'static str, Vec<&CaseReport>> = BTreeMap::new();
    let family_of: BTreeMap<&str, &'static Family> =
        cases.iter().filter_map(|case| Some((case.id.as_str(), family(case)?))).collect();
    for report in reports {
        if let Some(family) = family_of.get(report.id.as_str()) {
            asked.entry(family.id).or_default().push(report);
        }
    }
    let inferred = |id: &str| inferred.iter().find(|one| one.id == id);
    asked
        .into_iter()
        .filter_map(|(id, reports)| Some(seen(readings::find(id)?, &reports, inferred(id))))
        .collect()
}

fn seen(
    family: &'static Family,
    reports: &[&CaseReport],
    inferred: Option<&ReadingReport>,
) -> FamilySeen {
    let answered: Vec<_> =
        reports.iter().filter_map(|one| Some((one, &one.reading.as_ref()?.readings))).collect();
    let fits = |name: &str| {
        let cases = answered.iter().filter(|(_, readings)| readings.contains(&name));
        cases.map(|(one, _)| one.id.clone()).collect::<Vec<_>>()
    };
    let all = family.readings.iter();
    let readings: Vec<ReadingSeen> = all
        .map(|one| ReadingSeen { name: one.name, meaning: one.meaning, cases: fits(one.name) })
        .collect();
    let (state, chosen) = match inferred {
        Some(inferred) if !answered.is_empty() => (inferred.state, inferred.chosen),
        _ => ("unseen", None),
    };
    let fitless = answered.iter().filter(|(_, readings)| readings.is_empty());
    let unseen = reports.iter().filter(|one| one.reading.is_none());
    FamilySeen {
        id: family.id,
        profile: family.profile,
        question: family.question,
        state,
        chosen,
        other: fitless.map(|(one, _)| (one.id.clone(), one.observed.clone())).collect(),
        unseen: unseen.map(|one| (one.id.clone(), one.message.clone())).collect(),
        readings,
    }
}
