//! The golden files: cases frozen with the public cast at one instant.

mod clients;
mod dialogue;
mod exchange;
mod expected;
mod freeze;
mod index;
mod message;
mod moves;
mod print;
mod tokens;

pub use freeze::generate;
pub use message::{HttpReply, HttpRequest, Message};
pub use print::pretty;

use std::collections::BTreeMap;

use claimproof_vectors::Presentation;
use claimproof_vectors::sign::sha256;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One file: the vectors of one code of one profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VectorFile {
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
    pub vectors: Vec<Vector>,
}

/// One vector: acts in order, each with what must come of it. The replay store is empty before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vector {
    /// `profile/code/what-is-wrong`, never reused.
    pub id: String,
    /// The vector in one sentence.
    pub title: String,
    /// `must` or `should`.
    pub level: String,
    /// Requirements and rules it judges.
    pub requirements: Vec<String>,
    /// The accepted vector it differs from in the changes named in its acts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub twin: Option<String>,
    /// The acts.
    pub script: Vec<Step>,
}

/// One act of a vector.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "act", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Step {
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
        expect: Expected,
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
        expect: Expected,
    },
    /// Send bytes that are no HTTP request; for servers only.
    Raw {
        /// The bytes, all of them ASCII.
        bytes: String,
        /// What must come of it.
        expect: Expected,
    },
    /// Change what the server knows; for subjects with the documented management methods.
    Manage {
        /// Which method.
        call: String,
        /// Its arguments; roles are resolved in the cast.
        with: BTreeMap<String, String>,
        /// What must come of it.
        expect: Expected,
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
        expect: Expected,
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
        expect: Expected,
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
        expect: Expected,
    },
}

/// What must come of an act.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "outcome", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Expected {
    /// Accepted.
    Accept,
    /// Refused with one of the codes; without codes, the code is free.
    Refuse {
        /// The first is the reference's.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        codes: Vec<String>,
        /// Text the answer must carry.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        says: Option<String>,
        /// The HTTP status, where a reading fixes it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<u16>,
        /// The number in Connect's envelope is one of these.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        numbers: Vec<i64>,
        /// The number in Connect's envelope is none of these, or there is none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        other_numbers_than: Vec<i64>,
        /// The answer carries what the provider said last, letter by letter.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        verbatim: bool,
        /// The form the answer has, in words; the rule of the vector says what belongs to it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        form: Option<String>,
    },
    /// Of the uses at the same moment, no second one is accepted.
    AtMostOne,
    /// Of the uses at the same moment, one is accepted.
    AtLeastOne,
    /// Accepted, or refused with one of the codes.
    Either {
        /// The codes.
        codes: Vec<String>,
    },
    /// The documents leave it open: an answer per reading of a family.
    Open {
        /// The family.
        family: String,
        /// Reading to answer.
        readings: BTreeMap<String, Self>,
    },
}

/// Names every file with its digest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
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
pub const MANIFEST: &str = include_str!("../../../vectors/manifest.json");

/// SHA-256 of the manifest, hexadecimal.
pub fn digest() -> String {
    sha256(MANIFEST.as_bytes())
}

/// Reads a file strictly; the error names line, column and member.
pub fn load(text: &str) -> Result<VectorFile, String> {
    let mut reader = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| format!("{}: {}", error.path(), error.inner()))
}
