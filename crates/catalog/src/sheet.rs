//! What is asked of every profile, as one value in the profile's own module.

use crate::elsewhere::ForeignText;
use crate::{Code, Family, Requirement, Rule};

/// One profile as a value: what its document says, in the profile's own module.
#[derive(Debug)]
pub struct Sheet {
    /// The name used in ids, files and on the command line.
    pub name: &'static str,
    /// Its place among the documents, from 0.
    pub number: u8,
    /// Whether it is about logins and exchanges among several parties, and not about a token that
    /// the caller mints and presents.
    pub is_flow: bool,
    /// Whether a token's `jti` counts once.
    pub is_single_use: bool,
    /// Whether it bounds the lifetime of a token.
    pub bounds_lifetime: bool,
    /// Whether it names several places of a token where the account is read.
    pub has_several_places: bool,
    /// Whether what is accepted is a page in a frame, so that not framing it is a refusal.
    pub is_framed: bool,
    /// The header parameters that every token carries.
    pub header: &'static [&'static str],
    /// The claims that every token carries.
    pub claims: &'static [&'static str],
    /// The codes, in the document's order.
    pub codes: &'static [Code],
    /// The requirements, in the document's order.
    pub requirements: &'static [Requirement],
    /// The questions it leaves open.
    pub families: &'static [Family],
    /// Rules that complete this document alone.
    pub completions: &'static [Rule],
    /// Messages of other editions and products.
    pub elsewhere: &'static [ForeignText],
}
