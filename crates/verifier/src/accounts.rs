//! Accounts by what a token calls them, and keys that are none.

use std::collections::HashMap;

use claimproof_token::KeyError;

/// Looked up for every token, by text of its maker; so the hash is fast, and keyed at random.
pub(crate) type ById<T> = HashMap<String, T, ahash::RandomState>;

/// A key of a directory that cannot be one.
#[derive(Debug, thiserror::Error)]
#[error("the key of {of}: {error}")]
pub struct BadKey {
    /// Whose key it is.
    pub of: String,
    /// What is wrong with it.
    pub error: KeyError,
}

impl BadKey {
    /// Names the owner of a key.
    pub(crate) fn of(owner: &str) -> impl FnOnce(KeyError) -> Self {
        move |error| Self { of: owner.to_owned(), error }
    }
}
