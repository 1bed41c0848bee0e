//! `cargo xtask mutants`: the kill matrix.

use std::collections::BTreeMap;
use std::path::Path;

use claimproof_catalog::Profile;
use claimproof_mutants::matrix::{Row, matrix, reference_cases};

use crate::exit::{Exit, Failed, Outcome};
use crate::flags::Mutants;

pub(crate) async fn run(flags: &Mutants) -> Outcome {
    let chosen = |profile: &Profile| flags.profile.is_empty() || flags.profile.contains(profile);
    let mutants: Vec<_> = claimproof_mutants::all().into_iter().filter(|one| chosen(&one.profile)).collect();
    let hit = |name: &str| flags.filters.is_empty() || flags.filters.iter().any(|part| name.contains(part.as_str()));
    let mutants: Vec<_> = mutants.into_iter().filter(|one| hit(&one.name)).collect();
    let begun = std::time::Instant::now();
    let mut faults = Vec::new();
    let mut first: Option<Vec<Row>> = None;
    for seed in 0..flags.seeds.max(1) {
        for profile in Profile::ALL.into_iter().filter(chosen) {
            let (_, bad) = reference_cases(profile, seed).await.map_err(Failed::no_verdict)?;
            faults.extend(bad.into_iter().map(|case| format!("seed {seed}: the reference fails {}", case.id)));
        }
        let rows = matrix(&mutants, seed, 8).await.map_err(Failed::no_verdict)?;
        faults.extend(judge(&rows).into_iter().map(|fault| format!("seed {seed}: {fault}")));
        match &first {
            None => first = Some(rows),
            Some(known) => faults
                .extend(differing(known, &rows).into_iter().map(|name| format!("seed {seed}: other kills of {name}"))),
        }
    }
    let rows = first.unwrap_or_default();
    print(&rows);
    let whole = flags.profile.is_empty() && flags.filters.is_empty();
    if let Some(path) = flags.output.clone().or_else(|| whole.then(crate::coverage::snapshot)) {
        write(&path, &rows)?;
    }
    for fault in &faults {
        anstream::println!("{fault}");
    }
    let strict = rows.iter().filter(|row| row.over_strict).count();
    anstream::println!(
        "{} mutants, {strict} of them over-strict, {} survivors, {} mis-blamed; {} seeds, {} ms",
        rows.len(),
        rows.iter().filter(|row| !row.is_killed()).count(),
        rows.iter().filter(|row| !row.misblamed.is_empty()).count(),
        flags.seeds.max(1),
        begun.elapsed().as_millis(),
    );
    Ok(if faults.is_empty() { Exit::Conforms } else { Exit::Deviates })
}

fn judge(rows: &[Row]) -> Vec<String> {
    let mut faults = Vec::new();
    for row in rows {
        if !row.is_killed() {
            faults.push(format!("survivor: {} ({})", row.name, row.title));
        }
        for id in &row.misblamed {
            faults.push(format!("mis-blamed: {} fails {id}, outside [{}]", row.name, row.breaks));
        }
    }
    faults
}

/// Whether each mutant is killed by the same cases.
fn differing(a: &[Row], b: &[Row]) -> Vec<String> {
    let kills =
        |rows: &[Row]| rows.iter().map(|row| (row.name.clone(), row.killers.clone())).collect::<BTreeMap<_, _>>();
    let (a, b) = (kills(a), kills(b));
    a.iter().filter(|(name, killers)| b.get(*name) != Some(killers)).map(|(name, _)| name.clone()).collect()
}

fn print(rows: &[Row]) {
    for row in rows {
        let killers = match row.killers.as_slice() {
            [] => "SURVIVES".to_owned(),
            [one] => one.clone(),
            [one, rest @ ..] => format!("{one} and {} more", rest.len()),
        };
        anstream::println!("{:<64} {killers}", row.name);
    }
}

fn write(path: &Path, rows: &[Row]) -> Result<(), Failed> {
    let text = serde_json::to_string_pretty(rows).map_err(Failed::usage)?;
    std::fs::write(path, format!("{text}\n")).map_err(Failed::usage)
}

/// One line a mutant: name, profile, what it breaks, title.
pub(crate) fn list() {
    for mutant in claimproof_mutants::all() {
        anstream::println!("{}\t{}\t{}\t{}", mutant.name, mutant.profile, mutant.breaks.describe(), mutant.title);
    }
}
