//! Before grading: can this subject's accept and reject be told apart at all?

use claimproof_vectors::{Case, Change, Forge, ForgeError, Presentation, RequestEdit, cases};

use crate::observation::Outcome;
use crate::subject::{Deed, Stage, Subject};

/// Accept and reject cannot be told apart, or nothing could be had.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub struct Inseparable(pub String);

/// Good, absent, broken, good again: both good ones must be accepted and the other two not.
pub async fn prove<S: Subject>(subject: &S, run: &str) -> Result<(), Inseparable> {
    let good = plainest(subject)?;
    let absent = Change::Request(RequestEdit::Token(None));
    let broken = Change::Text("the middle of the signature altered", break_signature);
    let probes = [("good", None), ("absent", Some(absent)), ("broken", Some(broken)), ("good again", None)];
    let mut seen = Vec::new();
    for (name, change) in probes {
        let presentation = mint(subject, &good, name, change, run)?;
        let mut stage = Stage { now: subject.now(), ..Stage::default() };
        let outcome = subject.perform(&mut stage, Deed::Present(&presentation)).await;
        let outcome = outcome.map_err(|error| Inseparable(format!("the {name} token got no answer: {error}")))?;
        let status = outcome.status.map(|status| format!(" (status {status})")).unwrap_or_default();
        seen.push((name, outcome.outcome, status));
    }
    let separable = seen.iter().all(|(name, outcome, _)| name.starts_with("good") == (*outcome == Outcome::Accepted));
    if separable {
        return Ok(());
    }
    let list: Vec<_> = seen.iter().map(|(name, outcome, status)| format!("{name}: {outcome}{status}")).collect();
    let list = list.join("; ");
    Err(Inseparable(format!(
        "accept and reject cannot be told apart. Seen: {list}. Both good tokens must match `accept`, the other two must not; check [accept], [refuse], keys and roles of the target file"
    )))
}

/// The first accepted case whose roles are all played and that needs nothing.
pub fn plainest<S: Subject>(subject: &S) -> Result<Case, Inseparable> {
    let all = cases::of(subject.profile());
    let fits = |case: &&Case| {
        let played = case.single().is_some_and(|(scene, changes)| {
            changes.is_empty() && scene.roles.iter().all(|(_, role)| subject.players().get(role).is_some())
        });
        played && !case.is_rejected() && case.needs.iter().all(|need| subject.capabilities().lack(*need).is_none())
    };
    let why = "no accepted case can be played: the target file gives too few roles a player";
    all.iter().find(fits).cloned().ok_or_else(|| Inseparable(why.to_owned()))
}

fn mint<S: Subject>(
    subject: &S,
    case: &Case,
    name: &str,
    change: Option<Change>,
    run: &str,
) -> Result<Presentation, Inseparable> {
    let Some((scene, _)) = case.single() else { return Err(Inseparable("no scene".to_owned())) };
    let forge = Forge { players: subject.players(), now: subject.now(), run, case: "acceptance proof", seed: None };
    let changes: Vec<Change> = change.into_iter().collect();
    let minted = forge.mint(name, scene, &changes, &claimproof_vectors::Ledger::new());
    minted.map(|minted| minted.presentation).map_err(|error: ForgeError| Inseparable(error.to_string()))
}

/// Not the last character, whose spare bits a lenient decoder ignores.
fn break_signature(token: &str) -> String {
    let start = token.rfind('.').map_or(0, |dot| dot + 1);
    let middle = start + (token.len() - start) / 2;
    let other = if token[middle..].starts_with('A') { "B" } else { "A" };
    format!("{}{other}{}", &token[..middle], &token[middle + 1..])
}
