//! The flags of each command.

use std::num::NonZeroU32;
use std::path::PathBuf;

use claimproof_catalog::Profile;
use claimproof_catalog::requirements::Level;
use claimproof_http::Target;
use claimproof_http::target::{TargetFault, Tls};
use clap::{Args, Subcommand, ValueEnum};
use url::Url;

use crate::values::{LoadReport, ReportKind, percent, reading, report, web_address};

/// What claimproof does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the cases: against the reference on loopback, or against the target of a file
    #[command(display_order = 1)]
    Conform(Conform),
    /// Measure throughput and latency of the target of a file, every verdict judged
    #[command(display_order = 2)]
    Load(Load),
    /// Report what a run came to that was cut short, from its journal
    #[command(display_order = 3)]
    Report(ReportFrom),
    /// Set back on a target what a run changed that was cut short, from its journal
    #[command(display_order = 3)]
    Clean(Clean),
    /// Serve one profile of the reference on loopback
    #[command(display_order = 4)]
    Serve(Serve),
}

#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 conforms, 1 deviates, 2 usage, 3 no verdict, 4 nothing or too little tried, 130 interrupted."
)]
pub struct Conform {
    /// Parts of case ids to run; all without
    pub(crate) filters: Vec<String>,
    /// The target file; without one the reference is started on loopback
    #[arg(long, value_name = "FILE")]
    pub(crate) target: Option<PathBuf>,
    /// Where the target is, in place of the address its file gives; CLAIMPROOF_URL says it too
    #[arg(long, value_name = "URL", value_parser = web_address, requires = "target")]
    pub(crate) url: Option<Url>,
    /// Only this profile (repeatable)
    #[arg(long, value_name = "PROFILE")]
    pub(crate) profile: Vec<Profile>,
    /// Filters and skips are whole ids
    #[arg(long)]
    pub(crate) exact: bool,
    /// Parts of case ids to leave out (repeatable)
    #[arg(long, value_name = "PART")]
    pub(crate) skip: Vec<String>,
    /// List the selected cases and run none
    #[arg(long, conflicts_with = "plan")]
    pub(crate) list: bool,
    /// Show every request that would be sent and what management would do, and send nothing
    #[arg(long)]
    pub(crate) plan: bool,
    /// How the plan is shown
    #[arg(long, value_enum, default_value = "text", requires = "plan")]
    pub(crate) format: ListFormat,
    /// Try two faults at once too where no document orders them, and report the order the target
    /// uses
    #[arg(long)]
    pub(crate) pairs: bool,
    /// Write down what the target does where the documents leave it open, and grade nothing
    #[arg(long, conflicts_with_all = ["list", "plan", "pairs", "known_failures"])]
    pub(crate) observe: bool,
    /// Grade also where an account does not look like what its role must be
    #[arg(long)]
    pub(crate) trust_accounts: bool,
    /// The least level at which a deviation fails
    #[arg(long, value_enum, default_value = "must")]
    pub(crate) level: LevelFlag,
    /// The least share of the selected cases that must be tried; of Connect, of the levels the
    /// target declares
    #[arg(long, value_name = "PERCENT", default_value = "50%", value_parser = percent)]
    pub(crate) min_tried: u8,
    /// What ids, keys, claim orders and the order of cases are derived from
    #[arg(long, default_value_t = 0)]
    pub(crate) seed: u64,
    /// How many independent cases at once, 1 to 64; without, 8, and up to 64 the farther the target
    /// is
    #[arg(long, short = 'j', value_parser = clap::value_parser!(u16).range(1..=64))]
    pub(crate) jobs: Option<u16>,
    /// Requests a second at most, in all of the run; in place of the `rate` of the target file
    #[arg(long, value_name = "N")]
    pub(crate) rate: Option<NonZeroU32>,
    /// Seconds for one whole exchange
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub(crate) timeout: u64,
    /// Deviations that are known (TOML)
    #[arg(long, value_name = "FILE")]
    pub(crate) known_failures: Option<PathBuf>,
    /// Rewrite that file to what this run shows; what is new is put together by what it cites and
    /// what was observed, and waits for a reason by hand
    #[arg(long, requires = "known_failures", conflicts_with_all = ["list", "plan"])]
    pub(crate) update_known_failures: bool,
    /// Write a report: json=PATH or junit=PATH (repeatable)
    #[arg(long, value_name = "KIND=PATH", value_parser = report::<ReportKind>)]
    pub(crate) report: Vec<(ReportKind, PathBuf)>,
    /// Replace what stands at a report's path though claimproof did not write it
    #[arg(long)]
    pub(crate) force: bool,
    /// Let the target be on another machine
    #[arg(long)]
    pub(crate) allow_remote: bool,
    #[command(flatten)]
    pub(crate) tls: TlsFlags,
    /// Where another run tests the same server: wait for it, or end with 2
    #[arg(long, value_enum, default_value = "wait")]
    pub(crate) if_busy: IfBusy,
    /// Progress on stderr
    #[arg(long, value_enum, default_value = "auto")]
    pub(crate) progress: When,
    /// Colour on stdout
    #[arg(long, value_enum, default_value = "auto")]
    pub(crate) color: When,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 every verdict right, 1 wrong verdicts, 2 usage, 3 no verdict, 130 interrupted.\n\
                  Tokens are minted outside of the time and sent while they are fresh."
)]
pub struct Load {
    /// The target file
    #[arg(long, value_name = "FILE")]
    pub(crate) target: PathBuf,
    /// Where the target is, in place of the address its file gives; CLAIMPROOF_URL says it too
    #[arg(long, value_name = "URL", value_parser = web_address)]
    pub(crate) url: Option<Url>,
    /// Requests at most
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(crate) requests: u64,
    /// Seconds of the timed part at most
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub(crate) duration: u64,
    /// Connections; without --rate each sends as soon as it was answered
    #[arg(long, short = 'c', default_value_t = 32, value_parser = clap::value_parser!(u16).range(1..=200))]
    pub(crate) connections: u16,
    /// Requests a second, at instants fixed beforehand; in place of the `rate` of the target file
    #[arg(long, value_name = "N")]
    pub(crate) rate: Option<NonZeroU32>,
    /// Share of tokens that must be refused
    #[arg(long, value_name = "PERCENT", default_value = "10%", value_parser = percent)]
    pub(crate) refused: u8,
    /// Requests before the clock starts
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u64).range(0..=50_000))]
    pub(crate) warm_up: u64,
    /// Seconds for one exchange
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub(crate) timeout: u64,
    /// Deviations that are known (TOML); a wrong verdict they list fails nothing
    #[arg(long, value_name = "FILE")]
    pub(crate) known_failures: Option<PathBuf>,
    /// Write a report: json=PATH or html=PATH (repeatable)
    #[arg(long, value_name = "KIND=PATH", value_parser = report::<LoadReport>)]
    pub(crate) report: Vec<(LoadReport, PathBuf)>,
    /// Replace what stands at a report's path though claimproof did not write it
    #[arg(long)]
    pub(crate) force: bool,
    /// Let the target be on another machine
    #[arg(long)]
    pub(crate) allow_remote: bool,
    #[command(flatten)]
    pub(crate) tls: TlsFlags,
    /// Where another run uses the same server: wait for it, or end with 2
    #[arg(long, value_enum, default_value = "wait")]
    pub(crate) if_busy: IfBusy,
    /// Progress on stderr
    #[arg(long, value_enum, default_value = "auto")]
    pub(crate) progress: When,
}

#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 2 usage, 130 the reports are written, which are partial.")]
pub struct ReportFrom {
    /// The journal
    #[arg(long, value_name = "JOURNAL")]
    pub(crate) from: PathBuf,
    /// Deviations that are known (TOML)
    #[arg(long, value_name = "FILE")]
    pub(crate) known_failures: Option<PathBuf>,
    /// Write a report: json=PATH or junit=PATH (repeatable)
    #[arg(long, value_name = "KIND=PATH", value_parser = report::<ReportKind>)]
    pub(crate) report: Vec<(ReportKind, PathBuf)>,
    /// Replace a report that claimproof did not write
    #[arg(long)]
    pub(crate) force: bool,
    /// Colour on stdout
    #[arg(long, value_enum, default_value = "auto")]
    pub(crate) color: When,
}

#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 all is set back, 2 usage, 3 something is left.")]
pub struct Clean {
    /// The journal
    #[arg(long, value_name = "JOURNAL")]
    pub(crate) from: PathBuf,
    /// The target file of the run
    #[arg(long, value_name = "FILE")]
    pub(crate) target: PathBuf,
    /// Where the target is, in place of the address its file gives; CLAIMPROOF_URL says it too
    #[arg(long, value_name = "URL", value_parser = web_address)]
    pub(crate) url: Option<Url>,
    /// Seconds for one whole exchange
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub(crate) timeout: u64,
    /// Let the target be on another machine
    #[arg(long)]
    pub(crate) allow_remote: bool,
    /// Where another run uses the same server: wait for it, or end with 2
    #[arg(long, value_enum, default_value = "wait")]
    pub(crate) if_busy: IfBusy,
}

#[derive(Debug, Args)]
pub struct Serve {
    /// Which profile; each has its own port
    #[arg(long, value_name = "PROFILE")]
    pub(crate) profile: Option<Profile>,
    /// The port; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    pub(crate) port: u16,
    /// Follow this interpretation where the documents leave one open (repeatable)
    #[arg(long, value_name = "FAMILY=OPTION", value_parser = reading)]
    pub(crate) reading: Vec<(String, String)>,
    /// Serve this mutant in place of the reference
    #[arg(long, value_name = "NAME")]
    pub(crate) mutant: Option<String>,
    /// List every mutant: name, profile, what it breaks, title; tab-separated
    #[arg(long)]
    pub(crate) list_mutants: bool,
    /// Where callers reach this server, if a proxy stands before it; goes into the target file and
    /// into the redirects of a Connect server
    #[arg(long, value_name = "URL", value_parser = web_address)]
    pub(crate) public_address: Option<Url>,
    /// Serve the accounts, sites, secrets and keys of this file in the place of the public cast
    #[arg(long, value_name = "FILE", conflicts_with_all = ["write_target", "write_directory"])]
    pub(crate) directory: Option<PathBuf>,
    /// Let a Connect server ask the providers of its integrations on other machines
    #[arg(long)]
    pub(crate) allow_remote: bool,
    /// Write a target file that describes this server, with its public test keys beside it
    #[arg(long, value_name = "FILE")]
    pub(crate) write_target: Option<PathBuf>,
    /// Write whom this server knows, with their public test keys beside it: for --directory, or for
    /// a server of one's own
    #[arg(long, value_name = "FILE")]
    pub(crate) write_directory: Option<PathBuf>,
    /// Replace those files and keys though claimproof did not write them, or somebody changed them
    #[arg(long)]
    pub(crate) force: bool,
}

/// How TLS is spoken to a target, in place of what its file says under [tls].
#[derive(Debug, Args)]
pub(crate) struct TlsFlags {
    /// Certificates of the authorities that vouch for the target (PEM), or its own self-signed one;
    /// they alone count then
    #[arg(long, value_name = "FILE", requires = "target")]
    ca_file: Option<PathBuf>,
    /// The certificate by which the run shows who asks (PEM)
    #[arg(long, value_name = "FILE", requires = "client_key")]
    client_certificate: Option<PathBuf>,
    /// Its private key (PEM)
    #[arg(long, value_name = "FILE", requires = "client_certificate")]
    client_key: Option<PathBuf>,
    /// The proxy to a target elsewhere: `env` for what HTTPS_PROXY and NO_PROXY say, or a URL;
    /// without, none
    #[arg(long, value_name = "env|URL", requires = "target")]
    proxy: Option<String>,
}

impl TlsFlags {
    /// Has them outrank what a target file says.
    pub(crate) fn set(&self, target: &mut Target) -> Result<(), TargetFault> {
        let Self { ca_file, client_certificate, client_key, proxy } = self;
        target.tls = std::mem::take(&mut target.tls).outranked_by(Tls {
            ca_file: ca_file.clone(),
            certificate_file: client_certificate.clone(),
            key_file: client_key.clone(),
            proxy: proxy.clone(),
        });
        target.check_tls()
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ListFormat {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum IfBusy {
    Wait,
    Fail,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum LevelFlag {
    Must,
    Should,
}

impl From<LevelFlag> for Level {
    fn from(flag: LevelFlag) -> Self {
        match flag {
            LevelFlag::Must => Self::Must,
            LevelFlag::Should => Self::Should,
        }
    }
}

/// The golden vectors.
#[derive(Debug, Args)]
pub(crate) struct Vectors {
    #[command(subcommand)]
    pub(crate) action: VectorsAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum VectorsAction {
    /// Mint all of them with the public cast, byte for byte as they are published
    Write {
        /// The folder they are written into: a new one, or one that is empty
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}
