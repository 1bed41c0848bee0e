//! The size of the encoded payload: at most 4096 characters.
//!
//! Four characters carry three bytes, so a length of 4097 cannot occur: the first beyond is 4098.

use super::{
    REFUSED, all_agree, auth0, case, hmac_kid, hmac_namespace, hmac_sub, hmac_workato_sub, open,
    rsa_kid, rsa_sub,
};
use crate::case::Case;
use crate::change::{Change, Edit, Size};
use crate::expect::{Answer, Expect, Refusal};
use crate::scene::Scene;
use crate::sign::{Alg, Signature};

const TOO_LARGE: &str = "payload_too_large";
const LIMIT: &[&str] = &["WAP-CLM-06", "WAP-CLM-07", "WAP-CLM-08"];

pub(super) fn cases() -> Vec<Case> {
    [inside(), beyond(), far_beyond(), elsewhere(), with_another_fault()].concat()
}

const fn pad(chars: usize) -> Change {
    Change::Pad(Size::PayloadChars(chars))
}

/// The documented text, with this length.
fn saying(chars: usize) -> Expect {
    Refusal::with(&[TOO_LARGE])
        .saying(format!("JWT payload size exceeded ({chars}, max 4096)"))
        .into()
}

fn sized(scene: &Scene, chars: usize, among: &str, whose: &str) -> Case {
    let id = format!("payload_too_large/{chars}{among}");
    let title = format!("An encoded payload of {chars} characters{whose}");
    case(&id, &title, scene, LIMIT, pad(chars), saying(chars))
}

fn inside() -> Vec<Case> {
    let fits = |scene: Scene, chars: usize, among: &str, title: &str| {
        let id = format!("payload_too_large/{chars}{among}-accepted");
        case(&id, title, &scene, &["WAP-CLM-06"], pad(chars), Expect::ACCEPT)
    };
    let cites = &["WAP-CLM-03", "WAP-CLM-06", "WAP-CLM-11"];
    let title = "Every claim of a payload of exactly 4096 characters";
    vec![
        fits(hmac_kid(), 1000, "", "An encoded payload of 1000 characters"),
        fits(hmac_kid(), 4094, "", "An encoded payload two characters short of the limit"),
        fits(hmac_kid(), 4095, "", "An encoded payload one character short of the limit"),
        fits(hmac_kid(), 4096, "", "An encoded payload of exactly 4096 characters"),
        fits(rsa_kid(), 4096, "-rsa", "Exactly 4096 characters under RS256"),
        fits(auth0(), 4096, "-provider", "Exactly 4096 characters on a provider's token"),
        fits(hmac_sub(), 4096, "-sub", "Exactly 4096 characters, the key in sub"),
        fits(all_agree(), 4095, "-all-agree", "4095 characters, the key in all four places"),
        case(
            "payload_too_large/4092-echo-accepted",
            title,
            &hmac_kid(),
            cites,
            pad(4092),
            Expect::ECHO,
        ),
    ]
}

fn beyond() -> Vec<Case> {
    let lengths = [4098, 4099, 4100, 4102, 5358, 6000];
    let mut cases: Vec<_> =
        lengths.into_iter().map(|chars| sized(&hmac_kid(), chars, "", "")).collect();
    let others = [
        (rsa_kid(), 4098, "-rsa", " under RS256"),
        (rsa_kid(), 5358, "-rsa", " under RS256"),
        (auth0(), 4098, "-provider", " on a provider's token"),
        (auth0(), 5358, "-provider", " on a provider's token"),
        (rsa_sub(), 4098, "-rsa-sub", " under RS256, the key in sub"),
        (hmac_namespace(), 4098, "-namespace", ", the key in the namespace claim"),
        (hmac_workato_sub(), 4098, "-workato-sub", ", the key in workato_sub"),
        (hmac_sub(), 4098, "-sub", ", the key in sub"),
        (all_agree(), 4098, "-all-agree", ", the key in all four places"),
    ];
    cases.extend(
        others.iter().map(|(scene, chars, among, whose)| sized(scene, *chars, among, whose)),
    );
    cases
}

/// Web servers bound their headers too, so from here on any 4xx of one will do.
fn far_beyond() -> Vec<Case> {
    let far = |chars: usize, text| {
        let id = format!("payload_too_large/{chars}");
        let title = format!("An encoded payload of {chars} characters");
        let documented = ("documented", Answer::Refuse(Refusal::with(&[TOO_LARGE]).saying(text)));
        let expect = open(
            "WAP-R-large-request",
            documented,
            ("front", Answer::Refuse(Refusal::with(&[]).or_4xx())),
        );
        case(&id, &title, &hmac_kid(), &["WAP-CLM-07", "CPX-bounded"], pad(chars), expect)
    };
    vec![
        far(8000, "JWT payload size exceeded (8000, max 4096)"),
        far(20_000, "JWT payload size exceeded (20000, max 4096)"),
        far(64_000, "JWT payload size exceeded (64000, max 4096)"),
    ]
}

/// Only the payload counts.
fn elsewhere() -> Vec<Case> {
    let member = |bytes: usize| {
        Change::Header("x-unknown", Edit::Json(format!("\"{}\"", "h".repeat(bytes)).into()))
    };
    let large = |slug: &str, title: &str, scene: Scene, change| {
        let id = format!("payload_too_large/{slug}-accepted");
        case(&id, title, &scene, &["WAP-CLM-06"], change, Expect::ACCEPT).hardening("The document bounds the payload alone, and a server may bound what it reads of a header as a whole.")
    };
    cases! { large:
        "large-header", "A header of more than 4096 characters, a small payload":
            hmac_kid(), member(3200);
        "large-header-rsa", "A header of more than 4096 characters under RS256":
            rsa_kid(), member(3200);
        "large-token", "4000 characters in the payload, more than 4096 in the token":
            hmac_kid(), pad(4000);
    }
}

/// Two faults at once, the one place where that is the question.
fn with_another_fault() -> Vec<Case> {
    let two = |slug: &str, title: &str, scene: Scene, fault| {
        let large = ("size-first", Answer::refuse(&[TOO_LARGE]));
        let expect = open(
            "WAP-R-size-and-verification",
            large,
            ("verification-first", Answer::refuse(REFUSED)),
        );
        let id = format!("payload_too_large/{slug}");
        Case::one(&scene, &id, title, &["WAP-CLM-07", "WCL-09"], vec![fault, pad(4098)], expect)
            .hardening("No document says which of two faults is answered.")
    };
    let foreign = Change::Sign(Signature::By("secret.foreign", Alg::Hs256));
    let foreign_key = Change::Sign(Signature::By("key.foreign", Alg::Rs256));
    let unknown = Change::Header("kid", Edit::Role("profile.unknown"));
    cases! { two:
        "and-bad-signature", "A payload too long, and a foreign secret": hmac_kid(), foreign;
        "and-bad-signature-rsa", "A payload too long, and a foreign key":
            rsa_kid(), foreign_key.clone();
        "and-bad-signature-provider", "A provider's payload too long, and a foreign key":
            auth0(), foreign_key;
        "and-unknown-key", "A payload too long, and a key nobody knows":
            hmac_kid(), unknown.clone();
        "and-unknown-key-rsa", "A payload too long under RS256, and a key nobody knows":
            rsa_kid(), unknown;
        "and-no-key", "A payload too long, and no key in any place":
            hmac_kid(), Change::without_header("kid");
    }
}
