//! What the flags say of themselves.

use rstest::rstest;

use crate::cli::common::command;

/// A hundred columns wide, wherever the tests run.
#[rstest]
#[case::of_all("all", &["--help"])]
#[case::of_conform("conform", &["conform", "--help"])]
#[case::of_load("load", &["load", "--help"])]
#[case::of_report("report", &["report", "--help"])]
#[case::of_clean("clean", &["clean", "--help"])]
#[case::of_serve("serve", &["serve", "--help"])]
fn the_help_is_the_one_that_is_kept(#[case] name: &str, #[case] args: &[&str]) {
    let output = command(args).env("COLUMNS", "100").output().unwrap();
    assert!(output.status.success());
    insta::assert_snapshot!(format!("help-{name}"), String::from_utf8(output.stdout).unwrap());
}
