//! A file of known failures brought up to what a run showed; what people wrote into it stays.

use claimproof_catalog::Profile;
use jiff::civil::Date;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use super::{KnownFailures, Listed, NO_REASON_YET};
use crate::report::{CaseReport, Verdict};

/// The name of an entry's table.
const ENTRY: &str = "known-failure";

/// The new text, and what became of the entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Update {
    /// The file's text.
    pub text: String,
    /// How many entries stay as they were.
    pub kept: usize,
    /// The entries that went, as they named their cases.
    pub dropped: Vec<String>,
    /// The cases that came, each with a reason still to be written.
    pub added: Vec<String>,
}

/// What becomes of one entry.
enum Fate {
    Kept,
    Dropped,
    /// A glob of which these cases still deviate as listed.
    Narrowed(Vec<String>),
}

/// Rewrites `text`, of which `known` was read and applied to `cases`.
///
/// An entry that still holds keeps its place, its reason, its dates and the comments around it. So
/// does an expired one: whether it may go on is for people to say.
pub fn update(
    text: &str,
    known: &KnownFailures,
    cases: &[CaseReport],
    ran: &[Profile],
    whole: bool,
    today: Date,
) -> Result<Update, String> {
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| error.to_string())?;
    let old = document.get(ENTRY).and_then(Item::as_array_of_tables).cloned().unwrap_or_default();
    let (mut done, mut new, mut heading) = (Update::default(), ArrayOfTables::new(), String::new());
    for (listed, table) in known.entries.iter().zip(old.iter()) {
        match listed.fate(cases, ran, whole, today) {
            Fate::Kept => {
                done.kept += 1;
                new.push(headed(table.clone(), &mut heading));
            }
            Fate::Dropped => drop_entry(listed, table, &mut done, &mut heading),
            Fate::Narrowed(left) => {
                drop_entry(listed, table, &mut done, &mut heading);
                for case in left {
                    new.push(headed(naming(table, &case), &mut heading));
                }
            }
        }
    }
    for case in cases.iter().filter(|case| case.verdict == Verdict::Fail && case.repeats.is_none()) {
        if known.entries.iter().any(|listed| listed.is_expired(today) && listed.matches(case)) {
            continue;
        }
        done.added.push(case.id.clone());
        new.push(headed(addition(case, known, today), &mut heading));
    }
    document.remove(ENTRY);
    if !new.is_empty() {
        document.insert(ENTRY, Item::ArrayOfTables(in_order(new)));
    }
    done.text = format!("{heading}{document}");
    Ok(done)
}

impl Listed {
    fn fate(&self, cases: &[CaseReport], ran: &[Profile], whole: bool, today: Date) -> Fate {
        if self.before.is_some() {
            return Fate::Dropped;
        }
        if self.is_expired(today) {
            return Fate::Kept;
        }
        let met: Vec<&CaseReport> = cases.iter().filter(|case| self.matches(case)).collect();
        if met.is_empty() {
            return if self.is_due(ran, whole) { Fate::Dropped } else { Fate::Kept };
        }
        let holds = |case: &&&CaseReport| case.verdict == Verdict::KnownFailure;
        let silent = |case: &&&CaseReport| matches!(case.verdict, Verdict::Skip | Verdict::Error);
        let left: Vec<String> = met.iter().filter(holds).map(|case| case.id.clone()).collect();
        match met.iter().filter(|case| !holds(case) && !silent(case)).count() {
            0 => Fate::Kept,
            _ if left.is_empty() => Fate::Dropped,
            _ => Fate::Narrowed(left),
        }
    }
}

/// What stood above the first entry, apart from it, is the file's heading and goes to the next.
fn drop_entry(listed: &Listed, table: &Table, done: &mut Update, heading: &mut String) {
    let first = done.kept == 0 && done.dropped.is_empty();
    let above = table.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
    if let Some((own, _)) = above.rsplit_once("\n\n").filter(|_| first) {
        *heading = format!("{own}\n\n");
    }
    done.dropped.push(listed.entry.case.clone());
}

fn headed(mut table: Table, heading: &mut String) -> Table {
    if !heading.is_empty() {
        let own = table.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
        let prefix = format!("{heading}{}", own.trim_start_matches('\n'));
        table.decor_mut().set_prefix(prefix);
        heading.clear();
    }
    table
}

/// The same entry for one case.
fn naming(table: &Table, case: &str) -> Table {
    let mut table = table.clone();
    table.insert("case", value(case));
    table.decor_mut().set_prefix("\n");
    table
}

fn addition(case: &CaseReport, known: &KnownFailures, today: Date) -> Table {
    let mut table = Table::new();
    let before = known.entries.iter().find(|listed| listed.matches(case));
    let note = before.map(|listed| format!("# Before: {}: {}\n", listed.entry.observed, listed.entry.reason));
    table.decor_mut().set_prefix(format!("\n{}", note.unwrap_or_default()));
    table.insert("case", value(case.id.as_str()));
    table.insert("observed", value(case.observed.as_str()));
    table.insert("reason", value(NO_REASON_YET));
    table.insert(
        "since",
        today.to_string().parse::<toml_edit::Datetime>().map_or_else(|_| value(today.to_string()), value),
    );
    table
}

/// Tables are written by their positions, which those of two origins do not share.
fn in_order(tables: ArrayOfTables) -> ArrayOfTables {
    let positioned = |(place, mut table): (isize, Table)| {
        table.set_position(Some(place));
        table
    };
    (0..).zip(tables).map(positioned).collect()
}
