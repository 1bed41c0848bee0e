//! The same cases on a server nobody can administer: subject tokens are handed in with the target file, one a state.
//!
//! What such a token stands for is settled outside, so what a provider saw and how long an access token lives is
//! asked of no such server.

use claimproof_cast::posit_connect::GIVEN;
use claimproof_idp::Knobs;

use super::{A, DAY};
use crate::case::{Act, Case, Turn};
use crate::expect::Expect;
use crate::flow::{Content, Exchange, Look, Move};

const GOOD: &str = GIVEN[0];
const EXPIRED: &str = GIVEN[1];
const UNASSOCIATED: &str = GIVEN[2];
const WITHOUT_SESSION: &str = GIVEN[3];

/// The move that hands in a good token, where somebody plays it.
pub fn given_token(is_played: impl Fn(&str) -> bool) -> Option<Move> {
    is_played(GOOD).then_some(Move::Given { role: GOOD, keep: "t" })
}

/// The case with a token handed in in place of its set-up; nothing where it is about more than exchanges of one.
pub fn given(case: &Case) -> Option<Case> {
    let first =
        case.script.iter().position(|turn| matches!(turn.moved(), Some(Move::Exchange(_))))?;
    let (before, rest) = case.script.split_at(first);
    let role = standing(before)?;
    if !rest.iter().all(is_about_one_token) {
        return None;
    }
    let handed = Turn::new(Act::Move(Move::Given { role, keep: "t" }), Expect::Done);
    let script = [&[handed], rest].concat();
    let id = case.id.strip_prefix(&format!("{}/", case.profile))?;
    let mut own = Case::script(case.profile, id, &case.title, &case.requirements, script);
    (own.level, own.softened) = (case.level, case.softened);
    Some(own)
}

/// The state a set-up leads to; nothing where it is none of those.
fn standing(before: &[Turn]) -> Option<&'static str> {
    let (mut associated, mut logged_in, mut expired, mut visited) = (false, false, false, false);
    for turn in before {
        // A login that is judged is what the case is about.
        if turn.expect != Expect::Done && !matches!(turn.moved(), Some(Move::Visit { .. })) {
            return None;
        }
        match (&turn.act, turn.moved()) {
            (Act::Advance(DAY), _) if visited => expired = true,
            (_, Some(Move::Provider(knobs))) if is_plain(knobs) => {}
            (_, Some(Move::Integrate(_))) => {}
            (_, Some(Move::Associate { content: Content::Own, with: true })) => associated = true,
            (_, Some(Move::Login { viewer: A })) => logged_in = true,
            (_, Some(Move::Visit { viewer: A, content: Content::Own, solo: false, keep: "t" })) => {
                visited = true
            }
            _ => return None,
        }
    }
    match (visited, associated, logged_in, expired) {
        (true, true, true, false) => Some(GOOD),
        (true, true, true, true) => Some(EXPIRED),
        (true, false, _, false) => Some(UNASSOCIATED),
        (true, true, false, false) => Some(WITHOUT_SESSION),
        _ => None,
    }
}

const fn is_plain(knobs: &Knobs) -> bool {
    knobs.fault.is_none()
        && knobs.resource_scope.is_none()
        && knobs.expires_as.is_none()
        && knobs.awkward.is_none()
}

fn is_about_one_token(turn: &Turn) -> bool {
    match turn.moved() {
        Some(Move::Exchange(Exchange { subject, .. })) => *subject == "t",
        Some(Move::Look(look)) => {
            matches!(look, Look::SuccessMembers(_) | Look::Envelopes | Look::SameAccess(..))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::case::Need;

    fn all() -> Vec<(Case, Case)> {
        super::super::cases().into_iter().filter_map(|case| Some((given(&case)?, case))).collect()
    }

    #[test]
    fn each_state_is_asked_and_each_needs_the_exchange_alone() {
        let mut asked: BTreeMap<&str, usize> = BTreeMap::new();
        for (own, case) in all() {
            assert_eq!((&own.id, own.level), (&case.id, case.level));
            let needs = own.needs();
            let needs =
                needs.iter().filter(|need| !matches!(need, Need::Exchange | Need::TokenInternals));
            assert_eq!(needs.count(), 0, "{}: {:?}", own.id, own.needs());
            let Some(Move::Given { role, .. }) = own.script[0].moved() else {
                panic!("{}", own.id)
            };
            *asked.entry(role).or_default() += 1;
        }
        assert_eq!(
            asked.keys().copied().collect::<BTreeSet<_>>(),
            [GOOD, EXPIRED, UNASSOCIATED, WITHOUT_SESSION].into()
        );
        assert!(asked[GOOD] >= 40, "{asked:?}");
    }

    #[test]
    fn what_a_provider_saw_is_not_asked() {
        assert!(all().iter().all(|(_, case)| !case.id.ends_with("provider-unasked")));
        assert!(all().iter().any(|(own, _)| !own.is_rejected()), "an accepted case is among them");
    }
}
