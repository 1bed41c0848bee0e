//! What is timed or remembered wrongly: clocks and stores.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use claimproof_verifier::tableau_connected_app::{Facts, TableauConnectedApp, Violation};
use claimproof_verifier::{Checked, refuse_if};

use super::{App, PROFILE, REPLAY};
use crate::edit::{before, last};
use crate::mutant::Breaks::EveryAcceptance;
use crate::mutant::{Mutant, edited};
use crate::stores::{self, Altered, Forgetful};

pub(super) fn mutants() -> Vec<Mutant> {
    let any = stores::of_any::<TableauConnectedApp>(PROFILE, REPLAY, REPLAY, "TCA-10091-fresh");
    [clocks(), any, ids()].concat()
}

const EXP: &[&str] =
    &["TCA-10096-exp", "TCA-16-exp-long", "TCA-10096-configured", "TCA-10096-10min", "CPX-unspent"];

const PAST: &[&str] = &["TCA-exp-past", "TCA-CLOCK-reject", "TCA-CLOCK-external"];

mutants! {
    fn clocks in PROFILE, edited::<App>;

    "validity-hour", "An hour ahead passes", EXP => |app| app.verifier.policy.max_validity = 3600;
    "validity-day", "A day ahead passes", EXP => |app| app.verifier.policy.max_validity = 86_400;
    "leeway-400", "More than five minutes of leeway", ["CPX-small-leeway"] =>
        |app| app.verifier.policy.leeway = 400;
    "leeway-700", "More than eleven minutes of leeway",
        [EXP, PAST, &["RFC7519-4.1.4", "RFC7519-4.1.5"]].concat() =>
        |app| app.verifier.policy.leeway = 700;
    "leeway-day", "A day of leeway",
        [EXP, PAST, &["RFC7519-4.1.4", "RFC7519-4.1.5", "CPX-unspent"]].concat() =>
        |app| app.verifier.policy.leeway = 86_400;
    strict "validity-599", "Ten minutes exactly are refused", EXP =>
        |app| app.verifier.policy.max_validity = 599;
    strict "validity-500", "More than 500 s are refused", EveryAcceptance =>
        |app| app.verifier.policy.max_validity = 500;
    "size-8001", "8001 bytes pass", ["TCA-10103-size", "TCA-10103-limit"] =>
        |app| app.verifier.policy.max_token_bytes = 20_000;
    strict "size-7999", "8000 bytes are refused", ["TCA-10103-limit", "TCA-10103-size"] =>
        |app| app.verifier.policy.max_token_bytes = 7999;
    strict "size-4096", "4096 bytes are the limit",
        ["TCA-10103-limit", "TCA-10103-size", "CPX-odd-accept", "RFC7515-7.1", "RFC7515-5.2",
         "CPX-bounded", "RFC7519-4.1.7"] => |app| app.verifier.policy.max_token_bytes = 4096;
}

mutants! {
    /// How ids are kept and compared, beside what any store can do wrong.
    fn ids in PROFILE, edited::<App>;

    "store-per-surface", "Each surface remembers its own ids", REPLAY =>
        |app| {
            app.store = Box::new(Forgetful);
            last(app, |facts, _| {
                let key = format!("{:?} {}", facts.request.endpoint, key(facts));
                refuse_if(!note(key), Violation::JtiReused)
            });
        };
    "store-60-s", "An id is remembered for a minute", REPLAY =>
        |app| app.store = Altered::lasting(|_, now| now + 60);
    strict "store-any-case", "Ids are compared without case",
        ["RFC7519-4.1.7", "TCA-10091-fresh"] =>
        |app| app.store = Altered::keyed(|key| key.to_ascii_lowercase());
    "store-burnt-early", "An id is spent before the signature is verified",
        ["TCA-10091-replay", "TCA-10091-fresh", "CPX-unspent", "TCA-67-oda",
         "TCA-10091-same-jti"] =>
        |app| before::<TableauConnectedApp>(app, "signature", |facts, _| spent(facts, "early"));
    "store-burnt-by-67", "A refusal with 67 spends the id",
        ["TCA-67-oda", "CPX-unspent", "TCA-10091-replay", "TCA-10091-fresh"] =>
        |app| {
            before(app, "on_demand_on_cloud", |facts, _| {
                if facts.is_on_demand() { spent(facts, "by 67") } else { Ok(()) }
            });
            before(app, "signature", |facts, _| {
                if facts.is_on_demand() { Ok(()) } else { remembered(facts, "by 67") }
            });
        };
}

/// Spends an id for the mutant of this name: all are handed the same tokens, and none may see another's.
fn spent(facts: &Facts<'_>, mutant: &str) -> Checked<Violation> {
    let named = facts.payload("jti").as_text().is_some();
    if named && !note(format!("{mutant} {}", key(facts))) {
        Err(Some(Violation::JtiReused))
    } else {
        Ok(())
    }
}

fn remembered(facts: &Facts<'_>, mutant: &str) -> Checked<Violation> {
    if knows(&format!("{mutant} {}", key(facts))) {
        Err(Some(Violation::JtiReused))
    } else {
        Ok(())
    }
}

/// Ids spent by a check itself; those of different runs never meet.
static SEEN: Mutex<Option<HashSet<String>>> = Mutex::new(None);

fn key(facts: &Facts<'_>) -> String {
    let app = facts.app.map(|app| app.client_id.as_str()).unwrap_or_default();
    format!("{app} {:?}", facts.payload("jti").as_text())
}

fn note(key: String) -> bool {
    SEEN.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default().insert(key)
}

fn knows(key: &str) -> bool {
    SEEN.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default().contains(key)
}
