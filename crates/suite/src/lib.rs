//! Cases on subjects: what is run, how answers are compared, what is reported. Opens no socket.

mod at_once;
mod changes;
mod claims;
mod conform;
mod controls;
mod exit;
mod grade;
mod holdings;
mod journal;
pub mod known_failures;
mod lack;
mod observation;
mod observe;
mod order;
mod posit_connect;
mod probe;
mod proof;
mod readings;
pub mod render;
mod report;
mod retry;
mod runner;
mod schedule;
mod select;
mod stop;
mod subject;
pub mod text;

use posit_connect as flow;

pub use conform::{Assignment, Conduct, Unfit, conform};
pub use controls::{controls, staffed, without_good_controls};
pub use exit::Exit;
pub use grade::{Judgement, Mismatch, judge};
pub use holdings::{Granted, Holdings};
pub use journal::{Back, Journal, Undo, Unkept, Unwritten};
pub use known_failures::KnownFailures;
pub use observation::{Breach, Busy, Evidence, NoVerdict, Observation, Outcome, Uses};
pub use observe::{FamilySeen, Observed, ReadingSeen, is_open, observe};
pub use order::order;
pub use proof::{Finding, Inseparable, Proof, accounts, plainest, prove};
pub use report::{
    CaseReport, Fits, Lack, LackKind, OrderReport, PairReport, Probes, ReadingReport, Report,
    Summary, TargetReport, Verdict,
};
pub use runner::{Options, rehearse, run};
pub use select::{Selection, select, surfaces};
pub use subject::{Action, Capabilities, Clock, Held, Subject};
pub use text::{Passage, Text};
