//! Everything that can be wrong with an API call, and the documented failure it maps to.

use claimproof_catalog::workato_api::Code;

/// The exact thing that was wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Violation {
    /// No `Authorization` header.
    NoCredentials,
    /// Another scheme than Bearer.
    NotBearer,
    /// More than one `Authorization` header, or several credentials in one.
    SeveralCredentials,
    /// The encoded payload is longer than the limit.
    PayloadTooLarge {
        /// Its length in characters.
        chars: usize,
        /// The limit in characters.
        max: usize,
    },
    /// The token is no well-formed compact JWS.
    TokenMalformed,
    /// The header demands an extension.
    ExtensionDemanded,
    /// None of the places holds an API key.
    NoApiKey,
    /// The first non-empty place holds no known API key.
    UnknownApiKey,
    /// The access profile is disabled.
    ProfileDisabled,
    /// `alg` is not the algorithm of the profile's method.
    AlgMismatch,
    /// The signature does not verify under the profile's key.
    SignatureMismatch,
}

impl Violation {
    /// The failure; the document names none, so the names are the catalogue's.
    pub const fn code(&self) -> Code {
        match self {
            Self::PayloadTooLarge { .. } => Code::PayloadTooLarge,
            Self::NoCredentials
            | Self::NotBearer
            | Self::SeveralCredentials
            | Self::TokenMalformed
            | Self::ExtensionDemanded
            | Self::NoApiKey
            | Self::UnknownApiKey
            | Self::ProfileDisabled
            | Self::AlgMismatch
            | Self::SignatureMismatch => Code::AccessRefused,
        }
    }
}
