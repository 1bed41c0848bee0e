//! Consistency probes: some cases are asked again with claims beside that nobody reads.
//!
//! Whoever answers from a table of known tokens, or by something no document names, answers the
//! second time otherwise. A probe is judged against its original alone.

use std::borrow::Cow;
use std::collections::BTreeMap;

use claimproof_cast::Seed;
use claimproof_vectors::{Case, Change, Edit, Need, Part, RequestEdit};

use crate::report::{CaseReport, Verdict};
use crate::text::Text;

/// One case in so many is asked again.
const ONE_IN: usize = 8;

/// Claims no profile reads.
const NAMES: [&str; 8] = ["locale", "note", "theme", "trace", "region", "tags", "build", "channel"];

/// The probes of these cases.
pub(crate) fn of(cases: &[Case], seed: Seed) -> Vec<Case> {
    let chosen =
        |case: &&Case| is_repeatable(case) && seed.pick(&format!("probe {}", case.id), ONE_IN) == 0;
    cases.iter().filter(chosen).map(|case| again(case, seed)).collect()
}

/// One token that differs from its control, and whose payload is neither measured nor written whole.
fn is_repeatable(case: &Case) -> bool {
    let fixed = |change: &Change| match change {
        Change::Pad(_)
        | Change::Rewrite(Part::Payload, ..)
        | Change::Request(RequestEdit::Token(_)) => true,
        // An id that is always the same is used up by the original.
        Change::Claim(name, edit) => *name == "jti" && matches!(edit, Edit::Json(_)),
        _ => false,
    };
    let Some((scene, changes)) = case.single() else { return false };
    let plain = case.needs().iter().all(|need| matches!(need, Need::Surface(_) | Need::Echo));
    let differs = !changes.is_empty() && case.control.is_some();
    plain && differs && !scene.adjust.iter().chain(changes).any(fixed)
}

fn again(case: &Case, seed: Seed) -> Case {
    let mut probe = case.clone();
    let slug = case.id.split('/').skip(1).collect::<Vec<_>>().join("-");
    probe.id = format!("{}/again/{slug}", case.profile);
    probe.title = format!("{}, asked again with claims nobody reads", case.title);
    probe.repeats = Some(case.id.clone());
    probe.add_changes(&claims(seed, &case.id));
    probe
}

/// One to three claims of seeded names, forms and lengths.
fn claims(seed: Seed, case: &str) -> Vec<Change> {
    let pick = |what: &str, n: usize| seed.pick(&format!("{what} {case}"), n);
    let start = pick("name", NAMES.len());
    (0..=pick("count", 3))
        .map(|n| {
            let text =
                &seed.hex(&format!("value {n} {case}"))[..8 + pick(&format!("length {n}"), 40)];
            let json = match pick(&format!("form {n}"), 4) {
                0 => format!("\"{text}\""),
                1 => format!("[\"{text}\",true]"),
                2 => format!("{{\"of\":\"{text}\"}}"),
                _ => pick(text, 250).to_string(),
            };
            Change::Claim(NAMES[(start + n) % NAMES.len()], Edit::Json(Cow::Owned(json)))
        })
        .collect()
}

/// Judges each probe by the answer to its original, where that was asked too. A wrong answer that
/// is repeated is no pass, and says nothing the original does not.
pub(crate) fn settle(reports: &mut [CaseReport]) {
    let answers: BTreeMap<String, (Verdict, Text)> = reports
        .iter()
        .filter(|one| has_answer(one))
        .map(|one| (one.id.clone(), (one.verdict, one.observed.clone())))
        .collect();
    for probe in reports.iter_mut().filter(|one| has_answer(one)) {
        let Some((original, (verdict, first))) =
            probe.repeats.as_ref().and_then(|id| Some((id, answers.get(id)?)))
        else {
            continue;
        };
        let again = &probe.observed;
        (probe.verdict, probe.message) = match (first == again, verdict) {
            (true, Verdict::Pass) => (Verdict::Pass, Text::default()),
            (true, _) => (
                Verdict::Skip,
                format!("asks {original} again, whose answer is wrong, and it is the same").into(),
            ),
            (false, _) => {
                let why = format!(
                    "{original} was answered `{first}`, and with claims beside that nobody reads `{again}`"
                );
                (Verdict::Fail, why.into())
            }
        };
        probe.expected = first.to_string();
    }
}

fn has_answer(report: &CaseReport) -> bool {
    !matches!(report.verdict, Verdict::Skip | Verdict::Error)
}
