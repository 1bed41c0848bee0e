//! `cargo xtask coverage`: what stands behind each requirement and rule.

use crate::flags::{Coverage, CoverageFormat};
use crate::{golden, page};
use claimproof_suite::Exit;

pub(crate) fn run(flags: &Coverage) -> anyhow::Result<Exit> {
    let committed = page::committed()?;
    // A vector or a case that went missing shows in the files, whatever else it shows in.
    let folder = flags.vectors.clone().unwrap_or_else(golden::root);
    let missing = golden::differences(&folder, &golden::generated(&committed)?)?;
    let mut coverage = flags.snapshot.as_deref().map_or(Ok(committed), page::draw)?;
    coverage.faults.extend(missing);
    match flags.format {
        CoverageFormat::Text => anstream::print!("{}", page::text(&coverage)),
        CoverageFormat::Markdown => anstream::print!("{}", page::markdown(&coverage)),
        CoverageFormat::Json => {
            let text = serde_json::to_string_pretty(&coverage)?;
            anstream::println!("{text}");
        }
    }
    for fault in &coverage.faults {
        anstream::eprintln!("{fault}");
    }
    Ok(if coverage.faults.is_empty() { Exit::Conforms } else { Exit::Deviates })
}
