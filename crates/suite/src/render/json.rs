//! The report as JSON, with its schema.

use crate::report::Report;

/// Pretty-printed, with a line end.
pub fn render(report: &Report) -> Result<String, serde_json::Error> {
    Ok(format!("{}\n", serde_json::to_string_pretty(report)?))
}

/// The published schema.
#[cfg(feature = "schema")]
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(Report)
}
