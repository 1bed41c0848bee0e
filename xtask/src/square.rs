//! The square of requirements, drawn and written out.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use claimproof_catalog::{Profile, codes};
use claimproof_mutants::Snapshot;
use claimproof_mutants::properties::PROPERTIES;
use claimproof_mutants::square::{Row, Side, Square, square};
use claimproof_vectors::cases;

use crate::exit::Failed;

/// The snapshot of the kill matrix, which `cargo xtask mutants` writes.
pub(crate) fn snapshot() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/mutants/mutants.json")
}

/// The square of the committed snapshot.
pub(crate) fn committed() -> Result<Square, Failed> {
    draw(&snapshot())
}

/// The square of what the recipes, the snapshot and the named properties hold.
pub(crate) fn draw(snapshot: &Path) -> Result<Square, Failed> {
    let text =
        std::fs::read_to_string(snapshot).with_context(|| snapshot.display().to_string()).map_err(Failed::usage)?;
    let snapshot = Snapshot::parse(&text).map_err(|why| Failed::usage(anyhow!("{why}; run `cargo xtask mutants`")))?;
    Ok(square(&cases::all(), &claimproof_mutants::all(), &snapshot, PROPERTIES))
}

/// The table of a terminal.
pub(crate) fn text(square: &Square) -> String {
    let mut text = format!(
        "{:<24} {:<6} {:>7} {:>8} {:>5} {:>7}\n",
        "requirement", "level", "vectors", "property", "live", "mutants"
    );
    let rows = square.requirements.iter().chain(&square.rules);
    for row in rows {
        let mark = if row.hole { "  HOLE" } else { "" };
        let _ = writeln!(
            text,
            "{:<24} {:<6} {:>7} {:>8} {:>5} {:>7}{mark}",
            row.id,
            format!("{:?}", row.level).to_lowercase(),
            row.vectors.count(),
            row.properties.count(),
            row.live.count(),
            row.mutants.count(),
        );
    }
    let _ = writeln!(text, "{}", sum(square));
    text
}

fn sum(square: &Square) -> String {
    let holes = square.requirements.iter().filter(|row| row.hole).count();
    let reasoned = square.requirements.iter().filter(|row| matches!(row.live, Side::Reason(_))).count();
    let total = square.requirements.len();
    format!(
        "{total} requirements: {} tried live, {reasoned} with a stated reason, {holes} holes; {} rules cited",
        total - reasoned - holes,
        square.rules.len()
    )
}

/// The page `vectors/COVERAGE.md`.
pub(crate) fn markdown(square: &Square) -> String {
    let mut text = String::from(
        "# Coverage\n\nWritten by `cargo xtask vectors generate`. For each requirement how many vectors, properties, live cases\nand killed mutants stand behind it; a dash is a side that cannot exist, with the reason below.\n\n",
    );
    text.push_str(&figures());
    let _ = writeln!(text, "\n{}\n", sum(square));
    table(&mut text, "Requirements", &square.requirements);
    table(&mut text, "Rules", &square.rules);
    text.push_str("\n## Sides that cannot exist\n\n| requirement | vectors | property | live | mutants |\n|---|---|---|---|---|\n");
    for row in &square.requirements {
        let reason = |side: &Side| if let Side::Reason(why) = side { (*why).to_owned() } else { String::new() };
        let reasons = [&row.vectors, &row.properties, &row.live, &row.mutants].map(reason);
        if reasons.iter().any(|why| !why.is_empty()) {
            let _ = writeln!(text, "| {} | {} |", row.id, reasons.join(" | "));
        }
    }
    text
}

fn table(text: &mut String, title: &str, rows: &[Row]) {
    let _ = writeln!(
        text,
        "\n## {title}\n\n| id | statement | vectors | property | live | mutants |\n|---|---|---|---|---|---|"
    );
    for row in rows {
        let cells = [&row.vectors, &row.properties, &row.live, &row.mutants].map(Side::count);
        let _ = writeln!(text, "| {} | {} | {} |", row.id, row.text.replace('|', "\\|"), cells.join(" | "));
    }
}

/// One line a profile: what there is of it.
fn figures() -> String {
    let mut text = String::from(
        "| profile | documented codes | cases | refused | accepted | mutants |\n|---|---|---|---|---|---|\n",
    );
    for profile in Profile::ALL {
        let all = cases::of(profile);
        let refused = all.iter().filter(|case| case.is_rejected()).count();
        let mutants = claimproof_mutants::of(profile).len();
        let codes = codes::of(profile).len();
        let _ =
            writeln!(text, "| {profile} | {codes} | {} | {refused} | {} | {mutants} |", all.len(), all.len() - refused);
    }
    text
}
