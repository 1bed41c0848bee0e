//! A speed counts only if the verdicts are right: before it is timed, a contender judges every vector of
//! its profile that a token, a key and the claims decide.

use std::panic::{self, AssertUnwindSafe, catch_unwind};

use claimproof_cast::public;
use claimproof_vectors::{Answer, Case, Expect, FROZEN_NOW, Forge, Ledger, Presentation, cases};

use crate::contender::{Contender, Task};
use crate::sample::Sample;

/// Presentations with the answer the documents force.
#[derive(Debug, Default)]
pub struct Mixed {
    /// What is presented.
    pub given: Vec<Presentation>,
    /// Whether it must be accepted.
    pub accepted: Vec<bool>,
}

impl Mixed {
    /// The vectors about the scene of a sample. Those about other accounts are left out, and those
    /// whose fault is not in the token: a library holds one key and knows no accounts.
    pub fn of(sample: &Sample) -> Self {
        let cast = public(sample.profile);
        let all = cases::of(sample.profile);
        let own = format!("{}/accepted/{}", sample.profile, sample.scene);
        let scene = all
            .iter()
            .find(|case| case.id == own)
            .and_then(Case::single)
            .map(|(scene, _)| scene.clone());
        let mut mixed = Self::default();
        let Some(scene) = scene else { return mixed };
        let mint = |case: &Case| {
            let (other, changes) = case.single().filter(|(other, _)| other.roles == scene.roles)?;
            let forge = Forge {
                players: &cast.players,
                now: FROZEN_NOW,
                run: "bench",
                case: &case.id,
                seed: None,
            };
            let plain = forge.mint("t", other, &[], &Ledger::new()).ok()?.presentation;
            let minted = forge.mint("t", other, changes, &Ledger::new()).ok()?.presentation;
            let beside =
                |one: &Presentation| (one.surface, one.headers.clone(), one.fields.clone());
            (minted.token.is_some() && beside(&minted) == beside(&plain)).then_some(minted)
        };
        // Blanks between scheme and token are the header's affair.
        for case in all.iter().filter(|case| !case.requirements.contains(&"RFC9110-11.4")) {
            if let (Some(accepted), Some(minted)) = (forced(case), mint(case)) {
                mixed.given.push(minted);
                mixed.accepted.push(accepted);
            }
        }
        mixed
    }

    /// How many verdicts of a contender are wrong; a panic is one. Nothing where it cannot be set up.
    pub fn wrong(&self, contender: &Contender, sample: Sample) -> Option<usize> {
        let verdict = |given: &Presentation| {
            let task = Task::new(sample, std::slice::from_ref(given));
            let (mut run, mut verdict) = (contender.prepare(&task)?, None);
            let _ = catch_unwind(AssertUnwindSafe(|| {
                run.pass(&mut |accepted| verdict = Some(accepted))
            }));
            Some(verdict)
        };
        // A panic is counted, and need not be told on the terminal.
        let hook = panic::take_hook();
        panic::set_hook(Box::new(|_| {}));
        let verdicts = self.given.iter().map(verdict).collect::<Option<Vec<_>>>();
        panic::set_hook(hook);
        let verdicts = verdicts?;
        Some(
            verdicts
                .iter()
                .zip(&self.accepted)
                .filter(|(verdict, due)| **verdict != Some(**due))
                .count(),
        )
    }
}

/// Whether the documents force acceptance or refusal; nothing where they leave it open.
fn forced(case: &Case) -> Option<bool> {
    match case.verdict() {
        Expect::Holds(Answer::Accept { .. }) => Some(true),
        Expect::Holds(Answer::Refuse(due)) if !due.or_4xx && due.form.is_none() => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contender::{CLAIMPROOF, RAW_LIMIT};
    use crate::sample::{API_SMALL, LINK_SMALL, TABLEAU_SMALL};

    #[test]
    fn the_reference_is_right_and_the_limit_is_not() {
        for sample in [API_SMALL, TABLEAU_SMALL, LINK_SMALL] {
            let mixed = Mixed::of(&sample);
            let accepted = mixed.accepted.iter().filter(|accepted| **accepted).count();
            assert!(
                accepted >= 5 && mixed.given.len() - accepted >= 10,
                "{accepted} of {}",
                mixed.given.len()
            );
            assert_eq!(mixed.wrong(&CLAIMPROOF, sample), Some(0), "{}", sample.profile);
            assert!(
                mixed.wrong(&RAW_LIMIT, sample) > Some(0),
                "{}: the limit looks at no claim",
                sample.profile
            );
        }
    }
}
