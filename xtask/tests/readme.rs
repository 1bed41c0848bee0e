//! The README tells the truth: its figures, the run it shows, the files it gives as examples.
//!
//! `CLAIMPROOF_REWRITE=1 cargo test -p xtask --test readme` writes the generated blocks anew.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use claimproof_catalog::Profile;
use claimproof_http::Target;
use claimproof_proof::Snapshot;
use claimproof_proof::coverage::codes;
use claimproof_suite::KnownFailures;
use claimproof_vectors::cases;

/// Two tests may write the file.
static FILE: Mutex<()> = Mutex::new(());

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md")
}

fn readme() -> String {
    std::fs::read_to_string(path()).expect("README.md")
}

/// Compares a generated block with what it should be; `same` says which differences count.
fn check(name: &str, due: &str, same: fn(&str) -> String) {
    let _alone = FILE.lock();
    let text = readme();
    let (begin, end) = (format!("<!-- {name}:begin -->\n"), format!("<!-- {name}:end -->"));
    let (before, rest) = text.split_once(&begin).expect("the block begins");
    let (own, after) = rest.split_once(&end).expect("the block ends");
    if same(own) == same(due) {
        return;
    }
    if std::env::var_os("CLAIMPROOF_REWRITE").is_some() {
        std::fs::write(path(), format!("{before}{begin}{due}{end}{after}"))
            .expect("README.md can be written");
        return;
    }
    panic!(
        "README.md, block `{name}`: write it anew with CLAIMPROOF_REWRITE=1, or put there\n\n{due}"
    );
}

/// The cases are those of the last whole run of the matrix, which are those of any run: a few of
/// them show that further surfaces answer alike.
#[test]
fn the_figures_are_those_of_the_run() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/proof/mutants.json");
    let snapshot = Snapshot::parse(&std::fs::read_to_string(kept).expect("mutants.json")).unwrap();
    let mut due = String::from(
        "| profile | cases | refused | codes | due | may be |\n|---|---:|---:|---:|---:|---:|\n",
    );
    for (profile, codes) in Profile::ALL.into_iter().zip(codes(&cases::all(), &snapshot.cases)) {
        let own = format!("{profile}/");
        let played = snapshot
            .cases
            .iter()
            .chain(snapshot.skipped.keys())
            .filter(|id| id.starts_with(&own))
            .count();
        let refused = cases::of(profile).iter().filter(|case| case.is_rejected()).count();
        let (documented, must, may) = (codes.documented, codes.due.len(), codes.may_be.len());
        let _ =
            writeln!(due, "| {profile} | {played} | {refused} | {documented} | {must} | {may} |");
    }
    check("figures", &due, str::to_owned);
}

#[test]
fn the_run_is_one_that_was_seen() {
    let run = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["conform", "--progress", "never", "--color", "never"])
        .output()
        .expect("the command starts");
    let shown = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{shown}{}", String::from_utf8_lossy(&run.stderr));
    let from = shown.lines().position(|line| line == "readings").expect("readings are shown");
    let lines: Vec<&str> = shown.lines().skip(from).collect();
    let (readings, sums): (Vec<&str>, Vec<&str>) =
        lines[1..].iter().partition(|line| line.starts_with("    "));
    let lines = [&lines[..1], &readings[..2], &["    ..."], &sums].concat();
    let due = format!("```text\n{}\n```\n", lines.join("\n"));
    check("run", &due, without_time);
}

/// The time a run took is another one each time.
fn without_time(block: &str) -> String {
    let line = |line: &str| match line.rsplit_once(", ") {
        Some((start, time)) if time.ends_with(" ms") => start.to_owned(),
        _ => line.to_owned(),
    };
    block.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// The table is one of a run whose data is kept; `cargo xtask bench --output benches/figures.json`
/// renews it.
#[test]
fn the_speeds_are_those_of_the_run_that_is_kept() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../benches/figures.json");
    let report = std::fs::read_to_string(kept).expect("benches/figures.json");
    let report = serde_json::from_str(&report).expect("a report");
    check(
        "speed",
        &format!("{}\n", claimproof_benches::report::markdown(&report).trim_end()),
        str::to_owned,
    );
}

/// The fenced TOML blocks.
fn toml() -> Vec<String> {
    let text = readme();
    let blocks = text.split("```toml\n").skip(1).filter_map(|rest| rest.split_once("```"));
    blocks.map(|(block, _)| block.to_owned()).collect()
}

#[test]
fn the_examples_are_files_the_suite_reads() {
    let blocks = toml();
    // The directory is served by `cli::serve`.
    let [target, known, _directory] = blocks.as_slice() else {
        panic!("expected three examples, found {}", blocks.len())
    };
    let target = Target::parse(target, "README.md").unwrap();
    KnownFailures::parse(known).unwrap();
    let all = cases::of(target.profile);
    let listed: Vec<&str> =
        known.split('"').filter(|text| text.starts_with("workato-api/")).collect();
    assert!(!listed.is_empty(), "the example lists no case");
    for pattern in listed {
        let start = pattern.split('*').next().unwrap();
        assert!(all.iter().any(|case| case.id.starts_with(start)), "{start} is no case");
    }
}
