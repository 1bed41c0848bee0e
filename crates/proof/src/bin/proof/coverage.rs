//! `cargo xtask coverage`: the square.

use crate::flags::{Coverage, CoverageFormat};
use crate::{golden, page};
use claimproof_suite::Exit;

pub(crate) fn run(flags: &Coverage) -> anyhow::Result<Exit> {
    let committed = page::committed()?;
    // A vector or a case that went missing shows in the files, whatever else it shows in.
    let folder = flags.vectors.clone().unwrap_or_else(golden::root);
    let missing = golden::differences(&folder, &golden::generated(&committed)?)?;
    let mut square = flags.snapshot.as_deref().map_or(Ok(committed), page::draw)?;
    square.faults.extend(missing);
    match flags.format {
        CoverageFormat::Text => anstream::print!("{}", page::text(&square)),
        CoverageFormat::Markdown => anstream::print!("{}", page::markdown(&square)),
        CoverageFormat::Json => {
            let text = serde_json::to_string_pretty(&square)?;
            anstream::println!("{text}");
        }
    }
    for fault in &square.faults {
        anstream::eprintln!("{fault}");
    }
    Ok(if square.faults.is_empty() { Exit::Conforms } else { Exit::Deviates })
}
