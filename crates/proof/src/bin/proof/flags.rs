//! The flags of each command.

use std::path::PathBuf;

use claimproof_catalog::Profile;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// What shows that the suite notices; `cargo xtask` starts it.
#[derive(Debug, Parser)]
#[command(bin_name = "xtask", version, max_term_width = 100)]
pub(crate) struct Flags {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// The golden vectors
    Vectors(Vectors),
    /// Serve every mutant, run the suite against it, and show what catches it
    Mutants(Mutants),
    /// For each requirement its vectors, properties, live cases and mutants
    Coverage(Coverage),
}

#[derive(Debug, Args)]
pub(crate) struct Coverage {
    /// How
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: CoverageFormat,
    /// The folder of the golden files; without, that of the repository
    #[arg(long, value_name = "FOLDER")]
    pub(crate) vectors: Option<PathBuf>,
    /// The snapshot of the kill matrix; without, that of the repository
    #[arg(long, value_name = "FILE")]
    pub(crate) snapshot: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum CoverageFormat {
    Text,
    Json,
    Markdown,
}

#[derive(Debug, Args)]
pub(crate) struct Mutants {
    /// Parts of mutant names; all without
    pub(crate) filters: Vec<String>,
    /// Only this profile (repeatable)
    #[arg(long, value_name = "PROFILE")]
    pub(crate) profile: Vec<Profile>,
    /// How many seeds; the kills must be the same under each
    #[arg(long, default_value_t = 1)]
    pub(crate) seeds: u64,
    /// Where the matrix is written as JSON; without, the snapshot of the repository is renewed
    /// where every mutant was run
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Vectors {
    #[command(subcommand)]
    pub(crate) action: VectorsAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum VectorsAction {
    /// Check the golden files: schema, digests, and that generating them gives the same bytes
    Check,
    /// Write the golden files
    Generate,
    /// List every vector
    List {
        /// How
        #[arg(long, value_enum, default_value = "text")]
        format: ListFormat,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ListFormat {
    Text,
    Json,
}
