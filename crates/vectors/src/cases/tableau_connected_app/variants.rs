//! Names in another letter case beside the right ones, and right values in lists or cut short.

use super::scenes::{csharp_sample, embed};
use super::{NO_APP, NO_SECRET, NO_USER, case, present, script};
use crate::case::{Act, Case, Turn};
use crate::cases::common::encodings;
use crate::cases::common::names::{self, Variant};
use crate::change::{Change, Edit, Part};
use crate::expect::Expect;

const PARSE: &[&str] = &["10084"];

pub(super) fn cases() -> Vec<Case> {
    [names::cases(header()), names::cases(payload()), listed(), parts(), again()].concat()
}

fn json(text: &'static str) -> Edit {
    Edit::Json(text.into())
}

fn variant(part: Part, name: &'static str, other: &'static str, good: Edit, bad: Edit) -> Variant {
    let (folder, refused) = ("undocumented", Expect::REFUSE);
    Variant {
        part,
        name,
        other,
        slug: name,
        scene: embed(),
        good,
        bad,
        folder,
        cites: &[],
        refused,
    }
}

fn header() -> Vec<Variant> {
    let (good, bad) = (Edit::Role("secret.ok"), Edit::Role("secret.unknown"));
    let kid = variant(Part::Header, "kid", "KID", good, bad);
    let iss = variant(Part::Header, "iss", "Iss", Edit::Role("app.ok"), Edit::Role("app.unknown"));
    let alg = variant(Part::Header, "alg", "ALG", json("\"HS256\""), json("\"HS257\""));
    vec![
        Variant { cites: &["RFC8725-3.1", "RFC7515-4.1.1"], ..alg },
        Variant {
            folder: "10085",
            cites: &["TCA-10085-kid", "TCA-127-id"],
            refused: Expect::refuse(NO_SECRET),
            ..kid
        },
        Variant {
            folder: "10089",
            cites: &["TCA-10089-iss", "TCA-126-ref"],
            refused: Expect::refuse(NO_APP),
            ..iss
        },
    ]
}

fn payload() -> Vec<Variant> {
    let claim = |name, other, good, bad| variant(Part::Payload, name, other, good, bad);
    let user = claim("sub", "Sub", Edit::Role("user.ok"), Edit::Role("user.unknown"));
    let exp = claim("exp", "EXP", Edit::FromNow(300), Edit::FromNow(-3600));
    let nbf = claim("nbf", "NBF", Edit::FromNow(0), Edit::FromNow(3600));
    let parse = |cites, variant| Variant {
        folder: "10084",
        cites,
        refused: Expect::refuse(PARSE),
        ..variant
    };
    vec![
        Variant {
            folder: "5",
            cites: &["TCA-5-username", "TCA-5-unknown"],
            refused: Expect::refuse(NO_USER),
            ..user
        },
        Variant { cites: &["TCA-exp-past", "RFC7519-4.1.4"], ..exp },
        Variant { scene: csharp_sample(), cites: &["RFC7519-4.1.5"], ..nbf },
        parse(&["TCA-10084-aud"], claim("aud", "AUD", json("\"tableau\""), json("\"other\""))),
        parse(&["TCA-10084-iat-format"], claim("iat", "IAT", Edit::FromNow(0), json("\"words\""))),
    ]
}

/// A list that holds the right value and others is no value (RFC 7515 section 4.1.4, RFC 7519 sections 4.1.1 and
/// 4.1.2: strings). `aud` alone may be a list.
fn listed() -> Vec<Case> {
    let list = || Edit::OwnJson("in a list", |own| format!("[{own}]"));
    let behind = || Edit::OwnJson("in a list, behind another", |own| format!("[\"other\",{own}]"));
    let refused = |slug: &str, title: &str, cites: &[&'static str], change| {
        case(&embed(), &format!("undocumented/{slug}"), title, cites, change, Expect::REFUSE)
    };
    let kid = &["TCA-10083-kid", "TCA-10085-kid"];
    let iss = &["TCA-10083-iss", "TCA-10089-iss"];
    let sub = &["TCA-5-username", "TCA-5-unknown", "TCA-10084-sub-missing"];
    vec![
        refused("kid-list-of-good", "The good kid in a list", kid, Change::Header("kid", list())),
        refused(
            "kid-list-behind",
            "The good kid in a list behind another",
            kid,
            Change::Header("kid", behind()),
        ),
        refused("iss-list-of-good", "The good iss in a list", iss, Change::Header("iss", list())),
        refused(
            "iss-list-behind",
            "The good iss in a list behind another",
            iss,
            Change::Header("iss", behind()),
        ),
        refused("sub-list-of-good", "The good sub in a list", sub, Change::Claim("sub", list())),
        refused(
            "sub-list-behind",
            "The good sub in a list behind another",
            sub,
            Change::Claim("sub", behind()),
        ),
    ]
}

/// A part of the right value is another value.
fn parts() -> Vec<Case> {
    let half = |own: &str| own.chars().take(own.chars().count() / 2).collect::<String>();
    let middle = |own: &str| {
        own.chars().skip(2).take(own.chars().count().saturating_sub(4)).collect::<String>()
    };
    let iss = |slug: &str, title: &str, part| {
        let change = Change::Header("iss", Edit::RoleAs("app.ok", part));
        let cites = &["TCA-10089-iss", "TCA-126-ref"];
        case(&embed(), &format!("10089/{slug}"), title, cites, change, Expect::refuse(NO_APP))
    };
    let sub = |slug: &str, title: &str, part| {
        let change = Change::Claim("sub", Edit::RoleAs("user.ok", part));
        let cites = &["TCA-5-username", "TCA-5-unknown"];
        case(&embed(), &format!("5/{slug}"), title, cites, change, Expect::refuse(NO_USER))
    };
    vec![
        iss("iss-first-half", "The first half of the good iss", half),
        iss("iss-middle", "The good iss without both its ends", middle),
        sub("sub-first-half", "The first half of the good sub", half),
        sub("sub-middle", "The good sub without both its ends", middle),
    ]
}

/// A used token in a spelling that is none.
fn again() -> Vec<Case> {
    let make = |(slug, title, alter): (&str, &'static str, fn(&str) -> String)| {
        let change = Some(Change::Text(title, alter));
        let second = Turn::new(Act::Again { token: "first", change }, Expect::REFUSE);
        let turns = vec![present("first", &embed(), vec![], Expect::ACCEPT), second];
        let cites = &["TCA-10091-replay", "CPX-once", "RFC7515-2"];
        script(&embed(), &format!("undocumented/replay-{slug}"), title, cites, turns)
    };
    encodings::AGAIN.map(make).to_vec()
}
