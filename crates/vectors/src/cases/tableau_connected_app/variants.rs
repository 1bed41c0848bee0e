//! Names in another letter case beside the right ones, and right values in lists or cut short.

use super::scenes::{csharp_sample, embed};
use super::{NO_APP, NO_SECRET, NO_USER, altered, case, good, script};
use crate::case::Case;
use crate::cases::common::encodings;
use crate::cases::common::names::{self, Variant};
use crate::change::{Change, Edit, Part};
use crate::expect::Expect;

pub(super) fn cases() -> Vec<Case> {
    [names::cases(header()), names::cases(payload()), listed(), parts(), again()].concat()
}

fn json(text: &'static str) -> Edit {
    Edit::Json(text.into())
}

fn variant(part: Part, name: &'static str, other: &'static str, good: Edit, bad: Edit) -> Variant {
    let (folder, scene, cites, refused) = ("undocumented", embed(), &[], Expect::REFUSE);
    Variant { part, name, other, slug: name, scene, good, bad, folder, cites, refused }
}

/// The same where a code is documented for the bad value.
fn coded(
    variant: Variant,
    folder: &'static str,
    cites: &'static [&'static str],
    codes: &'static [&'static str],
) -> Variant {
    Variant { folder, cites, refused: Expect::refuse(codes), ..variant }
}

fn header() -> Vec<Variant> {
    let (good, bad) = (Edit::Role("secret.ok"), Edit::Role("secret.unknown"));
    let kid = variant(Part::Header, "kid", "KID", good, bad);
    let iss = variant(Part::Header, "iss", "Iss", Edit::Role("app.ok"), Edit::Role("app.unknown"));
    let alg = variant(Part::Header, "alg", "ALG", json("\"HS256\""), json("\"HS257\""));
    vec![
        Variant { cites: &["RFC8725-3.1", "RFC7515-4.1.1"], ..alg },
        coded(kid, "10085", &["TCA-10085-kid", "TCA-127-id"], NO_SECRET),
        coded(iss, "10089", &["TCA-10089-iss", "TCA-126-ref"], NO_APP),
    ]
}

fn payload() -> Vec<Variant> {
    let claim = |name, other, good, bad| variant(Part::Payload, name, other, good, bad);
    let user = claim("sub", "Sub", Edit::Role("user.ok"), Edit::Role("user.unknown"));
    let exp = claim("exp", "EXP", Edit::FromNow(300), Edit::FromNow(-3600));
    let nbf = claim("nbf", "NBF", Edit::FromNow(0), Edit::FromNow(3600));
    let aud = claim("aud", "AUD", json("\"tableau\""), json("\"other\""));
    let iat = claim("iat", "IAT", Edit::FromNow(0), json("\"words\""));
    vec![
        coded(user, "5", &["TCA-5-username", "TCA-5-unknown"], NO_USER),
        Variant { cites: &["TCA-exp-past", "RFC7519-4.1.4"], ..exp },
        Variant { scene: csharp_sample(), cites: &["RFC7519-4.1.5"], ..nbf },
        coded(aud, "10084", &["TCA-10084-aud"], &["10084"]),
        coded(iat, "10084", &["TCA-10084-iat-format"], &["10084"]),
    ]
}

/// A list that holds the right value and others is no value (RFC 7515 section 4.1.4, RFC 7519 sections 4.1.1 and
/// 4.1.2: strings). `aud` alone may be a list.
fn listed() -> Vec<Case> {
    let list = || Edit::OwnJson("in a list", |own| format!("[{own}]"));
    let behind = || Edit::OwnJson("in a list, behind another", |own| format!("[\"other\",{own}]"));
    let refused = |id: &str, title: &str, cites: &[&'static str], change: Change| {
        case(id, title, &embed(), cites, change, Expect::REFUSE)
    };
    let kid = &["TCA-10083-kid", "TCA-10085-kid"];
    let iss = &["TCA-10083-iss", "TCA-10089-iss"];
    let sub = &["TCA-5-username", "TCA-5-unknown", "TCA-10084-sub-missing"];
    cases! { refused:
        "undocumented/kid-list-of-good", "The good kid in a list":
            kid, Change::Header("kid", list());
        "undocumented/kid-list-behind", "The good kid in a list behind another":
            kid, Change::Header("kid", behind());
        "undocumented/iss-list-of-good", "The good iss in a list":
            iss, Change::Header("iss", list());
        "undocumented/iss-list-behind", "The good iss in a list behind another":
            iss, Change::Header("iss", behind());
        "undocumented/sub-list-of-good", "The good sub in a list":
            sub, Change::Claim("sub", list());
        "undocumented/sub-list-behind", "The good sub in a list behind another":
            sub, Change::Claim("sub", behind());
    }
}

/// A part of the right value is another value.
fn parts() -> Vec<Case> {
    let half = |own: &str| own.chars().take(own.chars().count() / 2).collect::<String>();
    let middle = |own: &str| {
        own.chars().skip(2).take(own.chars().count().saturating_sub(4)).collect::<String>()
    };
    let iss = |id: &str, title: &str, part| {
        let change = Change::Header("iss", Edit::RoleAs("app.ok", part));
        let cites = &["TCA-10089-iss", "TCA-126-ref"];
        case(id, title, &embed(), cites, change, Expect::refuse(NO_APP))
    };
    let sub = |id: &str, title: &str, part| {
        let change = Change::Claim("sub", Edit::RoleAs("user.ok", part));
        let cites = &["TCA-5-username", "TCA-5-unknown"];
        case(id, title, &embed(), cites, change, Expect::refuse(NO_USER))
    };
    cases! {
        iss:
            "10089/iss-first-half", "The first half of the good iss": half;
            "10089/iss-middle", "The good iss without both its ends": middle;
        sub:
            "5/sub-first-half", "The first half of the good sub": half;
            "5/sub-middle", "The good sub without both its ends": middle;
    }
}

/// A used token in a spelling that is none.
fn again() -> Vec<Case> {
    let make = |(slug, title, alter): (&str, &'static str, fn(&str) -> String)| {
        let second = altered("first", Change::Text(title, alter), Expect::REFUSE);
        let turns = vec![good("first", &embed()), second];
        let cites = &["TCA-10091-replay", "CPX-once", "RFC7515-2"];
        script(&format!("undocumented/replay-{slug}"), title, &embed(), cites, turns)
    };
    encodings::AGAIN.map(make).to_vec()
}
