//! Why a text is no compact JWS.

use std::fmt;

/// One of the three parts of a compact JWS (RFC 7515 section 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JwsPart {
    /// The JOSE header, first.
    Header,
    /// The claims, second.
    Payload,
    /// The signature, third.
    Signature,
}

impl fmt::Display for JwsPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Header => "header",
            Self::Payload => "payload",
            Self::Signature => "signature",
        })
    }
}

/// Why a text cannot be read as a compact JWS; the first reason met.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// Longer than this crate reads at all.
    #[error("the token has {bytes} bytes, expected at most {max}")]
    TooLong {
        /// Length of the text.
        bytes: usize,
        /// The bound, [`Compact::MAX_BYTES`](crate::Compact::MAX_BYTES).
        max: usize,
    },
    /// Not three segments: RFC 7515 section 3.1; five are a JWE (RFC 7516 section 3.1).
    #[error("found {found} dot-separated segments, expected 3 (header.payload.signature)")]
    Segments {
        /// How many there are; an empty text has one.
        found: usize,
    },
    /// A header or payload of no bytes; only a signature may be empty.
    #[error("the {part} segment is empty, expected a JSON object in base64url")]
    Empty {
        /// Where.
        part: JwsPart,
    },
    /// RFC 7515 section 2 and RFC 4648 sections 3.2, 3.3, 3.5 and 5.
    #[error(
        "the {part} segment is not base64url: expected A-Z a-z 0-9 - _ alone, without padding, \
         white space, foreign characters or spare bits"
    )]
    NotBase64Url {
        /// Where.
        part: JwsPart,
    },
    /// RFC 7515 section 5.2 steps 3 and 6, RFC 8259 section 8.1.
    #[error("the decoded {part} is not UTF-8, expected UTF-8 text of a JSON object")]
    NotUtf8 {
        /// Where.
        part: JwsPart,
    },
    /// RFC 7515 section 10.12: strict JSON, nothing after it, no lone surrogate.
    #[error(
        "the decoded {part} is not one strict JSON text: expected {expected} at line {line} column {column}"
    )]
    NotJson {
        /// Where.
        part: JwsPart,
        /// What was expected.
        expected: &'static str,
        /// The line, from 1.
        line: usize,
        /// The byte in the line, from 1.
        column: usize,
    },
    /// JSON of another type than object: RFC 7515 section 4, RFC 7519 section 7.2 step 10.
    #[error("the decoded {part} is JSON but not an object, expected an object")]
    NotObject {
        /// Where.
        part: JwsPart,
    },
    /// A member name twice in one object, at any depth: RFC 7515 section 4, RFC 7519 section 4.
    #[error("the {part} has the member {name:?} twice in one object, expected distinct names")]
    Duplicate {
        /// Where.
        part: JwsPart,
        /// The name, unescaped.
        name: String,
    },
    /// Nested deeper than this crate reads: RFC 8259 section 9 lets a parser set the bound.
    #[error("the {part} nests deeper than {max} levels, expected at most {max}")]
    TooDeep {
        /// Where.
        part: JwsPart,
        /// The bound, [`Object::MAX_DEPTH`](crate::Object::MAX_DEPTH).
        max: usize,
    },
}
