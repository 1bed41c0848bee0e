//! Rules that any answer can break. Each is told once: by the case that is about it, or where none
//! was played, by the first whose answer broke it.

use std::collections::BTreeMap;

use super::played::{End, Played};
use crate::observation::{Breach, Evidence};

/// The first answer that broke a rule, and how many did.
struct Found {
    place: usize,
    what: String,
    evidence: Option<Evidence>,
    count: usize,
}

pub(super) fn settle(played: &mut [Played<'_>]) {
    for (rule, found) in found(played) {
        let about = |one: &Played<'_>| one.answered() && one.case.requirements.contains(&rule);
        let first = Some(found.place).filter(|place| about(&played[*place]));
        let teller = first.or_else(|| played.iter().position(about)).unwrap_or(found.place);
        let id = &played[found.place].case.id;
        let more = if found.count > 1 {
            format!(", and {} more like it", found.count - 1)
        } else {
            String::new()
        };
        let why = format!("in an answer to {id}{more}: {}", found.what);
        played[teller].tell(rule, why, found.evidence);
    }
}

fn found(played: &[Played<'_>]) -> BTreeMap<&'static str, Found> {
    let mut all: BTreeMap<&'static str, Found> = BTreeMap::new();
    for (place, one) in played.iter().enumerate() {
        for (Breach { rule, what }, evidence) in &one.seen.breaches {
            let first =
                || Found { place, what: what.to_string(), evidence: evidence.clone(), count: 0 };
            all.entry(*rule).or_insert_with(first).count += 1;
        }
    }
    all
}

impl Played<'_> {
    /// A case that fails by itself says both.
    fn tell(&mut self, rule: &'static str, why: String, evidence: Option<Evidence>) {
        match &mut self.end {
            End::Fail(own) | End::Breach(_, own) => own.push_str(&format!("; {rule} {why}")),
            _ => {
                self.end = End::Breach(rule, why);
                self.seen.evidence = evidence;
            }
        }
    }
}
