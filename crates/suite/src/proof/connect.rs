//! The proof at a Connect server: a viewer logs in at a provider without fault, and content exchanges what it
//! received.

use claimproof_catalog::Profile;
use claimproof_vectors::cases::{self, posit_connect};
use claimproof_vectors::flow::{Alteration, FormEdit};

use super::{Inseparable, Proof};
use crate::observation::{Observation, Outcome};
use crate::retry;
use crate::subject::{Deed, Stage, Subject};

/// What came of each probe, by its name.
type Probes = Vec<(&'static str, Observation)>;

/// Good, absent, broken, good again: both good ones must be accepted and the other two not.
pub(super) async fn prove<S: Subject>(subject: &S, stage: &mut Stage) -> Result<Proof, Inseparable> {
    separable(&exchanges(subject, stage).await?)?;
    let accepted = cases::of(Profile::PositConnect).iter().find(|case| !case.is_rejected());
    let accepted = accepted.cloned().ok_or_else(|| Inseparable("no accepted case".to_owned()))?;
    Ok(Proof { accepted, findings: Vec::new() })
}

async fn exchanges<S: Subject>(subject: &S, stage: &mut Stage) -> Result<Probes, Inseparable> {
    for moved in posit_connect::set_up() {
        let seen = probe(subject, stage, "set-up", Deed::Move(&moved)).await?;
        // The provider knows exactly what was wrong, and the cases that judge a login say it.
        if seen.stopped.is_some() {
            return Ok(Vec::new());
        }
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
    let seen = retry::insist(subject, stage, deed).await;
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
