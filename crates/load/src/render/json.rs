//! The report as it is.

use crate::report::Measurement;

/// JSON, with a line break at its end.
pub fn render(report: &Measurement) -> Result<String, serde_json::Error> {
    Ok(format!("{}\n", serde_json::to_string_pretty(report)?))
}
