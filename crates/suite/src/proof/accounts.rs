//! Before grading: whether the accounts of the target file are what their roles must be.
//!
//! A wrong account and a wrong server may answer alike. An account is taken for the wrong one only where its token is
//! refused with a code that speaks of accounts while that of an account like it is accepted, or where it may not do
//! what it is to do. Everything else is left to the cases.

use claimproof_cast::{MANAGEMENT, Probe, condition};
use claimproof_catalog::{Profile, codes};
use claimproof_vectors::{Case, Forge, Ledger, Manage, Need};
use futures::StreamExt;
use futures::stream::iter;

use super::scenes::scenes;
use super::{Inseparable, Proof};
use crate::observation::Outcome;
use crate::subject::{Deed, Stage, Subject};

/// How many tokens at once: as many as a case may take to be told apart from a burst.
const AT_ONCE: usize = 8;

/// How many secrets an app may have, by the documented code of one too many.
const ONE_TOO_MANY: &str = "128";

/// The error names the account that is not what its role must be. A server that showed a deviation already is graded.
pub async fn accounts<S: Subject>(subject: &S, proof: &Proof, run: &str) -> Result<(), Inseparable> {
    if !proof.findings.is_empty() {
        return Ok(());
    }
    let plain = scenes(subject);
    let seen: Vec<_> = iter(plain).map(|case| asked(case, subject, run)).buffer_unordered(AT_ONCE).collect().await;
    for (case, outcome) in &seen {
        let Some(code) = about_accounts(subject.profile(), outcome) else { continue };
        if let Some((role, beside)) = stands_out(case, &seen) {
            let meaning = codes::find(subject.profile(), code).map_or("", |row| row.meaning);
            let seen = format!("{} is refused with {code} ({meaning}), and {} is accepted", case.id, beside.id);
            return Err(wrong(subject, role, &seen));
        }
    }
    administration(subject, run).await
}

/// The role that sets a case apart from an accepted one with another role like it in its place.
fn stands_out<'s>(case: &Case, seen: &'s [(Case, Option<Outcome>)]) -> Option<(&'static str, &'s Case)> {
    let (scene, _) = case.single()?;
    scene.roles.iter().find_map(|(slot, role)| {
        let Probe::Like(other) = condition(case.profile, role)?.probe else { return None };
        let with_other: Vec<_> =
            scene.roles.iter().map(|one| if one.0 == *slot { (*slot, other) } else { *one }).collect();
        let is_twin = |twin: &Case| {
            let own = twin.single().map(|(own, _)| own);
            own.is_some_and(|own| {
                own.roles == with_other && format!("{:?}", own.adjust) == format!("{:?}", scene.adjust)
            })
        };
        let accepted = seen.iter().filter(|(_, outcome)| *outcome == Some(Outcome::Accepted));
        let beside = accepted.map(|(twin, _)| twin).find(|twin| is_twin(twin))?;
        Some((*role, beside))
    })
}

async fn asked<S: Subject>(case: Case, subject: &S, run: &str) -> (Case, Option<Outcome>) {
    let outcome = answer(&case, subject, run).await;
    (case, outcome)
}

/// What came of a fresh token of a plain scene; nothing where there was no answer.
async fn answer<S: Subject>(case: &Case, subject: &S, run: &str) -> Option<Outcome> {
    let (scene, changes) = case.single()?;
    let mut stage = Stage { now: subject.now(), tag: format!("{run}/accounts"), ..Stage::default() };
    let forge = Forge { players: subject.players(), now: stage.now, run, case: &case.id, seed: None };
    let minted = forge.mint("account", scene, changes, &Ledger::new()).ok()?;
    let seen = subject.perform(&mut stage, Deed::Present(&minted.presentation)).await.ok()?;
    Some(seen.outcome)
}

/// The code of a refusal that says of an account that it is not in order, and nothing of the token.
fn about_accounts(profile: Profile, outcome: &Option<Outcome>) -> Option<&str> {
    let Some(Outcome::Refused(Some(code))) = outcome else { return None };
    let is_own = match profile {
        Profile::WorkatoDirectLink => codes::find(profile, code).is_some_and(|row| row.category == "Account"),
        // Who may not sign in, an app that is not there or switched off, a page that is not listed, a license.
        Profile::TableauConnectedApp => ["5", "16", "67", "10089", "10090", "10092", "10101"].contains(&code.as_str()),
        Profile::WorkatoApi | Profile::PositConnect => false,
    };
    is_own.then_some(code)
}

/// Adds a secret to the app that is there for it, and takes it away.
async fn administration<S: Subject>(subject: &S, run: &str) -> Result<(), Inseparable> {
    const APP: &str = "app.managed";
    let is_there = subject.players().get(APP).is_some() && subject.capabilities().lack(Need::Manage).is_none();
    if subject.profile() != Profile::TableauConnectedApp || !is_there {
        return Ok(());
    }
    let mut stage = Stage { now: subject.now(), tag: format!("{run}/administration"), ..Stage::default() };
    let created = subject.perform(&mut stage, Deed::Manage(&Manage::CreateSecret { app: APP })).await;
    let outcome = created.map(|seen| (seen.outcome, seen.status));
    let told = match &outcome {
        Ok((Outcome::Refused(Some(code)), _)) if code == ONE_TOO_MANY => {
            Err(wrong(subject, APP, "another secret is refused with 128"))
        }
        Ok((Outcome::Refused(_), status)) => {
            let status = status.map_or_else(String::new, |status| format!(" (status {status})"));
            let played = subject.players().get(MANAGEMENT).is_some();
            let role = if played { MANAGEMENT } else { "user.ok" };
            Err(wrong(subject, role, &format!("adding a secret to `{APP}` is refused{status}")))
        }
        _ => Ok(()),
    };
    if matches!(outcome, Ok((Outcome::Accepted, _))) {
        let _ = subject.perform(&mut stage, Deed::Manage(&Manage::DeleteSecret { app: APP })).await;
    }
    subject.leave(&mut stage).await;
    told
}

fn wrong<S: Subject>(subject: &S, role: &str, seen: &str) -> Inseparable {
    let id = subject.players().get(role).map_or_else(String::new, |player| format!(" (`{}`)", player.id));
    let must = condition(subject.profile(), role).map_or("", |condition| condition.must);
    Inseparable(format!(
        "the account `{role}`{id} is not what its role must be: it {must}. Seen: {seen}. Change the account or the target file. Where the account is right and the server wrong, \
         --trust-accounts grades it"
    ))
}
