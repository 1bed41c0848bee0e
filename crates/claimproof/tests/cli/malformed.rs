//! Files that are malformed: each ends the command with 2, is named with the line or key, and costs
//! little.
//!
//! One file a kind. Its rows are what is altered in a file that is taken.

mod accounts;
mod api_directories;
mod bytes;
mod clocks;
mod connect_directories;
mod connect_targets;
mod known_failures;
mod link_directories;
mod management;
mod surfaces;
mod tableau_directories;
mod targets;
mod terms;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::cli::common::{LONGEST, MOST, Measured, file, measured, path};

/// What is tried, the file, and the line or key that the message names.
struct Row {
    name: &'static str,
    text: Vec<u8>,
    says: &'static str,
}

/// A file that is taken, and the command that reads it in the place of `FILE`.
struct Kind {
    good: &'static str,
    command: &'static [&'static str],
    /// A file that is taken and a command that ends, for what they cost.
    measure: (&'static str, &'static [&'static str]),
    rows: Vec<Row>,
}

fn whole(name: &'static str, text: impl Into<Vec<u8>>, says: &'static str) -> Row {
    Row { name, text: text.into(), says }
}

impl Kind {
    const fn new(good: &'static str, command: &'static [&'static str]) -> Self {
        Self { good, command, measure: (good, command), rows: Vec::new() }
    }

    /// The same where a good file is served until somebody stops it: there the cost of a listing is
    /// the measure.
    const fn served(good: &'static str, command: &'static [&'static str]) -> Self {
        Self { good, command, measure: (targets::GOOD, targets::LIST), rows: Vec::new() }
    }

    /// The good file with something else in one place.
    fn with(mut self, name: &'static str, from: &str, to: &str, says: &'static str) -> Self {
        assert!(self.good.contains(from), "{name}: `{from}` is not in the good file");
        self.rows.push(whole(name, self.good.replacen(from, to, 1), says));
        self
    }

    /// The good file with more behind it.
    fn and(mut self, name: &'static str, more: &str, says: &'static str) -> Self {
        self.rows.push(whole(name, format!("{}{more}", self.good), says));
        self
    }

    /// Another file altogether.
    fn whole(mut self, name: &'static str, text: impl Into<Vec<u8>>, says: &'static str) -> Self {
        self.rows.push(whole(name, text, says));
        self
    }
}

/// The table of what each row is told. Every claim above is held, and all rows that break one are
/// shown.
fn table(kind: &Kind) -> String {
    let good = run(kind.measure.1, kind.measure.0.as_bytes());
    assert_eq!(good.ran.code, Some(0), "{}", good.ran.stderr);
    let lines = Mutex::new(BTreeMap::new());
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some((at, row)) = nth(&kind.rows, next.fetch_add(1, Ordering::Relaxed)) {
            lines.lock().unwrap().insert(at, told(kind, row, good.peak));
        }
    };
    std::thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(work))));
    let lines = lines.into_inner().unwrap();
    let faults: String = lines.values().filter_map(|line| line.as_ref().err().cloned()).collect();
    assert!(faults.is_empty(), "{faults}");
    lines.into_values().flatten().collect()
}

fn nth(rows: &[Row], at: usize) -> Option<(usize, &Row)> {
    rows.get(at).map(|row| (at, row))
}

/// A line of the table, or what the row breaks.
fn told(kind: &Kind, row: &Row, good: u64) -> Result<String, String> {
    let Row { name, text, says } = row;
    let mut ended = run(kind.command, text);
    // On a busy machine a second try may be alone.
    if ended.took > LONGEST {
        ended = run(kind.command, text);
    }
    let Measured { ran, took, peak } = ended;
    let message = ran.stderr.trim_end().replace('\n', "\n    ");
    let line = format!("{name}\n    {message}\n");
    let control = message.chars().find(|c| c.is_control() && *c != '\n');
    let broken = [
        (ran.code != Some(2), format!("exit {:?}", ran.code)),
        (took > LONGEST, format!("{took:?}")),
        (peak > good + MOST, format!("{} KiB above a good file", peak.saturating_sub(good) / 1024)),
        (message.contains("panicked"), "a panic".to_owned()),
        (message.len() > 4096, format!("{} bytes", message.len())),
        (control.is_some(), format!("{control:?}")),
        (!message.contains("my.toml"), "without the file".to_owned()),
        (!message.contains(says), format!("without `{says}`")),
    ];
    let broken: Vec<&str> =
        broken.iter().filter(|(is, _)| *is).map(|(_, what)| what.as_str()).collect();
    if broken.is_empty() { Ok(line) } else { Err(format!("{}: {line}", broken.join(", "))) }
}

fn run(command_line: &[&str], text: &[u8]) -> Measured {
    let (folder, file) = file("");
    std::fs::write(&file, text).unwrap();
    std::fs::write(folder.path().join("own.secret"), "hush-hush").unwrap();
    let args: Vec<&str> =
        command_line.iter().map(|arg| if *arg == "FILE" { path(&file) } else { *arg }).collect();
    let mut ended = measured(&args, &[]);
    ended.ran.stderr = ended.ran.stderr.replace(&format!("{}/", path(folder.path())), "");
    ended
}

fn key(name: &str) -> String {
    let keys = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vectors/keys");
    std::fs::read_to_string(keys.join(name)).unwrap()
}

/// A test a kind.
macro_rules! kinds {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            insta::assert_snapshot!(table(&$name::kind()));
        })*

        /// Each is written by hand but for four of noise.
        #[test]
        fn there_are_three_hundred_and_few_of_a_kind() {
            let all: Vec<&'static str> = [$($name::kind()),*]
                .iter()
                .flat_map(|kind| kind.rows.iter().map(|row| row.name))
                .collect();
            assert!(all.len() >= 300, "{}", all.len());
        }
    };
}

kinds! {
    accounts api_directories bytes clocks connect_directories connect_targets known_failures link_directories
    management surfaces tableau_directories targets terms
}
