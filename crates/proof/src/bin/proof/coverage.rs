//! `cargo xtask coverage`: what stands behind each requirement and rule.

use crate::flags::{Coverage, CoverageFormat};
use crate::{golden, page};
use claimproof_suite::Exit;

pub(crate) fn run(flags: &Coverage) -> anyhow::Result<Exit> {
    // What somebody names is read before anything is made.
    let own = flags.snapshot.as_deref().map(page::draw).transpose()?;
    // A vector or a case that went missing shows in the files, whatever else it shows in.
    let folder = flags.vectors.clone().unwrap_or_else(golden::root);
    golden::present(&folder)?;
    let committed = page::committed()?;
    let missing = golden::differences(&folder, &golden::generated(&committed)?)?;
    let mut coverage = own.unwrap_or(committed);
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
