//! Tableau connected apps under direct trust.

mod brought;
mod claims;
mod draft;
mod embedding;
mod faults;
mod forms;
mod identity;
mod letters;
mod manage;
mod memory;
mod replay;
pub(crate) mod scenes;
#[cfg(test)]
mod tests;
mod times;
mod token;
mod variants;

use std::sync::OnceLock;

use self::scenes::embed;
use super::common::{self, Kit, Twice};
use super::table::{after, again, altered, case, good, plain, present, script, sign_in};
use super::{CaseSet, carriers};
use crate::case::Case;
use crate::change::{Change, Edit, Part};
use crate::expect::Expect;
use crate::sign::{Alg, Signature};

/// A client ID no app has.
pub(crate) const NO_APP: &[&str] = &["10089", "126"];
/// A secret ID the app does not have.
pub(crate) const NO_SECRET: &[&str] = &["10085", "127"];
/// An app that is switched off.
pub(crate) const DISABLED: &[&str] = &["10090", "126"];
/// An expiry beyond the maximum.
pub(crate) const TOO_LONG: &[&str] = &["10096", "16"];
/// A subject that is no user.
pub(crate) const NO_USER: &[&str] = &["5", "16"];
/// No scope claim.
pub(crate) const NO_SCOPE: &[&str] = &["10099", "10097"];
/// A `jti` used before.
const REUSED: &[&str] = &["10091"];
/// A text that is not three parts.
pub(crate) const MALFORMED: &[&str] = &["10084", "10083", "10098"];

/// Where a connected app's token does not belong: the document shows it in the body or the address of a request.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    ("authorization", "authorization", "Bearer {token}"),
    ("cookie", "cookie", "jwt={token}"),
    ("session-header", "x-tableau-auth", "{token}"),
];

/// What the cases of this profile are made of.
pub(super) static SET: CaseSet = CaseSet {
    cases,
    all: OnceLock::new(),
    draft: draft::draft,
    faults: faults::faults,
    scene: Some(faults::scene),
    stand_in: |_, _| None,
};

/// Every case of the profile.
fn cases() -> Vec<Case> {
    let kit = Kit {
        scene: embed(),
        folder: "10084",
        cites: &["RFC7515-5.2"],
        malformed: Expect::refuse(MALFORMED),
        // Three parts are a token that is signed and not encrypted, so 10098 is none of them.
        header: Expect::refuse(&["10084", "10083"]),
        payload: Expect::refuse(&["10084"]),
        // No signature either, and no code is documented for one that does not hold.
        signature: Expect::REFUSE,
        beyond_ascii: Expect::refuse(MALFORMED),
        extension: Expect::REFUSE,
        claim: "jti",
        typ: Some("\"JWT\""),
        typ_family: "TCA-R-typ-form",
        issued: false,
        twice: twice(),
        duplicates: "TCA-R-duplicate-member",
        mark: "TCA-R-byte-order-mark",
    };
    [
        scenes::accepted(),
        token::cases(),
        brought::cases(),
        common::cases(&kit),
        carriers::wrapped(&kit),
        carriers::elsewhere(&kit, "undocumented", &Expect::REFUSE, ELSEWHERE),
        identity::cases(),
        letters::cases(),
        claims::cases(),
        embedding::cases(),
        replay::cases(),
        memory::cases(),
        forms::cases(),
        times::cases(),
        variants::cases(),
        manage::cases(),
    ]
    .concat()
}

/// What the profile reads, each with a value that alone has an answer of its own.
fn twice() -> Vec<Twice> {
    let row = |part, member, bad, last| Twice { part, member, bad, last };
    let header = |member, bad, codes| row(Part::Header, member, bad, Expect::refuse(codes));
    let claim = |member, bad, codes| row(Part::Payload, member, bad, Expect::refuse(codes));
    vec![
        header("alg", "\"none\"", &["10084", "10083", "10098"]),
        header("kid", "\"nobody\"", &["10084", "10083", "10085", "127"]),
        header("iss", "\"nobody\"", &["10084", "10083", "10089", "126"]),
        claim("sub", "\"nobody@nowhere.example\"", &["10084", "5", "16"]),
        claim("aud", "\"elsewhere\"", &["10084"]),
        row(Part::Payload, "exp", "1000000000", Expect::REFUSE),
        claim("iat", "{}", &["10084"]),
        claim("jti", "{}", &["10084", "10094"]),
        claim("scp", "\"tableau:views:embed\"", &["10084", "10097"]),
    ]
}

/// A signature by a secret nobody has.
pub(crate) const fn foreign() -> Change {
    Change::Sign(Signature::By("secret.unknown", Alg::Hs256))
}

/// The `jti` of the token minted under this name before.
const fn same_jti(token: &'static str) -> Change {
    Change::Claim("jti", Edit::SameJti(token))
}

/// On-demand access asked for.
pub(crate) const fn on_demand(json: &'static str) -> Change {
    Change::claim("https://tableau.com/oda", json)
}
