//! Accounts by what a token calls them.

use std::collections::HashMap;

/// Looked up for every token, by text of its maker; so the hash is fast, and keyed at random.
pub(crate) type ById<T> = HashMap<String, T, ahash::RandomState>;
