//! The golden files: cases frozen with the public cast at one instant.

#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::disallowed_types))]

mod freeze;
mod index;
mod message;
mod posit_connect;
mod print;

pub use freeze::generate;
#[cfg(feature = "schema")]
pub use freeze::schema;
pub use message::{HttpReply, HttpRequest, Message};
pub use print::pretty;

use std::collections::BTreeMap;

use claimproof_vectors::sign::sha256;
use claimproof_vectors::{Expect, Presentation};
use serde::{Deserialize, Serialize};

use posit_connect::{Dialogue, beside, described};

/// One file: the vectors of one code of one profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct VectorFile<E = Expect> {
    /// The schema, relative to the file.
    #[serde(rename = "$schema")]
    pub schema: String,
    /// The system.
    pub profile: String,
    /// The documented code, or the group: `accepted`, `undocumented`.
    pub code: String,
    /// File name and section of the document, where the code is documented.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// What the code means, in claimproof's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meaning: Option<String>,
    /// What the document says clears it, in claimproof's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
    /// The vectors.
    pub vectors: Vec<Vector<E>>,
}

/// One vector: acts in order, each with what must come of it. The replay store is empty before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Vector<E = Expect> {
    /// `profile/code/what-is-wrong`, never reused.
    pub id: String,
    /// The vector in one sentence.
    pub title: String,
    /// `must` or `should`.
    pub level: String,
    /// Requirements and rules it judges.
    pub requirements: Vec<String>,
    /// Why its answer is open, or a deviation weighs no more than advice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rationale: Option<String>,
    /// The accepted vector it differs from in the changes named in its acts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub twin: Option<String>,
    /// The acts.
    pub script: Vec<Step<E>>,
}

/// One act of a vector.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "act", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Step<E = Expect> {
    /// Present a token.
    Present {
        /// Seconds since 1970 on the verifier's clock.
        now: i64,
        /// What differs from the accepted scene, in words.
        change: Vec<String>,
        /// Whether it goes onto the connection of the step before that is marked so, which is kept open between them.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        kept_alive: bool,
        /// What is put on the wire.
        request: Presentation,
        /// What must come of it.
        expect: E,
    },
    /// Present one token so many times at the same moment: the requests stand on open connections but for their
    /// last byte, which all send together. So in each round, with a token of its own.
    AtOnce {
        /// Seconds since 1970 on the verifier's clock.
        now: i64,
        /// What differs from the accepted scene, in words.
        change: Vec<String>,
        /// How many requests meet in a round.
        times: usize,
        /// What each round puts on the wire.
        rounds: Vec<Presentation>,
        /// What must come of each round.
        expect: E,
    },
    /// Send bytes that are no HTTP request; for servers only.
    Raw {
        /// The bytes, all of them ASCII.
        bytes: String,
        /// What must come of it.
        expect: E,
    },
    /// Change what the server knows; for subjects with the documented management methods.
    Manage {
        /// Which method.
        call: String,
        /// Its arguments; roles are resolved in the cast.
        with: BTreeMap<String, String>,
        /// What must come of it.
        expect: E,
    },
    /// Move one of the parties around a Connect server.
    Move {
        /// Seconds since 1970 on every clock.
        now: i64,
        /// What is done.
        call: String,
        /// Its arguments; roles are resolved in the cast.
        with: BTreeMap<String, String>,
        /// What goes over the wire for it, where everybody but the server under test conforms.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        messages: Vec<Message>,
        /// What must come of it.
        expect: E,
    },
    /// Verify a token with this key and no other.
    Verify {
        /// Seconds since 1970 on the verifier's clock.
        now: i64,
        /// The key of RS256, as SPKI PEM.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        public_key: Option<String>,
        /// The key of HS256, as the bytes of this text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        secret: Option<String>,
        /// The compact form.
        token: String,
        /// What must come of it.
        expect: E,
    },
    /// Answer a client's exchange in the place of Connect; for clients only.
    Answer {
        /// What the client sends; further form members are its own affair.
        request: HttpRequest,
        /// What it is answered.
        reply: HttpReply,
        /// Seconds after which the client must hold the credentials for expired.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires_in: Option<i64>,
        /// What the client must make of it.
        expect: E,
    },
}

/// Names every file with its digest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of the format.
    pub schema: u32,
    /// Seconds since 1970 at which the vectors are minted.
    pub now: i64,
    /// How many vectors there are.
    pub vectors: usize,
    /// Path below this folder to SHA-256, hexadecimal.
    pub files: BTreeMap<String, String>,
}

/// The manifest this program was built with.
pub const MANIFEST: &str = include_str!("../manifest.json");

/// SHA-256 of the manifest, hexadecimal.
pub fn digest() -> String {
    sha256(MANIFEST.as_bytes())
}

/// An expectation as it stands in a file.
pub type Expected = serde_json::Map<String, serde_json::Value>;

/// A file that is no file of vectors.
#[derive(Debug, thiserror::Error)]
#[error("{}: {}", .0.path(), .0.inner())]
pub struct NotVectors(#[from] serde_path_to_error::Error<serde_json::Error>);

/// Reads a file strictly, but for what is expected.
///
/// # Errors
///
/// The error names line, column and member.
pub fn load(text: &str) -> Result<VectorFile<Expected>, NotVectors> {
    let mut reader = serde_json::Deserializer::from_str(text);
    Ok(serde_path_to_error::deserialize(&mut reader)?)
}
