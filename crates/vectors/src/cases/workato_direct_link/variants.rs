//! Names in another letter case beside the right ones, and right values in lists.

use claimproof_catalog::Profile;

use super::{case, team};
use crate::case::{Act, Case, Turn};
use crate::cases::common::encodings;
use crate::cases::common::names::{self, Variant};
use crate::change::{Change, Edit, Part};
use crate::expect::Expect;

pub(super) fn cases() -> Vec<Case> {
    [names::cases(variants()), subject(), listed(), again()].concat()
}

fn variants() -> Vec<Variant> {
    let json = |text: &'static str| Edit::Json(text.into());
    let claim = |name, other, good, bad, folder, cites, codes| Variant {
        part: Part::Payload,
        name,
        other,
        slug: name,
        scene: team(),
        good,
        bad,
        folder,
        cites,
        refused: Expect::refuse(codes),
    };
    let (fresh, old) = (Edit::FromNow(0), Edit::FromNow(-3600));
    let alg: (_, &[&str], &[&str]) =
        ("alg_invalid", &["WDL-JWT-01", "RFC8725-3.1"], &["alg_invalid"]);
    vec![
        Variant {
            part: Part::Header,
            ..claim("alg", "ALG", json("\"RS256\""), json("\"RS384\""), alg.0, alg.1, alg.2)
        },
        claim(
            "iat",
            "IAT",
            fresh,
            old,
            "token_expired",
            &["WDL-JWT-13", "WDL-JWT-14"],
            &["token_expired"],
        ),
        claim(
            "jti",
            "JTI",
            Edit::FreshDigits(15),
            json("true"),
            "jti_invalid",
            &["WDL-JWT-06"],
            &["jti_invalid"],
        ),
    ]
}

/// `sub` names two, so the good one is made by renaming: it comes first.
fn subject() -> Vec<Case> {
    let make = |slug: &str, title: &str, cites: &[&'static str], twice, expect| {
        let changes = vec![Change::Claim("sub", twice), Change::Claim("sub", Edit::Spelled("SUB"))];
        Case::one(
            &team(),
            &format!("vendor_missing/variant-sub-{slug}"),
            title,
            cites,
            changes,
            expect,
        )
    };
    let nobody = "\"nobody:1\"";
    let missing = Expect::refuse(&["vendor_missing"]);
    cases! { make:
        "good-before", "A sub of nobody, and SUB before it with the good value":
            &["WDL-ACC-20", "RFC7519-4"], Edit::After(nobody), missing;
        "bad-before-accepted", "The good sub, and SUB before it of nobody":
            &["RFC7519-4"], Edit::Before(nobody), Expect::ACCEPT;
    }
}

/// A list that holds the right value is no string (RFC 7519 sections 4.1.2 and 4.1.7); which code is recorded.
fn listed() -> Vec<Case> {
    let refused = |slug: &str, title: &str, cites: &[&'static str], change| {
        case(&format!("undocumented/{slug}"), title, &team(), cites, change, Expect::REFUSE)
    };
    let list = || Edit::OwnJson("in a list", |own| format!("[{own}]"));
    let behind =
        || Edit::OwnJson("in a list, behind another", |own| format!("[\"nobody:1\",{own}]"));
    let split = || {
        Edit::OwnJson("as a list of its segments", |own| {
            own.replace(':', "\",\"").replacen('"', "[\"", 1) + "]"
        })
    };
    let sub = &["WDL-JWT-21", "WDL-ACC-20"];
    cases! { refused:
        "sub-list-of-good", "The good sub in a list": sub, Change::Claim("sub", list());
        "sub-list-behind", "The good sub in a list behind another":
            sub, Change::Claim("sub", behind());
        "sub-list-of-segments", "The segments of sub as a list": sub, Change::Claim("sub", split());
        "jti-list-of-good", "The jti in a list": &["WDL-JWT-06"], Change::Claim("jti", list());
        "iat-list-of-good", "The iat in a list": &["WDL-JWT-03"], Change::Claim("iat", list());
    }
}

/// A used token in a spelling that is none.
fn again() -> Vec<Case> {
    const REFUSED: &[&str] =
        &["token_invalid", "token_signature_invalid", "vendor_missing", "jti_reused"];
    let make = |(slug, title, alter): (&str, &'static str, fn(&str) -> String)| {
        let first = Act::Present { token: "first", scene: team(), changes: vec![] };
        let second = Act::Again { token: "first", change: Some(Change::Text(title, alter)) };
        let turns =
            vec![Turn::new(first, Expect::ACCEPT), Turn::new(second, Expect::refuse(REFUSED))];
        let cites = &["WDL-JWT-10", "CPX-once", "RFC7515-2"];
        Case::script(
            Profile::WorkatoDirectLink,
            &format!("jti_reused/again-{slug}"),
            title,
            cites,
            turns,
        )
        .controlled_by(&team())
    };
    encodings::AGAIN.map(make).to_vec()
}
