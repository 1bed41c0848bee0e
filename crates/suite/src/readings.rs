//! Which reading of each open family a subject follows, by intersection.

use std::collections::BTreeMap;

use claimproof_catalog::readings::{self, Graded};

/// The open answers of one case: case id and the readings they fit.
pub(crate) struct OpenCase {
    pub(crate) case: String,
    pub(crate) family: &'static str,
    pub(crate) fits: Vec<&'static str>,
    /// What was answered.
    pub(crate) observed: String,
    /// What each reading asks for.
    pub(crate) wants: Vec<(&'static str, String)>,
}

/// What was inferred of one family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Inferred {
    /// The readings every case fits; one left is the subject's.
    pub(crate) left: Vec<&'static str>,
    /// How many cases fit some reading.
    pub(crate) fitting: usize,
    /// The reading that is demanded: the fixed one, or where no one reading is left, the
    /// best-supported.
    pub(crate) demanded: Option<String>,
    /// The cases outside of it, with what they contradict.
    pub(crate) outside: BTreeMap<String, String>,
}

/// Groups the cases by family and intersects.
pub(crate) fn infer(
    cases: &[OpenCase],
    fixed: &BTreeMap<String, String>,
) -> BTreeMap<&'static str, Inferred> {
    let mut families: BTreeMap<&'static str, Vec<&OpenCase>> = BTreeMap::new();
    for case in cases {
        families.entry(case.family).or_default().push(case);
    }
    families
        .into_iter()
        .map(|(family, cases)| (family, one(family, &cases, fixed.get(family))))
        .collect()
}

fn one(id: &'static str, cases: &[&OpenCase], fixed: Option<&String>) -> Inferred {
    let family = readings::find(id);
    let all: Vec<&'static str> =
        family.map(|f| f.readings.iter().map(|r| r.name).collect()).unwrap_or_default();
    let fitting: Vec<&&OpenCase> = cases.iter().filter(|case| !case.fits.is_empty()).collect();
    let support =
        |reading: &str| fitting.iter().filter(|case| case.fits.contains(&reading)).count();
    let left: Vec<_> =
        all.iter().copied().filter(|reading| support(reading) == fitting.len()).collect();
    // Judged case by case: an answer that fits some reading is right.
    let coherent = family.is_some_and(|family| family.graded == Graded::Family);
    // The first of equals wins, so that the outcome does not depend on the order of cases.
    let best = all
        .iter()
        .copied()
        .max_by_key(|reading| (support(reading), std::cmp::Reverse(place(&all, reading))));
    let demanded =
        fixed.map(String::as_str).or(if coherent && left.is_empty() { best } else { None });
    let mut outside = BTreeMap::new();
    for case in cases {
        if case.fits.is_empty() {
            outside.insert(case.case.clone(), strange(id, case));
        } else if let Some(reading) = demanded
            && !case.fits.contains(&reading)
        {
            outside.insert(
                case.case.clone(),
                contradiction(id, reading, case, cases, fixed.is_some()),
            );
        }
    }
    Inferred { left, fitting: fitting.len(), demanded: demanded.map(str::to_owned), outside }
}

/// An answer no reading asks for, beside what each of them does.
fn strange(id: &str, case: &OpenCase) -> String {
    let wants: Vec<_> =
        case.wants.iter().map(|(reading, want)| format!("`{reading}` asks for {want}")).collect();
    format!("{id}: the answer `{}` fits no reading: {}", case.observed, wants.join(", "))
}

/// What a reading asks for of a case.
fn wanted(case: &OpenCase, reading: &str) -> String {
    let want = case.wants.iter().find(|(own, _)| *own == reading);
    want.map(|(_, want)| format!(", which asks for {want} here")).unwrap_or_default()
}

fn place(all: &[&str], reading: &str) -> usize {
    all.iter().position(|one| *one == reading).unwrap_or(usize::MAX)
}

/// How many of the cases that contradict one are named.
const MAX_NAMED: usize = 5;

fn contradiction(
    id: &str,
    reading: &str,
    case: &OpenCase,
    cases: &[&OpenCase],
    fixed: bool,
) -> String {
    let own = case.fits.join("|");
    if fixed {
        let want = wanted(case, reading);
        return format!(
            "{id}: the target file fixes reading `{reading}`{want}, this answer follows `{own}`"
        );
    }
    let mut others: Vec<_> = cases
        .iter()
        .filter(|one| one.fits.contains(&reading))
        .map(|one| one.case.as_str())
        .collect();
    let more = others.len().saturating_sub(MAX_NAMED);
    others.truncate(MAX_NAMED);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    let (others, want) = (others.join(", "), wanted(case, reading));
    format!("{id}: this answer follows `{own}`, while {others}{more} follow `{reading}`{want}")
}
