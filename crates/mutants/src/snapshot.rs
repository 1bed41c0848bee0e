//! The last whole run of the kill matrix, as it is committed: no case and no mutant goes unseen.

use std::collections::{BTreeMap, BTreeSet};

use claimproof_vectors::Case;
use serde::{Deserialize, Serialize};

use crate::matrix::{PROOF, Row};
use crate::mutant::Mutant;

/// What was tried, and what came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// Every case that was played against each mutant of its profile.
    pub cases: BTreeSet<String>,
    /// What came of each mutant.
    pub mutants: Vec<Row>,
}

/// What catches each mutant: its name, and the cases.
pub type Kills = BTreeMap<String, Vec<String>>;

/// What to do about a snapshot that does not fit.
const AGAIN: &str = "run `cargo xtask mutants` and look at the difference";

impl Snapshot {
    /// Reads the file; the error names the place.
    pub fn parse(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| format!("the snapshot of the kill matrix: {error}"))
    }

    /// Who catches whom.
    pub fn kills(&self) -> Kills {
        self.mutants.iter().map(|row| (row.name.clone(), row.killers.clone())).collect()
    }

    /// Where it and what there is differ.
    pub fn faults(&self, all: &[Case], mutants: &[Mutant]) -> Vec<String> {
        [self.cases_gone_or_new(all), self.mutants_gone_or_new(mutants), self.unplayed_killers()].concat()
    }

    fn cases_gone_or_new(&self, all: &[Case]) -> Vec<String> {
        let live: BTreeSet<&str> = all.iter().map(|case| case.id.as_str()).collect();
        // What runs on further surfaces is made of other cases.
        let played = self.cases.iter().filter(|id| !id.contains("/surface/"));
        let gone = played
            .filter(|id| !live.contains(id.as_str()))
            .map(|id| format!("{id}: was played and is no case any more; {AGAIN}"));
        let new =
            live.iter().filter(|id| !self.cases.contains(**id)).map(|id| format!("{id}: not in the snapshot; {AGAIN}"));
        gone.chain(new).collect()
    }

    fn mutants_gone_or_new(&self, mutants: &[Mutant]) -> Vec<String> {
        let kills = self.kills();
        let named: BTreeSet<&str> = mutants.iter().map(|mutant| mutant.name.as_str()).collect();
        let lives = mutants.iter().filter(|mutant| kills.get(&mutant.name).is_none_or(Vec::is_empty));
        let lives = lives.map(|mutant| format!("{}: a survivor, or not in the snapshot; {AGAIN}", mutant.name));
        let gone = self.mutants.iter().filter(|row| !named.contains(row.name.as_str()));
        lives.chain(gone.map(|row| format!("{}: was served and is no mutant any more; {AGAIN}", row.name))).collect()
    }

    fn unplayed_killers(&self) -> Vec<String> {
        let strange = |row: &Row| {
            let unknown = row.killers.iter().filter(|id| *id != PROOF && !self.cases.contains(*id));
            unknown.map(|id| format!("{}: killed by {id}, which was not played; {AGAIN}", row.name)).collect::<Vec<_>>()
        };
        self.mutants.iter().flat_map(strange).collect()
    }
}
