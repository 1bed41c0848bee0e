//! Before grading: can this subject's accept and reject be told apart at all?

use claimproof_catalog::Profile;
use claimproof_vectors::cases::posit_connect;
use claimproof_vectors::flow::{Alteration, FormEdit};
use claimproof_vectors::{Case, Change, Forge, ForgeError, Presentation, RequestEdit, cases};

use crate::observation::{Observation, Outcome};
use crate::subject::{Deed, Stage, Subject};

/// Accept and reject cannot be told apart, or nothing could be had.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub struct Inseparable(pub String);

/// Good, absent, broken, good again: both good ones must be accepted and the other two not.
pub async fn prove<S: Subject>(subject: &S, run: &str) -> Result<(), Inseparable> {
    let mut stage = Stage { now: subject.now(), tag: format!("{run}/acceptance proof"), ..Stage::default() };
    let proven = match subject.profile() {
        Profile::PositConnect => exchanges(subject, &mut stage).await,
        Profile::WorkatoDirectLink | Profile::WorkatoApi | Profile::TableauConnectedApp => {
            presentations(subject, &mut stage, run).await
        }
    };
    subject.leave(&mut stage).await;
    separable(&proven?)
}

/// What came of each probe, by its name.
type Probes = Vec<(&'static str, Observation)>;

async fn presentations<S: Subject>(subject: &S, stage: &mut Stage, run: &str) -> Result<Probes, Inseparable> {
    let good = plainest(subject)?;
    let absent = Change::Request(RequestEdit::Token(None));
    let broken = Change::Text("the middle of the signature altered", break_signature);
    let mut seen = Vec::new();
    for (name, change) in [("good", None), ("absent", Some(absent)), ("broken", Some(broken)), ("good again", None)] {
        let presentation = mint(subject, &good, name, change, run)?;
        seen.push((name, probe(subject, stage, name, Deed::Present(&presentation)).await?));
    }
    Ok(seen)
}

/// A viewer logs in at a provider without fault, and content exchanges what it received.
async fn exchanges<S: Subject>(subject: &S, stage: &mut Stage) -> Result<Probes, Inseparable> {
    for moved in posit_connect::set_up() {
        let seen = probe(subject, stage, "set-up", Deed::Move(&moved)).await?;
        if seen.outcome != Outcome::Accepted {
            return Err(Inseparable(format!("the set-up of a good exchange fails at {moved:?}: {}", seen.outcome)));
        }
    }
    let without = FormEdit::Without("subject_token");
    let broken = FormEdit::Subject(Alteration::SignatureAltered);
    let mut seen = Vec::new();
    for (name, edit) in [("good", None), ("absent", Some(without)), ("broken", Some(broken)), ("good again", None)] {
        let moved = posit_connect::plain_exchange(edit);
        seen.push((name, probe(subject, stage, name, Deed::Move(&moved)).await?));
    }
    Ok(seen)
}

async fn probe<S: Subject>(
    subject: &S,
    stage: &mut Stage,
    name: &str,
    deed: Deed<'_>,
) -> Result<Observation, Inseparable> {
    let seen = subject.perform(stage, deed).await;
    seen.map_err(|error| Inseparable(format!("the {name} token got no answer: {error}")))
}

fn separable(seen: &Probes) -> Result<(), Inseparable> {
    let right = |(name, seen): &(&str, Observation)| name.starts_with("good") == (seen.outcome == Outcome::Accepted);
    if seen.iter().all(right) {
        return Ok(());
    }
    let shown = |(name, seen): &(&str, Observation)| {
        let status = seen.status.map(|status| format!(" (status {status})")).unwrap_or_default();
        format!("{name}: {}{status}", seen.outcome)
    };
    let list = seen.iter().map(shown).collect::<Vec<_>>().join("; ");
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
    let (signed, signature) = token.rsplit_once('.').unwrap_or_default();
    let (before, after) = signature.split_at(signature.len() / 2);
    let other = if after.starts_with('A') { "B" } else { "A" };
    format!("{signed}.{before}{other}{}", after.get(1..).unwrap_or_default())
}
