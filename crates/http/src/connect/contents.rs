//! Contents are lent to one case at a time, two by two.

use std::sync::{Mutex, MutexGuard, PoisonError};

use claimproof_cast::Players;
use tokio::sync::Semaphore;

/// How many a case is lent.
const LENT: usize = 2;

/// The contents of a target, and those of them that no case holds.
#[derive(Debug)]
pub(crate) struct Contents {
    is_possible: bool,
    free: Mutex<Vec<String>>,
    pairs: Semaphore,
}

impl Contents {
    /// The players of `content.1`, `content.2` and so on.
    pub(crate) fn of(players: &Players) -> Self {
        let numbered = |role: &str| {
            role.strip_prefix("content.").is_some_and(|rest| rest.parse::<u32>().is_ok())
        };
        let free: Vec<String> = players
            .iter()
            .filter(|(role, _)| numbered(role))
            .map(|(_, player)| player.id.clone())
            .collect();
        let pairs = free.len() / LENT;
        Self { is_possible: pairs > 0, pairs: Semaphore::new(pairs), free: Mutex::new(free) }
    }

    /// Whether a case can be lent any.
    pub(crate) const fn is_possible(&self) -> bool {
        self.is_possible
    }

    /// Waits until two are free; nothing where the target has fewer.
    pub(crate) async fn borrow(&self) -> Vec<String> {
        if !self.is_possible {
            return Vec::new();
        }
        let Ok(permit) = self.pairs.acquire().await else { return Vec::new() };
        permit.forget();
        let mut free = self.free();
        let rest = free.len().saturating_sub(LENT);
        free.split_off(rest)
    }

    /// Takes back what was borrowed.
    pub(crate) fn give_back(&self, lent: Vec<String>) {
        if !lent.is_empty() {
            self.free().extend(lent);
            self.pairs.add_permits(1);
        }
    }

    fn free(&self) -> MutexGuard<'_, Vec<String>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
