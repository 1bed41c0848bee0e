//! The reference implementation as a value: verifier, directory and replay store; no socket.
//!
//! The crate `server` and the subject of the crate `in_process` both hold one, and a mutant is one
//! with edits applied from outside.

#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::disallowed_types))]

mod implementation;
mod posit_connect;
mod tableau_connected_app;
mod workato_api;
mod workato_direct_link;

pub use implementation::{Follows, Implementation, Steps};
pub use posit_connect::{Edits, Patch, PositConnect, StateEdit};

use std::fmt::Debug;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use claimproof_cast::{AnyDirectory, Cast};
use claimproof_replay::{MemoryStore, Redeemed, Store, UsedId};
use claimproof_token::Scratch;
use claimproof_verifier::{BadKey, List, Once, Rejected, Rules, Unredeemed, Verifier};

/// Verifier, directory and store of one profile.
pub struct Reference<R: Rules> {
    /// Policy and steps.
    pub verifier: Verifier<R>,
    /// Where spent ids are remembered.
    pub store: Box<dyn Store>,
    /// Whether the store answers; switched off to provoke what a fault of it provokes.
    pub store_up: AtomicBool,
    accounts: RwLock<R::Accounts>,
}

impl<R: Rules> Reference<R> {
    /// The documented verifier over these accounts with a store in memory.
    pub fn new(accounts: R::Accounts) -> Self {
        Self {
            verifier: Verifier::default(),
            store: Box::new(MemoryStore::default()),
            store_up: AtomicBool::new(true),
            accounts: RwLock::new(accounts),
        }
    }

    /// Verifies, then uses up; the store is asked last and only for a token that passed everything.
    ///
    /// The accounts are [`Self::accounts`], held by the caller for as long as the grant shows what
    /// is in them.
    pub fn present<'a, 'r: 'a>(
        &self,
        accounts: &'a R::Accounts,
        request: R::Request<'r>,
        scratch: &'a mut Scratch,
        now: i64,
    ) -> Result<R::Grant<'a>, Rejected<R::Violation>> {
        let unredeemed = self.verifier.verify(accounts, request, scratch, now)?;
        self.redeem(unredeemed, now)
    }

    /// The step name under which the store refuses.
    pub const REPLAY: &'static str = "replay";

    fn redeem<G>(
        &self,
        unredeemed: Unredeemed<'_, G>,
        now: i64,
    ) -> Result<G, Rejected<R::Violation>> {
        let Unredeemed { once, grant } = unredeemed;
        let (Some(rule), Some(once)) = (R::SINGLE_USE, once) else { return Ok(grant) };
        let refuse =
            |violation| Err(Rejected { step: Some(Self::REPLAY), violation: Some(violation) });
        match self.use_up(&once, now) {
            Redeemed::First => Ok(grant),
            Redeemed::Seen => refuse(rule.reused),
            Redeemed::Unavailable => refuse(rule.store_down),
        }
    }

    fn use_up(&self, once: &Once<'_>, now: i64) -> Redeemed {
        if !self.store_up.load(Ordering::SeqCst) {
            return Redeemed::Unavailable;
        }
        self.store.redeem(&UsedId::of(R::PROFILE, once), once.until, now)
    }

    /// Who is known.
    pub fn accounts(&self) -> RwLockReadGuard<'_, R::Accounts> {
        self.accounts.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who is known, to change it as a management call does.
    pub fn accounts_mut(&self) -> RwLockWriteGuard<'_, R::Accounts> {
        self.accounts.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<R: Rules> AsMut<List<R>> for Reference<R> {
    fn as_mut(&mut self) -> &mut List<R> {
        &mut self.verifier.list
    }
}

/// A profile whose reference can be built from a cast.
pub trait FromCast: Rules {
    /// The accounts of a directory; `None` where the directory is another profile's.
    fn accounts(directory: &AnyDirectory) -> Option<Result<Self::Accounts, BadKey>>;
}

/// Why a cast makes no reference.
#[derive(Debug, thiserror::Error)]
pub enum CastError {
    /// The cast plays another profile.
    #[error("the cast plays another profile")]
    WrongProfile,
    /// A key of the directory is none.
    #[error(transparent)]
    Key(#[from] BadKey),
}

impl<R: FromCast> Reference<R> {
    /// The reference over a cast's directory.
    pub fn of(cast: &Cast) -> Result<Self, CastError> {
        let accounts = R::accounts(&cast.directory).ok_or(CastError::WrongProfile)?;
        Ok(Self::new(accounts?))
    }
}
