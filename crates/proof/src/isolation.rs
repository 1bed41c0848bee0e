//! Mechanical proofs about every rejected vector, in process.
//!
//! That it is refused by a step that cites one of its requirements; that it is accepted without
//! that step, and without those that are bound to refuse it then, as a list says; that its control is
//! accepted; and that the two differ in what the recipe declares and nowhere else.

mod behind;
mod pairs;

pub use pairs::unproven as unproven_pairs;

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_cast::{Cast, Seed, seeded};
use claimproof_catalog::{Code, Profile};
use claimproof_in_process::{Judged, RefusedBy, decide};
use claimproof_mutants::{steps, without as leave_out};
use claimproof_reference::CastError;
use claimproof_vectors::{
    Case, Change, FROZEN_NOW, Forge, ForgeError, Ledger, Minted, Part, Presentation, RequestEdit,
    cases,
};
use serde_json::value::RawValue;

/// A single-act case, minted.
struct Trial {
    case: Case,
    own: Minted,
    /// The same before its compact form is altered.
    plain: Minted,
    control: Minted,
}

/// Why nothing can be proven: what it would be shown with cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum Unmade {
    /// The reference.
    #[error(transparent)]
    Reference(#[from] CastError),
    /// The token of a case.
    #[error("{case}: {why}")]
    Case {
        /// The case.
        case: String,
        /// Why.
        why: ForgeError,
    },
    /// A pair of faults that no table has.
    #[error("{0}: no such pair")]
    Pair(String),
}

/// What a vector changes and does not declare, or is refused for beyond its own fault.
#[derive(Debug, thiserror::Error)]
enum Flaw {
    #[error("its token is not that of the other changes, its text changed as declared")]
    OtherText,
    #[error("the change of the text alters nothing")]
    IdleText,
    #[error("its request differs, and no change says so")]
    Request,
    #[error("its {0:?} is no object, and no change says so")]
    NoObject(Part),
    #[error("{0} of its {1:?} differs, and no change says so")]
    Member(String, Part),
    #[error("without {0} it is not accepted: {1} refuses")]
    Behind(&'static str, &'static str),
    #[error("no one of its changes taken back makes it a token that is accepted")]
    Unrepaired,
    #[error(transparent)]
    Unmade(#[from] Unmade),
}

/// The steps no case notices the loss of, and for each of the others the first case that does.
#[derive(Clone, Debug, Default)]
pub struct Noticed {
    /// Step to case.
    pub by: BTreeMap<&'static str, String>,
    /// Steps nobody notices.
    pub unnoticed: Vec<&'static str>,
}

/// Leaves each step out in turn and looks for a case that is then answered otherwise.
pub fn noticed(profile: Profile, seed: u64) -> Result<Noticed, Unmade> {
    let cast = seeded(profile, Seed(seed));
    let trials = trials(&cast)?;
    let whole = decisions(&*reference(&cast)?, &trials);
    let mut noticed = Noticed::default();
    for (step, _) in steps(&*reference(&cast)?) {
        let mut lacking = reference(&cast)?;
        leave_out(&mut *lacking, step);
        let lacking = decisions(&*lacking, &trials);
        let place =
            whole.iter().zip(&lacking).position(|(whole, lacking)| code(whole) != code(lacking));
        match place {
            Some(place) => {
                noticed.by.insert(step, trials[place].case.id.clone());
            }
            None => noticed.unnoticed.push(step),
        }
    }
    Ok(noticed)
}

/// What is not proven about the single-act cases of a profile; empty where all is well.
pub fn unproven(profile: Profile, seed: u64) -> Result<Vec<String>, Unmade> {
    let cast = seeded(profile, Seed(seed));
    let trials = trials(&cast)?;
    let (own, controls) = (reference(&cast)?, reference(&cast)?);
    let mut faults = Vec::new();
    let mut used = BTreeSet::new();
    for trial in &trials {
        let mut fault = |what: String| faults.push(format!("{}: {what}", trial.case.id));
        if let Err(decision) = decide(&*controls, &trial.control.presentation, FROZEN_NOW) {
            fault(format!("its control is refused by {}", decision.step));
        }
        if let Err(what) = declared(trial) {
            fault(what.to_string());
        }
        let Err(decision) = decide(&*own, &trial.own.presentation, FROZEN_NOW) else { continue };
        if !decision.cites.iter().any(|id| trial.case.requirements.contains(id)) {
            let (step, cites, own) = (decision.step, decision.cites, &trial.case.requirements);
            fault(format!("refused by {step}, which cites {cites:?} and none of {own:?}"));
        }
        let named = behind::TWO_FAULTS.iter().any(|(start, _)| trial.case.id.starts_with(start));
        if trial.case.pair.is_some() || named {
            // Both faults of a pair are proven by themselves.
            continue;
        }
        let proven = if decision.step == UNREADABLE {
            repaired(&cast, trial)
        } else {
            without(&cast, trial, &decision).map(|row| used.extend(row))
        };
        if let Err(what) = proven {
            fault(what.to_string());
        }
    }
    let known = |start: &str| trials.iter().any(|trial| trial.case.id.starts_with(start));
    let own = behind::TWO_FAULTS.iter().filter(|(start, _)| start.starts_with(profile.name()));
    let gone = own.filter(|(start, _)| !known(start));
    faults.extend(
        gone.map(|(start, _)| format!("{start}: listed for two faults, and no case begins so")),
    );
    let idle = behind::of(profile).filter(|row| !used.contains(row));
    faults.extend(idle.map(|(step, then, _)| {
        format!("without {step} nothing is refused by {then}, as the list has it")
    }));
    Ok(faults)
}

/// The step of what cannot be read, which is refused whatever step is left out.
const UNREADABLE: &str = "token_readable";

/// Without the step that refuses it is accepted, once those behind that the list names are left out
/// as well; the rows of the list that it took.
fn without(cast: &Cast, trial: &Trial, decision: &RefusedBy) -> Result<Vec<behind::Row>, Flaw> {
    let (mut lacking, mut rows, mut step) = (reference(cast)?, Vec::new(), decision.step);
    loop {
        leave_out(&mut *lacking, step);
        let Err(then) = decide(&*lacking, &trial.own.presentation, FROZEN_NOW) else {
            return Ok(rows);
        };
        let row = behind::of(cast.profile)
            .find(|(own, other, _)| *own == decision.step && *other == then.step);
        rows.push(row.ok_or(Flaw::Behind(decision.step, then.step))?);
        if behind::ENDS.contains(&then.step) {
            return Ok(rows);
        }
        step = then.step;
    }
}

/// Of what cannot be read one change is taken back, and with all others the token is accepted.
fn repaired(cast: &Cast, trial: &Trial) -> Result<(), Flaw> {
    let Some((scene, changes)) = trial.case.single() else { return Ok(()) };
    let forge = Forge {
        players: &cast.players,
        now: FROZEN_NOW,
        run: "isolation",
        case: &trial.case.id,
        seed: None,
    };
    let accepted = |at: usize| {
        let others: Vec<Change> = changes
            .iter()
            .enumerate()
            .filter(|(own, _)| *own != at)
            .map(|(_, change)| change.clone())
            .collect();
        let minted = forge.mint("t", scene, &others, &Ledger::new()).ok()?;
        decide(&*reference(cast).ok()?, &minted.presentation, FROZEN_NOW).ok()
    };
    let one = (0..changes.len()).find_map(accepted);
    one.ok_or(Flaw::Unrepaired)
}

/// `None` where accepted, else the code.
fn code(decision: &Result<(), RefusedBy>) -> Option<Option<Code>> {
    decision.as_ref().err().map(|decision| decision.code)
}

fn reference(cast: &Cast) -> Result<Box<dyn Judged>, Unmade> {
    Ok(claimproof_in_process::reference(cast)?)
}

fn decisions(reference: &dyn Judged, trials: &[Trial]) -> Vec<Result<(), RefusedBy>> {
    trials.iter().map(|trial| decide(reference, &trial.own.presentation, FROZEN_NOW)).collect()
}

fn trials(cast: &Cast) -> Result<Vec<Trial>, Unmade> {
    let single = |case: Case| {
        let (scene, changes) = case.single()?;
        let forge = Forge {
            players: &cast.players,
            now: FROZEN_NOW,
            run: "isolation",
            case: &case.id,
            seed: None,
        };
        let mint = |changes: &[Change]| forge.mint("t", scene, changes, &Ledger::new());
        let plain: Vec<Change> =
            changes.iter().filter(|change| !matches!(change, Change::Text(..))).cloned().collect();
        let minted = mint(changes).and_then(|own| Ok((own, mint(&plain)?, mint(&[])?)));
        Some(match minted {
            Ok((own, plain, control)) => Ok(Trial { case, own, plain, control }),
            Err(why) => Err(Unmade::Case { case: case.id, why }),
        })
    };
    cases::of(cast.profile).iter().cloned().filter_map(single).collect()
}

/// Whether the two differ in what the changes name and nowhere else.
fn declared(trial: &Trial) -> Result<(), Flaw> {
    let Trial { case, own, plain, control } = trial;
    let Some((_, changes)) = case.single() else { return Ok(()) };
    request(changes, &control.presentation, &own.presentation)?;
    // A token that is another one, or stands elsewhere, is none to be compared.
    let elsewhere = |edit: &RequestEdit| {
        matches!(
            edit,
            RequestEdit::Token(_) | RequestEdit::TokenIn(..) | RequestEdit::TokenInQuery(_)
        )
    };
    if changes.iter().any(|change| matches!(change, Change::Request(edit) if elsewhere(edit))) {
        return Ok(());
    }
    compact(changes, plain, own)?;
    for part in [Part::Header, Part::Payload] {
        members(part, changes, control, plain)?;
    }
    Ok(())
}

/// Behind a change of the compact form stands exactly that change of the token before it.
fn compact(changes: &[Change], plain: &Minted, own: &Minted) -> Result<(), Flaw> {
    let text = changes.iter().find(|change| matches!(change, Change::Text(..)));
    let due = plain.again(text).token;
    if due != own.presentation.token {
        return Err(Flaw::OtherText);
    }
    if text.is_some() && due == plain.presentation.token {
        return Err(Flaw::IdleText);
    }
    Ok(())
}

fn request(changes: &[Change], control: &Presentation, own: &Presentation) -> Result<(), Flaw> {
    let named =
        changes.iter().any(|change| matches!(change, Change::Request(_) | Change::Roles(_)));
    let same = control.headers == own.headers
        && control.fields == own.fields
        && control.query == own.query
        && control.surface == own.surface;
    if same || named { Ok(()) } else { Err(Flaw::Request) }
}

fn members(part: Part, changes: &[Change], control: &Minted, own: &Minted) -> Result<(), Flaw> {
    let written = |change: &Change| matches!(change, Change::Rewrite(of, ..) | Change::Encoded(of, ..) if *of == part);
    if changes.iter().any(written) {
        return Ok(());
    }
    let (control, own) = (object(part, control), object(part, own));
    let (Some(control), Some(own)) = (control, own) else {
        return Err(Flaw::NoObject(part));
    };
    let names: Vec<&String> = control.keys().chain(own.keys()).collect();
    let strange = names
        .into_iter()
        .find(|name| control.get(*name) != own.get(*name) && !names_it(part, changes, name));
    strange.map_or(Ok(()), |name| Err(Flaw::Member(name.clone(), part)))
}

/// Whether a change may alter this member.
fn names_it(part: Part, changes: &[Change], name: &str) -> bool {
    changes.iter().any(|change| match (change, part) {
        (Change::Header(own, edit), Part::Header) | (Change::Claim(own, edit), Part::Payload) => {
            *own == name || edit.respells_as(name)
        }
        (Change::Alg(..), Part::Header) => name == "alg",
        (Change::Pad(_), Part::Payload) => name == "padding",
        (Change::Until(..), Part::Payload) => name == "sought",
        (Change::Roles(_), Part::Header) => matches!(name, "kid" | "iss" | "alg"),
        (Change::Roles(_), Part::Payload) => name == "sub",
        _ => false,
    })
}

/// Members as their JSON text, since a number may be beyond every type.
fn object(part: Part, minted: &Minted) -> Option<BTreeMap<String, String>> {
    let token = minted.presentation.token.as_deref().unwrap_or_default();
    let place = if part == Part::Header { 0 } else { 1 };
    let bytes =
        URL_SAFE_NO_PAD.decode(token.split('.').nth(place).unwrap_or_default()).unwrap_or_default();
    let members: BTreeMap<String, Box<RawValue>> = serde_json::from_slice(&bytes).ok()?;
    Some(members.into_iter().map(|(name, value)| (name, value.get().to_owned())).collect())
}
