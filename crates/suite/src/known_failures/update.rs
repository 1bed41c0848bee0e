//! A file of known failures brought up to what a run showed; what people wrote into it stays.

use claimproof_catalog::Profile;
use jiff::civil::Date;
use toml_edit::{
    Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TomlError, Value, value,
};

use super::{Entry, Index, KnownFailures, Met, NO_REASON_YET, is_due};
use crate::report::{CaseReport, Verdict};

/// The name of an entry's table.
const ENTRY: &str = "known-failure";

/// The new text, and what became of the entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Update {
    /// The file's text.
    pub text: String,
    /// How many entries stay, with all of their cases or some.
    pub kept: usize,
    /// The patterns that went.
    pub dropped: Vec<String>,
    /// The cases that came.
    pub added: Vec<String>,
    /// How many new entries they stand in, each with a reason still to be written.
    pub groups: usize,
}

/// Rewrites `text`, of which `known` was read and applied to `cases`.
///
/// An entry that still holds keeps its place, its reason, its dates and the comments around it. So
/// does an expired one: whether it may go on is for people to say. What is new is put together by
/// what it cites and what was observed.
///
/// # Errors
///
/// Text that is no TOML is refused with its line.
pub fn update(
    text: &str,
    known: &KnownFailures,
    cases: &[CaseReport],
    ran: &[Profile],
    whole: bool,
    today: Date,
) -> Result<Update, TomlError> {
    let mut document: DocumentMut = text.parse()?;
    let (mut done, mut new, mut heading) = (Update::default(), ArrayOfTables::new(), String::new());
    let index = Index::of(cases);
    for (entry, table) in known.entries.iter().zip(tables(document.get(ENTRY))) {
        let keeps: Vec<bool> = entry.keeps(&index, ran, whole, today);
        let each = entry.patterns.iter().zip(&keeps);
        let gone: Vec<String> =
            each.filter(|(_, keep)| !**keep).map(|(pattern, _)| pattern.text.clone()).collect();
        if keeps.contains(&true) {
            done.kept += 1;
            new.push(headed(without(table, &keeps), &mut heading));
        } else if let Some(own) =
            heading_of(&table).filter(|_| done.kept == 0 && done.dropped.is_empty())
        {
            heading = own;
        }
        done.dropped.extend(gone);
    }
    for group in groups(known, cases, today) {
        done.groups += 1;
        done.added.extend(group.iter().map(|case| case.id.clone()));
        new.push(headed(addition(&group, known, today), &mut heading));
    }
    document.remove(ENTRY);
    if !new.is_empty() {
        document.insert(ENTRY, Item::ArrayOfTables(in_order(new)));
    }
    done.text = format!("{heading}{document}");
    Ok(done)
}

/// The tables of the entries, also where people wrote one array.
fn tables(item: Option<&Item>) -> Vec<Table> {
    match item {
        Some(Item::ArrayOfTables(tables)) => tables.iter().cloned().collect(),
        Some(Item::Value(Value::Array(array))) => {
            array.iter().filter_map(Value::as_inline_table).map(unfolded).collect()
        }
        _ => Vec::new(),
    }
}

/// The entry as a table of its own, below the comments that stand above it in the array.
fn unfolded(inline: &InlineTable) -> Table {
    let above = inline.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
    let comments = above.lines().map(str::trim).filter(|line| line.starts_with('#'));
    let comments: String = comments.map(|line| format!("{line}\n")).collect();
    let mut table = inline.clone().into_table();
    for (mut key, item) in table.iter_mut() {
        key.leaf_decor_mut().clear();
        if let Some(value) = item.as_value_mut() {
            value.decor_mut().clear();
        }
    }
    table.decor_mut().set_prefix(format!("\n{comments}"));
    table
}

impl Entry {
    /// Which of its patterns stay.
    fn keeps(&self, cases: &Index<'_>, ran: &[Profile], whole: bool, today: Date) -> Vec<bool> {
        let keep = |pattern: &super::Pattern| match self.met(pattern, cases) {
            _ if pattern.before.is_some() => false,
            _ if self.is_expired(today) => true,
            Met::Listed | Met::Silent => true,
            Met::Nothing | Met::Idle => !is_due(&pattern.text, ran, whole),
            Met::Passing | Met::Otherwise => false,
        };
        self.patterns.iter().map(keep).collect()
    }
}

/// The entry with those of its cases that stay.
fn without(mut table: Table, keeps: &[bool]) -> Table {
    if let Some(cases) = table.get_mut("cases").and_then(Item::as_array_mut) {
        let mut keep = keeps.iter().copied();
        cases.retain(|_| keep.next().unwrap_or(true));
    }
    table
}

/// What stands above the first entry, apart from it, is the file's heading and goes to the next.
fn heading_of(table: &Table) -> Option<String> {
    let above = table.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
    above.rsplit_once("\n\n").map(|(own, _)| format!("{own}\n\n"))
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

/// What fails and is not listed: together where it cites the same and was answered the same, so
/// that most likely it has one cause.
fn groups<'c>(
    known: &KnownFailures,
    cases: &'c [CaseReport],
    today: Date,
) -> Vec<Vec<&'c CaseReport>> {
    let is_expired = |case: &CaseReport| {
        let mut expired = known.entries.iter().filter(|entry| entry.is_expired(today));
        expired.any(|entry| entry.patterns.iter().any(|pattern| pattern.matches(&case.id)))
    };
    let failing =
        cases.iter().filter(|case| case.verdict == Verdict::Fail && case.repeats.is_none());
    let mut groups: Vec<Vec<&CaseReport>> = Vec::new();
    for case in failing.filter(|case| !is_expired(case)) {
        let alike = |group: &&mut Vec<&CaseReport>| {
            let first = group[0];
            first.profile == case.profile
                && first.requirements == case.requirements
                && first.observed == case.observed
        };
        match groups.iter_mut().find(alike) {
            Some(group) => group.push(case),
            None => groups.push(vec![case]),
        }
    }
    groups
}

fn addition(group: &[&CaseReport], known: &KnownFailures, today: Date) -> Table {
    let mut table = Table::new();
    let cited: Vec<&str> = group.first().map(|case| case.requirements.clone()).unwrap_or_default();
    let cited =
        if cited.is_empty() { String::new() } else { format!("# Cited: {}.\n", cited.join(", ")) };
    table.decor_mut().set_prefix(format!("\n{cited}{}", before(group, known)));
    table.insert("cases", value(one_a_line(group.iter().map(|case| case.id.as_str()))));
    table.insert(
        "observed",
        value(group.first().map(|case| case.observed.as_str()).unwrap_or_default()),
    );
    table.insert("reason", value(NO_REASON_YET));
    table.insert(
        "since",
        today
            .to_string()
            .parse::<toml_edit::Datetime>()
            .map_or_else(|_| value(today.to_string()), value),
    );
    table
}

/// What people wrote about these cases when they were answered otherwise.
fn before(group: &[&CaseReport], known: &KnownFailures) -> String {
    let names = |entry: &&Entry| {
        let mut named = entry.patterns.iter().filter(|pattern| !pattern.is_glob());
        named.any(|pattern| group.iter().any(|case| case.id == pattern.text))
    };
    let note =
        |entry: &Entry| format!("# Before: {}: {}\n", entry.observed.join(" or "), entry.reason);
    known.entries.iter().filter(names).map(note).collect()
}

fn one_a_line<'t>(texts: impl Iterator<Item = &'t str>) -> Array {
    let mut array: Array = texts.collect();
    if array.len() > 1 {
        array.iter_mut().for_each(|text| text.decor_mut().set_prefix("\n    "));
        array.set_trailing_comma(true);
        array.set_trailing("\n");
    }
    array
}

/// Tables are written by their positions, which those of two origins do not share.
fn in_order(tables: ArrayOfTables) -> ArrayOfTables {
    let positioned = |(place, mut table): (isize, Table)| {
        table.set_position(Some(place));
        table
    };
    (0..).zip(tables).map(positioned).collect()
}
