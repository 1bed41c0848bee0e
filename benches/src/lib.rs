//! What the verifier costs: tokens to time, those it is compared with, and the rounds they take in turns.

pub mod contender;
pub mod corpus;
pub mod hostile;
pub mod report;
pub mod rounds;
pub mod sample;
pub mod store;
mod thread_time;
pub mod threads;
pub mod verdicts;

pub use corpus::{Corpus, corpus};
