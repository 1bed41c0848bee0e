//! Before grading: whether the accounts of the target file are what their roles must be.
//!
//! A wrong account and a wrong server may answer alike. An account is taken for the wrong one only
//! where its token is refused with a code that speaks of accounts while that of an account like it
//! is accepted, or where it may not do what it is to do. Everything else is left to the cases.

use std::collections::BTreeSet;

use claimproof_cast::{MANAGEMENT, Probe, condition};
use claimproof_catalog::codes;
use claimproof_vectors::{Act, Case, Forge, Ledger, Manage};
use futures::StreamExt;
use futures::stream::iter;

use super::scenes::scenes;
use super::{Inseparable, Proof};
use crate::changes;
use crate::observation::Outcome;
use crate::retry::Patience;
use crate::subject::{Action, Held, Subject};
use crate::text::Text;

/// How many tokens at once, which no server takes for a burst.
const AT_ONCE: usize = 8;

/// The documented code of one secret too many.
const ONE_TOO_MANY: &str = "128";

/// The codes that speak of accounts and not of the token: who may not sign in, an app that is not
/// there or switched off, a page that is not listed, a license. Other profiles have no two roles
/// alike.
const OF_ACCOUNTS: [&str; 7] = ["5", "16", "67", "10089", "10090", "10092", "10101"];

/// The app whose secrets the suite changes.
const MANAGED: &str = "app.managed";

/// Looks at the accounts of the cases that are selected; the error names the one that is not what
/// its role must be. A server that showed a deviation already is graded.
pub async fn accounts<S: Subject>(
    subject: &S,
    proof: &Proof,
    cases: &[Case],
    run: &str,
) -> Result<(), Inseparable> {
    if !proof.findings.is_empty() {
        return Ok(());
    }
    let pairs = pairs(subject, cases);
    let seen: Vec<_> =
        iter(pairs).map(|pair| asked(pair, subject, run)).buffered(AT_ONCE).collect().await;
    if let Some((pair, code)) = seen.iter().find_map(|(pair, code)| Some((pair, code.as_deref()?)))
    {
        let meaning = codes::find(subject.profile(), code).map_or("", |row| row.meaning);
        let (own, beside) = (&pair.own.id, &pair.beside.id);
        let seen = format!("{own} is refused with {code} ({meaning}), and {beside} is accepted");
        return Err(wrong(subject, pair.role, &seen));
    }
    if cases.iter().any(adds_secrets) { administration(subject, run).await } else { Ok(()) }
}

/// Two plain tokens that differ in one role, the two roles being alike.
struct Pair {
    role: &'static str,
    own: Case,
    beside: Case,
}

/// The pairs by which the roles of these cases can be seen.
fn pairs<S: Subject>(subject: &S, cases: &[Case]) -> Vec<Pair> {
    let used: BTreeSet<&str> = cases.iter().flat_map(Case::roles).collect();
    let plain = scenes(subject);
    let of = |own: &Case| {
        let (role, beside) = plain.iter().find_map(|beside| Some((apart(own, beside)?, beside)))?;
        used.contains(role).then(|| Pair { role, own: own.clone(), beside: beside.clone() })
    };
    plain.iter().filter_map(of).collect()
}

/// The role that alone sets a case apart from another with one like it in its place.
fn apart(own: &Case, other: &Case) -> Option<&'static str> {
    let ((own_scene, _), (scene, _)) = (own.single()?, other.single()?);
    // Changes hold functions, so they are compared as they are written.
    if format!("{:?}", own_scene.adjust) != format!("{:?}", scene.adjust) {
        return None;
    }
    own_scene.roles.iter().find_map(|(slot, role)| {
        let Probe::Like(like) = condition(own.profile, role)?.probe else { return None };
        let exchanged =
            own_scene.roles.iter().map(|one| if one.0 == *slot { (*slot, like) } else { *one });
        exchanged.eq(scene.roles.iter().copied()).then_some(*role)
    })
}

/// The code by which an account is refused where the one like it is accepted.
async fn asked<S: Subject>(pair: Pair, subject: &S, run: &str) -> (Pair, Option<Text>) {
    let code = match answer(&pair.own, subject, run).await {
        Some(Outcome::Refused(Some(code))) if OF_ACCOUNTS.contains(&code.as_str()) => {
            let beside = answer(&pair.beside, subject, &format!("{run}, beside")).await;
            (beside == Some(Outcome::Accepted)).then_some(code)
        }
        _ => None,
    };
    (pair, code)
}

/// What came of a fresh token of a plain scene; nothing where there was no answer.
async fn answer<S: Subject>(case: &Case, subject: &S, run: &str) -> Option<Outcome> {
    let (scene, changes) = case.single()?;
    let mut held = Held { now: subject.now(), tag: format!("{run}/accounts"), ..Held::default() };
    let forge =
        Forge { players: subject.players(), now: held.now, run, case: &case.id, seed: None };
    let minted = forge.mint("account", scene, changes, &Ledger::new()).ok()?;
    let seen = subject.perform(&mut held, Action::Present(&minted.presentation)).await.ok()?;
    Some(seen.outcome)
}

/// Whether a case adds secrets to an app.
fn adds_secrets(case: &Case) -> bool {
    case.script.iter().any(|turn| matches!(turn.act, Act::Manage(Manage::CreateSecret { .. })))
}

/// Adds a secret to the app that is there for it, and takes it away.
async fn administration<S: Subject>(subject: &S, run: &str) -> Result<(), Inseparable> {
    let mut held =
        Held { now: subject.now(), tag: format!("{run}/administration"), ..Held::default() };
    let (create, delete) =
        (Manage::CreateSecret { app: MANAGED }, Manage::DeleteSecret { app: MANAGED });
    let created = changes::call(&create, Some(delete), subject, &mut held).await;
    let outcome = created.map(|seen| (seen.outcome, seen.status));
    let told = match &outcome {
        Ok((Outcome::Refused(Some(code)), _)) if code == ONE_TOO_MANY => {
            Err(wrong(subject, MANAGED, "another secret is refused with 128"))
        }
        Ok((Outcome::Refused(_), status)) => {
            let status = status.map_or_else(String::new, |status| format!(" (status {status})"));
            let played = subject.players().get(MANAGEMENT).is_some();
            let role = if played { MANAGEMENT } else { "user.ok" };
            Err(wrong(subject, role, &format!("adding a secret to `{MANAGED}` is refused{status}")))
        }
        _ => Ok(()),
    };
    changes::set_back(subject, &mut held, &Patience::default()).await;
    subject.leave(&mut held).await;
    told
}

fn wrong<S: Subject>(subject: &S, role: &str, seen: &str) -> Inseparable {
    let id = subject
        .players()
        .get(role)
        .map_or_else(String::new, |player| format!(" (`{}`)", Text::from(&player.id)));
    let must = condition(subject.profile(), role).map_or("", |condition| condition.must);
    Inseparable(format!(
        "the account `{role}`{id} is not what its role must be: it {must}. Seen: {seen}. Change the account or the target \
         file. Where the account is right and the server wrong, --trust-accounts grades it"
    ))
}
