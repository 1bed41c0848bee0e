//! What a case has to do with time: what it moves, waits for, and writes into its tokens.

use claimproof_idp::{Failure, Knobs};

use super::{Act, Case, Turn};
use crate::change::{Change, Edit};
use crate::flow::Move;

impl Case {
    /// Whether the time it moves to is its own: what a Connect server remembers of its integration and of its
    /// provider concerns no other case, and each request says its time. A token is remembered for all.
    pub fn has_own_time(&self) -> bool {
        let later = self.script.iter().skip_while(|turn| !matches!(turn.act, Act::Advance(_)));
        // A login under way is forgotten when another one begins after its time.
        let kept = |act: &Act| match act {
            Act::Present { .. }
            | Act::KeptAlive { .. }
            | Act::Again { .. }
            | Act::AtOnce { .. } => false,
            Act::Raw(_) | Act::Manage(_) => false,
            Act::Move(
                Move::Login { .. }
                | Move::Callback { .. }
                | Move::Visit { solo: true, .. }
                | Move::Dashboard { .. },
            ) => false,
            Act::Move(_) | Act::Advance(_) => true,
        };
        self.moves_clock() && later.into_iter().all(|turn| kept(&turn.act))
    }

    /// Whether some time in its tokens is the case's own choice, so that it matters which second it is.
    pub fn tells_time(&self) -> bool {
        let chosen = |change: &Change| {
            let (Change::Header(_, edit) | Change::Claim(_, edit)) = change else { return false };
            matches!(
                edit,
                Edit::FromNow(_)
                    | Edit::BeyondLimit(_)
                    | Edit::FromNowQuoted(_)
                    | Edit::FromNowMillis(_)
                    | Edit::FromNowAs(..)
            )
        };
        self.script.iter().any(|turn| match &turn.act {
            Act::Present { scene, changes, .. }
            | Act::KeptAlive { scene, changes, .. }
            | Act::AtOnce { scene, changes, .. } => scene.adjust.iter().chain(changes).any(chosen),
            _ => false,
        })
    }

    /// Whether a provider of it takes its time, so that the others better begin meanwhile.
    pub fn waits_for_provider(&self) -> bool {
        let slow =
            |knobs: &Knobs| matches!(knobs.fault, Some((_, Failure::Late | Failure::Stalls)));
        self.script
            .iter()
            .any(|turn| matches!(&turn.act, Act::Move(Move::Provider(knobs)) if slow(knobs)))
    }

    /// By how many seconds it moves the clock in all.
    pub fn advances(&self) -> i64 {
        let by = |turn: &Turn| if let Act::Advance(seconds) = turn.act { seconds } else { 0 };
        self.script.iter().map(by).sum()
    }

    /// Whether it moves the clock.
    pub fn moves_clock(&self) -> bool {
        self.script.iter().any(|turn| matches!(turn.act, Act::Advance(_)))
    }
}
