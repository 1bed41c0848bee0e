//! Management methods and accounts that a target file does not declare: their cases are skips, and
//! nothing fails.

use rstest::rstest;

use crate::cli::common::{Served, claimproof, path};

/// The text without the tables that hold a mark.
fn without(text: &str, mark: &str) -> String {
    let tables = text.split_inclusive("\n\n").filter(|table| !table.contains(mark));
    tables.collect()
}

#[rstest]
#[case::embedding("[manage.embedding", "a method `embedding` under [manage]")]
#[case::create_app("[manage.create-app", "a method `create-app` under [manage]")]
#[case::enable_app("[manage.enable-app", "a method `enable-app` under [manage]")]
#[case::managed("role = \"app.managed\"", "an [[account]] with role = \"app.managed\"")]
fn what_is_not_declared_is_skipped(#[case] mark: &str, #[case] add: &str) {
    let served = Served::start("tableau-connected-app");
    let text = without(&std::fs::read_to_string(served.target()).unwrap(), mark);
    let target = served.file("lacking.toml", &text);
    let ran = claimproof(&["conform", "--target", path(&target), "--progress", "never"]).ends(0);
    ran.shows(&[&format!("to try them, add {add}"), "0 fail", "0 error"]);
}
