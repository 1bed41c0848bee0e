//! The coverage of requirements, drawn and written out.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use claimproof_catalog::Profile;
use claimproof_files::read_text;
use claimproof_proof::Snapshot;
use claimproof_proof::coverage::{Column, Coverage, Row, coverage};
use claimproof_proof::properties::PROPERTIES;
use claimproof_vectors::cases;

/// Three times what the snapshot has.
const AT_MOST: u64 = 2 * 1024 * 1024;

/// The snapshot of the kill matrix, which `cargo xtask mutants` writes.
pub(crate) fn snapshot() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("mutants.json")
}

/// The coverage of the committed snapshot.
pub(crate) fn committed() -> anyhow::Result<Coverage> {
    draw(&snapshot())
}

/// The coverage of what the recipes, the snapshot and the named properties hold.
pub(crate) fn draw(snapshot: &Path) -> anyhow::Result<Coverage> {
    let named = || snapshot.display().to_string();
    let text = read_text(snapshot, AT_MOST).with_context(named)?;
    let snapshot = Snapshot::parse(&text)
        .map_err(|why| anyhow!("{why}; run `cargo xtask mutants`"))
        .with_context(named)?;
    Ok(coverage(&cases::all(), &claimproof_mutants::all(), &snapshot, PROPERTIES))
}

/// The table of a terminal.
pub(crate) fn text(coverage: &Coverage) -> String {
    let mut text = format!(
        "{:<24} {:<6} {:>7} {:>8} {:>5} {:>7}\n",
        "id", "level", "vectors", "property", "live", "mutants"
    );
    let rows = coverage.requirements.iter().chain(&coverage.rules);
    for row in rows {
        let mark = if row.gap { "  HOLE" } else { "" };
        let _ = writeln!(
            text,
            "{:<24} {:<6} {:>7} {:>8} {:>5} {:>7}{mark}",
            row.id,
            row.level.name(),
            row.vectors.count(),
            row.properties.count(),
            row.live.count(),
            row.mutants.count(),
        );
    }
    let _ = writeln!(text, "{}", sum(coverage));
    text
}

fn sum(coverage: &Coverage) -> String {
    let part = |rows: &[Row], what: &str| {
        let gaps = rows.iter().filter(|row| row.gap).count();
        let live = rows
            .iter()
            .filter(|row| matches!(&row.live, Column::Has(names) if !names.is_empty()))
            .count();
        let reasoned = rows.iter().filter(|row| matches!(row.live, Column::Reason(_))).count();
        format!(
            "{} {what}: {live} tried live, {reasoned} with a stated reason, {gaps} holes",
            rows.len()
        )
    };
    format!("{}; {}", part(&coverage.requirements, "requirements"), part(&coverage.rules, "rules"))
}

/// The page `vectors/COVERAGE.md`.
pub(crate) fn markdown(coverage: &Coverage) -> String {
    let mut text = String::from(
        "# Coverage\n\nWritten by `cargo xtask vectors generate`. For each requirement and rule how many vectors, properties, live cases and\nkilled mutants stand behind it, each counted once; a dash is a side that cannot exist, with the reason below. A case is\nlive if the last whole run of `cargo xtask mutants` judged it on the reference, over HTTP. A property counts if a mutant\nthat breaks the requirement turns it red. A mutant is killed by a failing case in a run of the level of its row.\n\n",
    );
    text.push_str(&figures(coverage));
    let _ = writeln!(text, "\n{}\n", sum(coverage));
    table(&mut text, "Requirements", &coverage.requirements);
    table(&mut text, "Rules", &coverage.rules);
    text.push_str(
        "\n## Sides that cannot exist\n\n| id | vectors | property | live | mutants |\n|---|---|---|---|---|\n",
    );
    for row in coverage.requirements.iter().chain(&coverage.rules) {
        let reasons = [&row.vectors, &row.properties, &row.live, &row.mutants].map(reason);
        let _ = match reasons {
            ["", "", "", ""] => Ok(()),
            [one, two, three, four] if one == two && two == three && three == four => {
                writeln!(text, "| {} | {one} | the same | the same | the same |", row.id)
            }
            other => writeln!(text, "| {} | {} |", row.id, other.join(" | ")),
        };
    }
    text
}

const fn reason(column: &Column) -> &str {
    if let Column::Reason(why) = column { why } else { "" }
}

fn table(text: &mut String, title: &str, rows: &[Row]) {
    let _ = writeln!(
        text,
        "\n## {title}\n\n| id | statement | vectors | property | live | mutants |\n|---|---|---|---|---|---|"
    );
    for row in rows {
        let cells = [&row.vectors, &row.properties, &row.live, &row.mutants].map(Column::count);
        let gap = if row.gap { " HOLE" } else { "" };
        let _ = writeln!(
            text,
            "| {}{gap} | {} | {} |",
            row.id,
            row.text.replace('|', "\\|"),
            cells.join(" | ")
        );
    }
}

/// One line a profile: what there is of it. A code is due where a case must be refused with it and
/// with nothing else, and may be where it is one of several answers.
fn figures(coverage: &Coverage) -> String {
    let mut text = String::from(
        "| profile | documented codes | due | may be | cases | ran | refused | accepted | mutants |\n|---|---|---|---|---|---|---|---|---|\n",
    );
    for (profile, codes) in Profile::ALL.into_iter().zip(&coverage.codes) {
        let all = cases::of(profile);
        let refused = all.iter().filter(|case| case.is_rejected()).count();
        let mutants = claimproof_mutants::of(profile).len();
        let ran = coverage.ran.get(profile.name()).copied().unwrap_or_default();
        let (due, may_be, accepted) = (codes.due.len(), codes.may_be.len(), all.len() - refused);
        let _ = writeln!(
            text,
            "| {profile} | {} | {due} | {may_be} | {} | {ran} | {refused} | {accepted} | {mutants} |",
            codes.documented,
            all.len()
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use claimproof_catalog::Level;

    use super::*;

    fn row(id: &'static str, columns: [Column; 4], gap: bool) -> Row {
        let [vectors, properties, live, mutants] = columns;
        Row { id, level: Level::Must, text: "It holds.", vectors, properties, live, mutants, gap }
    }

    fn has(names: &[&str]) -> Column {
        Column::Has(names.iter().map(|&name| name.to_owned()).collect())
    }

    #[test]
    fn holes_are_told_from_sides_that_cannot_be() {
        let why = || Column::Reason("only a browser shows it");
        let requirements = vec![
            row("A", [has(&["v"]), has(&["p"]), has(&["v"]), has(&["m", "n"])], false),
            row("B", [why(), why(), why(), why()], false),
            row(
                "C",
                [has(&["v"]), Column::Reason("nothing to generate"), has(&[]), has(&[])],
                true,
            ),
        ];
        let rules = vec![row("R", [has(&[]), has(&[]), has(&[]), has(&[])], true)];
        let coverage =
            Coverage { requirements, rules, codes: Vec::new(), ran: [].into(), faults: Vec::new() };
        insta::assert_snapshot!(text(&coverage), @r"
        id                       level  vectors property  live mutants
        A                        must         1        1     1       2
        B                        must         -        -     -       -
        C                        must         1        -     0       0  HOLE
        R                        must         0        0     0       0  HOLE
        3 requirements: 1 tried live, 1 with a stated reason, 1 holes; 1 rules: 0 tried live, 0 with a stated reason, 1 holes
        ");
        let page = markdown(&coverage);
        let (_, columns) = page.split_once("## Sides that cannot exist").unwrap_or_default();
        insta::assert_snapshot!(columns.trim(), @r"
        | id | vectors | property | live | mutants |
        |---|---|---|---|---|
        | B | only a browser shows it | the same | the same | the same |
        | C |  | nothing to generate |  |  |
        ");
    }
}
