//! The same for vectors of two faults: both are really there, and the first one is what is
//! answered.

use claimproof_cast::{Cast, Seed, seeded};
use claimproof_catalog::Profile;
use claimproof_in_process::{RefusedBy, decide};
use claimproof_vectors::precedence::{self, Pair};
use claimproof_vectors::{Act, Case, FROZEN_NOW, Forge, Ledger, cases};

use super::{Unmade, reference};

/// What is not proven about the vectors of two faults; empty where all is well.
pub fn unproven(profile: Profile, seed: u64) -> Result<Vec<String>, Unmade> {
    let cast = seeded(profile, Seed(seed));
    let mut faults = Vec::new();
    for case in cases::of(profile) {
        let Some(names) = case.pair else { continue };
        let pair = precedence::find(profile, names).ok_or_else(|| Unmade::Pair(case.id.clone()))?;
        faults.extend(
            wrong(&cast, case, &pair)?.into_iter().map(|what| format!("{}: {what}", case.id)),
        );
    }
    Ok(faults)
}

fn wrong(cast: &Cast, case: &Case, pair: &Pair) -> Result<Vec<String>, Unmade> {
    let [second_alone, first_alone] = pair.repaired();
    let (both, first, second) =
        (play(cast, case)?, play(cast, &first_alone)?, play(cast, &second_alone)?);
    let [first_name, second_name] = [pair.first.name, pair.second.name];
    let mut faults = Vec::new();
    let (Err(both), Err(first), Err(second)) = (both, first, second) else {
        return Ok(vec![format!("{first_name} alone, {second_name} alone or both are accepted")]);
    };
    if both.step != first.step {
        faults.push(format!("answered by {}, but {first_name} alone by {}", both.step, first.step));
    }
    if second.step == first.step {
        faults.push(format!(
            "{first_name} and {second_name} are one fault: {} answers both",
            first.step
        ));
    }
    if !both.cites.iter().any(|id| case.requirements.contains(id)) {
        faults
            .push(format!("refused by {}, which cites none of {:?}", both.step, case.requirements));
    }
    Ok(faults)
}

/// What the last act of a script is answered with by a reference that has seen nothing before.
fn play(cast: &Cast, case: &Case) -> Result<Result<(), RefusedBy>, Unmade> {
    let reference = reference(cast)?;
    let forge = Forge {
        players: &cast.players,
        now: FROZEN_NOW,
        run: "isolation",
        case: &case.id,
        seed: None,
    };
    let (mut ledger, mut last) = (Ledger::new(), Ok(()));
    for turn in &case.script {
        let Act::Present { token, scene, changes } = &turn.act else { continue };
        let minted = forge
            .mint(token, scene, changes, &ledger)
            .map_err(|why| Unmade::Case { case: case.id.clone(), why })?;
        last = decide(&*reference, &minted.presentation, FROZEN_NOW);
        ledger.insert(token, minted);
    }
    Ok(last)
}
