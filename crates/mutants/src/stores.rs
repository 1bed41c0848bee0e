//! Replay stores with one fault each.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use claimproof_catalog::Profile;
use claimproof_reference::{Follows, Reference};
use claimproof_replay::{Redeemed, Store, UsedId};

use crate::mutant::edited;

mutants! {
    /// What any store can do wrong: it breaks `once` where it forgets all, `replay` where some, and
    /// `fresh` where it takes two ids for one.
    pub(crate) fn of_any<R: Follows>(
        profile: Profile, once: &[&'static str], replay: &[&'static str], fresh: &'static str
    ) in profile, edited::<Reference<R>>;

    "store-forgets", "The replay store remembers nothing, as one of each connection does", once =>
        |server| server.store = Box::new(Forgetful);
    "store-last-few", "The store remembers the last sixteen ids", replay =>
        |server| server.store = Box::new(LastFew::default());
    strict "store-cuts", "Ids are cut behind their first 31 characters", ["RFC7519-4.1.7", fresh] =>
        |server| server.store = Altered::keyed(|key| cut(key, 31));
    strict "store-ends-at-nul", "NUL bytes behind an id are dropped", ["RFC7519-4.1.7", fresh] =>
        |server| server.store = Altered::keyed(without_nul);
    strict "store-composes", "Ids are brought into a normal form", ["RFC7519-4.1.7", fresh] =>
        |server| server.store = Altered::keyed(|key| merged(key, "e\u{301}", "\u{e9}"));
    strict "store-delimits", "A bar in an id is taken for a colon", ["RFC7519-4.1.7", fresh] =>
        |server| server.store = Altered::keyed(|key| merged(key, "|", ":"));
    on_threads "store-two-steps", "The store looks an id up, and stores it 20 ms later", replay =>
        |server| server.store = Box::new(TwoSteps::default());
    strict on_threads "store-withdraws", "Uses at the same moment are all refused",
        ["CPX-one-wins"] => |server| server.store = Box::new(Withdrawing::default());
}

/// Remembers nothing, as a store of one connection or one node does.
pub(crate) struct Forgetful;

impl Store for Forgetful {
    fn redeem(&self, _: &UsedId<'_>, _: i64, _: i64) -> Redeemed {
        Redeemed::First
    }
}

/// Remembers keys changed in some way, for a time changed in some way.
pub(crate) struct Altered {
    seen: Mutex<HashMap<Vec<u8>, i64>>,
    key: fn(&[u8]) -> Vec<u8>,
    until: fn(i64, i64) -> i64,
}

impl Altered {
    /// Another key, the right time.
    pub(crate) fn keyed(key: fn(&[u8]) -> Vec<u8>) -> Box<dyn Store> {
        Box::new(Self { seen: Mutex::default(), key, until: |until, _| until })
    }

    /// The right key, another time: of the last second and of now.
    pub(crate) fn lasting(until: fn(i64, i64) -> i64) -> Box<dyn Store> {
        Box::new(Self { seen: Mutex::default(), key: <[u8]>::to_vec, until })
    }
}

impl Store for Altered {
    fn redeem(&self, key: &UsedId<'_>, until: i64, now: i64) -> Redeemed {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (self.key)(&key.to_bytes());
        let live = seen.get(&key).is_some_and(|until| *until >= now);
        if live {
            return Redeemed::Seen;
        }
        seen.insert(key, (self.until)(until, now));
        Redeemed::First
    }
}

/// Looks a key up, takes its time, and only then stores it: two commands where one is needed.
#[derive(Default)]
struct TwoSteps {
    seen: Mutex<HashMap<Vec<u8>, i64>>,
}

impl Store for TwoSteps {
    fn redeem(&self, key: &UsedId<'_>, until: i64, now: i64) -> Redeemed {
        let seen = || self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let key = key.to_bytes();
        if seen().get(&key).is_some_and(|until| *until >= now) {
            return Redeemed::Seen;
        }
        std::thread::sleep(Duration::from_millis(20));
        seen().insert(key, until);
        Redeemed::First
    }
}

/// Waits whether another claim of the key comes, and then lets none of them in.
#[derive(Default)]
struct Withdrawing {
    claims: Mutex<HashMap<Vec<u8>, usize>>,
}

impl Store for Withdrawing {
    fn redeem(&self, key: &UsedId<'_>, _: i64, _: i64) -> Redeemed {
        let claims = || self.claims.lock().unwrap_or_else(PoisonError::into_inner);
        let key = key.to_bytes();
        *claims().entry(key.clone()).or_default() += 1;
        std::thread::sleep(Duration::from_millis(20));
        if claims().get(&key) == Some(&1) { Redeemed::First } else { Redeemed::Seen }
    }
}

/// Remembers the last few keys and no more.
#[derive(Default)]
struct LastFew {
    seen: Mutex<VecDeque<Vec<u8>>>,
}

impl LastFew {
    const KEPT: usize = 16;
}

impl Store for LastFew {
    fn redeem(&self, key: &UsedId<'_>, _: i64, _: i64) -> Redeemed {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let key = key.to_bytes();
        if seen.contains(&key) {
            return Redeemed::Seen;
        }
        seen.push_back(key);
        if seen.len() > Self::KEPT {
            seen.pop_front();
        }
        Redeemed::First
    }
}

/// A key whose text is cut behind so many characters.
fn cut(key: &[u8], characters: usize) -> Vec<u8> {
    let text = key.iter().rposition(|byte| *byte == b'"');
    text.map_or(key, |place| &key[..key.len().min(place + 1 + characters)]).to_vec()
}

/// A key without the NUL bytes behind it.
fn without_nul(key: &[u8]) -> Vec<u8> {
    let end = key.iter().rposition(|byte| *byte != 0).map_or(0, |place| place + 1);
    key[..end].to_vec()
}

/// A key in which each of these texts is the other one.
fn merged(key: &[u8], from: &str, to: &str) -> Vec<u8> {
    let (from, to) = (from.as_bytes(), to.as_bytes());
    let mut merged = Vec::with_capacity(key.len());
    let mut rest = key;
    while let Some((first, behind)) = rest.split_first() {
        if let Some(behind) = rest.strip_prefix(from) {
            merged.extend_from_slice(to);
            rest = behind;
        } else {
            merged.push(*first);
            rest = behind;
        }
    }
    merged
}
