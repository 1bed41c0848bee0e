//! `cargo xtask mutants`: the kill matrix.

use std::path::Path;
use std::time::Instant;

use claimproof_catalog::{Level, Profile, level};
use claimproof_mutants::Mutant;
use claimproof_proof::matrix::{Fate, matrix, references};
use claimproof_proof::{Kills, Snapshot};
use claimproof_suite::Exit;

use crate::flags::Mutants;

pub(crate) fn run(flags: &Mutants) -> anyhow::Result<Exit> {
    let chosen = |profile: &Profile| flags.profile.is_empty() || flags.profile.contains(profile);
    let hit = |name: &str| {
        flags.filters.is_empty() || flags.filters.iter().any(|part| name.contains(part.as_str()))
    };
    let mutants =
        claimproof_mutants::all().into_iter().filter(|one| chosen(&one.profile) && hit(&one.name));
    let mutants: Vec<Mutant> = mutants.collect();
    let profiles: Vec<Profile> = Profile::ALL.into_iter().filter(chosen).collect();
    let (begun, mut faults, mut first) = (Instant::now(), Vec::new(), None);
    for seed in 0..flags.seeds.max(1) {
        let (snapshot, found) = once(&mutants, &profiles, seed)?;
        faults.extend(found.into_iter().map(|fault| format!("seed {seed}: {fault}")));
        let first = first.get_or_insert_with(|| snapshot.clone());
        let other = differing(&first.kills(Level::Should), &snapshot.kills(Level::Should));
        faults.extend(
            other
                .into_iter()
                .map(|what| format!("seed {seed}: other kills than under seed 0: {what}")),
        );
    }
    let snapshot = first.unwrap_or_default();
    print(&snapshot.mutants);
    advice(&snapshot.mutants);
    let whole = flags.profile.is_empty() && flags.filters.is_empty();
    if let Some(path) = flags.output.clone().or_else(|| whole.then(crate::page::snapshot)) {
        write(&path, &snapshot)?;
    }
    for fault in &faults {
        anstream::println!("{fault}");
    }
    sum(&snapshot.mutants, flags.seeds.max(1), &faults, begun);
    Ok(if faults.is_empty() { Exit::Conforms } else { Exit::Deviates })
}

/// The reference and every mutant once, and what is wrong with either.
fn once(
    mutants: &[Mutant],
    profiles: &[Profile],
    seed: u64,
) -> anyhow::Result<(Snapshot, Vec<String>)> {
    let (mut snapshot, mut faults) = (Snapshot::default(), Vec::new());
    for tried in references(profiles, seed)? {
        faults.extend(
            tried.failing.into_iter().map(|case| format!("the reference fails {}", case.id)),
        );
        // Which cases are asked again is drawn anew in each run.
        let plain =
            tried.cases.into_iter().filter(|case| case.repeats.is_none()).map(|case| case.id);
        for id in plain {
            match tried.skipped.get(&id) {
                Some(why) => drop(snapshot.skipped.insert(id, why.clone())),
                None => drop(snapshot.cases.insert(id)),
            }
        }
    }
    snapshot.mutants = matrix(mutants, seed)?;
    faults.extend(judge(&snapshot.mutants));
    Ok((snapshot, faults))
}

fn sum(rows: &[Fate], seeds: u64, faults: &[String], begun: Instant) {
    let strict = rows.iter().filter(|row| row.over_strict).count();
    let misblamed = rows.iter().filter(|row| !row.misblamed.is_empty()).count();
    let same = match (seeds, faults.iter().any(|fault| fault.contains("other kills"))) {
        (1, _) => "1 seed".to_owned(),
        (_, false) => format!("the same kills under {seeds} seeds"),
        (_, true) => format!("other kills under some of {seeds} seeds"),
    };
    let ms = begun.elapsed().as_millis();
    anstream::println!(
        "{} mutants, {strict} of them over-strict: {}; {}; {misblamed} mis-blamed; {same}, {ms} ms",
        rows.len(),
        survivors(rows, Level::Must, "a must", "a default run"),
        survivors(rows, Level::Should, "advice alone", "`--level should`"),
    );
}

fn survivors(rows: &[Fate], level: Level, what: &str, run: &str) -> String {
    let broken: Vec<&Fate> = rows.iter().filter(|row| row.level == level).collect();
    let lives = broken.iter().filter(|row| !row.is_killed()).count();
    format!("{} break {what}, of which {lives} survive {run}", broken.len())
}

fn judge(rows: &[Fate]) -> Vec<String> {
    let mut faults = Vec::new();
    for row in rows {
        if !row.is_killed() {
            faults.push(format!("survivor: {} ({}){}", row.name, row.title, why(row)));
        }
        for id in &row.misblamed {
            faults.push(format!("mis-blamed: {} fails {id}, outside [{}]", row.name, row.breaks));
        }
    }
    faults
}

/// The mutants whose killers differ, each with what came and what went.
fn differing(first: &Kills, other: &Kills) -> Vec<String> {
    let none = Vec::new();
    let changed = first.iter().filter_map(|(name, killers)| {
        let own = other.get(name).unwrap_or(&none);
        let only = |some: &[String], rest: &[String]| {
            let only: Vec<&str> =
                some.iter().filter(|id| !rest.contains(id)).map(String::as_str).collect();
            if only.is_empty() { "nothing".to_owned() } else { only.join(", ") }
        };
        (own != killers).then(|| {
            format!("{name} by {} too, and not by {}", only(own, killers), only(killers, own))
        })
    });
    changed.collect()
}

fn print(rows: &[Fate]) {
    for row in rows {
        let killers = match row.caught(row.level).as_slice() {
            [] => "SURVIVES".to_owned(),
            [one] => one.clone(),
            [one, rest @ ..] => format!("{one} and {} more", rest.len()),
        };
        anstream::println!("{:<64} {killers}", row.name);
    }
}

/// What a survivor showed instead.
fn why(row: &Fate) -> String {
    match (&row.stopped, row.advised.as_slice()) {
        (Some(why), _) => format!(", no verdict: {why}"),
        (None, []) => String::new(),
        (None, advised) => format!(", shown as advice alone by {}", advised.join(", ")),
    }
}

/// The mutants that only `--level should` kills, each with the should rules it breaks.
fn advice(rows: &[Fate]) {
    let only: Vec<&Fate> =
        rows.iter().filter(|row| row.killers.is_empty() && row.is_killed()).collect();
    if only.is_empty() {
        return;
    }
    anstream::println!("\nkilled at `--level should` alone, each with the should rules it breaks:");
    for row in only {
        anstream::println!("{:<64} {}", row.name, advised_rules(row).join(", "));
    }
}

fn advised_rules(row: &Fate) -> Vec<&str> {
    row.breaks.split(',').filter(|id| level(id) == Some(Level::Should)).collect()
}

fn write(path: &Path, snapshot: &Snapshot) -> anyhow::Result<()> {
    let text = snapshot.text()?;
    Ok(claimproof_files::write(path, &text)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kills(rows: &[(&str, &[&str])]) -> Kills {
        let row = |(name, by): &(&str, &[&str])| {
            ((*name).to_owned(), by.iter().map(|&id| id.to_owned()).collect())
        };
        rows.iter().map(row).collect()
    }

    #[test]
    fn other_kills_under_another_seed_are_told_apart() {
        let first = kills(&[("a", &["one", "two"]), ("b", &["three"]), ("c", &["four"])]);
        assert_eq!(differing(&first, &first), [""; 0]);
        let other = kills(&[("a", &["two", "five"]), ("b", &["three"])]);
        assert_eq!(
            differing(&first, &other),
            ["a by five too, and not by one", "c by nothing too, and not by four"]
        );
    }

    fn row(level: Level, [killers, advised, misblamed]: [&[&str]; 3]) -> Fate {
        let owned = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect();
        Fate {
            name: "m".to_owned(),
            title: "t".to_owned(),
            breaks: "B".to_owned(),
            level,
            over_strict: false,
            killers: owned(killers),
            advised: owned(advised),
            misblamed: owned(misblamed),
            stopped: None,
        }
    }

    #[test]
    fn survivors_and_mis_blame_are_both_faults() {
        assert_eq!(judge(&[row(Level::Must, [&["one"], &[], &[]])]), [""; 0]);
        assert_eq!(judge(&[row(Level::Must, [&[], &[], &[]])]), ["survivor: m (t)"]);
        assert_eq!(
            judge(&[row(Level::Must, [&["one"], &[], &["two"]])]),
            ["mis-blamed: m fails two, outside [B]"]
        );
    }

    #[test]
    fn who_breaks_a_must_is_not_killed_by_advice() {
        let advised: [&[&str]; 3] = [&[], &["one"], &[]];
        assert_eq!(
            judge(&[row(Level::Must, advised)]),
            ["survivor: m (t), shown as advice alone by one"]
        );
        assert_eq!(judge(&[row(Level::Should, advised)]), [""; 0]);
        assert_eq!(
            survivors(&[row(Level::Must, advised)], Level::Must, "a must", "X"),
            "1 break a must, of which 1 survive X"
        );
    }

    #[test]
    fn a_run_without_a_verdict_kills_nobody() {
        let stopped =
            Fate { stopped: Some("why".to_owned()), ..row(Level::Should, [&[], &[], &[]]) };
        assert_eq!(judge(&[stopped]), ["survivor: m (t), no verdict: why"]);
    }
}
