//! Which cases run.

use claimproof_cast::Seed;
use claimproof_catalog::Profile;
use claimproof_vectors::{Case, Change, RequestEdit, cases, precedence};

use crate::flow;
use crate::probe;
use crate::subject::Capabilities;

/// What the command line selects.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Parts of case ids, or whole ones; empty selects all.
    pub filters: Vec<String>,
    /// Parts of case ids, or whole ones, to leave out.
    pub skips: Vec<String>,
    /// Whether filters and skips are whole ids.
    pub exact: bool,
    /// Whether the pairs of faults whose order is open are tried too.
    pub pairs: bool,
    /// What the choice of cases to ask again is derived from; without one none is.
    pub probes: Option<Seed>,
}

impl Selection {
    fn matches(&self, id: &str) -> bool {
        let hit = |pattern: &String| {
            if self.exact { id == pattern } else { id.contains(pattern.as_str()) }
        };
        (self.filters.is_empty() || self.filters.iter().any(hit)) && !self.skips.iter().any(hit)
    }
}

/// The selected cases of a profile: those of further surfaces, pairs and probes included.
pub fn select(profile: Profile, capabilities: &Capabilities, selection: &Selection) -> Vec<Case> {
    let mut all = cases::of(profile).to_vec();
    if profile.sheet().is_flow {
        all = flow::as_offered(all, capabilities);
    }
    all.extend(surfaces(&all, capabilities));
    if selection.pairs {
        all.extend(precedence::open(profile));
    }
    all.extend(selection.probes.map(|seed| probe::of(&all, seed)).unwrap_or_default());
    all.retain(|case| selection.matches(&case.id));
    all
}

/// Cases that name no surface run on the first; on each further one, one accepted and one refused
/// token show that it answers alike.
pub fn surfaces(all: &[Case], capabilities: &Capabilities) -> Vec<Case> {
    let plain = |case: &&Case| case.needs().is_empty() && case.single().is_some();
    let accepted = all.iter().filter(plain).find(|case| !case.is_rejected());
    let refused =
        all.iter().filter(plain).find(|case| case.is_rejected() && case.code() != "token_missing");
    let further = capabilities.surfaces.iter().skip(1);
    further
        .flat_map(|surface| {
            let on = |case: Option<&Case>, word: &str| {
                let mut case = case?.clone();
                case.id = format!("{}/surface/{surface}-{word}", case.profile);
                case.title = format!("{} (on {surface})", case.title);
                case.control = (word == "refused")
                    .then(|| format!("{}/surface/{surface}-accepted", case.profile));
                case.add_changes(&[Change::Request(RequestEdit::Surface(*surface))]);
                Some(case)
            };
            [on(accepted, "accepted"), on(refused, "refused")]
        })
        .flatten()
        .collect()
}
