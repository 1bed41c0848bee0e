//! What is timed or remembered wrongly: clocks and stores.

use claimproof_token::Claim;
use claimproof_verifier::workato_direct_link::{Facts, Policy, Violation, WorkatoDirectLink};
use claimproof_verifier::{Checked, Given, refuse_if};

use super::{Link, PROFILE, REPLAY};
use crate::edit::{before, replace};
use crate::mutant::{Mutant, edited};
use crate::stores::{self, Altered};

pub(super) fn mutants() -> Vec<Mutant> {
    let once = ["WDL-JWT-10", "WDL-JWT-11", "WDL-JWT-08", "CPX-once", "CPX-store"];
    let any = stores::of_any::<WorkatoDirectLink>(PROFILE, &once, REPLAY, "WDL-JWT-10");
    [clocks(), any, ids()].concat()
}

const LATE: &[&str] = &["WDL-JWT-13", "WDL-JWT-14", "WDL-JWT-15"];

mutants! {
    fn clocks in PROFILE, edited::<Link>;

    "window-31", "The window is 31 s", LATE => |link| link.verifier.policy.window = 31;
    "window-60", "The window is a minute",
        ["WDL-JWT-13", "WDL-JWT-14", "WDL-JWT-15", "WDL-JWT-10"] =>
        |link| link.verifier.policy.window = 60;
    "window-600", "The window is ten minutes",
        ["WDL-JWT-13", "WDL-JWT-14", "WDL-JWT-15", "WDL-JWT-10", "WDL-JWT-11", "CPX-unspent"] =>
        |link| link.verifier.policy.window = 600;
    strict "window-29", "Exactly 30 s is outside", ["WDL-JWT-16", "WDL-JWT-10", "WDL-JWT-11"] =>
        |link| link.verifier.policy.window = 29;
    strict "window-20", "More than 20 s is outside",
        ["WDL-JWT-16", "WDL-JWT-10", "WDL-JWT-11", "WDL-ACC-01", "WDL-ACC-03"] =>
        |link| link.verifier.policy.window = 20;
    strict "future-refused", "An iat in the future is refused",
        ["WDL-JWT-16", "WDL-JWT-10", "WDL-JWT-11"] =>
        |link| {
            before(link, "not_too_old", |facts, _| match facts.payload("iat").as_i64() {
                Some(iat) if iat > facts.now => {
                    Err(Some(Violation::TooNew { iat: iat.into(), now: facts.now, window: 0 }))
                }
                _ => Ok(()),
            })
        };
    "past-only", "Any iat in the future passes", ["WDL-JWT-15"] =>
        |link| replace(link, "not_too_new", |_, _| Ok(()));
    "absolute-overflow", "Ages are computed with wrapping arithmetic of 32 bits", LATE =>
        |link| {
            replace(link, "not_too_old", |facts, _| {
                let iat = facts.payload("iat").as_i64().unwrap_or(facts.now);
                let age = facts.now.wrapping_sub(iat) & 0xffff_ffff;
                let old = Violation::TooOld { iat: iat.into(), now: facts.now, window: 30 };
                refuse_if((31..0x8000_0000).contains(&age), old)
            })
        };
}

mutants! {
    /// How ids are kept and compared, beside what any store can do wrong.
    fn ids in PROFILE, edited::<Link>;

    "store-30-s", "An id is remembered for 30 s from its first use", REPLAY =>
        |link| link.store = Altered::lasting(|_, now| now + 30);
    "store-one-short", "An id is forgotten one second too early", REPLAY =>
        |link| link.store = Altered::lasting(|until, _| until - 1);
    strict "store-any-case", "Ids are compared without case", ["RFC7519-4.1.7", "WDL-JWT-10"] =>
        |link| link.store = Altered::keyed(|key| key.to_ascii_lowercase());
    strict "store-trims", "Ids are trimmed before they are compared",
        ["RFC7519-4.1.7", "WDL-JWT-10"] =>
        |link| link.store = Altered::keyed(|key| key.trim_ascii().to_vec());
    strict "store-rounds", "Integer ids are rounded as floats", ["RFC7519-4.1.7", "WDL-JWT-10"] =>
        |link| {
            link.store =
                Altered::keyed(|key| if key.ends_with(b"\"") { key.to_vec() } else { rounded(key) })
        };
    "store-burnt-early", "An id is spent before the signature is verified",
        ["WDL-JWT-11", "WDL-JWT-10", "CPX-unspent", "CPX-once"] =>
        |link| before::<WorkatoDirectLink>(link, "signature", spent);
}

/// The last two digits of a long integer dropped, which is what a float leaves of it.
fn rounded(key: &[u8]) -> Vec<u8> {
    let digits = key.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    if digits > 16 { key[..key.len() - 2].to_vec() } else { key.to_vec() }
}

/// A check that spends ids by itself; the ids of different runs never meet.
fn spent(facts: &Facts<'_>, _: &Given<'_, Policy>) -> Checked<Violation> {
    use std::collections::HashSet;
    use std::sync::{Mutex, PoisonError};
    static SEEN: Mutex<Option<HashSet<String>>> = Mutex::new(None);
    let Claim::Text(jti) = facts.payload("jti") else { return Ok(()) };
    let vendor = facts.vendor.map(|vendor| vendor.id.as_str()).unwrap_or_default();
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    let fresh = seen.get_or_insert_default().insert(format!("{vendor} {jti}"));
    refuse_if(!fresh, Violation::JtiReused)
}
