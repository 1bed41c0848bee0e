//! Which call of management sets another one back.

use super::{Act, Case, Manage};

impl Case {
    /// What sets a call of this case back: a secret that is made is deleted, and a setting is what the script leaves
    /// it at. Nothing for what is not set back.
    pub fn set_back_by(&self, call: &Manage) -> Option<Manage> {
        if let Manage::CreateSecret { app } = call {
            return Some(Manage::DeleteSecret { app });
        }
        let calls = self.script.iter().rev().filter_map(|turn| match &turn.act {
            Act::Manage(own) => Some(own),
            _ => None,
        });
        calls.into_iter().find(|own| is_one_setting(own, call)).cloned()
    }
}

/// Whether two calls set the same thing.
fn is_one_setting(one: &Manage, other: &Manage) -> bool {
    match (one, other) {
        (Manage::EnableApp { app: one, .. }, Manage::EnableApp { app: other, .. })
        | (Manage::Embedding { site: one, .. }, Manage::Embedding { site: other, .. })
        | (Manage::Origin { team: one, .. }, Manage::Origin { team: other, .. }) => one == other,
        (Manage::Store { .. }, Manage::Store { .. }) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use claimproof_catalog::Profile;

    use super::*;
    use crate::cases;

    /// Whatever a script changes, what sets it back is what the script itself ends with.
    #[test]
    fn every_script_sets_back_what_it_changes() {
        let mut seen = BTreeSet::new();
        for case in Profile::ALL.into_iter().flat_map(cases::of) {
            let mut changed: Vec<Manage> = Vec::new();
            for turn in &case.script {
                let Act::Manage(call) = &turn.act else { continue };
                seen.insert(call.method());
                let refused = turn.expect.reference().is_some();
                match changed.iter().rposition(|own| own == call) {
                    Some(at) => drop(changed.remove(at)),
                    None if refused => {}
                    None => changed.extend(case.set_back_by(call).filter(|back| back != call)),
                }
            }
            assert_eq!(changed, [], "{}", case.id);
        }
        assert!(seen.len() >= 7, "{seen:?}");
    }
}
