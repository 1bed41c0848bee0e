//! Files that people name: read within a bound, written whole or not at all. What claimproof did
//! not write it replaces only where that is asked for.

mod keys;
mod mark;
mod place;
mod read;
mod write;

pub use keys::{Keys, write_with_keys};
pub use mark::Mark;
pub use read::{Unreadable, read, read_text, read_toml};
pub use write::{Output, Why, WriteError, write};
