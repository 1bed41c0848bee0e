//! Which cases a fault may fail: what it breaks, held against what they are about.

use claimproof_mutants::Breaks;
use claimproof_vectors::{Act, Case};

/// Whether a case may fail by what a mutant breaks.
pub(crate) fn covers(breaks: &Breaks, case: &Case) -> bool {
    // Management needs a session, and a session a sign-in.
    let managed = case.is_managed();
    // Of uses at the same moment all but one are refusals.
    let at_once = case.script.iter().any(|turn| matches!(turn.act, Act::AtOnce { .. }));
    match breaks {
        Breaks::Ids(ids) => case.requirements.iter().any(|id| ids.contains(id)),
        Breaks::EveryRefusal => case.is_rejected() || case.script.len() > 1 || at_once || managed,
        Breaks::EveryAcceptance => !case.is_rejected() || case.script.len() > 1 || managed,
    }
}
