//! What needs more than Rust and a C compiler: real clients and servers, as the gate runs them.

use std::io::Write;
use std::path::Path;
use std::process::Command;

/// The exit code of a part that could not be set up.
const NOT_RUN: i32 = 77;

/// Shown as ignored unless it is asked for; then it fails if nothing could be run.
#[test]
#[ignore = "needs bash, python3, node and apt-get: cargo test -p xtask --test real_parts -- --ignored"]
fn real_clients_and_servers() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let parts = std::fs::read_dir(root.join(".ci/parts")).unwrap();
    let mut names: Vec<String> =
        parts.map(|part| part.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    // Past the capture of the test harness, which shows the output of failed tests alone.
    let (mut told, mut ran) = (std::io::stderr(), 0);
    for name in names {
        let mut part = Command::new("bash");
        part.arg(format!(".ci/parts/{name}"))
            .current_dir(&root)
            .env("XTASK", env!("CARGO_BIN_EXE_xtask"));
        let status = part.status().unwrap();
        match status.code() {
            Some(0) => ran += 1,
            Some(NOT_RUN) => writeln!(told, "NOT RUN: {name}").unwrap(),
            _ => panic!("{name} ended with {status}"),
        }
    }
    assert!(ran > 0, "no part could be set up");
}
