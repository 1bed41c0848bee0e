//! Workato API platform: the access profile a token names, its signature, its size.

mod accepted;
mod brought;
mod claims;
mod configured;
mod draft;
mod faults;
mod keys;
mod memory;
mod names;
mod request;
mod signatures;
mod size;
mod stand_in;
#[cfg(test)]
mod tests;
mod times;
mod variants;

use std::sync::OnceLock;

use claimproof_catalog::Profile;

use super::common::{self, Kit, Twice};
use super::table::case;
use super::{CaseSet, carriers};
use crate::case::Case;
use crate::change::{Change, Edit, Part};
use crate::expect::{Answer, Expect, Refusal};
use crate::scene::Scene;

/// The claim that is looked at first.
const NAMESPACE: &str = "https://www.workato.com/sub";

const REFUSED: &[&str] = &["access_refused"];

/// What the cases of this profile are made of.
pub(super) static SET: CaseSet = CaseSet {
    cases,
    all: OnceLock::new(),
    draft: draft::draft,
    faults: faults::faults,
    scene: Some(faults::scene),
    stand_in: stand_in::stand_in,
};

/// Every case of the profile.
fn cases() -> Vec<Case> {
    let kit = Kit {
        scene: hmac_kid(),
        folder: "access_refused",
        cites: &["WCL-04"],
        malformed: refused(),
        header: refused(),
        payload: refused(),
        signature: refused(),
        // They travel in a header, of which a server in front may take ASCII alone.
        beyond_ascii: Expect::from(Refusal::with(&[]).or_4xx()),
        extension: refused(),
        claim: "name",
        typ: None,
        typ_family: "WAP-R-typ-form",
        issued: true,
        // The places of the key are tried in `names.rs`, each where it is the only one.
        twice: vec![Twice { part: Part::Header, member: "alg", bad: "\"none\"", last: refused() }],
        duplicates: "WAP-R-duplicate-member",
        mark: "WAP-R-byte-order-mark",
    };
    [
        accepted::cases(),
        request::cases(),
        common::cases(&kit),
        carriers::wrapped(&kit),
        memory::cases(),
        claims::cases(),
        names::cases(),
        variants::cases(),
        times::cases(),
        keys::cases(),
        configured::cases(),
        signatures::cases(),
        brought::cases(),
        size::cases(),
    ]
    .concat()
}

/// Refused. With which status is a question of its own, which one case a situation asks.
const fn refused() -> Expect {
    Expect::REFUSE
}

/// The same with its status: the document's, the newer page's, or as HTTP has it, where each of
/// these will do.
fn with_status(as_http: &[u16]) -> Expect {
    let with = |reading, status| (reading, Answer::Refuse(Refusal::with(REFUSED).status(status)));
    let mut answers = vec![with("403", 403), with("401", 401)];
    answers.extend(as_http.iter().map(|status| with("401-then-403", *status)));
    Expect::open("WAP-R-status", answers)
}

/// Two readings of one family, the reference's first.
fn open(
    family: &'static str,
    first: (&'static str, Answer),
    second: (&'static str, Answer),
) -> Expect {
    Expect::open(family, vec![first, second])
}

/// A refusal filed under its code.
fn refusal(slug: &str, title: &str, scene: &Scene, cites: &[&'static str], change: Change) -> Case {
    case(&format!("access_refused/{slug}"), title, scene, cites, change, refused())
}

/// A neighbor of refusals that must pass.
fn neighbor(
    slug: &str,
    title: &str,
    scene: &Scene,
    cites: &[&'static str],
    change: Change,
) -> Case {
    case(&format!("access_refused/{slug}-accepted"), title, scene, cites, change, Expect::ACCEPT)
}

/// The key in the header's kid, which is where the plain draft has it.
fn by_kid(name: &'static str, roles: &'static [(&'static str, &'static str)]) -> Scene {
    Scene::new(Profile::WorkatoApi, name, roles)
}

/// The key in one payload claim and nowhere else.
fn by_claim(
    name: &'static str,
    roles: &'static [(&'static str, &'static str)],
    claim: &'static str,
    role: &'static str,
) -> Scene {
    by_kid(name, roles)
        .with(Change::without_header("kid"))
        .with(Change::Claim(claim, Edit::Role(role)))
}

const HMAC: &[(&str, &str)] = &[("profile", "profile.hmac")];
const RSA: &[(&str, &str)] = &[("profile", "profile.rsa")];
const CERTIFICATE: &[(&str, &str)] = &[("profile", "profile.certificate")];

pub(crate) fn hmac_kid() -> Scene {
    by_kid("hmac-kid", HMAC)
}

fn hmac_namespace() -> Scene {
    by_claim("hmac-namespace", HMAC, NAMESPACE, "profile.hmac")
}

fn hmac_workato_sub() -> Scene {
    by_claim("hmac-workato-sub", HMAC, "workato_sub", "profile.hmac")
}

fn hmac_sub() -> Scene {
    by_claim("hmac-sub", HMAC, "sub", "profile.hmac")
}

/// The same good key in all four places.
fn all_agree() -> Scene {
    let role = || Edit::Role("profile.hmac");
    by_kid("all-agree", HMAC)
        .with(Change::Claim(NAMESPACE, role()))
        .with(Change::Claim("workato_sub", role()))
        .with(Change::Claim("sub", role()))
}

fn rsa_kid() -> Scene {
    by_kid("rsa-kid", RSA)
}

fn rsa_sub() -> Scene {
    by_claim("rsa-sub", RSA, "sub", "profile.rsa")
}

fn certificate_kid() -> Scene {
    by_kid("certificate-kid", CERTIFICATE)
}

/// What the document sets up at an identity provider that keeps `kid` and `sub` to itself.
fn auth0() -> Scene {
    by_claim("auth0", CERTIFICATE, NAMESPACE, "profile.certificate")
}

/// A secret as the documented command prints it.
fn base64_secret() -> Scene {
    by_kid("base64-secret", &[("profile", "profile.base64")])
}

/// A secret of nine characters.
fn short_secret() -> Scene {
    by_kid("short-secret", &[("profile", "profile.short")])
}

/// Members put in front of a payload.
fn front(json: &str, members: &str) -> Vec<u8> {
    format!("{{{members},{}", &json[1..]).into_bytes()
}
