//! The square: for each requirement its vectors, its property, its live cases and the mutants only
//! they catch, or the reason why a side cannot exist.

use std::collections::BTreeMap;

use claimproof_catalog::requirements::{self, Kind, Level, Observable, Requirement};
use claimproof_catalog::{Profile, rules};
use claimproof_vectors::{Case, Need};
use serde::Serialize;

use crate::lint::lint;
use crate::matrix::PROOF;
use crate::mutant::{Breaks, Mutant};
use crate::snapshot::{Kills, Snapshot};

/// A property test, or the generator that reaches a requirement.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    /// Where it stands.
    pub name: &'static str,
    /// The ids it reaches.
    pub ids: &'static [&'static str],
}

/// One side of the square: how many there are, or why there can be none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Side {
    /// The names.
    Has(Vec<String>),
    /// The stated reason.
    Reason(&'static str),
}

impl Side {
    const fn is_hole(&self) -> bool {
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

/// One requirement or rule with its four sides.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The id.
    pub id: &'static str,
    /// `must`, `should` or `info`.
    pub level: Level,
    /// The statement.
    pub text: &'static str,
    /// Vectors that cite it.
    pub vectors: Side,
    /// Properties or generators that reach it.
    pub properties: Side,
    /// Live cases that cite it.
    pub live: Side,
    /// Mutants it kills.
    pub mutants: Side,
    /// Whether a side is missing without a reason.
    pub hole: bool,
}

/// The square with everything wrong about it.
#[derive(Clone, Debug, Serialize)]
pub struct Square {
    /// Requirements, in the order of the register.
    pub requirements: Vec<Row>,
    /// Rules that cases cite.
    pub rules: Vec<Row>,
    /// Holes, unknown ids, duplicates, contradictions, orphans; empty where all is well.
    pub faults: Vec<String>,
}

/// Draws the square from what there is.
pub fn square(all: &[Case], mutants: &[Mutant], snapshot: &Snapshot, properties: &[Property]) -> Square {
    let (cited, kills) = (index(all), &snapshot.kills());
    let requirements: Vec<Row> =
        requirements::all().map(|one| requirement(one, &cited, mutants, kills, properties)).collect();
    let rules: Vec<Row> = rules::all()
        .filter(|rule| cited.contains_key(rule.id))
        .map(|rule| {
            let cases = &cited[rule.id];
            let vectors = names(cases);
            let reached = reached(rule.id, properties);
            let mutants = Side::Has(broken(rule.id, cases, mutants, kills));
            Row {
                id: rule.id,
                level: rule.level,
                text: rule.text,
                live: Side::Has(vectors.clone()),
                vectors: Side::Has(vectors),
                properties: reached,
                mutants,
                hole: false,
            }
        })
        .collect();
    let mut faults: Vec<String> =
        requirements.iter().filter(|row| row.hole).map(|row| format!("{}: {}", row.id, missing(row))).collect();
    faults.extend(lint(all));
    faults.extend(snapshot.faults(all, mutants));
    Square { requirements, rules, faults }
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

fn names(cases: &[&Case]) -> Vec<String> {
    cases.iter().map(|case| case.id.clone()).collect()
}

fn requirement(
    one: &'static Requirement,
    cited: &BTreeMap<&str, Vec<&Case>>,
    mutants: &[Mutant],
    kills: &Kills,
    properties: &[Property],
) -> Row {
    // What says the same is covered where it is said first.
    let same: Vec<&str> = one.same_as.iter().copied().chain([one.id]).collect();
    let cases: Vec<&Case> = same.iter().filter_map(|id| cited.get(id)).flatten().copied().collect();
    let untestable = one.untestable();
    let side = |reason: Option<&'static str>, names: Vec<String>| {
        if names.is_empty() { reason.map_or(Side::Has(vec![]), Side::Reason) } else { Side::Has(names) }
    };
    let offline: Vec<&Case> = cases.iter().copied().filter(|case| !case.needs.contains(&Need::RawSocket)).collect();
    let reached: Vec<String> = same
        .iter()
        .flat_map(|id| properties.iter().filter(|property| property.ids.contains(id)))
        .map(|property| property.name.to_owned())
        .collect();
    let broken: Vec<String> = same.iter().flat_map(|id| broken(id, &cases, mutants, kills)).collect();
    let row = Row {
        id: one.id,
        level: one.level(),
        text: one.text,
        vectors: side(untestable.or_else(|| not_in_token(one)), names(&offline)),
        properties: side(untestable.or_else(|| no_property(one)), reached),
        live: side(untestable, names(&cases)),
        mutants: side(untestable.or_else(|| no_mutant(one)), broken),
        hole: false,
    };
    let hole = [&row.vectors, &row.properties, &row.live, &row.mutants].into_iter().any(Side::is_hole);
    Row { hole, ..row }
}

/// What no vector can hold.
fn not_in_token(one: &Requirement) -> Option<&'static str> {
    let token = one.is_observable(Observable::Token);
    (!token).then_some("in no token: seen on a server only")
}

/// Which requirements no generator reaches, and why.
fn no_property(one: &Requirement) -> Option<&'static str> {
    let token = one.is_observable(Observable::Token);
    if !token {
        return Some("a single exchange with a server: nothing to generate");
    }
    let reading = no_mutant(one).filter(|why| why.contains("readings") || one.kind == Kind::Provider);
    let stated = WITHOUT_PROPERTY.iter().find(|(id, _)| *id == one.id).map(|(_, why)| *why);
    reading.or(stated).or_else(|| one.needs_fixture.then_some("one fixture, one flag: nothing to generate"))
}

/// Requirements that say what passes, or what the whole profile is about, have no fault of their own.
fn no_mutant(one: &Requirement) -> Option<&'static str> {
    if one.kind == Kind::Provider {
        return Some("spoken by the provider: its vectors judge the suite's own");
    }
    WITHOUT_MUTANT.iter().find(|(id, _)| *id == one.id).map(|(_, why)| *why)
}

const WITHOUT_PROPERTY: &[(&str, &str)] = &[
    ("PCO-RT-02", "one sentence: nothing to generate"),
    ("PCO-ST-05", "one member of a token whose internals are declared: nothing to generate"),
    ("PCO-ST-07", "two tokens of a script: nothing to generate"),
    ("PCO-AZ-01", "happens at the protected resource, which is the suite's own"),
];

const WITHOUT_MUTANT: &[(&str, &str)] = &[
    ("WDL-HTTP-01", "bytes that are no HTTP are answered by the HTTP library, which no edit reaches"),
    ("TCA-CTX-surfaces", "says where codes arise; every fault of a refusal breaks it"),
    ("TCA-CTX-inspectable", "says where codes are seen; every fault of a refusal breaks it"),
    ("WAP-SIG-03", "\"any value\" and \"256 bits\" are readings that both conform"),
    ("WAP-SIG-05", "\"any value\" and \"256 bits\" are readings that both conform"),
    ("WAP-SIG-07", "the text as entered and what it decodes to are readings that both conform"),
    ("WAP-SIG-09", "concerns the key as it is configured, which the token crate's tests hold"),
];

/// The mutants that a case of this id catches, and that break it.
fn broken(id: &str, cases: &[&Case], mutants: &[Mutant], kills: &Kills) -> Vec<String> {
    let caught = |mutant: &&Mutant| {
        let killers = kills.get(&mutant.name).map(Vec::as_slice).unwrap_or_default();
        let by = |case: &&Case| {
            let breaks = match &mutant.breaks {
                Breaks::Ids(ids) => ids.contains(&id),
                Breaks::EveryRefusal | Breaks::EveryAcceptance => mutant.breaks.covers(case),
            };
            // The acceptance proof plays the plainest accepted case.
            let proof = killers.iter().any(|killer| killer == PROOF) && case.id.starts_with(&plainest(mutant.profile));
            breaks && (proof || killers.contains(&case.id))
        };
        cases.iter().any(by)
    };
    mutants.iter().filter(caught).map(|mutant| mutant.name.clone()).collect()
}

/// The first accepted case of a profile.
fn plainest(profile: Profile) -> String {
    match profile {
        Profile::WorkatoDirectLink => format!("{profile}/accepted/team"),
        Profile::WorkatoApi => format!("{profile}/accepted/hmac-kid"),
        Profile::TableauConnectedApp => format!("{profile}/accepted/embed"),
        Profile::PositConnect => format!("{profile}/accepted/"),
    }
}

fn reached(id: &str, properties: &[Property]) -> Side {
    Side::Has(
        properties
            .iter()
            .filter(|property| property.ids.contains(&id))
            .map(|property| property.name.to_owned())
            .collect(),
    )
}

fn missing(row: &Row) -> String {
    let sides = [
        ("vector", &row.vectors),
        ("property", &row.properties),
        ("live case", &row.live),
        ("killed mutant", &row.mutants),
    ];
    let lacking: Vec<_> = sides.into_iter().filter(|(_, side)| side.is_hole()).map(|(name, _)| name).collect();
    format!("no {}, and no reason stated", lacking.join(", no "))
}
