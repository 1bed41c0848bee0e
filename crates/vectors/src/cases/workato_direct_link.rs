//! Workato JWT direct linking.

mod accounts;
mod brought;
mod claims;
mod configured;
mod draft;
mod faults;
mod memory;
mod paths;
mod replay;
mod request;
mod times;
mod token;
mod variants;

use std::sync::OnceLock;

use claimproof_catalog::Profile;

use super::common::{self, Kit, Twice};
use super::table::case;
use super::{CaseSet, carriers};
use crate::case::Case;
use crate::change::{Change, Edit, Part};
use crate::expect::Expect;
use crate::scene::Scene;

const INVALID: &[&str] = &["token_invalid"];

/// Where a link's token does not belong.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    ("authorization", "authorization", "Bearer {token}"),
    ("cookie", "cookie", "workato_dl_token={token}"),
    ("own-header", "workato_dl_token", "{token}"),
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
        scene: team(),
        folder: "token_invalid",
        cites: &["WDL-JWT-19"],
        malformed: Expect::refuse(INVALID),
        header: Expect::refuse(INVALID),
        payload: Expect::refuse(INVALID),
        // It is ill-formed, and it does not hold either.
        signature: Expect::refuse(&["token_invalid", "token_signature_invalid", "vendor_missing"]),
        beyond_ascii: Expect::refuse(INVALID),
        extension: Expect::REFUSE,
        claim: "jti",
        typ: Some("\"JWT\""),
        typ_family: "WDL-R-typ-form",
        issued: false,
        twice: twice(),
        duplicates: "WDL-R-duplicate-member",
        mark: "WDL-R-byte-order-mark",
    };
    [
        accepted(),
        request::cases(),
        paths::cases(),
        token::cases(),
        configured::cases(),
        brought::cases(),
        common::cases(&kit),
        carriers::wrapped(&kit),
        carriers::elsewhere(&kit, "token_missing", &Expect::refuse(&["token_missing"]), ELSEWHERE),
        claims::cases(),
        replay::cases(),
        memory::cases(),
        times::cases(),
        variants::cases(),
        accounts::cases(),
    ]
    .concat()
}

/// What the profile reads, each with a value that alone has a code of its own.
fn twice() -> Vec<Twice> {
    let row = |part, member, bad, codes| Twice { part, member, bad, last: Expect::refuse(codes) };
    vec![
        row(Part::Header, "alg", "\"none\"", &["token_invalid", "alg_invalid"]),
        row(Part::Payload, "sub", "\"nobody:nobody\"", &["token_invalid", "vendor_missing"]),
        row(Part::Payload, "iat", "1000000000", &["token_invalid", "token_expired"]),
        row(Part::Payload, "jti", "{}", &["token_invalid", "jti_invalid"]),
    ]
}

/// Two segments: partner and customer team.
pub(crate) fn team() -> Scene {
    Scene::new(Profile::WorkatoDirectLink, "team", &[("vendor", "vendor.ok"), ("team", "team.ok")])
}

/// Three segments: the member's own role applies.
pub(crate) fn member() -> Scene {
    let roles = &[("vendor", "vendor.ok"), ("team", "team.ok"), ("member", "member.ok")];
    Scene::new(Profile::WorkatoDirectLink, "member", roles)
}

/// The customer team by its external ID.
fn external() -> Scene {
    let roles = &[("vendor", "vendor.ok"), ("team", "team.external")];
    Scene::new(Profile::WorkatoDirectLink, "external-team", roles)
}

/// Another partner with another key.
fn other_vendor() -> Scene {
    let roles = &[("vendor", "vendor.other"), ("team", "team.of-other")];
    Scene::new(Profile::WorkatoDirectLink, "other-vendor", roles)
}

fn accepted() -> Vec<Case> {
    let plain = |scene: Scene, title: &str, cites: &[&'static str]| {
        Case::one(&scene, &format!("accepted/{}", scene.name), title, cites, vec![], Expect::ACCEPT)
    };
    vec![
        plain(
            team(),
            "A link for a customer team",
            &[
                "WDL-HTTP-04",
                "WDL-JWT-07",
                "WDL-JWT-16",
                "WDL-JWT-20",
                "WDL-JWT-24",
                "WDL-PATH-03",
                "WDL-FRM-05",
                "WDL-ACC-07",
                "WDL-ACC-12",
                "WDL-ACC-16",
            ],
        ),
        plain(
            member(),
            "A link for a confirmed member of the team",
            &["WDL-ACC-02", "WDL-ACC-04", "WDL-ACC-09", "WDL-FRM-05"],
        ),
        plain(external(), "A link for a team by its external ID", &["WDL-ACC-09", "WDL-JWT-24"]),
        plain(
            other_vendor(),
            "A link of another partner under that partner's key",
            &["WDL-JWT-24", "WDL-ACC-22"],
        ),
        case(
            "accepted/kid",
            "A kid nobody asked for",
            &team(),
            &["CPX-odd-accept"],
            Change::header("kid", "\"main\""),
            Expect::ACCEPT,
        ),
        case(
            "accepted/extra-time-claims",
            "Sane exp and nbf beside iat",
            &team(),
            &["WDL-JWT-16", "CPX-odd-accept"],
            Change::Claim("exp", Edit::FromNow(60)),
            Expect::ACCEPT,
        ),
    ]
}
