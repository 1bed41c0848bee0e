//! Which cases run beside each other.
//!
//! A case that changes a setting keeps those waiting that change it too, and those whose tokens
//! would meet it. One that stops the store or moves a clock that others see is alone. The rest is
//! independent.

use std::collections::BTreeSet;

use claimproof_vectors::{Act, Case, Change, Edit, Manage};

use crate::subject::Clock;

/// A setting a management call changes, by the role it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Setting {
    /// The secrets added to an app. Those it came with stay, so no token meets the difference.
    Secrets(&'static str),
    /// What is answered to the tokens of a role.
    Answers(&'static str),
}

/// What a case does that another one may notice, and what it would notice itself.
#[derive(Debug)]
struct Footprint {
    alone: bool,
    changes: Vec<Setting>,
    meets: BTreeSet<&'static str>,
}

impl Footprint {
    fn of(case: &Case, clock: Clock) -> Self {
        let mut footprint = Self {
            alone: moves_shared_clock(case, clock),
            changes: Vec::new(),
            meets: BTreeSet::new(),
        };
        for turn in &case.script {
            match &turn.act {
                Act::Present { scene, changes, .. }
                | Act::KeptAlive { scene, changes, .. }
                | Act::AtOnce { scene, changes, .. } => {
                    footprint.meets.extend(scene.roles.iter().map(|(_, role)| *role));
                    footprint.meets.extend(scene.adjust.iter().chain(changes).flat_map(named));
                }
                Act::Manage(Manage::Store { .. }) => footprint.alone = true,
                Act::Manage(call) => footprint.changes.extend(changed(call)),
                // Integration and provider of a move are the case's own, and its contents are lent
                // to it alone.
                Act::Again { .. } | Act::Raw(_) | Act::Advance(_) | Act::Move(_) => {}
            }
        }
        footprint
    }

    fn waits_for(&self, other: &Self) -> bool {
        self.alone || other.alone || self.disturbs(other) || other.disturbs(self)
    }

    fn disturbs(&self, other: &Self) -> bool {
        self.changes.iter().any(|setting| {
            other.changes.contains(setting)
                || matches!(setting, Setting::Answers(role) if other.meets.contains(role))
        })
    }

    /// What others wait for begins first, so that the wait is short, and so does what waits itself;
    /// what is alone, last. The clock only goes forward, so those who move it come after all
    /// others.
    fn rank(&self, case: &Case, clock: Clock) -> u8 {
        match self {
            _ if moves_shared_clock(case, clock) => 3,
            _ if case.waits_for_provider() => 0,
            Self { alone: true, .. } => 2,
            Self { changes, .. } if changes.is_empty() => 1,
            Self { .. } => 0,
        }
    }
}

/// A clock that others see move. Time that is waited for passes for all alike, and for nobody too
/// fast.
fn moves_shared_clock(case: &Case, clock: Clock) -> bool {
    let is_seen = match clock {
        Clock::Own | Clock::Waits(_) => false,
        Clock::Told => !case.has_own_time(),
        Clock::Moved => true,
    };
    case.moves_clock() && is_seen
}

fn changed(call: &Manage) -> Option<Setting> {
    match call {
        Manage::CreateSecret { app } | Manage::DeleteSecret { app } => Some(Setting::Secrets(app)),
        Manage::EnableApp { app: role, .. }
        | Manage::Embedding { site: role, .. }
        | Manage::Origin { team: role, .. } => Some(Setting::Answers(role)),
        // A new app has an id of its own, which no other case names; the store has no setting.
        Manage::CreateApp { .. } | Manage::Store { .. } => None,
    }
}

/// The roles a change brings in.
fn named(change: &Change) -> Vec<&'static str> {
    match change {
        Change::Roles(slots) => slots.iter().map(|(_, role)| *role).collect(),
        Change::Claim(_, Edit::Role(role) | Edit::RoleAs(role, _))
        | Change::Header(_, Edit::Role(role) | Edit::RoleAs(role, _)) => vec![*role],
        _ => Vec::new(),
    }
}

/// The cases of a run that wait, and what those under way keep them from.
pub(crate) struct Schedule<'c> {
    waiting: Vec<(&'c Case, Footprint)>,
    running: Vec<(&'c Case, Footprint)>,
    jobs: usize,
}

impl<'c> Schedule<'c> {
    /// At most `jobs` at once.
    pub(crate) fn of(cases: impl IntoIterator<Item = &'c Case>, jobs: usize, clock: Clock) -> Self {
        let mut waiting: Vec<_> =
            cases.into_iter().map(|case| (case, Footprint::of(case, clock))).collect();
        waiting.sort_by_key(|(case, footprint)| footprint.rank(case, clock));
        Self { waiting, running: Vec::new(), jobs: jobs.max(1) }
    }

    /// The cases to begin now. None are left where none are due and none are under way.
    pub(crate) fn due(&mut self) -> Vec<&'c Case> {
        let begun = self.running.len();
        let mut next = 0;
        while next < self.waiting.len() && self.running.len() < self.jobs {
            let footprint = &self.waiting[next].1;
            if self.running.iter().any(|(_, other)| footprint.waits_for(other)) {
                next += 1;
            } else {
                self.running.push(self.waiting.remove(next));
            }
        }
        self.running[begun..].iter().map(|(case, _)| *case).collect()
    }

    /// A case has ended, and what waited for it may be due.
    pub(crate) fn ended(&mut self, case: &Case) {
        self.running.retain(|(own, _)| own.id != case.id);
    }
}

#[cfg(test)]
mod tests {
    use claimproof_catalog::Profile;
    use claimproof_vectors::cases;

    use super::*;

    fn find<'c>(all: &'c [Case], id: &str) -> &'c Case {
        all.iter().find(|case| case.id.ends_with(id)).unwrap_or_else(|| panic!("no case {id}"))
    }

    fn beside(profile: Profile, a: &str, b: &str) -> bool {
        let all = cases::of(profile);
        !Footprint::of(find(all, a), Clock::Told)
            .waits_for(&Footprint::of(find(all, b), Clock::Told))
    }

    #[test]
    fn cases_wait_for_what_they_would_meet_and_for_nothing_else() {
        let tableau = [
            // Both add secrets to one app.
            ("128/third-after-second", "128/third-twice", false),
            // The app is off in between, and the other signs in with it.
            ("10090/switched-off-and-on", "10090/switched-off-after-use", false),
            ("10090/switched-off-and-on", "accepted/managed-app", false),
            ("10092/replaced-list", "accepted/managed-site", false),
            ("10100/store-down", "accepted/embed", false),
            ("10100/store-down", "10100/store-down-rest", false),
            // Secrets do not touch what the app's first one signs, nor one app another's.
            ("128/third-after-second", "10090/switched-off-and-on", true),
            ("128/third-after-second", "128/third", true),
            ("10092/replaced-list", "10090/switched-off-and-on", true),
            ("10092/replaced-list", "accepted/embed", true),
            ("133/one-accepted", "133/many-accepted", true),
            ("10091/same-token", "10091/three-times", true),
        ];
        for (a, b, expected) in tableau {
            assert_eq!(beside(Profile::TableauConnectedApp, a, b), expected, "{a} and {b}");
            assert_eq!(beside(Profile::TableauConnectedApp, b, a), expected, "{b} and {a}");
        }
        let link = [
            ("x-frame-options/origin-updated", "iat_missing/absent", false),
            ("x-frame-options/origin-updated", "jti_reused/same-token", false),
            ("jti_reused/last-second", "iat_missing/absent", false),
            ("jti_reused/same-token", "jti_reused/three-times", true),
        ];
        for (a, b, expected) in link {
            assert_eq!(beside(Profile::WorkatoDirectLink, a, b), expected, "{a} and {b}");
        }
    }

    /// A token that names a managed app in any way meets what is done to it.
    #[test]
    fn a_role_that_a_change_brings_in_is_met_too() {
        let all = cases::of(Profile::TableauConnectedApp);
        let (plain, switched) = (
            find(all, "accepted/embed"),
            Footprint::of(find(all, "10090/switched-off-and-on"), Clock::Told),
        );
        assert!(!Footprint::of(plain, Clock::Told).waits_for(&switched));
        let (role, name) =
            (Edit::Role("app.managed"), Edit::RoleAs("app.managed", |id| id.to_owned()));
        let changes = [
            Change::Roles(&[("app", "app.managed")]),
            Change::Claim("iss", role.clone()),
            Change::Claim("iss", name.clone()),
            Change::Header("iss", role),
            Change::Header("iss", name),
        ];
        for change in changes {
            let mut case = plain.clone();
            for turn in &mut case.script {
                if let Act::Present { changes, .. } = &mut turn.act {
                    changes.push(change.clone());
                }
            }
            assert!(Footprint::of(&case, Clock::Told).waits_for(&switched), "{change:?}");
        }
    }

    /// Ends one of those under way after the other, in an order that varies, until all have ended.
    fn drained(
        all: &[Case],
        jobs: usize,
        mut pick: impl FnMut(usize) -> usize,
    ) -> (Vec<String>, usize) {
        let (mut schedule, mut order, mut most) =
            (Schedule::of(all, jobs, Clock::Told), Vec::new(), 0);
        let mut under_way: Vec<&Case> = Vec::new();
        loop {
            under_way.extend(schedule.due());
            most = most.max(under_way.len());
            if under_way.is_empty() {
                return (order, most);
            }
            let one = under_way.remove(pick(under_way.len()));
            schedule.ended(one);
            order.push(one.id.clone());
        }
    }

    #[test]
    fn every_case_runs_once_and_the_clock_moves_last() {
        for profile in Profile::ALL {
            let all = cases::of(profile);
            for jobs in [0, 1, 8, 64] {
                let mut turn = 0;
                let (order, most) = drained(all, jobs, |len| {
                    turn += 7;
                    turn % len
                });
                assert!(most <= jobs.max(1), "{most} at once");
                let (mut sorted, mut ids) =
                    (order.clone(), all.iter().map(|case| case.id.clone()).collect::<Vec<_>>());
                sorted.sort();
                ids.sort();
                assert_eq!(sorted, ids, "{profile} with {jobs} jobs");
                let moving =
                    all.iter().filter(|case| moves_shared_clock(case, Clock::Told)).count();
                let last = &order[order.len() - moving..];
                assert!(
                    last.iter().all(|id| moves_shared_clock(find(all, id), Clock::Told)),
                    "{last:?}"
                );
            }
        }
    }

    #[test]
    fn who_changes_nothing_does_not_wait_for_who_does() {
        let all = cases::of(Profile::TableauConnectedApp);
        let mut schedule = Schedule::of(all, 32, Clock::Told);
        let due = schedule.due();
        let settings =
            due.iter().filter(|case| !Footprint::of(case, Clock::Told).changes.is_empty()).count();
        assert_eq!(due.len(), 32, "every place is taken");
        assert!((3..32).contains(&settings), "{settings} change settings");
    }
}
