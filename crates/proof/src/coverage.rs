//! The coverage: for each requirement and rule its vectors, its properties, the live cases that ran
//! and the mutants only they catch, or the reason why a column cannot exist.

mod codes;
mod reasons;

pub use codes::{Codes, codes};

use std::collections::{BTreeMap, BTreeSet};

use claimproof_catalog::requirements::{self, Level, Requirement};
use claimproof_catalog::rules::{self, Rule};
use claimproof_mutants::{Breaks, Mutant};
use claimproof_vectors::{Case, Need};
use serde::Serialize;

use crate::blame::covers;
use crate::lint::lint;
use crate::snapshot::{Kills, Snapshot};

/// A property test, with what it is proven to hold.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    /// Where it stands.
    pub name: &'static str,
    /// Each requirement or rule it reaches, with a mutant that breaks it and that turns the
    /// property red.
    pub proofs: &'static [(&'static str, &'static str)],
}

impl Property {
    /// Whether it is listed for this id.
    pub fn reaches(&self, id: &str) -> bool {
        self.proofs.iter().any(|(own, _)| *own == id)
    }
}

/// One column of the coverage: how many there are, or why there can be none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Column {
    /// The names.
    Has(Vec<String>),
    /// The stated reason.
    Reason(&'static str),
}

impl Column {
    /// Each name once, in the order of the first.
    fn of(names: impl Iterator<Item = String>) -> Self {
        let mut seen = BTreeSet::new();
        Self::Has(names.filter(|name| seen.insert(name.clone())).collect())
    }

    const fn is_gap(&self) -> bool {
        matches!(self, Self::Has(names) if names.is_empty())
    }

    /// The number, or a dash.
    pub fn count(&self) -> String {
        match self {
            Self::Has(names) => names.len().to_string(),
            Self::Reason(_) => "-".to_owned(),
        }
    }
}

/// One requirement or rule with its four columns.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The id.
    pub id: &'static str,
    /// `must`, `should` or `info`.
    pub level: Level,
    /// The statement.
    pub text: &'static str,
    /// Vectors that cite it.
    pub vectors: Column,
    /// Properties or generators that reach it.
    pub properties: Column,
    /// Cases that cite it, and that the run of the reference judged.
    pub live: Column,
    /// Mutants it kills.
    pub mutants: Column,
    /// Whether a column is missing without a reason.
    #[serde(rename = "hole")]
    pub gap: bool,
}

/// The coverage with everything wrong about it.
#[derive(Clone, Debug, Serialize)]
pub struct Coverage {
    /// Requirements, in the order of the register.
    pub requirements: Vec<Row>,
    /// Rules, in the order of their table.
    pub rules: Vec<Row>,
    /// How far each profile's codes are tried.
    pub codes: Vec<Codes>,
    /// How many cases of each profile the run of the reference judged.
    pub ran: BTreeMap<String, usize>,
    /// Holes, unknown ids, duplicates, contradictions, orphans; empty where all is well.
    pub faults: Vec<String>,
}

/// What a row is drawn from.
struct Sources<'s> {
    cited: BTreeMap<&'s str, Vec<&'s Case>>,
    ran: &'s BTreeSet<String>,
    mutants: &'s [Mutant],
    /// Who catches whom in a default run, and under `--level should`: mutant and case.
    kills: [BTreeSet<(&'s str, &'s str)>; 2],
    properties: &'s [Property],
}

/// Draws the coverage from what there is, and from what the last whole run of the matrix says that
/// it played.
pub fn coverage(
    all: &[Case],
    mutants: &[Mutant],
    snapshot: &Snapshot,
    properties: &[Property],
) -> Coverage {
    let by_level = [snapshot.kills(Level::Must), snapshot.kills(Level::Should)];
    let kills = [pairs(&by_level[0]), pairs(&by_level[1])];
    let sources = Sources { cited: index(all), ran: &snapshot.cases, mutants, kills, properties };
    let requirements: Vec<Row> = requirements::all().map(|one| sources.requirement(one)).collect();
    let rules: Vec<Row> = rules::all().map(|rule| sources.rule(rule)).collect();
    let gaps = requirements.iter().chain(&rules).filter(|row| row.gap);
    let mut faults: Vec<String> = gaps.map(|row| format!("{}: {}", row.id, missing(row))).collect();
    faults.extend(lint(all));
    faults.extend(snapshot.faults(all, mutants));
    let codes = codes(all, &snapshot.cases);
    Coverage { requirements, rules, codes, ran: ran(&snapshot.cases), faults }
}

fn pairs(kills: &Kills) -> BTreeSet<(&str, &str)> {
    kills
        .iter()
        .flat_map(|(mutant, cases)| cases.iter().map(|case| (mutant.as_str(), case.as_str())))
        .collect()
}

fn ran(cases: &BTreeSet<String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for profile in cases.iter().filter_map(|id| id.split('/').next()) {
        *counts.entry(profile.to_owned()).or_default() += 1;
    }
    counts
}

fn index(all: &[Case]) -> BTreeMap<&str, Vec<&Case>> {
    let mut cited: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    for case in all {
        for id in &case.requirements {
            cited.entry(id).or_default().push(case);
        }
    }
    cited
}

impl Sources<'_> {
    fn requirement(&self, one: &'static Requirement) -> Row {
        // What says the same is covered where it is said first.
        let same: Vec<&str> = one.same_as.iter().copied().chain([one.id]).collect();
        let never = reasons::untestable(one);
        let row = self.row(&same, one.level());
        let or = |column: Column, reason: Option<&'static str>| match reason {
            Some(why) if column.is_gap() => Column::Reason(why),
            _ => column,
        };
        let row = Row {
            id: one.id,
            text: one.text,
            vectors: or(row.vectors, never.or_else(|| reasons::not_in_token(one))),
            properties: or(row.properties, never.or_else(|| reasons::no_property(one))),
            live: or(row.live, never),
            mutants: or(row.mutants, never.or_else(|| reasons::no_mutant(one))),
            ..row
        };
        let gap = [&row.vectors, &row.properties, &row.live, &row.mutants]
            .into_iter()
            .any(Column::is_gap);
        Row { gap, ..row }
    }

    /// A rule is held by cases and mutants; a property of it is one more.
    fn rule(&self, rule: &'static Rule) -> Row {
        let row = self.row(&[rule.id], rule.level);
        let reason = reasons::no_case(rule);
        let or = |column: Column, reason: Option<&'static str>| match reason {
            Some(why) if column.is_gap() => Column::Reason(why),
            _ => column,
        };
        let row = Row {
            id: rule.id,
            text: rule.text,
            vectors: or(row.vectors, reason.or(Some("in no vector: seen on a server only"))),
            properties: or(
                row.properties,
                Some("a rule beside the requirements: held by its cases and mutants"),
            ),
            live: or(row.live, reason),
            mutants: or(row.mutants, reason.or_else(|| reasons::rule_without_mutant(rule))),
            ..row
        };
        let gap = row.live.is_gap() || row.mutants.is_gap();
        Row { gap, ..row }
    }

    /// The columns of what these ids say, each name once.
    fn row(&self, same: &[&str], level: Level) -> Row {
        let cases: Vec<&Case> =
            same.iter().filter_map(|id| self.cited.get(id)).flatten().copied().collect();
        let frozen = cases.iter().filter(|case| !case.needs().contains(&Need::RawSocket));
        let live: Vec<&Case> =
            cases.iter().copied().filter(|case| self.ran.contains(&case.id)).collect();
        let reach = |property: &&Property| same.iter().any(|id| property.reaches(id));
        let properties =
            self.properties.iter().filter(reach).map(|property| property.name.to_owned());
        let mutants = same.iter().flat_map(|id| self.broken(id, &live, level));
        Row {
            id: "",
            level,
            text: "",
            vectors: Column::of(frozen.map(|case| case.id.clone())),
            properties: Column::of(properties),
            live: Column::of(live.iter().map(|case| case.id.clone())),
            mutants: Column::of(mutants),
            gap: false,
        }
    }

    /// The mutants that break this id, and that a live case of it catches in a run of this level.
    fn broken(&self, id: &str, live: &[&Case], level: Level) -> Vec<String> {
        let kills = &self.kills[usize::from(level != Level::Must)];
        let caught = |mutant: &&Mutant| {
            let breaks = |case: &&&Case| match &mutant.breaks {
                Breaks::Ids(ids) => ids.contains(&id),
                Breaks::EveryRefusal | Breaks::EveryAcceptance => covers(&mutant.breaks, case),
            };
            live.iter()
                .filter(breaks)
                .any(|case| kills.contains(&(mutant.name.as_str(), case.id.as_str())))
        };
        self.mutants.iter().filter(caught).map(|mutant| mutant.name.clone()).collect()
    }
}

fn missing(row: &Row) -> String {
    let columns = [
        ("vector", &row.vectors),
        ("property", &row.properties),
        ("live case", &row.live),
        ("killed mutant", &row.mutants),
    ];
    let lacking: Vec<_> =
        columns.into_iter().filter(|(_, column)| column.is_gap()).map(|(name, _)| name).collect();
    format!("no {}, and no reason stated", lacking.join(", no "))
}
