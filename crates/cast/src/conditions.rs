//! What must be true of who plays a role, and how a run sees that before it grades.

use claimproof_catalog::Profile;

use crate::roles_of;

/// What must be true of a role.
#[derive(Clone, Copy, Debug)]
pub struct Condition {
    /// The role, or several where it ends in `*`.
    pub role: &'static str,
    /// What must be true, as a sentence goes on behind "it".
    pub must: &'static str,
    /// How that is seen before grading.
    pub probe: Probe,
}

/// How a condition is seen before grading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Probe {
    /// By a token that names this role in its place, the two being alike: where that one is accepted and this one is
    /// refused with a code that speaks of accounts, it is the account that differs.
    Like(&'static str),
    /// A secret is added to the app and taken away again, by the management methods of the target file.
    Secret,
    /// It is not probed: why.
    Not(&'static str),
}

pub(crate) const fn row(role: &'static str, must: &'static str, probe: Probe) -> Condition {
    Condition { role, must, probe }
}

pub(crate) const GRADED: Probe =
    Probe::Not("its token must be refused, and whether it is, is what its cases grade");
pub(crate) const CONTROL: Probe = Probe::Not(
    "its plain token is the control of its cases; a server may refuse what sets it apart",
);
pub(crate) const UNKNOWN: Probe =
    Probe::Not("the suite makes it up where the target file does not say");

/// The conditions of a profile. The first whose role fits counts.
pub const fn conditions(profile: Profile) -> &'static [Condition] {
    roles_of(profile).conditions
}

/// The condition of one role.
pub fn condition(profile: Profile, role: &str) -> Option<&'static Condition> {
    let fits = |one: &&Condition| match one.role.strip_suffix('*') {
        Some(begin) => role.starts_with(begin),
        None => role == one.role,
    };
    conditions(profile).iter().find(fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roles;

    #[test]
    fn every_role_has_a_condition_and_every_condition_a_role() {
        for profile in Profile::ALL {
            let roles = roles(profile);
            for role in &roles {
                assert!(condition(profile, role).is_some(), "{profile}: {role}");
            }
            for row in conditions(profile) {
                let own = |role: &&String| {
                    condition(profile, role).is_some_and(|one| one.role == row.role)
                };
                assert!(
                    row.role == "secret.made" || roles.iter().any(|role| own(&role)),
                    "{profile}: {}",
                    row.role
                );
            }
        }
    }
}
