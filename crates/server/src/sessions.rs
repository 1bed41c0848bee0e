//! Who is signed in.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What a client carries from its sign-in on, and whose it is. Bounded; the server is for tests.
#[derive(Default)]
pub(crate) struct Sessions(Mutex<HashMap<String, String>>);

const MOST: usize = 100_000;

impl Sessions {
    pub(crate) fn open(&self, token: &str, of: &str) {
        let mut sessions = self.all();
        if sessions.len() >= MOST {
            sessions.clear();
        }
        sessions.insert(token.to_owned(), of.to_owned());
    }

    pub(crate) fn of(&self, token: &str) -> Option<String> {
        self.all().get(token).cloned()
    }

    pub(crate) fn close(&self, token: &str) -> bool {
        self.all().remove(token).is_some()
    }

    fn all(&self) -> MutexGuard<'_, HashMap<String, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
