//! The report as it is.

use crate::report::Report;

/// JSON, with a line break at its end.
pub fn render(report: &Report) -> Result<String, serde_json::Error> {
    Ok(format!("{}\n", serde_json::to_string_pretty(report)?))
}
