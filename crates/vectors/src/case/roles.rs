//! Who a case needs, and the same case with other players.

use super::{Act, Case};
use crate::change::{Change, Edit};
use crate::sign::Signature;

/// Another slot for a role: (slot, role).
pub(crate) type Slots = &'static [(&'static str, &'static str)];

impl Case {
    /// Every role its presentations name, sign for or stand in a slot with, each once.
    pub fn roles(&self) -> Vec<&'static str> {
        let mut roles = Vec::new();
        for turn in &self.script {
            let (Act::Present { scene, changes, .. } | Act::KeptAlive { scene, changes, .. }) =
                &turn.act
            else {
                continue;
            };
            let all: Vec<&Change> = scene.adjust.iter().chain(changes).collect();
            let slots = scene.roles.iter().filter_map(|(slot, _)| scene.role(slot, &all));
            for role in slots.chain(all.iter().filter_map(|change| named(change))) {
                if !roles.contains(&role) {
                    roles.push(role);
                }
            }
        }
        roles
    }

    /// The same with more changes to each presentation.
    pub fn add_changes(&mut self, more: &[Change]) {
        for turn in &mut self.script {
            if let Act::Present { changes, .. } | Act::KeptAlive { changes, .. } = &mut turn.act {
                changes.extend(more.iter().cloned());
            }
        }
    }

    /// The same with one role in the place of another; `slots` says for a role of which slot it is.
    pub(crate) fn recast(&mut self, from: &str, to: &'static str, slots: Slots) {
        for turn in &mut self.script {
            let (Act::Present { scene, changes, .. } | Act::KeptAlive { scene, changes, .. }) =
                &mut turn.act
            else {
                continue;
            };
            for change in scene.adjust.iter_mut().chain(&mut *changes) {
                rename(change, from, to, slots);
            }
            if scene.roles.iter().any(|(_, role)| *role == from) {
                // First, so that what the case itself changes stays.
                scene.adjust.insert(0, Change::Roles(slots));
            }
        }
    }
}

/// The role a change brings in beside the slots.
const fn named(change: &Change) -> Option<&'static str> {
    match change {
        Change::Claim(_, Edit::Role(role) | Edit::RoleAs(role, _))
        | Change::Header(_, Edit::Role(role) | Edit::RoleAs(role, _))
        | Change::Alg(_, Signature::By(role, _))
        | Change::Sign(Signature::By(role, _)) => Some(role),
        _ => None,
    }
}

fn rename(change: &mut Change, from: &str, to: &'static str, slots: Slots) {
    match change {
        Change::Claim(_, Edit::Role(role) | Edit::RoleAs(role, _))
        | Change::Header(_, Edit::Role(role) | Edit::RoleAs(role, _))
            if *role == from =>
        {
            *role = to;
        }
        Change::Roles(own) if own.iter().any(|(_, role)| *role == from) => *own = slots,
        _ => {}
    }
}
