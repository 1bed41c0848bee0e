//! Two runs against one server: the second waits for the first, or ends and names it.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use crate::cli::common::{Served, command, path, ran};

/// A run whose locks are in this folder.
fn conform(folder: &Path, target: &Path, more: &[&str]) -> Command {
    let mut conform = command(&[&["conform", "--target", path(target)], more].concat());
    conform.env("XDG_RUNTIME_DIR", folder);
    conform
}

/// Waits until somebody has signed a lock below the folder.
fn signed(folder: &Path) -> String {
    let begun = Instant::now();
    loop {
        let locks = std::fs::read_dir(folder.join("claimproof")).into_iter().flatten();
        let texts = locks.filter_map(|lock| std::fs::read_to_string(lock.ok()?.path()).ok());
        if let Some(text) = texts.into_iter().find(|text| !text.is_empty()) {
            return text;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "nobody holds a lock");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn two_runs_at_once_both_conform_since_the_second_waits() {
    let served = Served::start("workato-direct-link");
    let folder = tempfile::tempdir().unwrap();
    // Without a clock of its own, what a run has used up is used up for the other.
    let text = std::fs::read_to_string(served.target()).unwrap();
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with("header = \"x-claimproof-now\"") && *line != "[clock]")
        .collect();
    let target = served.file("no-clock.toml", &lines.join("\n"));
    let both: Vec<Child> =
        (0..2).map(|_| conform(folder.path(), &target, &[]).spawn().unwrap()).collect();
    let both: Vec<_> = both.into_iter().map(|child| ran(child).ends(0)).collect();
    let waited = both.iter().filter(|one| one.stderr.contains("; waiting for it")).count();
    assert_eq!(waited, 1, "{both:?}");
}

#[test]
fn a_run_that_is_not_to_wait_names_the_holder_and_ends_with_2() {
    let served = Served::start("workato-api");
    let folder = tempfile::tempdir().unwrap();
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let own = format!("http://{}", silent.local_addr().unwrap());
    let target = served.target_with(&served.url, &own);
    let first = conform(folder.path(), &target, &["--timeout", "5"]).spawn().unwrap();
    let holder = signed(folder.path());
    assert!(holder.starts_with(&format!("process {}, started 2", first.id())), "{holder}");
    let second = conform(folder.path(), &target, &["--if-busy", "fail"]).spawn().unwrap();
    ran(second).ends(2).says(&["is in use: ", &holder]);
    ran(first).ends(3);
    // The kernel lets go of a lock whose holder has ended.
    ran(conform(folder.path(), &served.target(), &["--if-busy", "fail", "accepted/hmac"])
        .spawn()
        .unwrap())
    .ends(0);
}

#[test]
fn a_measurement_takes_the_same_lock_as_a_run_of_cases() {
    let served = Served::start("workato-api");
    let folder = tempfile::tempdir().unwrap();
    let target = served.target();
    let load = |more: &[&str]| {
        let fixed = ["load", "--warm-up=0", "--target", path(&target)];
        let mut load = command(&[fixed.as_slice(), more].concat());
        load.env("XDG_RUNTIME_DIR", folder.path());
        load.spawn().unwrap()
    };
    let first = load(&["--rate=50", "--requests=200"]);
    let holder = signed(folder.path());
    assert!(holder.starts_with(&format!("process {}, started 2", first.id())), "{holder}");
    let others = [
        load(&["--if-busy", "fail"]),
        conform(folder.path(), &target, &["--if-busy", "fail"]).spawn().unwrap(),
    ];
    for other in others {
        ran(other).ends(2).says(&["is in use: ", &holder]);
    }
    let waited = ran(load(&["--requests=10"])).ends(0);
    waited.says(&["is in use: ", &holder, "; waiting for it"]);
    ran(first).ends(0);
}
