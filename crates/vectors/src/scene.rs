//! Accepted scenes: who plays, and what is set before the one change.

use claimproof_catalog::Profile;

use crate::change::Change;

/// Everything one accepted presentation needs.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Unique in its profile; the accepted case of this name is the control of every change to it.
    pub name: &'static str,
    /// The system.
    pub profile: Profile,
    /// Who plays in which slot: (slot, role).
    pub roles: &'static [(&'static str, &'static str)],
    /// What this scene sets beyond the profile's plain draft.
    pub adjust: Vec<Change>,
}

impl Scene {
    /// A scene with these players and nothing set.
    pub const fn new(
        profile: Profile,
        name: &'static str,
        roles: &'static [(&'static str, &'static str)],
    ) -> Self {
        Self { name, profile, roles, adjust: Vec::new() }
    }

    /// The same with one more thing set.
    pub fn with(mut self, change: Change) -> Self {
        self.adjust.push(change);
        self
    }

    /// The id of its accepted case.
    pub fn control(&self) -> String {
        format!("{}/accepted/{}", self.profile, self.name)
    }

    /// Who plays in the slot, under the changes given.
    pub(crate) fn role(&self, slot: &str, changes: &[&Change]) -> Option<&'static str> {
        let changed = changes.iter().rev().find_map(|change| match change {
            Change::Roles(slots) => slots.iter().find(|(name, _)| *name == slot),
            _ => None,
        });
        changed.or_else(|| self.roles.iter().find(|(name, _)| *name == slot)).map(|(_, role)| *role)
    }
}
