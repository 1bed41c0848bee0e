//! The last whole run of the kill matrix, as it is committed: no case and no mutant goes unseen.

use std::collections::{BTreeMap, BTreeSet};

use claimproof_catalog::Level;
use claimproof_mutants::Mutant;
use claimproof_vectors::Case;
use serde::{Deserialize, Serialize};

use crate::matrix::Fate;

/// Why a text is no snapshot.
#[derive(Debug, thiserror::Error)]
#[error("the snapshot of the kill matrix: {0}")]
pub struct NoSnapshot(#[from] serde_json::Error);

/// What was tried, and what came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// Every case that the run of the reference judged, and that was played against each mutant of
    /// its profile.
    pub cases: BTreeSet<String>,
    /// Every case that this run left out, and why.
    pub skipped: BTreeMap<String, String>,
    /// What came of each mutant.
    pub mutants: Vec<Fate>,
}

/// What catches each mutant: its name, and the cases.
pub type Kills = BTreeMap<String, Vec<String>>;

/// What to do about a snapshot that does not fit.
const AGAIN: &str = "run `cargo xtask mutants` and look at the difference";

impl Snapshot {
    /// Reads the file; the error names the place.
    pub fn parse(text: &str) -> Result<Self, NoSnapshot> {
        Ok(serde_json::from_str(text)?)
    }

    /// One line a case and one line a mutant, so that a change of either is a line of its own.
    pub fn text(&self) -> serde_json::Result<String> {
        let cases = lines(self.cases.iter().map(serde_json::to_string))?;
        let named = |(id, why)| {
            Ok(format!("{}: {}", serde_json::to_string(id)?, serde_json::to_string(why)?))
        };
        let skipped = lines(self.skipped.iter().map(named))?;
        let mutants = lines(self.mutants.iter().map(serde_json::to_string))?;
        Ok(format!(
            "{{\"cases\": [{cases}],\n\"skipped\": {{{skipped}}},\n\"mutants\": [{mutants}]}}\n"
        ))
    }

    /// Who catches whom in a run of this level.
    pub fn kills(&self, level: Level) -> Kills {
        self.mutants.iter().map(|row| (row.name.clone(), row.caught(level))).collect()
    }

    /// Where it and what there is differ.
    pub fn faults(&self, all: &[Case], mutants: &[Mutant]) -> Vec<String> {
        [self.cases_gone_or_new(all), self.mutants_gone_or_new(mutants), self.unplayed_killers()]
            .concat()
    }

    fn cases_gone_or_new(&self, all: &[Case]) -> Vec<String> {
        let live: BTreeSet<&str> = all.iter().map(|case| case.id.as_str()).collect();
        // What runs on further surfaces is made of other cases.
        let known = |id: &str| self.cases.contains(id) || self.skipped.contains_key(id);
        let played =
            self.cases.iter().chain(self.skipped.keys()).filter(|id| !id.contains("/surface/"));
        let gone = played
            .filter(|id| !live.contains(id.as_str()))
            .map(|id| format!("{id}: was played and is no case any more; {AGAIN}"));
        let new = live
            .iter()
            .filter(|id| !known(id))
            .map(|id| format!("{id}: not in the snapshot; {AGAIN}"));
        gone.chain(new).collect()
    }

    fn mutants_gone_or_new(&self, mutants: &[Mutant]) -> Vec<String> {
        let killed: BTreeSet<&str> = self
            .mutants
            .iter()
            .filter(|row| row.is_killed())
            .map(|row| row.name.as_str())
            .collect();
        let named: BTreeSet<&str> = mutants.iter().map(|mutant| mutant.name.as_str()).collect();
        let lives = mutants.iter().filter(|mutant| !killed.contains(mutant.name.as_str()));
        let lives = lives
            .map(|mutant| format!("{}: a survivor, or not in the snapshot; {AGAIN}", mutant.name));
        let gone = self.mutants.iter().filter(|row| !named.contains(row.name.as_str()));
        lives
            .chain(
                gone.map(|row| {
                    format!("{}: was served and is no mutant any more; {AGAIN}", row.name)
                }),
            )
            .collect()
    }

    fn unplayed_killers(&self) -> Vec<String> {
        let strange = |row: &Fate| {
            let unknown =
                row.caught(Level::Should).into_iter().filter(|id| !self.cases.contains(id));
            unknown
                .map(|id| format!("{}: killed by {id}, which was not played; {AGAIN}", row.name))
                .collect::<Vec<_>>()
        };
        self.mutants.iter().flat_map(strange).collect()
    }
}

/// Each on a line of its own.
fn lines(items: impl Iterator<Item = serde_json::Result<String>>) -> serde_json::Result<String> {
    let items: Vec<String> = items.collect::<serde_json::Result<_>>()?;
    Ok(if items.is_empty() { String::new() } else { format!("\n{}\n", items.join(",\n")) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, killers: &[&str], stopped: Option<&str>) -> Fate {
        Fate {
            name: name.to_owned(),
            title: "t".to_owned(),
            breaks: "B".to_owned(),
            level: Level::Must,
            over_strict: false,
            killers: killers.iter().map(|&id| id.to_owned()).collect(),
            advised: Vec::new(),
            misblamed: Vec::new(),
            stopped: stopped.map(str::to_owned),
        }
    }

    #[test]
    fn a_case_and_a_mutant_have_a_line_each() {
        let snapshot = Snapshot {
            cases: ["p/a".to_owned(), "p/b".to_owned()].into(),
            skipped: [("p/c".to_owned(), "needs a \"clock\"".to_owned())].into(),
            mutants: vec![
                row("p/one", &["p/a", "p/b"], None),
                row("p/two", &[], Some("no answer")),
            ],
        };
        let text = snapshot.text().expect("a value serializes");
        insta::assert_snapshot!(text, @r#"
        {"cases": [
        "p/a",
        "p/b"
        ],
        "skipped": {
        "p/c": "needs a \"clock\""
        },
        "mutants": [
        {"name":"p/one","title":"t","breaks":"B","level":"must","killers":["p/a","p/b"]},
        {"name":"p/two","title":"t","breaks":"B","level":"must","stopped":"no answer"}
        ]}
        "#);
        assert_eq!(Snapshot::parse(&text).unwrap(), snapshot);
        let nothing = Snapshot::default().text().expect("nothing serializes");
        assert_eq!(Snapshot::parse(&nothing).unwrap(), Snapshot::default());
    }
}
