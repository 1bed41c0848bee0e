//! Which token comes next: a stated share of refused ones, spread evenly.

use claimproof_catalog::requirements::Level;
use claimproof_http::HttpSubject;
use claimproof_suite::Subject;
use claimproof_vectors::{
    Answer, Case, Change, Expect, Forge, ForgeError, Ledger, Presentation, Refusal, RequestEdit,
    Scene, cases,
};

use crate::LoadError;

/// A token to mint any number of times, and what must come of it.
#[derive(Debug)]
pub(crate) struct Recipe {
    /// The id of its case.
    pub(crate) case: String,
    scene: Scene,
    changes: Vec<Change>,
    pub(crate) expect: Expect,
}

impl Recipe {
    fn of(case: &Case, expect: Expect) -> Option<Self> {
        let (scene, changes) = case.single()?;
        Some(Self {
            case: case.id.clone(),
            scene: scene.clone(),
            changes: changes.to_vec(),
            expect,
        })
    }

    /// A token of its own: no two of a name in a run share an id.
    pub(crate) fn mint(
        &self,
        subject: &HttpSubject,
        run: &str,
        name: &str,
    ) -> Result<Presentation, ForgeError> {
        let forge = Forge {
            players: subject.players(),
            now: subject.target_time(),
            run,
            case: &self.case,
            seed: None,
        };
        let minted = forge.mint(name, &self.scene, &self.changes, &Ledger::new())?;
        Ok(minted.presentation)
    }
}

/// The recipes of a run, and how they alternate.
#[derive(Debug)]
pub(crate) struct Mix {
    accepted: Recipe,
    refused: Vec<Recipe>,
    /// Refused ones of a hundred.
    percent: u8,
}

impl Mix {
    /// The token that was seen to be accepted, and every refused one that this target can be sent.
    pub(crate) fn of(
        subject: &HttpSubject,
        accepted: &Case,
        percent: u8,
    ) -> Result<Self, LoadError> {
        let nothing = || LoadError::NoVerdict("no accepted token can be minted".to_owned());
        let accepted = Recipe::of(accepted, Expect::ACCEPT).ok_or_else(nothing)?;
        let refused: Vec<_> =
            cases::of(subject.profile()).iter().filter_map(|case| refused(case, subject)).collect();
        if percent > 0 && refused.is_empty() {
            return Err(LoadError::NoVerdict(
                "no refused token can be minted for this target".to_owned(),
            ));
        }
        Ok(Self { accepted, refused, percent })
    }

    /// How many different refused tokens there are.
    pub(crate) const fn refused(&self) -> usize {
        self.refused.len()
    }

    /// The recipe of the request `n` of a run.
    pub(crate) fn at(&self, n: u64) -> &Recipe {
        match due(n, self.percent) {
            Some(place) if !self.refused.is_empty() => {
                let len = u64::try_from(self.refused.len()).unwrap_or(u64::MAX);
                let place = usize::try_from(place % len).unwrap_or_default();
                self.refused.get(place).unwrap_or(&self.accepted)
            }
            _ => &self.accepted,
        }
    }
}

/// Of requests with a share of refused ones, the place of `n` among the refused; `None` where it
/// is accepted.
fn due(n: u64, percent: u8) -> Option<u64> {
    let before = n.saturating_mul(percent.into()) / 100;
    let after = n.saturating_add(1).saturating_mul(percent.into()) / 100;
    (after > before).then_some(before)
}

/// One token that must be refused, by everybody and without any capability.
fn refused(case: &Case, subject: &HttpSubject) -> Option<Recipe> {
    let plain = case.needs().is_empty() && case.level == Level::Must && refuses(case.verdict());
    let recipe = Recipe::of(case, case.verdict().clone()).filter(|_| plain)?;
    let elsewhere = |change: &Change| matches!(change, Change::Request(RequestEdit::Surface(_)));
    if recipe.scene.adjust.iter().chain(&recipe.changes).any(elsewhere) {
        return None;
    }
    // What nobody plays, and what HTTP cannot carry, is left out.
    let presentation = recipe.mint(subject, "trial", "trial").ok()?;
    let sendable = presentation.token.is_some() && subject.prepare(&presentation).is_ok();
    sendable.then_some(recipe)
}

/// Whether the outcome and its code are all there is to judge, and no reading accepts.
fn refuses(expect: &Expect) -> bool {
    let is_plain = |answer: &Answer| answer.refusal().is_some_and(Refusal::is_plain);
    expect.refuses() && !matches!(expect, Expect::Holds(answer) if !is_plain(answer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_is_exact_and_even() {
        for percent in [0, 1, 10, 33, 50, 99, 100] {
            for hundred in 0..5_u64 {
                let here = (hundred * 100..(hundred + 1) * 100)
                    .filter(|n| due(*n, percent).is_some())
                    .count();
                assert_eq!(here, usize::from(percent), "{percent} % of the hundred {hundred}");
            }
        }
        let tenths: Vec<u64> = (0..40).filter(|n| due(*n, 10).is_some()).collect();
        assert_eq!(tenths, [9, 19, 29, 39]);
    }

    #[test]
    fn what_some_reading_accepts_is_no_refused_token() {
        let refused = || ("a", Answer::refuse(&["x"]));
        assert!(refuses(&Expect::open("f", vec![refused(), ("b", Answer::REFUSE)])));
        assert!(!refuses(&Expect::open("f", vec![refused(), ("b", Answer::ACCEPT)])));
        assert!(!refuses(&Expect::ACCEPT));
    }

    #[test]
    fn refused_recipes_take_turns() {
        let places: Vec<u64> = (0..50).filter_map(|n| due(n, 10)).collect();
        assert_eq!(places, [0, 1, 2, 3, 4]);
    }
}
