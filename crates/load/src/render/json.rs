//! The report as it is.

use claimproof_suite::{Report, Text};
use serde_json::json;

use crate::report::Measurement;

/// JSON, with a line break at its end.
pub fn render(report: &Measurement) -> Result<String, serde_json::Error> {
    Ok(format!("{}\n", serde_json::to_string_pretty(report)?))
}

/// The report of a run that measured nothing, and why.
pub fn of_nothing(why: &Text) -> Result<String, serde_json::Error> {
    // The member by which the file is known comes first.
    let head = format!("{{\n  \"written_by\": \"{}\",\n", Report::WRITER);
    let rest = serde_json::to_string_pretty(&json!({ "partial": true, "unfinished": why }))?;
    Ok(rest.replacen("{\n", &head, 1) + "\n")
}
